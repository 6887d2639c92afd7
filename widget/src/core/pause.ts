/** Waits that can be cut short, such as when the network is back. */
export class Pause {
  readonly #wakers = new Set<() => void>();

  /** Resolves after the time, or as soon as somebody wakes it. */
  wait(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.#wakers.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, milliseconds);
      this.#wakers.add(wake);
    });
  }

  /** Ends all waits that go on now. */
  wake(): void {
    for (const wake of [...this.#wakers]) wake();
  }
}

/** How long things may take, in milliseconds. */
export interface Timings {
  /** Silence of the event stream after which it is taken for dead. */
  readonly heartbeat: number;
  /** Wait for the stream's first byte: longer, and something holds it back. */
  readonly firstByte: number;
  /** First wait until a stream that something holds back is tried again. */
  readonly firstBlocked: number;
  readonly longestBlocked: number;
  /** Wait for an utterance before one that is here already. */
  readonly gap: number;
  readonly request: number;
  /** An answer in the reply itself; the server gives up after 25 s. */
  readonly answer: number;
  /** Wait for a first sign of work on a message that the server has taken. */
  readonly sign: number;
  /** How long a message is tried before it counts as failed. */
  readonly delivery: number;
  readonly firstBackoff: number;
  readonly longestBackoff: number;
  /** Longest wait that the server can impose before a message counts as failed. */
  readonly longestLimit: number;
}

export const TIMINGS: Timings = {
  // The server says ": still here" every 15 s.
  heartbeat: 40_000,
  firstByte: 20_000,
  // A browser opens six connections to a server: a tab that is closed frees one. A
  // proxy that gathers what it should pass on, on the other hand, will stay.
  firstBlocked: 20_000,
  longestBlocked: 300_000,
  gap: 3_000,
  request: 15_000,
  answer: 35_000,
  sign: 8_000,
  delivery: 60_000,
  firstBackoff: 1_000,
  longestBackoff: 30_000,
  longestLimit: 120_000,
};

/**
 * Returns how long to wait after a number of failures: twice as long each time, by
 * chance up to half shorter, so that a city's browsers do not all come back at once.
 */
export function backoff(
  failures: number,
  timings: Pick<Timings, "firstBackoff" | "longestBackoff">,
  random: () => number,
): number {
  const full = timings.firstBackoff * 2 ** Math.min(Math.max(failures - 1, 0), 20);
  return Math.min(full, timings.longestBackoff) * (0.5 + random() / 2);
}
