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
      .map((line) => line.replace(/^- /, "").trim()),
    answer.image === undefined ? "" : imageText(answer, texts),
    choicesText(answer.buttons ?? [], texts),
  ].filter(Boolean);
  const words = sentences.map((sentence) => withEnd(sentence)).join(" ");
  return isFirst && words ? `${texts.assistant}: ${words}` : words;
}

function choicesText(choices: readonly Choice[], texts: CoreTexts): string {
  const titles = choices.map(({ title }) => title);
  return titles.length > 0
    ? `${texts.choices(titles.length)}: ${titles.join(", ")}`
    : "";
}

function imageText(answer: Announced, texts: CoreTexts): string {
  const map = answer.cards?.find((card) => card.kind === "map");
  return map ? `${texts.image}: ${map.alt}` : texts.image;
}

/** Speech needs a pause where the eye sees a new line. */
function withEnd(sentence: string): string {
  return /[.!?…:;,]$/.test(sentence) ? sentence : `${sentence}.`;
}
