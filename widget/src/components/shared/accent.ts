import type { ReactiveController } from "lit";

import type { Colour } from "../../core/contrast.js";
import { contrast, parseColour, TEXT_CONTRAST } from "../../core/contrast.js";

/** Colours for surfaces; undefined where the default holds. */
export interface AccentColours {
  readonly accent?: string | undefined;
  readonly text?: string | undefined;
  /** Of links; the accent where that can be read on white. */
  readonly link?: string | undefined;
}

const DEFAULT_ACCENT = "#00525c";
const WHITE: Colour = [255, 255, 255];

/**
 * Takes a colour for surfaces if text on it can be read: in the colour that the page
 * wants, else in white. If neither can, the default colour holds, with a warning for
 * the web editors.
 *
 * @param accent As the page gives it; empty for the default.
 * @param text Colour for text on it; empty for white.
 * @param probe An element of the page by which the browser resolves names of colours.
 */
export function readableAccent(
  accent: string,
  text: string,
  probe: HTMLElement,
): AccentColours {
  const parse = (value: string): Colour | undefined =>
    parseColour(value, (name) => resolved(name, probe));
  const colour = parse(accent || DEFAULT_ACCENT);
  if (!colour) {
    warn(`accent "${accent}" is no opaque colour. The default colour is used.`);
    return {};
  }
  const toWhite = contrast(colour, WHITE);
  const given = text ? parse(text) : undefined;
  const isGivenRead = given && contrast(colour, given) >= TEXT_CONTRAST;
  if (text && !isGivenRead) warn(`text in "${text}" cannot be read on the accent.`);
  if (!isGivenRead && toWhite < TEXT_CONTRAST) {
    warn(
      `accent "${accent}" reaches a contrast of ${toWhite.toFixed(1)} to white text, 4.5 is needed (WCAG 1.4.3). The default colour is used.`,
    );
    return {};
  }
  return {
    accent: accent || undefined,
    text: isGivenRead ? text : undefined,
    link: toWhite < TEXT_CONTRAST ? DEFAULT_ACCENT : undefined,
  };
}

/** Gives the chat the page's accent, by attribute or by CSS, where it can be read. */
export class Accent implements ReactiveController {
  readonly #dark = window.matchMedia("(prefers-color-scheme: dark)");
  #judged: string | undefined;

  constructor(
    private readonly frame: () => HTMLElement | null,
    private readonly attribute: () => string,
  ) {}

  hostConnected(): void {
    this.#dark.addEventListener("change", this.#judge);
    // A style sheet of the page may come after the chat.
    window.addEventListener("load", this.#judge);
  }

  hostDisconnected(): void {
    this.#dark.removeEventListener("change", this.#judge);
    window.removeEventListener("load", this.#judge);
  }

  hostUpdated(): void {
    this.#judge();
  }

  readonly #judge = (): void => {
    const frame = this.frame();
    if (!frame) return;
    const styles = getComputedStyle(frame);
    const accent =
      this.attribute() || styles.getPropertyValue("--kumpel-accent").trim();
    const text = styles.getPropertyValue("--kumpel-on-accent").trim();
    const asked = `${accent}|${text}`;
    if (asked === this.#judged) return;
    this.#judged = asked;
    const colours = readableAccent(accent, text, frame);
    for (const name of ["accent", "text", "link"] as const) {
      const value = colours[name];
      if (value) frame.style.setProperty(`--_readable-${name}`, value);
      else frame.style.removeProperty(`--_readable-${name}`);
    }
  };
}

function warn(what: string): void {
  console.warn(`kumpel-chat: ${what}`);
}

/** Colours such as `oklch(…)` stay what they are unless they are mixed in sRGB. */
function resolved(name: string, probe: HTMLElement): string | undefined {
  const { style } = probe;
  let found: string | undefined;
  for (const value of [name, `color-mix(in srgb, ${name}, ${name})`]) {
    style.color = "";
    style.color = value;
    if (style.color) found = getComputedStyle(probe).color;
    if (found && parseColour(found)) break;
  }
  style.color = "";
  return found;
}
