/** A text of this many characters is refused, as the server does. */
export const MAX_CHARACTERS = 4_000;

/** Returns why a text cannot be sent, or undefined. */
export function faultOf(text: string): "empty" | "too_long" | undefined {
  if (!text.trim()) return "empty";
  // Code points, as the server counts.
  return Array.from(text.trim()).length >= MAX_CHARACTERS ? "too_long" : undefined;
}

/** Makes ids as the server asks for: `[A-Za-z0-9_-]{8,64}`, each once. */
export class MessageIds {
  #count = 0;

  next(now: number, random: number): string {
    const chance = Math.floor(random * 36 ** 8).toString(36);
    return `m-${now.toString(36)}-${chance}-${++this.#count}`;
  }
}
