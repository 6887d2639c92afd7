import { isFields } from "./cards.js";
import type { ConversationMemory } from "./memory.js";
import type { OutgoingMessage } from "./transport.js";
import type { TextLanguage } from "./types.js";
import { isString } from "./wire.js";

/** A message of the citizen as the transcript shows it. */
export interface UnsentMessage extends OutgoingMessage {
  readonly shown: string;
  readonly language: TextLanguage;
  /** ISO time. */
  readonly time: string;
  readonly isFailed: boolean;
}

/** Who comes back later decides whether the question still is one. */
const FRESH_IN_MILLISECONDS = 10 * 60 * 1_000;

/**
 * The citizen's messages until they are answered, kept over a reload of the page. They
 * keep their ids, by which the server handles each once, however often it comes.
 */
export class Unsent {
  #messages: readonly UnsentMessage[] = [];

  constructor(private readonly memory: ConversationMemory) {}

  /** Whether a page before this one has left something. */
  get isLeft(): boolean {
    return this.memory.unsent.length > 0;
  }

  content(messageId: string): OutgoingMessage["content"] | undefined {
    return this.#messages.find((one) => one.messageId === messageId)?.content;
  }

  add(message: UnsentMessage): void {
    this.#set([...this.#messages, message]);
  }

  /** Notes whether a message waits for the citizen to send it again. */
  mark(messageId: string, isFailed: boolean): void {
    this.#set(
      this.#messages.map((one) =>
        one.messageId === messageId ? { ...one, isFailed } : one,
      ),
    );
  }

  /** It is answered. */
  remove(messageId: string): void {
    this.#set(this.#messages.filter((one) => one.messageId !== messageId));
  }

  clear(): void {
    this.#set([]);
  }

  /**
   * Takes up what a page before this one has left.
   *
   * @param now Milliseconds since 1970.
   * @returns What is new here; what is old counts as failed.
   */
  restore(now: number): readonly UnsentMessage[] {
    const left = this.memory.unsent
      .filter(isUnsent)
      .filter(({ messageId }) => this.content(messageId) === undefined)
      .map((one) => {
        const age = now - Date.parse(one.time);
        return { ...one, isFailed: one.isFailed || !(age < FRESH_IN_MILLISECONDS) };
      });
    this.#set([...this.#messages, ...left]);
    return left;
  }

  #set(messages: readonly UnsentMessage[]): void {
    this.#messages = messages;
    this.memory.unsent = messages;
  }
}

function isUnsent(value: unknown): value is UnsentMessage {
  if (!isFields(value)) return false;
  const { messageId, content, shown, time, language } = value;
  return (
    [messageId, shown, time].every(isString) &&
    (language === "de" || language === "en") &&
    isFields(content) &&
    isString(content["text"] ?? content["choice"])
  );
}
