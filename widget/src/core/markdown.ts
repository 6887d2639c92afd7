import { directedPieces, hasRightToLeft, withoutControls } from "./bidi.js";
import { findLinks, safeAddress } from "./links.js";

/** A part of a line. */
export type Inline =
  | { readonly kind: "text"; readonly text: string }
  /** For `<bdi dir="ltr">`: a number or Latin words amid right-to-left text. */
  | { readonly kind: "isolate"; readonly text: string }
  | { readonly kind: "break" }
  | { readonly kind: "strong"; readonly children: readonly Inline[] }
  | { readonly kind: "emphasis"; readonly children: readonly Inline[] }
  | {
      readonly kind: "link";
      /** Safe for `href`: http, https, tel or mailto. */
      readonly href: string;
      readonly children: readonly Inline[];
    };

export type Block =
  | { readonly kind: "paragraph"; readonly children: readonly Inline[] }
  | { readonly kind: "list"; readonly items: readonly (readonly Inline[])[] };

type Spanning = "strong" | "emphasis" | "link";

interface Frame {
  readonly kind: Spanning | "root";
  /** What opened it, to be shown where nothing closes it. */
  readonly opener: string;
  readonly children: Inline[];
}

/**
 * Parses what an answer may contain: paragraphs, lists by `- `, line breaks,
 * `**strong**`, `*emphasis*`, `[text](address)` and addresses in plain text.
 *
 * Anything else stays the text that it is. HTML has no meaning. At most one of each
 * kind is open at a time, so nesting cannot grow and the time is linear.
 */
export function parseMarkdown(source: string): Block[] {
  const blocks: Block[] = [];
  let paragraph: string[] = [];
  let items: Inline[][] = [];
  const hasOtherDirection = hasRightToLeft(source);
  const inline = (text: string): Inline[] => parseInline(text, hasOtherDirection);
  const endParagraph = (): void => {
    const text = paragraph.join("\n").trim();
    if (text) blocks.push({ kind: "paragraph", children: inline(text) });
    paragraph = [];
  };
  const endList = (): void => {
    if (items.length > 0) blocks.push({ kind: "list", items });
    items = [];
  };
  for (const line of withoutControls(source).split("\n")) {
    const item = /^\s{0,3}[-•]\s+(\S.*)$/.exec(line)?.[1];
    if (item !== undefined) {
      endParagraph();
      items.push(inline(item.trimEnd()));
    } else {
      endList();
      if (line.trim()) paragraph.push(line.trim());
      else endParagraph();
    }
  }
  endParagraph();
  endList();
  return blocks;
}

/** Returns the words of a tree as they are read aloud or copied. */
export function plainText(blocks: readonly Block[]): string {
  return blocks
    .map((block) =>
      block.kind === "list"
        ? block.items.map((item) => `- ${inlineText(item)}`).join("\n")
        : inlineText(block.children),
    )
    .join("\n\n");
}

/** Returns the words of a line. */
export function inlineText(nodes: readonly Inline[]): string {
  return nodes
    .map((node) => {
      if (node.kind === "break") return "\n";
      return "text" in node ? node.text : inlineText(node.children);
    })
    .join("");
}

/** Addresses are passed over as a whole: an asterisk in one is no emphasis. */
const SPECIAL = /https?:\/\/[^\s<>"[\]]+|\*\*|\*|\[|\]\(|\]|\n/g;
const ADDRESS = /([^\s()<>[\]]*(?:\([^\s()<>[\]]*\)[^\s()<>[\]]*)*)\)/y;

function parseInline(source: string, hasOtherDirection: boolean): Inline[] {
  const root: Frame = { kind: "root", opener: "", children: [] };
  const stack: Frame[] = [];
  const top = (): Frame => stack.at(-1) ?? root;
  const pop = (): Frame => stack.pop() ?? root;
  const addText = (text: string): void => {
    addTo(top().children, text);
  };
  const isOpen = (kind: Spanning): boolean =>
    stack.some((frame) => frame.kind === kind);
  /** Shows the innermost frame as what it is without an end: text. */
  const undo = (): void => {
    const frame = pop();
    addText(frame.opener);
    for (const node of frame.children) {
      if (node.kind === "text") addText(node.text);
      else top().children.push(node);
    }
  };
  const undoDownTo = (kind: Frame["kind"]): void => {
    while (top().kind !== kind) undo();
  };

  let position = 0;
  SPECIAL.lastIndex = 0;
  for (let match = SPECIAL.exec(source); match; match = SPECIAL.exec(source)) {
    let token = match[0];
    if (
      token === "**" &&
      top().kind === "emphasis" &&
      source[SPECIAL.lastIndex] === "*"
    ) {
      // Of three, the first closes what was opened last.
      token = "*";
      SPECIAL.lastIndex--;
    }
    const before = source.charAt(match.index - 1);
    const after = source.charAt(SPECIAL.lastIndex);
    addText(source.slice(position, match.index));
    position = SPECIAL.lastIndex;
    if (token === "\n") {
      top().children.push({ kind: "break" });
    } else if (token === "[") {
      if (isOpen("link")) {
        undoDownTo("link");
        undo();
      }
      stack.push({ kind: "link", opener: token, children: [] });
    } else if (token === "](" && isOpen("link")) {
      ADDRESS.lastIndex = position;
      const address = ADDRESS.exec(source);
      const href = address && safeAddress(address[1] ?? "");
      undoDownTo("link");
      if (address && href) {
        const { children } = pop();
        top().children.push({ kind: "link", href, children });
        position = SPECIAL.lastIndex = ADDRESS.lastIndex;
      } else {
        undo();
        addText(token);
      }
    } else if (token === "**" || token === "*") {
      const kind = token === "*" ? "emphasis" : "strong";
      const isInWord = token === "*" && /[\p{L}\p{N}]/u.test(before);
      const endsInWord = token === "*" && /[\p{L}\p{N}]/u.test(after);
      if (isOpen(kind) && /\S/.test(before) && !endsInWord) {
        undoDownTo(kind);
        const { children } = pop();
        if (children.length > 0) top().children.push({ kind, children });
        else addText(token + token);
      } else if (!isOpen(kind) && /\S/.test(after) && !isInWord) {
        stack.push({ kind, opener: token, children: [] });
      } else {
        addText(token);
      }
    } else {
      // An address, or a bracket that closes nothing.
      addText(token);
    }
  }
  addText(source.slice(position));
  undoDownTo("root");
  return finish(root.children, hasOtherDirection, false);
}

function addTo(nodes: Inline[], text: string): void {
  if (!text) return;
  const last = nodes[nodes.length - 1];
  if (last?.kind === "text") {
    nodes[nodes.length - 1] = { kind: "text", text: last.text + text };
  } else {
    nodes.push({ kind: "text", text });
  }
}

/** Finds links in plain text and isolates what runs the other way. */
function finish(
  nodes: readonly Inline[],
  hasOtherDirection: boolean,
  isInLink: boolean,
): Inline[] {
  return nodes.flatMap((node): Inline[] => {
    if (node.kind === "text") {
      const pieces = isInLink ? [{ text: node.text }] : findLinks(node.text);
      return pieces.flatMap((piece): Inline[] => {
        const children = direct(piece.text, hasOtherDirection);
        const href = "href" in piece ? piece.href : undefined;
        return href === undefined ? children : [{ kind: "link", href, children }];
      });
    }
    if (!("children" in node)) return [node];
    const isLink = isInLink || node.kind === "link";
    return [{ ...node, children: finish(node.children, hasOtherDirection, isLink) }];
  });
}

function direct(text: string, hasOtherDirection: boolean): Inline[] {
  if (!hasOtherDirection) return [{ kind: "text", text }];
  // A text without a letter of its own stands amid others that run the other way.
  if (!hasRightToLeft(text)) {
    return /[\p{L}\p{N}]/u.test(text) ? isolatedCore(text) : [{ kind: "text", text }];
  }
  return directedPieces(text).map(({ text: piece, isIsolated }) => ({
    kind: isIsolated ? "isolate" : "text",
    text: piece,
  }));
}

/** Isolates a text but for the white space around it. */
function isolatedCore(text: string): Inline[] {
  const core = text.trim();
  const start = text.indexOf(core);
  const nodes: Inline[] = [];
  addTo(nodes, text.slice(0, start));
  nodes.push({ kind: "isolate", text: core });
  addTo(nodes, text.slice(start + core.length));
  return nodes;
}
