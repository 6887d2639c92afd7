import type { ConversationMemory } from "./memory.js";
import { ServerError } from "./transport.js";
import type { Transport } from "./transport.js";
import type { Utterance } from "./wire.js";

/** Whom a session tells how it began. */
export interface SessionHost {
  /** It goes on, or is new, with what was said before. */
  begun(history: readonly Utterance[]): void;
  /** The stored one is over; a new one follows. */
  expired(): void;
}

/** Which conversation this tab is in: its signed id, kept over reloads. */
export class Session {
  #id: string | undefined;
  #beginning: Promise<string> | undefined;
  /** Rises when a beginning has lost its meaning. */
  #life = 0;

  constructor(
    private readonly memory: ConversationMemory,
    private readonly transport: Transport,
    private readonly host: SessionHost,
  ) {}

  /** The id in use; undefined before the beginning and after the end. */
  get id(): string | undefined {
    return this.#id;
  }

  /** Stays the same while ids of one conversation are renewed. */
  get life(): number {
    return this.#life;
  }

  /** The id in use or, after a reload, the one to go on with. */
  get anyId(): string | undefined {
    return this.#id ?? this.memory.id;
  }

  /** Returns the id: the one in use, the stored one if it is known, or a new one. */
  begin(): Promise<string> {
    if (this.#id !== undefined) return Promise.resolve(this.#id);
    if (!this.#beginning) {
      const beginning = this.#begin().finally(() => {
        if (this.#beginning === beginning) this.#beginning = undefined;
      });
      this.#beginning = beginning;
    }
    return this.#beginning;
  }

  /** Takes a renewed id. */
  adopt(id: string): void {
    if (id === this.#id) return;
    this.#id = id;
    this.memory.id = id;
  }

  /** Takes the id that the tab has gone on with; false where it has ended it. */
  rejoin(): boolean {
    this.#id = this.memory.id;
    return this.#id !== undefined;
  }

  /** Lets go of the conversation, which stays stored. */
  leave(): void {
    this.#life++;
    this.#id = undefined;
    this.#beginning = undefined;
  }

  /** The conversation is over. */
  forget(): void {
    this.leave();
    this.memory.id = undefined;
  }

  async #begin(): Promise<string> {
    const life = this.#life;
    const stored = this.memory.id;
    let history: readonly Utterance[] = [];
    let id = stored;
    try {
      if (stored !== undefined) history = await this.transport.history(stored);
    } catch (error) {
      const isGone = error instanceof ServerError && error.isGone;
      if (!isGone || life !== this.#life) throw error;
      this.memory.id = id = undefined;
      this.host.expired();
    }
    id ??= await this.transport.begin();
    if (life !== this.#life) throw new ServerError("closed", "", 400);
    this.adopt(id);
    this.host.begun(history);
    return id;
  }
}
