import { Board } from "./board.js";
import type { BoardHost } from "./board.js";
import { Listening } from "./listening.js";
import type { ListeningHost } from "./listening.js";
import type { ConversationMemory } from "./memory.js";
import { MAX_CHARACTERS, MessageIds, faultOf } from "./messages.js";
import { completed } from "./options.js";
import type { ConversationOptions } from "./options.js";
import { Outbox, asServerError } from "./outbox.js";
import type { OutboxHost } from "./outbox.js";
import { PageWatch } from "./page.js";
import type { PageListener } from "./page.js";
import { Pause, backoff } from "./pause.js";
import type { Timings } from "./pause.js";
import { Session } from "./session.js";
import type { SessionHost } from "./session.js";
import { noticeKindOf } from "./status.js";
import type { Status } from "./status.js";
import type { Transcript } from "./transcript.js";
import { ServerError, Transport } from "./transport.js";
import type { Feedback, OutgoingMessage } from "./transport.js";
import type {
  ConversationState,
  CoreTexts,
  Language,
  NoticeKind,
  Rating,
  TextLanguage,
} from "./types.js";
import { Unsent } from "./unsent.js";
import type { Outcome } from "./wire.js";

export { MAX_CHARACTERS } from "./messages.js";
export type { ConversationOptions } from "./options.js";

/** More messages than this do not wait for an answer. */
const MAX_QUEUED = 20;

/**
 * A citizen's conversation with the server, without anything to look at.
 *
 * @event change - The state was replaced.
 */
export class Conversation extends EventTarget {
  /** May be changed at any time; counts from the next message on. */
  language: Language;
  service: string | undefined;
  texts: CoreTexts;

  readonly #session: Session;
  readonly #now: () => number;
  readonly #random: () => number;
  readonly #page: PageWatch;
  readonly #timings: Timings;
  readonly #transport: Transport;
  readonly #listening: Listening;
  readonly #outbox: Outbox;
  readonly #board: Board;
  readonly #transcript: Transcript;
  readonly #status: Status;
  readonly #pause = new Pause();
  readonly #memory: ConversationMemory;
  readonly #unsent: Unsent;
  readonly #messageIds = new MessageIds();

  /** Rises when all that still runs has lost its meaning. */
  #life = 0;
  #isDeleting = false;

  constructor(options: ConversationOptions) {
    super();
    this.language = options.language;
    this.service = options.service;
    const { server, fetch, memory, now, random, timings } = completed(options);
    this.texts = options.texts;
    this.#now = now;
    this.#random = random;
    this.#timings = timings;
    this.#board = new Board(this.#boardHost(), now);
    this.#transcript = this.#board.transcript;
    this.#status = this.#board.status;
    this.#page = new PageWatch(this.#pageListener(), options.page);
    this.#memory = memory;
    this.#unsent = new Unsent(memory);
    const transport = new Transport(server, fetch, timings, () => this.language);
    this.#transport = transport;
    this.#session = new Session(memory, transport, this.#sessionHost());
    this.#outbox = new Outbox(transport, this.#outboxHost(), timings, random);
    this.#listening = new Listening(this.#listeningHost(), transport, timings, random);
  }

  get state(): ConversationState {
    return this.#board.state;
  }

  /** Whether this tab has something to go on with after a reload. */
  get isStored(): boolean {
    return this.#session.anyId !== undefined || this.#unsent.isLeft;
  }

  /**
   * Goes on with the stored conversation, or begins a new one; tries until it works.
   * After the end of a conversation it begins an empty one.
   */
  async start(): Promise<void> {
    if (this.#status.isEnded) {
      this.#status.isEnded = false;
      this.#status.dropPassing();
      this.#wipe();
    }
    if (this.#hasConversation || this.#status.isStarting) return;
    const life = this.#life;
    this.#page.start();
    this.#status.isStarting = true;
    this.#restore();
    this.#board.publish();
    for (let failures = 1, isBegun = false; !isBegun; failures++) {
      isBegun = await this.#tryToStart(failures);
      if (life !== this.#life) return;
    }
    this.#status.isStarting = false;
    this.#status.unlimit();
    this.#board.publish();
  }

  /** Sends a text; resolves when it is answered, has failed or was refused. */
  async send(text: string): Promise<void> {
    const fault = faultOf(text);
    if (fault === "empty") {
      this.#board.say(fault, this.texts.empty);
    } else if (fault === "too_long") {
      this.#board.say(fault, this.texts.tooLong(MAX_CHARACTERS));
    } else {
      const words = text.trim();
      await this.#queue({ text: words }, words);
    }
  }

  /** Sends a choice; the title is what the transcript shows. */
  async choose(choice: string, title: string): Promise<void> {
    await this.#queue({ choice }, title);
  }

  /** Sends a failed message once more, under the same id. */
  async retry(messageId: string): Promise<void> {
    const content = this.#unsent.content(messageId);
    if (!content || this.#outbox.messageIds.includes(messageId)) return;
    this.#transcript.resend(messageId, this.#board.time());
    this.#unsent.mark(messageId, false);
    await this.#enqueue({ messageId, content });
  }

  /** Rates an answer; null takes the rating back. Rejects if it did not arrive. */
  async rate(position: number, rating: Rating | null, comment?: string): Promise<void> {
    await this.#feedback({
      position,
      rating,
      kind: "thumb",
      ...(comment && { comment }),
    });
    this.#transcript.rate(position, rating);
    this.#memory.rate(position, rating);
    this.#board.publish();
  }

  /** Tells the city of an error in an answer. Rejects if it did not arrive. */
  async reportError(position: number, comment: string): Promise<void> {
    await this.#feedback({ position, rating: null, kind: "error", comment });
  }

  /** Deletes the conversation here and on the server. Rejects if it did not. */
  async end(): Promise<void> {
    const id = this.#session.anyId;
    this.#isDeleting = true;
    try {
      if (id !== undefined) await this.#transport.delete(id);
    } catch (cause) {
      throw this.#worded(cause);
    } finally {
      this.#isDeleting = false;
    }
    this.#stop();
    this.#wipe();
    this.#finish("ended", this.texts.ended);
  }

  /** Takes the notice away, for its button "close". */
  dismissNotice(): void {
    if (this.#status.dropPassing()) this.#board.publish();
  }

  /** Lets go of connection and listeners; `start` goes on where it was. */
  close(): void {
    this.#stop();
    this.#page.stop();
    this.#status.goOnline();
    this.#session.leave();
    this.#board.publish();
  }

  // Sending

  async #queue(content: OutgoingMessage["content"], shown: string): Promise<void> {
    if (this.#outbox.messageIds.length >= MAX_QUEUED) {
      this.#board.say("too_many", this.texts.tooMany);
      return;
    }
    const messageId = this.#messageIds.next(this.#now(), this.#random());
    const language = this.#textLanguage;
    const time = this.#board.time();
    this.#transcript.addOwn(messageId, shown, language, time);
    this.#unsent.add({ messageId, content, shown, language, time, isFailed: false });
    await this.#enqueue({ messageId, content });
  }

  /** Goes on with what was being sent when the page was reloaded. */
  #restore(): void {
    for (const one of this.#unsent.restore(this.#now())) {
      const { messageId, content, shown, language, time, isFailed } = one;
      this.#transcript.addOwn(messageId, shown, language, time);
      if (isFailed) this.#transcript.deliver(messageId, "failed");
      else void this.#enqueue({ messageId, content });
    }
  }

  async #enqueue(message: OutgoingMessage): Promise<void> {
    this.#status.isEnded = false;
    this.#status.dropPassing();
    this.#page.start();
    const answered = this.#outbox.add(message);
    this.#board.publish();
    await answered;
    this.#board.publish();
  }

  #outboxHost(): OutboxHost {
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- getters need it
    const self = this;
    return {
      get service() {
        return self.service;
      },
      get isStreaming() {
        return self.#listening.isProven;
      },
      conversation: () => this.#session.begin(),
      taken: (messageId, conversation) => {
        this.#reached();
        if (conversation !== undefined) this.#session.adopt(conversation);
        this.#transcript.deliver(messageId, "sent");
        this.#board.publish();
      },
      answered: (utterances) => this.#board.take(utterances),
      finished: (messageId, outcome) => this.#finishTurn(messageId, outcome),
      failed: (messageId, error) => {
        this.#transcript.deliver(messageId, "failed");
        this.#unsent.mark(messageId, true);
        if (error.kind !== "offline") {
          this.#status.say(noticeKindOf(error), error.text || this.texts.failed);
        }
        this.#board.publish();
      },
      expired: (conversation) => {
        const { id } = this.#session;
        if (id === undefined || id === conversation) this.#finish("expired", "");
      },
      offline: () => this.#board.goOffline(),
      limited: (error, wait) => this.#board.limit(error, wait),
      unlimited: () => {
        this.#status.unlimit();
        this.#board.publish();
      },
    };
  }

  #finishTurn(messageId: string, { trouble, text }: Outcome): void {
    this.#board.typing.delete(messageId);
    this.#unsent.remove(messageId);
    if (trouble !== undefined && text !== undefined) {
      const language = this.#textLanguage;
      this.#board.take([{ speaker: "kumpel", text, language, time: "", messageId }]);
    }
    this.#board.publish();
  }

  async #feedback(feedback: Feedback): Promise<void> {
    try {
      await this.#transport.feedback(await this.#session.begin(), feedback);
    } catch (cause) {
      throw this.#worded(cause);
    }
  }

  /** Sees to it that an error has a sentence to show. */
  #worded(cause: unknown): ServerError {
    const { kind, text, status } = asServerError(cause);
    return new ServerError(kind, text || this.texts.failed, status);
  }

  // The conversation's life

  #sessionHost(): SessionHost {
    return {
      begun: (history) => {
        this.#transcript.take(history);
        for (const [position, rating] of this.#memory.ratings) {
          this.#transcript.rate(position, rating);
        }
        this.#status.isEnded = false;
        this.#reached();
        this.#listening.open();
        // Whoever waits to begin need not try again.
        this.#pause.wake();
        this.#board.publish();
      },
      expired: () => this.#startOver(),
    };
  }

  /** Returns whether there is a conversation; otherwise has waited for the next try. */
  async #tryToStart(failures: number): Promise<boolean> {
    const life = this.#life;
    try {
      return Boolean(await this.#session.begin());
    } catch (cause) {
      if (life !== this.#life) return false;
      const error = asServerError(cause);
      const wait =
        error.waitInMilliseconds ?? backoff(failures, this.#timings, this.#random);
      if (error.isLimit) {
        this.#board.limit(error, wait);
      } else if (error.kind === "offline") {
        this.#board.goOffline();
      } else {
        this.#status.goOffline("failed", error.text || this.texts.failed);
        this.#board.publish();
      }
      await this.#pause.wait(wait);
      return this.#hasConversation;
    }
  }

  /** Keeps what was said as a thing of the past; what is to be sent starts anew. */
  #startOver(): void {
    this.#transcript.seal(this.#outbox.messageIds);
    this.#status.say("expired", this.texts.expired);
    this.#board.publish();
  }

  /** Nothing of what was said stays in this tab. */
  #wipe(): void {
    this.#transcript.clear();
    this.#unsent.clear();
  }

  /** The conversation is over on the server. */
  #finish(kind: NoticeKind, text: string): void {
    this.#listening.close();
    this.#session.forget();
    this.#board.typing.clear();
    if (this.#isWaiting) {
      this.#startOver();
      return;
    }
    this.#transcript.seal();
    this.#status.isEnded = true;
    this.#status.isStarting = false;
    this.#status.say(kind, text);
    this.#board.publish();
  }

  #stop(): void {
    this.#life++;
    this.#status.isStarting = false;
    this.#status.unlimit();
    for (const messageId of this.#outbox.messageIds) {
      this.#transcript.deliver(messageId, "failed");
    }
    this.#listening.close();
    this.#outbox.clear();
    this.#transport.abort();
    this.#pause.wake();
    this.#board.typing.clear();
  }

  #listeningHost(): ListeningHost {
    return {
      session: this.#session,
      board: this.#board,
      outbox: this.#outbox,
      reached: () => this.#reached(),
      expired: (text) => this.#finish("expired", text || this.texts.ended),
      ended: (text, isDeleted) => {
        if (this.#isDeleting) return;
        if (isDeleted && !this.#isWaiting) this.#wipe();
        this.#finish("ended", text || this.texts.ended);
      },
    };
  }

  // The page and the network

  #pageListener(): PageListener {
    return {
      offline: () => this.#board.goOffline(),
      online: () => {
        this.#wake();
        void this.#listening.catchUp();
      },
      // An open connection would keep the page out of the back/forward cache.
      hidden: () => this.#listening.close(),
      restored: () => this.#comeBack(),
    };
  }

  /** The page is back from the cache; the tab may have gone on without it. */
  #comeBack(): void {
    if (!this.#hasConversation) return;
    if (!this.#session.rejoin()) {
      this.#wipe();
      this.#finish("ended", this.texts.ended);
      return;
    }
    this.#listening.open();
    void this.#listening.catchUp();
  }

  #wake(): void {
    this.#pause.wake();
    this.#listening.wake();
    this.#outbox.wake();
  }

  /** The server has answered. */
  #reached(): void {
    if (this.#status.goOnline()) this.#wake();
  }

  // The state

  #boardHost(): BoardHost {
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- getters need it
    const self = this;
    return {
      get texts() {
        return self.texts;
      },
      get waiting() {
        return self.#outbox.messageIds;
      },
      get hasConversation() {
        return self.#hasConversation;
      },
      changed: () => this.dispatchEvent(new Event("change")),
    };
  }

  get #isWaiting(): boolean {
    return this.#outbox.messageIds.length > 0;
  }

  get #hasConversation(): boolean {
    return this.#session.id !== undefined;
  }

  get #textLanguage(): TextLanguage {
    return this.language === "en" ? "en" : "de";
  }
}
