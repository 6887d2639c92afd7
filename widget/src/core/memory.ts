import type { Rating } from "./types.js";

export type ConversationStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const RATINGS = ":ratings";
const UNSENT = ":unsent";

/**
 * Remembers for this tab, over reloads, which conversation it is in and what of it the
 * server does not tell; where the browser forbids storage, or it is full, only as long
 * as the page lives.
 */
export class ConversationMemory {
  readonly #key: string;
  readonly #storage: ConversationStorage | undefined;
  readonly #fallback = new Map<string, string>();

  constructor(server: string, storage?: ConversationStorage) {
    this.#key = `kumpel:${server}`;
    this.#storage = storage ?? sessionStorageOrNone();
  }

  /** The conversation's signed id. */
  get id(): string | undefined {
    return this.#read("");
  }

  set id(value: string | undefined) {
    this.#write("", value);
    if (value === undefined) this.#write(RATINGS, undefined);
  }

  /** What was rated in this conversation: positions with their ratings. */
  get ratings(): readonly (readonly [position: number, rating: Rating])[] {
    return this.#list(RATINGS).filter(isRated);
  }

  /** Keeps a rating, null for none, until the conversation is over. */
  rate(position: number, rating: Rating | null): void {
    const others = this.ratings.filter(([other]) => other !== position);
    this.#keep(RATINGS, rating ? [...others, [position, rating]] : others);
  }

  /** What was sent and is not answered yet, as it was kept; read it with care. */
  get unsent(): readonly unknown[] {
    return this.#list(UNSENT);
  }

  set unsent(messages: readonly unknown[]) {
    this.#keep(UNSENT, messages);
  }

  #list(name: string): unknown[] {
    try {
      const value: unknown = JSON.parse(this.#read(name) ?? "[]");
      return Array.isArray(value) ? value : [];
    } catch {
      return [];
    }
  }

  #keep(name: string, values: readonly unknown[]): void {
    this.#write(name, values.length ? JSON.stringify(values) : undefined);
  }

  #read(name: string): string | undefined {
    const key = this.#key + name;
    try {
      return this.#storage?.getItem(key) ?? this.#fallback.get(key);
    } catch {
      return this.#fallback.get(key);
    }
  }

  #write(name: string, value: string | undefined): void {
    const key = this.#key + name;
    this.#fallback.delete(key);
    try {
      if (value === undefined) this.#storage?.removeItem(key);
      else if (this.#storage) this.#storage.setItem(key, value);
      else this.#fallback.set(key, value);
    } catch {
      if (value !== undefined) this.#fallback.set(key, value);
    }
  }
}

function isRated(value: unknown): value is readonly [number, Rating] {
  if (!Array.isArray(value)) return false;
  const [position, rating] = value as unknown[];
  return Number.isSafeInteger(position) && (rating === "up" || rating === "down");
}

function sessionStorageOrNone(): ConversationStorage | undefined {
  try {
    // Merely naming it throws where storage is forbidden, and Node 18 has none.
    return (globalThis as { sessionStorage?: Storage }).sessionStorage;
  } catch {
    return undefined;
  }
}
