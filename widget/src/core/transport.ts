import type { Timings } from "./pause.js";
import type { Language, Rating } from "./types.js";
import { isString, readJson, readOutcome, readUtterance } from "./wire.js";
import type { Outcome, Utterance } from "./wire.js";

/** A request that brought no answer. */
export class ServerError extends Error {
  /**
   * @param kind The server's name for it, or `offline`, `timeout`, `garbled`, `blocked`.
   * @param text What the citizen may read; empty where the server said nothing.
   * @param status HTTP status; 0 where none came.
   * @param waitInMilliseconds Time of `Retry-After`.
   */
  constructor(
    readonly kind: string,
    readonly text = "",
    readonly status = 0,
    readonly waitInMilliseconds?: number,
  ) {
    super(text || kind);
    this.name = "ServerError";
  }

  /** Whether the conversation is over: expired, deleted or never known. */
  get isGone(): boolean {
    return (
      this.status === 401 || this.status === 410 || this.kind.endsWith("_conversation")
    );
  }

  /** Whether nothing answered at all. */
  get isOffline(): boolean {
    return this.status === 0;
  }

  /** Whether the server asks for patience. */
  get isLimit(): boolean {
    return this.status === 429 || this.status === 503;
  }
}

/** What goes to the server for one message. */
export interface OutgoingMessage {
  readonly messageId: string;
  readonly content: { readonly text: string } | { readonly choice: string };
}

/** The server's reply to a message; without messages they come by the stream. */
export interface Reply {
  readonly conversation?: string;
  readonly messages?: readonly Utterance[];
  readonly outcome: Outcome;
}

export interface Feedback {
  readonly position: number;
  readonly rating: Rating | null;
  readonly kind: "thumb" | "error";
  readonly comment?: string;
}

interface Request {
  readonly conversation?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly deadline?: number;
}

/** Longer replies than 500 full messages are not ours. */
const MAX_REPLY_IN_BYTES = 8_000_000;

/** Speaks HTTP with the server: no cookies, no state, a deadline for everything. */
export class Transport {
  readonly #open = new Set<AbortController>();

  /**
   * @param server Address below which `/chat/…` lies.
   * @param fetch The browser's, or one for tests.
   * @param timings Deadlines.
   * @param language Asked at each request, since the visitor can change it.
   */
  constructor(
    readonly server: string,
    private readonly fetch: typeof globalThis.fetch,
    private readonly timings: Timings,
    private readonly language: () => Language,
  ) {}

  /** Returns the signed id of a new conversation. */
  async begin(): Promise<string> {
    const { conversation } = await this.#ask("POST", "conversations", { body: {} });
    if (!isString(conversation) || !conversation) throw new ServerError("garbled");
    return conversation;
  }

  /** Returns what was said so far. */
  async history(conversation: string): Promise<Utterance[]> {
    const { utterances } = await this.#ask("GET", "history", { conversation });
    if (!Array.isArray(utterances)) throw new ServerError("garbled", "", 200);
    return this.#utterances(utterances, {});
  }

  /**
   * Sends a message.
   *
   * @param isAsync Whether the answer may come by the event stream.
   */
  async send(
    conversation: string,
    message: OutgoingMessage,
    service: string | undefined,
    isAsync: boolean,
  ): Promise<Reply> {
    const { messageId, content } = message;
    const language = this.language();
    const metadata = {
      language: language === "en" ? "en" : "de",
      ...(language === "easy" && { easy: true }),
      ...(service && { service }),
    };
    const answer = await this.#ask("POST", "messages", {
      body: { conversation, ...content, messageId, metadata },
      headers: isAsync ? { Prefer: "respond-async" } : {},
      deadline: isAsync ? this.timings.request : this.timings.answer,
    });
    const { conversation: renewed, messages } = answer;
    return {
      outcome: readOutcome(answer),
      ...(isString(renewed) && renewed && { conversation: renewed }),
      ...(Array.isArray(messages) && {
        messages: this.#utterances(messages, {
          speaker: "kumpel",
          messageId,
          language: metadata.language === "en" ? "en" : "de",
        }),
      }),
    };
  }

  async feedback(conversation: string, feedback: Feedback): Promise<void> {
    await this.#ask("POST", "feedback", { body: { conversation, ...feedback } });
  }

  /** Deletes the conversation; one that is gone already is no error. */
  async delete(conversation: string): Promise<void> {
    try {
      await this.#ask("DELETE", "conversations", { conversation });
    } catch (error) {
      if (!(error instanceof ServerError && error.isGone)) throw error;
    }
  }

  /** Opens the event stream after a position and returns its body. */
  async events(
    conversation: string,
    after: number,
    signal: AbortSignal,
  ): Promise<ReadableStream<Uint8Array>> {
    const response = await this.#fetch("GET", "events", signal, {
      conversation,
      headers: { Accept: "text/event-stream", "Last-Event-ID": String(after) },
    });
    if (!response.ok) throw await refusal(response);
    const type = response.headers.get("content-type") ?? "";
    if (!type.includes("text/event-stream") || !response.body) {
      throw new ServerError("blocked", "", response.status);
    }
    return response.body;
  }

  /** Breaks all requests off, but not the event stream. */
  abort(): void {
    for (const controller of this.#open) controller.abort();
  }

  #utterances(values: readonly unknown[], known: Partial<Utterance>): Utterance[] {
    return values
      .map((value) => readUtterance(value, known, this.server))
      .filter((utterance) => utterance !== undefined);
  }

  async #ask(
    method: string,
    path: string,
    request: Request,
  ): Promise<Readonly<Record<string, unknown>>> {
    const controller = new AbortController();
    const deadline = request.deadline ?? this.timings.request;
    const timer = setTimeout(() => controller.abort(), deadline);
    this.#open.add(controller);
    try {
      const response = await this.#fetch(method, path, controller.signal, request);
      if (!response.ok) throw await refusal(response);
      return readJson(await readText(response));
    } catch (error) {
      if (error instanceof ServerError) throw error;
      throw new ServerError(controller.signal.aborted ? "timeout" : "offline");
    } finally {
      clearTimeout(timer);
      this.#open.delete(controller);
    }
  }

  #fetch(
    method: string,
    path: string,
    signal: AbortSignal,
    { conversation, body, headers }: Request,
  ): Promise<Response> {
    // Not this.fetch(…): the browser's own one refuses another `this`.
    const { fetch } = this;
    return fetch(`${this.server}/chat/${path}`, {
      method,
      signal,
      cache: "no-store",
      credentials: "omit",
      headers: {
        "Accept-Language": this.language() === "en" ? "en" : "de",
        ...(conversation && { "X-Conversation": conversation }),
        ...(body !== undefined && { "Content-Type": "application/json" }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }
}

/** Reads why a request was refused; a proxy may have answered in the server's place. */
async function refusal(response: Response): Promise<ServerError> {
  const { status } = response;
  const { error } = readJson(await readText(response).catch(() => ""));
  const { kind, text } = (error ?? {}) as { kind?: unknown; text?: unknown };
  return new ServerError(
    isString(kind) ? kind : `http_${status}`,
    isString(text) ? text : "",
    status,
    waitOf(response.headers.get("retry-after")),
  );
}

/** Reads `Retry-After`: seconds or a date. Source: RFC 9110, 10.2.3. */
function waitOf(value: string | null): number | undefined {
  if (!value) return undefined;
  const wait = /^\d+$/.test(value)
    ? Number(value) * 1000
    : Date.parse(value) - Date.now();
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}

/** Reads a body to its end, unless it has none. */
async function readText(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (let size = 0; reader;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > MAX_REPLY_IN_BYTES) {
      await reader.cancel();
      throw new ServerError("garbled", "", response.status);
    }
    text += decoder.decode(value, { stream: true });
  }
  return text;
}
