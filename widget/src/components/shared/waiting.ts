import type { ReactiveController, ReactiveControllerHost } from "lit";

/** From when on a citizen is told that an answer is being made. */
const TYPING_AFTER_IN_MS = 1_000;
/** From when on the sentences of progress follow each other. */
const PROGRESS_AFTER_IN_MS = [4_000, 10_000, 20_000] as const;

/** Keeps what is shown and said while an answer takes its time. */
export class Waiting implements ReactiveController {
  /** The sentence of progress that is due; -1 before the first. */
  step = -1;
  isWaiting = false;
  #timers: ReturnType<typeof setTimeout>[] = [];

  constructor(
    private readonly host: ReactiveControllerHost,
    /** Called with -1 for "is writing", then with the number of each sentence. */
    private readonly tell: (step: number) => void,
  ) {
    host.addController(this);
  }

  /** Takes over whether an answer is awaited; the clock starts with the first. */
  set(isWaiting: boolean): void {
    if (isWaiting === this.isWaiting) return;
    this.isWaiting = isWaiting;
    this.#stop();
    if (!isWaiting) return;
    this.#at(TYPING_AFTER_IN_MS, -1);
    PROGRESS_AFTER_IN_MS.forEach((delay, step) => {
      this.#at(delay, step);
    });
  }

  hostDisconnected(): void {
    this.#stop();
    this.isWaiting = false;
  }

  #at(delayInMs: number, step: number): void {
    const act = (): void => {
      this.step = step;
      this.tell(step);
      this.host.requestUpdate();
    };
    this.#timers.push(setTimeout(act, delayInMs));
  }

  #stop(): void {
    this.#timers.forEach(clearTimeout);
    this.#timers = [];
    this.step = -1;
  }
}
