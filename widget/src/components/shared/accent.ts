import { contrast, parseColour, TEXT_CONTRAST } from "../../core/contrast.js";

/**
 * Takes a colour for surfaces if white text on it can be read, else none, with a
 * warning for the web editors.
 *
 * @param probe An element of the page by which the browser resolves names of colours.
 */
export function readableAccent(accent: string, probe: HTMLElement): string | undefined {
  if (!accent) return undefined;
  const colour = parseColour(accent, (name) => resolved(name, probe));
  const reached = colour ? contrast(colour, [255, 255, 255]) : 0;
  if (reached >= TEXT_CONTRAST) return accent;
  console.warn(
    colour
      ? `kumpel-chat: accent "${accent}" reaches a contrast of ${reached.toFixed(1)} to white text, 4.5 is needed (WCAG 1.4.3). The default colour is used.`
      : `kumpel-chat: accent "${accent}" is no opaque colour. The default colour is used.`,
  );
  return undefined;
}

function resolved(name: string, probe: HTMLElement): string | undefined {
  probe.style.color = "";
  probe.style.color = name;
  if (!probe.style.color) return undefined;
  const colour = getComputedStyle(probe).color;
  probe.style.color = "";
  return colour;
}
