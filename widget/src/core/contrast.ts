/** A colour as red, green and blue from 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number];

/** Contrast that WCAG 2.2 asks of text (1.4.3, level AA). */
export const TEXT_CONTRAST = 4.5;

/**
 * Parses an opaque CSS colour: `#rgb`, `#rrggbb` (also with full opacity behind),
 * `rgb()` with commas or spaces, numbers or percentages, or `color(srgb …)`.
 *
 * @param resolve Turns what is written otherwise, such as names, into one of these; in
 *   the browser by the computed style of an element.
 * @returns Undefined where it is no colour, or one that lets the background through.
 */
export function parseColour(
  text: string,
  resolve?: (text: string) => string | undefined,
): Colour | undefined {
  const value = text.trim().toLowerCase();
  const colour = parseHexadecimal(value) ?? parseFunction(value);
  if (colour || !resolve) return colour;
  const resolved = resolve(value);
  return resolved === undefined ? undefined : parseColour(resolved);
}

/** Returns the contrast of two colours, from 1 to 21. Source: WCAG 2.2, definitions. */
export function contrast(one: Colour, other: Colour): number {
  const luminances = [luminance(one), luminance(other)];
  return (Math.max(...luminances) + 0.05) / (Math.min(...luminances) + 0.05);
}

/** Returns the colour of text, white or black, that is read best on a background. */
export function textColourOn(background: Colour): "#fff" | "#000" {
  const onWhite = contrast(background, [255, 255, 255]);
  return onWhite >= contrast(background, [0, 0, 0]) ? "#fff" : "#000";
}

/** Relative luminance of WCAG 2.2, from 0 for black to 1 for white. */
function luminance(colour: Colour): number {
  const [red, green, blue] = colour.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function parseHexadecimal(value: string): Colour | undefined {
  const digits = /^#([\da-f]{3,8})$/.exec(value)?.[1];
  if (!digits) return undefined;
  const isShort = digits.length <= 4;
  const parts = digits.match(isShort ? /./g : /../g) ?? [];
  const values = parts.map((part) => parseInt(isShort ? part + part : part, 16));
  const [red, green, blue, opacity = 255] = values;
  if (digits.length === 5 || digits.length === 7 || opacity !== 255) return undefined;
  return [red, green, blue] as Colour;
}

function parseFunction(value: string): Colour | undefined {
  const match = /^(rgba?\(|color\(srgb )([^()]*)\)$/.exec(value);
  const scale = match?.[1]?.startsWith("c") ? 255 : 1;
  const parts = match?.[2]?.split(/[\s,/]+/).filter(Boolean) ?? [];
  const numbers = parts.map((part, index) => {
    const [, digits, unit] = /^([+-]?(?:\d+\.?\d*|\.\d+))(%?)$/.exec(part) ?? [];
    if (digits === undefined) return NaN;
    const full = index === 3 ? 1 : 255;
    const number = unit
      ? (Number(digits) / 100) * full
      : Number(digits) * (index === 3 ? 1 : scale);
    return Math.min(full, Math.max(0, number));
  });
  const [red = NaN, green = NaN, blue = NaN, opacity = 1] = numbers;
  const isWhole = numbers.length <= 4 && opacity === 1;
  return isWhole && !Number.isNaN(red + green + blue) ? [red, green, blue] : undefined;
}
