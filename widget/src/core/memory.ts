export type ConversationStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/**
 * Remembers the conversation's id for this tab; where the browser forbids storage, or
 * it is full, only as long as the page lives.
 */
export class ConversationMemory {
  readonly #key: string;
  readonly #storage: ConversationStorage | undefined;
  #fallback: string | undefined;

  constructor(server: string, storage?: ConversationStorage) {
    this.#key = `kumpel:${server}`;
    this.#storage = storage ?? sessionStorageOrNone();
  }

  get id(): string | undefined {
    try {
      return this.#storage?.getItem(this.#key) ?? this.#fallback;
    } catch {
      return this.#fallback;
    }
  }

  set id(value: string | undefined) {
    this.#fallback = undefined;
    try {
      if (value === undefined) this.#storage?.removeItem(this.#key);
      else if (this.#storage) this.#storage.setItem(this.#key, value);
      else this.#fallback = value;
    } catch {
      this.#fallback = value;
    }
  }
}

function sessionStorageOrNone(): ConversationStorage | undefined {
  try {
    // Merely naming it throws where storage is forbidden, and Node 18 has none.
    return (globalThis as { sessionStorage?: Storage }).sessionStorage;
  } catch {
    return undefined;
  }
}
