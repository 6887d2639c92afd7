import type { ReactiveController, ReactiveControllerHost } from "lit";

import { Conversation } from "../../core/conversation.js";
import type { ConversationState, Entry, Language, Rating } from "../../core/types.js";
import { type Translation, translations } from "../../translations/translations.js";
import type { KeyValueStorage } from "../shared/storage.js";
import { Waiting } from "../shared/waiting.js";

/** What the chat wants to know of its conversation. */
export interface TalkListener {
  /** A text for the live region. */
  say(text: string, tag: string, isAnswer: boolean): void;
  /** A message was added while the chat was there, not one of the history. */
  added(entry: Entry): void;
  /** Whether the citizen sees what is added. */
  isSeen(): boolean;
  words(): Translation;
}

const NOTHING: ConversationState = {
  phase: "idle",
  entries: [],
  pending: { messageIds: [], isTyping: false },
};

/** Ties a conversation to an element: its state, its sentences while it waits. */
export class Talk implements ReactiveController {
  state = NOTHING;
  /** Answers that came while the chat was closed. */
  unread = 0;
  /** Milliseconds since 1970, renewed each second while a limit counts down. */
  now = 0;

  #conversation: Conversation | undefined;
  #lastAnnouncement = 0;
  #clock: ReturnType<typeof setInterval> | undefined;
  readonly #waiting: Waiting;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly listener: TalkListener,
  ) {
    host.addController(this);
    this.#waiting = new Waiting(host, (step) => {
      const words = listener.words();
      listener.say(
        (step < 0 ? words.typing : words.progress[step]) ?? "",
        words.tag,
        false,
      );
    });
  }

  hostDisconnected(): void {
    clearInterval(this.#clock);
    this.#conversation?.close();
    this.#conversation = undefined;
  }

  /** Whether this tab has a conversation to go on with. */
  get isStored(): boolean {
    return this.#conversation?.isStored ?? false;
  }

  /** The sentence shown while an answer is made; empty where none is awaited. */
  get waiting(): string {
    if (!this.#waiting.isWaiting) return "";
    const words = this.listener.words();
    return words.progress[this.#waiting.step] ?? words.typing;
  }

  /** Prepares a conversation; nothing is asked of the server yet. */
  begin(
    server: string,
    language: Language,
    service: string,
    storage: KeyValueStorage,
  ): void {
    this.#conversation?.close();
    const conversation = new Conversation({
      server,
      language,
      texts: translations[language].core,
      storage,
      ...(service ? { service } : {}),
    });
    this.#conversation = conversation;
    this.#lastAnnouncement = 0;
    this.state = conversation.state;
    conversation.addEventListener("change", () => {
      if (conversation === this.#conversation) this.#changed(conversation.state);
    });
  }

  async start(): Promise<void> {
    if (this.state.phase === "idle") await this.#conversation?.start();
  }

  /** Begins anew after the end. */
  async restart(): Promise<void> {
    await this.#conversation?.start();
  }

  /** Sends a text; returns whether it was taken into the transcript. */
  send(text: string): boolean {
    const before = this.state.entries.length;
    void this.#conversation?.send(text);
    return this.state.entries.length > before;
  }

  choose(choice: string, title: string): void {
    void this.#conversation?.choose(choice, title);
  }

  retry(messageId: string): void {
    void this.#conversation?.retry(messageId);
  }

  async rate(position: number, rating: Rating | null, comment?: string): Promise<void> {
    await this.#conversation?.rate(position, rating, comment);
  }

  async reportError(position: number, comment: string): Promise<void> {
    await this.#conversation?.reportError(position, comment);
  }

  dismissNotice(): void {
    this.#conversation?.dismissNotice();
  }

  /** Deletes the conversation; returns whether it is deleted, else says why not. */
  async end(): Promise<boolean> {
    try {
      await this.#conversation?.end();
      return true;
    } catch (cause) {
      const words = this.listener.words();
      const text = (cause as { text?: string }).text ?? words.core.failed;
      this.state = { ...this.state, notice: { kind: "failed", text } };
      this.listener.say(text, words.tag, false);
      this.host.requestUpdate();
      return false;
    }
  }

  setLanguage(language: Language): void {
    if (!this.#conversation) return;
    this.#conversation.language = language;
    this.#conversation.texts = translations[language].core;
  }

  setService(service: string): void {
    if (this.#conversation) this.#conversation.service = service || undefined;
  }

  #changed(state: ConversationState): void {
    const before = this.state;
    this.state = state;
    this.#waiting.set(state.phase === "waiting");
    // Here and not in the next rendering: two in a row would show only the second.
    const said = state.announcement;
    if (said && said.id !== this.#lastAnnouncement) {
      this.#lastAnnouncement = said.id;
      this.listener.say(said.text, said.language, true);
    }
    this.#tellOfNotice(before, state);
    this.#tellOfAdded(before, state.entries);
    this.#countDown(state.notice?.until);
    this.host.requestUpdate();
  }

  /** Says what stands beside the transcript, once when it appears. */
  #tellOfNotice(
    before: ConversationState,
    { notice, entries }: ConversationState,
  ): void {
    const words = this.listener.words();
    const say = (text: string): void => {
      this.listener.say(text, words.tag, false);
    };
    const failed = (list: readonly Entry[]): number =>
      list.filter((entry) => entry.delivery === "failed").length;
    if (failed(entries) > failed(before.entries)) say(words.notSent);
    if (notice && notice.text !== before.notice?.text) {
      const seconds = notice.until ? Math.ceil((notice.until - Date.now()) / 1_000) : 0;
      say(seconds > 0 ? `${notice.text} ${words.limitedUntil(seconds)}` : notice.text);
    }
    if (before.notice?.kind === "offline" && !notice) say(words.core.online);
  }

  #tellOfAdded(before: ConversationState, entries: readonly Entry[]): void {
    const isHistory = before.phase === "starting" || before.phase === "idle";
    if (entries === before.entries) return;
    const known = new Set(before.entries.map((entry) => entry.key));
    for (const entry of entries) {
      if (known.has(entry.key)) continue;
      if (isHistory && entry.delivery !== "sending") continue;
      if (entry.speaker === "kumpel" && !this.listener.isSeen()) this.unread++;
      this.listener.added(entry);
    }
  }

  #countDown(until: number | undefined): void {
    clearInterval(this.#clock);
    this.now = Date.now();
    if (until === undefined) return;
    this.#clock = setInterval(() => {
      this.now = Date.now();
      if (this.now >= until) clearInterval(this.#clock);
      this.host.requestUpdate();
    }, 1_000);
  }
}
