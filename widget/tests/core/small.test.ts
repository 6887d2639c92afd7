import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { announcementOf } from "../../src/core/announce.js";
import { readCards, readChoices } from "../../src/core/cards.js";
import { contrast, parseColour, textColourOn } from "../../src/core/contrast.js";
import { TIMINGS, backoff } from "../../src/core/pause.js";
import { readEvent, readUtterance } from "../../src/core/wire.js";
import { GERMAN_TEXTS } from "../german-texts.js";

const BASE = "https://krefeld.de";

describe("contrast", () => {
  it.each([
    ["#000", "#fff", 21],
    ["#777777", "#ffffff", 4.48],
    ["#767676", "white", 4.54],
    ["rgb(255 0 0)", "#fff", 3.998],
    ["#1a1a1a", "rgb(100%, 100%, 100%)", 17.4],
  ])("of %s and %s is %d", (one, other, expected) => {
    const resolve = (name: string): string | undefined =>
      name === "white" ? "rgb(255, 255, 255)" : undefined;
    const colours = [parseColour(one, resolve), parseColour(other, resolve)] as const;
    expect(colours).not.toContain(undefined);
    if (colours[0] && colours[1]) {
      expect(contrast(colours[0], colours[1])).toBeCloseTo(expected, 1);
      expect(contrast(colours[1], colours[0])).toBeCloseTo(expected, 1);
    }
  });

  it.each([
    "",
    "#12",
    "#12345",
    "#1234567",
    "#ggg",
    "rgb(1,2)",
    "rgb(a,b,c)",
    "url(x)",
    "#0000",
    "#00000080",
    "rgba(0,0,0,.5)",
    "rgb(0 0 0 / 50%)",
    "rgb(1,2,3,4,5)",
    "teal",
    "red;}",
  ])("refuses %j", (text) => {
    expect(parseColour(text)).toBeUndefined();
    expect(parseColour(text, () => "nonsense")).toBeUndefined();
  });

  it("reads what browsers make of mixed colours", () => {
    expect(parseColour("color(srgb 1 0.5 0)")).toEqual([255, 127.5, 0]);
    expect(parseColour("color(srgb 1 0.5 0 / 0.5)")).toBeUndefined();
    expect(parseColour("color(display-p3 1 0 0)")).toBeUndefined();
  });

  it("reads opaque colours with an opacity, and clamps", () => {
    expect(parseColour("#0f8f")).toEqual([0, 255, 136]);
    expect(parseColour("RGBA(300, -1, 50%, 100%)")).toEqual([255, 0, 127.5]);
  });

  it("puts text on any colour with at least 4.5 to 1", () => {
    const part = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(part, part, part, (...colour) => {
        const text = parseColour(textColourOn(colour));
        expect(text && contrast(text, colour)).toBeGreaterThan(4.5);
      }),
    );
  });
});

describe("announcements", () => {
  it("strip Markdown, say links once and count choices", () => {
    const answer = {
      text: "**Bitte** [buchen](https://krefeld.de/t):\n- Ausweis\n- Foto",
      buttons: ["Montag", "Dienstag", "Mittwoch"].map((title) => ({
        title,
        choice: "~",
      })),
    };
    expect(announcementOf(answer, GERMAN_TEXTS)).toBe(
      "Kumpel: Bitte buchen: Ausweis. Foto. 3 Auswahlmöglichkeiten: Montag, Dienstag, Mittwoch.",
    );
  });

  it("say a map's description, and nothing where there is nothing", () => {
    const map = { kind: "map", alt: "Der Weg zum Rathaus", places: [] } as const;
    expect(
      announcementOf({ text: "", image: "x", cards: [map] }, GERMAN_TEXTS, false),
    ).toBe("Bild: Der Weg zum Rathaus.");
    expect(announcementOf({ text: "\u202e" }, GERMAN_TEXTS)).toBe("");
  });

  it("say the host alone of an address", () => {
    const text =
      "- Kalenderdatei: https://krefeld.de/termin/eyJpZCI6NzQz.ics\nBis dann.";
    expect(announcementOf({ text }, GERMAN_TEXTS, false)).toBe(
      "Kalenderdatei: krefeld.de. Bis dann.",
    );
  });

  it("count appointments that the text lists, and name the others", () => {
    const offer = { title: "Mi 8:00", choice: "a" };
    const answer = {
      text: "Frei ist: Mittwoch, 8:00 Uhr.",
      buttons: [offer],
      cards: [
        {
          kind: "slots" as const,
          offers: [
            { ...offer, day: "Mittwoch", date: "2026-11-25", time: "8:00", office: "" },
          ],
        },
      ],
    };
    expect(announcementOf(answer, GERMAN_TEXTS, false)).toBe(
      "Frei ist: Mittwoch, 8:00 Uhr. 1 Auswahlmöglichkeit.",
    );
    const more = { ...answer, buttons: [offer, { title: "Abbrechen", choice: "b" }] };
    expect(announcementOf(more, GERMAN_TEXTS, false)).toBe(
      "Frei ist: Mittwoch, 8:00 Uhr. 2 Auswahlmöglichkeiten: Abbrechen.",
    );
  });
});

describe("cards", () => {
  const good = [
    {
      kind: "hours",
      office: "Bürgerservice",
      isOpen: true,
      statement: "Jetzt geöffnet bis 12:30 Uhr",
      days: [
        { day: "Montag", date: "2026-11-23", times: ["08:00–12:30"], note: "kurz" },
      ],
      source: { name: "Portal", url: "https://krefeld.de/", asOf: "heute" },
    },
    {
      kind: "slots",
      offers: [
        {
          day: "Dienstag",
          date: "2026-12-01",
          time: "12:00",
          office: "Mitte",
          title: "t",
          choice: "~c",
        },
      ],
    },
    {
      kind: "preview",
      title: "Termin",
      fields: [{ label: "Name", value: "A" }],
      consent: "Ja?",
    },
    {
      kind: "booked",
      number: "7",
      when: "heute",
      office: "Mitte",
      address: "Platz 1",
      calendarUrl: "https://krefeld.de/a.ics",
      manageUrl: "https://krefeld.de/m",
    },
    {
      kind: "map",
      alt: "Karte",
      url: "https://krefeld.de/k",
      places: [{ name: "A", latitude: 51, longitude: 6 }],
    },
    { kind: "sources", sources: [{ name: "Portal" }] },
  ];

  it("are read as they are meant, alone and together", () => {
    for (const card of good) expect(readCards(card, BASE)).toEqual([card]);
    expect(readCards({ kind: "cards", cards: good }, BASE)).toEqual(good);
  });

  it("lose what is unsafe or malformed in them, but not the rest", () => {
    const booked = {
      ...good[3],
      calendarUrl: "javascript:alert(1)",
      manageUrl: "/m",
      address: 7,
    };
    expect(readCards(booked, BASE)).toEqual([
      {
        kind: "booked",
        number: "7",
        when: "heute",
        office: "Mitte",
        manageUrl: `${BASE}/m`,
      },
    ]);
    const hours = { ...good[0], isOpen: "ja", days: [7, { day: "Mo" }], source: {} };
    expect(readCards(hours, BASE)).toMatchObject([{ isOpen: null, days: [] }]);
  });

  it.each([
    null,
    7,
    "x",
    [],
    {},
    { kind: "cards" },
    { kind: "cards", cards: 7 },
    { kind: "new", a: 1 },
    { kind: "hours" },
    { kind: "slots", offers: [] },
    { kind: "slots", offers: [{ title: "x" }] },
    { kind: "preview", title: "x", fields: [], consent: "" },
    { kind: "booked", number: 7 },
    { kind: "map" },
    { kind: "sources", sources: [{}] },
    { kind: "cards", cards: [{ kind: "cards", cards: [] }] },
    { kind: "constructor" },
    { kind: "__proto__" },
  ])("that are none are left out: %j", (custom) => {
    expect(readCards(custom, BASE)).toEqual([]);
  });

  it("never throw at anything", () => {
    const kind = fc.constantFrom(...good.map((card) => card.kind), "cards");
    const field = fc.constantFrom(
      "offers",
      "days",
      "fields",
      "places",
      "sources",
      "cards",
      "source",
      "office",
      "alt",
      "text",
      "buttons",
      "custom",
      "position",
      "image",
    );
    const value = fc
      .dictionary(field, fc.anything())
      .chain((fields) => kind.map((name) => ({ ...fields, kind: name })));
    fc.assert(
      fc.property(value, (custom) => {
        readCards(custom, BASE);
        readChoices(custom);
        readUtterance({ ...custom, custom }, { speaker: "kumpel" }, BASE);
      }),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(
        fc.constantFrom("message", "done", "typing", "ended"),
        fc.json(),
        (type, data) => {
          readEvent({ type, data, id: "1" }, BASE);
        },
      ),
    );
  });
});

it("waits longer after each failure, by chance shorter, and never too long", () => {
  const waits = [1, 2, 3, 4, 5, 6, 50].map((failures) =>
    backoff(failures, TIMINGS, () => 1),
  );
  expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  expect(backoff(1, TIMINGS, () => 0)).toBe(500);
});
