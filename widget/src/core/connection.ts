import { Pause, backoff } from "./pause.js";
import type { Timings } from "./pause.js";
import { EventStreamParser } from "./sse.js";
import type { ServerEvent } from "./sse.js";
import { ServerError } from "./transport.js";
import type { Transport } from "./transport.js";

/** Whom a connection tells what happens on it. */
export interface ConnectionListener {
  /** Where to listen, and after which position; undefined stops it. */
  place(): { readonly conversation: string; readonly position: number } | undefined;
  /** The first byte is here: what the server sends arrives. */
  opened(): void;
  received(event: ServerEvent): void;
  /** The stream broke; it is opened again once this resolves, and some time later. */
  lost(failures: number, error: ServerError): Promise<void>;
  /** The conversation is over; the stream stays closed. */
  gone(error: ServerError): void;
}

/** A stream that holds this long was a good one: counting failures begins anew. */
const STEADY_IN_MILLISECONDS = 5_000;

/** A signal changes while one waits, which TypeScript does not see in a loop. */
function isOver(signal: AbortSignal): boolean {
  return signal.aborted;
}

/** Keeps the event stream open, whatever the network does. */
export class Connection {
  readonly #pause = new Pause();
  #isProven = false;
  #loop: AbortController | undefined;

  constructor(
    private readonly transport: Transport,
    private readonly listener: ConnectionListener,
    private readonly timings: Timings,
    private readonly random: () => number,
  ) {}

  /** Whether bytes arrive on the stream that is open now. */
  get isProven(): boolean {
    return this.#isProven;
  }

  /** Opens the stream, anew if it is open. */
  open(): void {
    this.close();
    this.#loop = new AbortController();
    void this.#run(this.#loop.signal);
  }

  close(): void {
    this.#loop?.abort();
    this.#loop = undefined;
    this.#isProven = false;
    this.#pause.wake();
  }

  /** Tries again now if it is waiting. */
  wake(): void {
    this.#pause.wake();
  }

  async #run(signal: AbortSignal): Promise<void> {
    let failures = 0;
    for (;;) {
      const since = Date.now();
      const error = await this.#listen(signal);
      if (signal.aborted) return;
      const wasSteady = this.#isProven && Date.now() - since >= STEADY_IN_MILLISECONDS;
      this.#isProven = false;
      if (error.isGone) {
        this.listener.gone(error);
        return;
      }
      failures = wasSteady ? 1 : failures + 1;
      await this.listener.lost(failures, error);
      if (isOver(signal)) return;
      const { firstBlocked, longestBlocked } = this.timings;
      const times =
        error.kind === "blocked"
          ? { firstBackoff: firstBlocked, longestBackoff: longestBlocked }
          : this.timings;
      const wait = backoff(failures, times, this.random);
      await this.#pause.wait(Math.max(wait, error.waitInMilliseconds ?? 0));
      if (isOver(signal)) return;
    }
  }

  /** Listens until the stream ends, and returns why it did. */
  async #listen(signal: AbortSignal): Promise<ServerError> {
    const place = this.listener.place();
    if (!place) return new ServerError("no_conversation");
    const attempt = new AbortController();
    const stop = (): void => attempt.abort();
    signal.addEventListener("abort", stop);
    let timer = setTimeout(stop, this.timings.firstByte);
    try {
      const body = await this.transport.events(
        place.conversation,
        place.position,
        attempt.signal,
      );
      const reader = body.getReader();
      const parser = new EventStreamParser();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return new ServerError("ended");
        clearTimeout(timer);
        timer = setTimeout(stop, this.timings.heartbeat);
        const events = parser.push(value);
        if (!this.#isProven) {
          this.#isProven = true;
          this.listener.opened();
        }
        for (const event of events) {
          if (!signal.aborted) this.listener.received(event);
        }
      }
    } catch (error) {
      if (error instanceof ServerError) return error;
      const isHeldBack = attempt.signal.aborted && !this.#isProven;
      return new ServerError(isHeldBack ? "blocked" : "offline");
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
      stop();
    }
  }
}
