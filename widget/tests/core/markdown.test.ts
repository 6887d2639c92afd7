import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { directedPieces, isolated, withoutControls } from "../../src/core/bidi.js";
import { findLinks, safeAddress } from "../../src/core/links.js";
import { parseMarkdown, plainText } from "../../src/core/markdown.js";
import type { Block, Inline } from "../../src/core/markdown.js";

/** Writes a tree so that a test can be read. */
function shown(blocks: readonly Block[]): string {
  return blocks
    .map((block) =>
      block.kind === "list"
        ? `<ul>${block.items.map((item) => `<li>${line(item)}</li>`).join("")}</ul>`
        : `<p>${line(block.children)}</p>`,
    )
    .join("");
}

function line(nodes: readonly Inline[]): string {
  return nodes
    .map((node) => {
      switch (node.kind) {
        case "text":
          return node.text;
        case "isolate":
          return `<bdi>${node.text}</bdi>`;
        case "break":
          return "<br>";
        case "strong":
          return `<b>${line(node.children)}</b>`;
        case "emphasis":
          return `<i>${line(node.children)}</i>`;
        case "link":
          return `<a ${node.href}>${line(node.children)}</a>`;
      }
    })
    .join("");
}

function links(nodes: readonly Inline[]): string[] {
  return nodes.flatMap((node) => {
    if (!("children" in node)) return [];
    return [...(node.kind === "link" ? [node.href] : []), ...links(node.children)];
  });
}

function allLinks(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) =>
    block.kind === "list" ? block.items.flatMap(links) : links(block.children),
  );
}

describe("the subset", () => {
  it.each([
    ["Hallo", "<p>Hallo</p>"],
    ["", ""],
    [" \n\n ", ""],
    ["eins\nzwei\n\ndrei", "<p>eins<br>zwei</p><p>drei</p>"],
    [
      "Bitte:\n- Ausweis\n- **Foto**\n\nDanke",
      "<p>Bitte:</p><ul><li>Ausweis</li><li><b>Foto</b></li></ul><p>Danke</p>",
    ],
    ["**fett *und schräg***", "<p><b>fett <i>und schräg</i></b></p>"],
    ["5 * 3 * 2 = 5*3*2", "<p>5 * 3 * 2 = 5*3*2</p>"],
    ["ein ** allein und *offen", "<p>ein ** allein und *offen</p>"],
    ["**a *b**", "<p><b>a *b</b></p>"],
    ["****", "<p>****</p>"],
    ["[Amt](https://krefeld.de/a)", "<p><a https://krefeld.de/a>Amt</a></p>"],
    [
      "[**Amt**](https://krefeld.de/a_(b))",
      "<p><a https://krefeld.de/a_(b)><b>Amt</b></a></p>",
    ],
    ["[a [b](https://krefeld.de/)", "<p>[a <a https://krefeld.de/>b</a></p>"],
    [
      "[offen](https://krefeld.de/",
      "<p>[offen](<a https://krefeld.de/>https://krefeld.de/</a></p>",
    ],
    ["1-2 Tage\n-kein Punkt", "<p>1-2 Tage<br>-kein Punkt</p>"],
    ["# kein *Titel*", "<p># kein <i>Titel</i></p>"],
    ["<b>kein HTML</b> &amp;", "<p><b>kein HTML</b> &amp;</p>"],
    [
      "https://krefeld.de/a*b*c",
      "<p><a https://krefeld.de/a*b*c>https://krefeld.de/a*b*c</a></p>",
    ],
  ])("parses %j", (source, expected) => {
    expect(shown(parseMarkdown(source))).toBe(expected);
  });

  it("gives plain words back", () => {
    const source = "**Bitte** mitbringen:\n- [Ausweis](https://a.de)\n- *Foto*";
    expect(plainText(parseMarkdown(source))).toBe(
      "Bitte mitbringen:\n\n- Ausweis\n- Foto",
    );
  });
});

describe("links", () => {
  it.each([
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "blob:https://krefeld.de/1",
    "file:///etc/passwd",
    "//example.org",
    "/relativ",
    "\\\\example.org",
    "https://",
    "https://krefeld.de@example.org/",
    "mailto:a@b.de,c@d.de<script>",
    "tel:javascript",
    `https://krefeld.de/${"a".repeat(2_000)}`,
  ])("refuses %j", (address) => {
    expect(safeAddress(address)).toBeUndefined();
    expect(allLinks(parseMarkdown(`[Klick](${address})`))).not.toContain(address);
  });

  it("resolves addresses of the server only with its base", () => {
    const base = "https://krefeld.de";
    expect(safeAddress("/portal/a.ics", base)).toBe("https://krefeld.de/portal/a.ics");
    expect(safeAddress("//example.org/", base)).toBeUndefined();
    expect(safeAddress("/\\example.org/", base)).toBeUndefined();
  });

  it.each([
    ["Rufen Sie an: 02151 86-0.", "02151 86-0", "tel:+492151860"],
    ["Tel.:02151/86-1234", "02151/86-1234", "tel:+492151861234"],
    ["0 21 51 / 86-0", "0 21 51 / 86-0", "tel:+492151860"],
    ["(02151) 86-0", "(02151) 86-0", "tel:+492151860"],
    ["+49 (0) 2151 86-0", "+49 (0) 2151 86-0", "tel:+492151860"],
    ["+49 2151 860 anrufen", "+49 2151 860", "tel:+492151860"],
    ["0175/1234567", "0175/1234567", "tel:+491751234567"],
    ["unter 015712345678,", "015712345678", "tel:+4915712345678"],
    ["0800 1234567", "0800 1234567", "tel:+498001234567"],
    ["Wählen Sie 112 oder die Behördennummer 115!", "115", "tel:115"],
    ["**116 117**", "116 117", "tel:116117"],
    [
      "buergerservice@krefeld.de.",
      "buergerservice@krefeld.de",
      "mailto:buergerservice@krefeld.de",
    ],
    [
      "(siehe https://krefeld.de/a(b)).",
      "https://krefeld.de/a(b)",
      "https://krefeld.de/a(b)",
    ],
    [
      "www.krefeld.de/perso, dort",
      "www.krefeld.de/perso",
      "https://www.krefeld.de/perso",
    ],
  ])("finds in %j", (source, text, href) => {
    const found = parseMarkdown(source).flatMap((block) =>
      block.kind === "paragraph" ? block.children : [],
    );
    const flat = found.flatMap((node) =>
      node.kind === "strong" ? node.children : [node],
    );
    expect(flat).toContainEqual({
      kind: "link",
      href,
      children: [{ kind: "text", text }],
    });
  });

  it.each([
    "am 01.12.2026 um 08:00 Uhr",
    "08:00–12:30",
    "2026-11-22",
    "DE12 3205 0000 0000 1234 56",
    "DE89 3704 0044 0532 0130 00",
    "47798 Krefeld",
    "0,50 Euro",
    "unter 115 Euro",
    "unter 112,50 €",
    "01/2026",
    "Vorgang 123456789",
    "Zimmer 0-12",
    "a@b",
    "@krefeld",
  ])("finds none in %j", (source) => {
    expect(allLinks(parseMarkdown(source))).toEqual([]);
  });

  it("joins to the text that they were found in", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (source) => {
        expect(
          findLinks(source)
            .map(({ text }) => text)
            .join(""),
        ).toBe(source);
      }),
    );
  });
});

describe("hostile texts", () => {
  const nasty = fc.constantFrom(
    "[",
    "](",
    ")",
    "(",
    "*",
    "**",
    "\n",
    "- ",
    "https://",
    "javascript:",
    "data:",
    "www.",
    "@",
    "a.de",
    "02151 ",
    "86-0",
    "+49",
    "115",
    "<script>",
    "\0",
    "\u202e",
    "\u2066",
    "\u2069",
    "שלום",
    "مرحبا",
    " ",
    "x",
    "😀",
    "\ud800",
  );
  const source = fc.array(nasty, { maxLength: 40 }).map((parts) => parts.join(""));

  it("become trees with safe links only, no word lost", () => {
    fc.assert(
      fc.property(source, (text) => {
        const tree = parseMarkdown(text);
        for (const href of allLinks(tree))
          expect(href).toMatch(/^(https?:\/\/|tel:|mailto:)/);
        const letters = (value: string): string => value.replace(/[^\p{L}]/gu, "");
        const words = letters(plainText(tree));
        // Only addresses behind links may be gone.
        if (!text.includes("](")) expect(words).toBe(letters(withoutControls(text)));
        expect(plainText(tree)).not.toMatch(/[\0\u202a-\u202e\u2066-\u2069]/);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    "[",
    "*",
    "**",
    "](",
    "[a](",
    "*a ",
    "**a*b ",
    "((((",
    "0",
    "a@",
    "a.",
    "www.",
    "א1",
    "[a](http://x.de)",
    "+49 ",
    "02151 ",
    "unter ",
    "https://a.",
    "- ",
  ])(
    "of %j take linear time",
    (part) => {
      const time = (count: number): number => {
        const text = part.repeat(count / part.length);
        // Not the time of the wall clock: other processes share the machine.
        const start = process.cpuUsage();
        parseMarkdown(text);
        return process.cpuUsage(start).user / 1_000;
      };
      time(2_000);
      const least = (count: number): number =>
        Math.min(time(count), time(count), time(count));
      // Quadratic would be 100 times as long.
      expect(least(50_000)).toBeLessThan(Math.max(least(5_000), 10) * 60);
    },
    20_000,
  );
});

describe("directions", () => {
  it("isolates numbers, times and addresses in Arabic and Hebrew", () => {
    expect(shown(parseMarkdown("اتصل على 02151 86-0 اليوم"))).toBe(
      "<p>اتصل على <a tel:+492151860><bdi>02151 86-0</bdi></a> اليوم</p>",
    );
    expect(shown(parseMarkdown("مفتوح من 08:00–12:30."))).toBe(
      "<p>مفتوح من <bdi>08:00–12:30</bdi>.</p>",
    );
    expect(
      shown(parseMarkdown("הכתובת: Von-der-Leyen-Platz 1, 47798 Krefeld, תודה")),
    ).toBe("<p>הכתובת: <bdi>Von-der-Leyen-Platz 1, 47798 Krefeld</bdi>, תודה</p>");
    expect(shown(parseMarkdown("**12:30** שעה"))).toBe(
      "<p><b><bdi>12:30</bdi></b> שעה</p>",
    );
  });

  it("leaves German and English alone", () => {
    const text = "Termin um 12:30, Zimmer 3 (2. OG)";
    expect(directedPieces(text)).toEqual([{ text, isIsolated: false }]);
    expect(isolated(text)).toBe(text);
  });

  it("wraps for places without elements", () => {
    expect(isolated("\u202eטל 86-0")).toBe("טל \u206886-0\u2069");
  });

  it("takes overrides and control characters out, and keeps marks of real writing", () => {
    expect(withoutControls("a\u202egpj.exe\u2069\0\u0085b\r\nc\td\u200f\u200d")).toBe(
      "agpj.exe\nb\nc\td\u200f\u200d",
    );
  });
});
