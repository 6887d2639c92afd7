import { parseMarkdown, plainText } from "./markdown.js";
import type { Announcement, Card, Choice, CoreTexts, TextLanguage } from "./types.js";

/** What there is to say of an answer. */
export interface Announced {
  readonly text: string;
  readonly buttons?: readonly Choice[];
  readonly cards?: readonly Card[];
  readonly image?: string;
}

/** Numbers what is announced, and names the speaker once per turn. */
export class Announcer {
  #turn: string | undefined;
  #current: Announcement | undefined;

  /** The newest announcement. */
  get current(): Announcement | undefined {
    return this.#current;
  }

  /** Returns whether there is something new to be said. */
  announce(
    answer: Announced & {
      readonly language: TextLanguage;
      readonly messageId?: string;
    },
    texts: CoreTexts,
  ): boolean {
    const { messageId, language } = answer;
    const isFirst = messageId === undefined || messageId !== this.#turn;
    const text = announcementOf(answer, texts, isFirst);
    this.#turn = messageId;
    if (text) this.#current = { id: (this.#current?.id ?? 0) + 1, text, language };
    return text !== "";
  }
}

/**
 * Returns an answer as a screen reader is to say it: without Markdown, addresses behind
 * links left out, choices counted and named once.
 *
 * @param isFirst Whether the speaker is named; once per turn is enough.
 */
export function announcementOf(
  answer: Announced,
  texts: CoreTexts,
  isFirst = true,
): string {
  const sentences = [
    ...plainText(parseMarkdown(answer.text))
      .split(/\n+/)
      .map((line) => spoken(line.replace(/^- /, ""))),
    answer.image === undefined ? "" : imageText(answer, texts),
    choicesText(answer, texts),
  ].filter(Boolean);
  const words = sentences.map((sentence) => withEnd(sentence)).join(" ");
  return isFirst && words ? `${texts.assistant}: ${words}` : words;
}

/** Of an address only its host is said: nobody listens to a key letter by letter. */
function spoken(line: string): string {
  return line.replace(/https?:\/\/([^\s/]+)(?:\/\S*)?/g, "$1").trim();
}

/** Counts the choices, and names those that the text has not told already. */
function choicesText(
  { buttons = [], cards = [] }: Announced,
  texts: CoreTexts,
): string {
  const told = new Set(
    cards.flatMap((card) =>
      card.kind === "slots" ? card.offers.map(({ choice }) => choice) : [],
    ),
  );
  const titles = buttons.filter(({ choice }) => !told.has(choice));
  const names = titles.map(({ title }) => title).join(", ");
  if (buttons.length === 0) return "";
  const count = texts.choices(buttons.length);
  return names ? `${count}: ${names}` : count;
}

function imageText(answer: Announced, texts: CoreTexts): string {
  const map = answer.cards?.find((card) => card.kind === "map");
  return map ? `${texts.image}: ${map.alt}` : texts.image;
}

/** Speech needs a pause where the eye sees a new line. */
function withEnd(sentence: string): string {
  return /[.!?…:;,]$/.test(sentence) ? sentence : `${sentence}.`;
}
