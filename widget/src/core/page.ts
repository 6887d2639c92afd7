/** What the page tells of itself and of the network. */
export interface PageListener {
  online(): void;
  offline(): void;
  /** The page is left; it may be kept for the back button. */
  hidden(): void;
  /** The page is back from the back/forward cache. */
  restored(): void;
}

const EVENTS = ["online", "offline", "pagehide", "pageshow"] as const;

/** Listens to the window, but only while there is something to listen for. */
export class PageWatch {
  #isOn = false;

  constructor(
    private readonly listener: PageListener,
    private readonly page: EventTarget | undefined = windowOrNone(),
  ) {}

  start(): void {
    if (this.#isOn) return;
    this.#isOn = true;
    for (const type of EVENTS) this.page?.addEventListener(type, this.#take);
  }

  stop(): void {
    this.#isOn = false;
    for (const type of EVENTS) this.page?.removeEventListener(type, this.#take);
  }

  readonly #take = (event: Event): void => {
    if (event.type === "online") this.listener.online();
    else if (event.type === "offline") this.listener.offline();
    else if (event.type === "pagehide") this.listener.hidden();
    else if ((event as PageTransitionEvent).persisted) this.listener.restored();
  };
}

function windowOrNone(): EventTarget | undefined {
  return "addEventListener" in globalThis ? globalThis : undefined;
}
