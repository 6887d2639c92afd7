import { parseMarkdown, plainText } from "../../core/markdown.js";
import type { Entry } from "../../core/types.js";
import type { Translation } from "../../translations/translations.js";
import { clockTime, dateIn, readableDate } from "./dates.js";

/** Returns an answer as words alone, for the clipboard and for reading aloud. */
export function entryText(entry: Entry): string {
  return plainText(parseMarkdown(entry.text));
}

/** Returns a conversation as plain text, for a file or the clipboard. */
export function conversationText(
  entries: readonly Entry[],
  words: Translation,
  heading: string,
): string {
  const [first] = entries;
  const date = first ? readableDate(dateIn(first.time), words.tag) : "";
  const said = entries.map((entry) => {
    const speaker = entry.speaker === "citizen" ? words.you : words.kumpel;
    const time = clockTime(entry.time);
    const choices = (entry.buttons ?? []).map((button) =>
      entry.chosenTitle === button.title
        ? `- ${button.title} (${words.chosen})`
        : `- ${button.title}`,
    );
    const lines = [
      `${speaker}${time ? ` (${words.atTime(time)})` : ""}:`,
      entryText(entry),
    ];
    return [...lines, ...choices].join("\n");
  });
  return [[heading, date].filter(Boolean).join(", "), ...said].join("\n\n") + "\n";
}
