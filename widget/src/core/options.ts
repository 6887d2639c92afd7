import { ConversationMemory } from "./memory.js";
import type { ConversationStorage } from "./memory.js";
import { TIMINGS } from "./pause.js";
import type { Timings } from "./pause.js";
import type { CoreTexts, Language } from "./types.js";

/** What a conversation needs; the rest has a default. */
export interface ConversationOptions {
  /** Address below which `/chat/…` lies. */
  readonly server: string;
  readonly language: Language;
  /** Slug of the service that the page is about. */
  readonly service?: string | undefined;
  /** What it says itself, in the visitor's language. */
  readonly texts: CoreTexts;
  readonly fetch?: typeof fetch;
  readonly storage?: ConversationStorage;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** From 0 to 1, such as Math.random. */
  readonly random?: () => number;
  /** Fires online, offline, pagehide and pageshow; by default the window. */
  readonly page?: EventTarget;
  /** Other times than the usual ones, for tests. */
  readonly timings?: Partial<Timings>;
}

/** Returns the options with their defaults. */
export function completed(options: ConversationOptions) {
  const server = options.server.replace(/\/+$/, "");
  return {
    server,
    fetch: options.fetch ?? globalThis.fetch,
    memory: new ConversationMemory(server, options.storage),
    now: options.now ?? Date.now,
    random: options.random ?? Math.random,
    timings: { ...TIMINGS, ...options.timings },
  };
}
