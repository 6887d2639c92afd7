import type { ReactiveController, ReactiveControllerHost } from "lit";

import { deepFocus } from "../shared/output.js";

/** Where the floating panel fills the page; the same condition stands in the styles. */
export const FULL_PAGE = "(max-width: 40em), (max-height: 30em)";

const STOPS =
  'a[href], button, input, textarea, select, [tabindex]:not([tabindex="-1"])';

/**
 * Keyboard and size of the floating panel. It is no modal dialog, and the page can be
 * used beside it. Only where it fills the page, Tab goes round in it: behind it the
 * focus could not be seen (WCAG 2.2, 2.4.11).
 */
export class FloatingPanel implements ReactiveController {
  readonly #fullPage = window.matchMedia(FULL_PAGE);

  constructor(
    host: ReactiveControllerHost,
    private readonly panel: () => HTMLElement | null,
    private readonly isOpen: () => boolean,
    private readonly close: () => void,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener("keydown", this.#pressedOnPage);
    window.visualViewport?.addEventListener("resize", this.#fit);
  }

  hostDisconnected(): void {
    document.removeEventListener("keydown", this.#pressedOnPage);
    window.visualViewport?.removeEventListener("resize", this.#fit);
  }

  hostUpdated(): void {
    if (this.isOpen()) this.#fit();
  }

  /** Handles a key pressed inside of the panel. */
  readonly pressed = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && !event.isComposing) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if (event.key === "Tab" && this.#fullPage.matches) this.#goRound(event);
  };

  #goRound(event: KeyboardEvent): void {
    const stops = [
      ...(this.panel()?.querySelectorAll<HTMLElement>(STOPS) ?? []),
    ].filter((stop) => stop.tabIndex >= 0 && stop.getClientRects().length > 0);
    const from = event.shiftKey ? stops[0] : stops[stops.length - 1];
    const to = event.shiftKey ? stops[stops.length - 1] : stops[0];
    if (!from || !to || deepFocus() !== from) return;
    event.preventDefault();
    to.focus();
  }

  /** Uncovers what is focused on the page: Escape closes a panel that lies over it. */
  readonly #pressedOnPage = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || event.defaultPrevented || !this.isOpen()) return;
    const panel = this.panel();
    const focused = document.activeElement;
    if (!panel || !focused || focused === document.body) return;
    const ours = panel.getBoundingClientRect();
    const theirs = focused.getBoundingClientRect();
    const isCovered =
      theirs.left < ours.right &&
      theirs.right > ours.left &&
      theirs.top < ours.bottom &&
      theirs.bottom > ours.top;
    if (isCovered && !panel.contains(deepFocus() ?? null)) this.close();
  };

  /** Leaves room for the keyboard on the screen, which `dvh` does not know. */
  readonly #fit = (): void => {
    const view = window.visualViewport;
    const panel = this.panel();
    if (!panel || view?.scale !== 1) return;
    const isCut = view.height < window.innerHeight - 1;
    panel.style.setProperty("--_visible-height", isCut ? `${view.height}px` : "100dvh");
  };
}
