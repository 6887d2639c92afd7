import { Announcer } from "./announce.js";
import { Status } from "./status.js";
import { Transcript } from "./transcript.js";
import type { ServerError } from "./transport.js";
import type { ConversationState, CoreTexts, NoticeKind } from "./types.js";
import type { Utterance } from "./wire.js";

/** Whom a board asks, and tells that there is something new on it. */
export interface BoardHost {
  readonly texts: CoreTexts;
  /** The citizen's messages that are not answered yet, in order. */
  readonly waiting: readonly string[];
  readonly hasConversation: boolean;
  changed(): void;
}

/** What a citizen sees and hears of a conversation: all that makes up its state. */
export class Board {
  readonly transcript = new Transcript();
  readonly status = new Status();
  /** Ids of the messages that the server works on. */
  readonly typing = new Set<string>();
  readonly #announcer = new Announcer();
  #waitingSince: number | undefined;
  #state: ConversationState = {
    phase: "idle",
    entries: [],
    pending: { messageIds: [], isTyping: false },
  };

  /**
   * @param now Milliseconds since 1970.
   */
  constructor(
    private readonly host: BoardHost,
    private readonly now: () => number,
  ) {}

  get state(): ConversationState {
    return this.#state;
  }

  /** ISO time of this moment. */
  time(): string {
    return new Date(this.now()).toISOString();
  }

  /** Takes utterances in and has the new ones of the assistant announced. */
  take(utterances: readonly Utterance[]): void {
    const now = this.time();
    const dated = utterances.map((one) => (one.time ? one : { ...one, time: now }));
    const news = this.transcript.take(dated);
    for (const one of news) {
      // Each in a state of its own, so that none is passed over.
      if (one.speaker === "kumpel" && this.#announcer.announce(one, this.host.texts)) {
        this.publish();
      }
    }
    this.publish();
  }

  /** Says something beside the transcript. */
  say(kind: NoticeKind, text: string): void {
    this.status.say(kind, text);
    this.publish();
  }

  goOffline(): void {
    this.status.goOffline("offline", this.host.texts.offline);
    this.publish();
  }

  /** Says that the server asks for patience. */
  limit(error: ServerError, waitInMilliseconds: number): void {
    const until = this.now() + waitInMilliseconds;
    this.status.limit(error, error.text || this.host.texts.tooMany, until);
    this.publish();
  }

  /** Replaces the state and tells of it. */
  publish(): void {
    const { waiting: messageIds, hasConversation } = this.host;
    const { notice } = this.status;
    const { current: announcement } = this.#announcer;
    const isTyping = this.typing.size > 0;
    const isWaiting = messageIds.length > 0;
    this.#waitingSince = isWaiting ? (this.#waitingSince ?? this.now()) : undefined;
    const since = this.#waitingSince;
    this.#state = {
      phase: this.status.phase(isWaiting || isTyping, hasConversation),
      entries: this.transcript.entries,
      pending: { messageIds, isTyping, ...(since !== undefined && { since }) },
      ...(notice && { notice }),
      ...(announcement && { announcement }),
    };
    this.host.changed();
  }
}
