/** Keeps numbers, times, telephone numbers and addresses whole in Arabic or Hebrew. */

const FIRST_STRONG_ISOLATE = "\u2068";
const POP_ISOLATE = "\u2069";

const RIGHT_TO_LEFT =
  /[\u0590-\u05ff\u0600-\u065f\u066a-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** What runs from left to right: all up to the next letter of the other direction. */
const LEFT_TO_RIGHT_RUN = new RegExp(`(?:(?!${RIGHT_TO_LEFT.source})[^\\n])+`, "gu");

/**
 * Embeddings, overrides and isolates of Unicode (UAX 9), with which a text can show
 * other words than it has, also beyond its own end.
 */
const DIRECTION_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g;
/** Control characters other than line break and tab, and what marks annotations. */
const CONTROLS = /(?![\n\t])[\p{Cc}\ufeff\ufff9-\ufffb]/gu;

/** A piece of a text; isolated ones belong into `<bdi dir="ltr">`. */
export interface DirectedText {
  readonly text: string;
  readonly isIsolated: boolean;
}

/** Returns whether a text has letters that run from right to left. */
export function hasRightToLeft(text: string): boolean {
  return RIGHT_TO_LEFT.test(text);
}

/** Returns the text without characters that only serve to deceive or to disturb. */
export function withoutControls(text: string): string {
  return text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, "\n")
    .replace(DIRECTION_CONTROLS, "")
    .replace(CONTROLS, "");
}

/**
 * Splits a text with right-to-left letters so that each run of Latin letters, digits
 * and what stands between them can be isolated: `86-0` else becomes `0-86`.
 */
export function directedPieces(text: string): DirectedText[] {
  if (!hasRightToLeft(text)) return [{ text, isIsolated: false }];
  const pieces: DirectedText[] = [];
  let done = 0;
  for (const run of text.matchAll(LEFT_TO_RIGHT_RUN)) {
    // The marks around it belong to the sentence, and so to its direction.
    const core = /[+(]?[\p{L}\p{N}](?:.*[\p{L}\p{N}%\u20ac)])?/su.exec(run[0]);
    if (!core) continue;
    const start = run.index + core.index;
    if (start > done) pieces.push({ text: text.slice(done, start), isIsolated: false });
    pieces.push({ text: core[0], isIsolated: true });
    done = start + core[0].length;
  }
  if (done < text.length) pieces.push({ text: text.slice(done), isIsolated: false });
  return pieces;
}

/** The same for places that take no elements, such as labels and files. */
export function isolated(text: string): string {
  return directedPieces(withoutControls(text))
    .map((piece) =>
      piece.isIsolated ? FIRST_STRONG_ISOLATE + piece.text + POP_ISOLATE : piece.text,
    )
    .join("");
}
