import { GERMAN_TEXTS } from "./texts.js";
import type { ConversationState, CoreTexts, Language, Rating } from "./types.js";

/** What a conversation needs; all but server and language has a default. */
export interface ConversationOptions {
  /** Origin of the server, or an address below which `/chat/…` lies. */
  readonly server: string;
  readonly language: Language;
  /** Slug of the service that the page is about. */
  readonly service?: string;
  readonly texts?: CoreTexts;
  readonly fetch?: typeof fetch;
  readonly storage?: Pick<Storage, "getItem" | "setItem" | "removeItem">;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** From 0 to 1, such as Math.random. */
  readonly random?: () => number;
  /** Fires online, offline, pagehide and pageshow; by default the window. */
  readonly page?: EventTarget;
}

const NOTHING: ConversationState = {
  phase: "idle",
  entries: [],
  pending: { messageIds: [], isTyping: false },
};

/**
 * A citizen's conversation with the server, without anything to look at.
 *
 * @event change - The state was replaced.
 */
export class Conversation extends EventTarget {
  #state = NOTHING;

  constructor(options: ConversationOptions) {
    super();
    this.texts = options.texts ?? GERMAN_TEXTS;
    this.language = options.language;
    this.service = options.service;
  }

  /** May be changed at any time; counts from the next message on. */
  language: Language;
  service: string | undefined;
  texts: CoreTexts;

  get state(): ConversationState {
    return this.#state;
  }

  /** Whether this tab has a conversation to go on with after a reload. */
  get isStored(): boolean {
    return false;
  }

  /** Goes on with the stored conversation, or begins a new one; never rejects. */
  start(): Promise<void> {
    return Promise.resolve();
  }

  /** Sends a text; resolves when it is answered, failed or refused. */
  send(text: string): Promise<void> {
    return Promise.resolve(void text);
  }

  /** Sends a choice; the title is what the transcript shows. */
  choose(choice: string, title: string): Promise<void> {
    return Promise.resolve(void [choice, title]);
  }

  /** Sends a failed message once more, under the same id. */
  retry(messageId: string): Promise<void> {
    return Promise.resolve(void messageId);
  }

  /** Rates an answer; null takes the rating back. Rejects if it did not arrive. */
  rate(position: number, rating: Rating | null, comment?: string): Promise<void> {
    return Promise.resolve(void [position, rating, comment]);
  }

  /** Tells the city of an error in an answer. Rejects if it did not arrive. */
  reportError(position: number, comment: string): Promise<void> {
    return Promise.resolve(void [position, comment]);
  }

  /** Deletes the conversation here and on the server. Rejects if it did not. */
  end(): Promise<void> {
    return Promise.resolve();
  }

  /** Takes the notice away, for its button "close". */
  dismissNotice(): void {
    void this.#state;
  }

  /** Lets go of connection and listeners; the conversation stays on the server. */
  close(): void {
    this.#state = NOTHING;
  }
}
