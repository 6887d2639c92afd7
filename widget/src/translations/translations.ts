import type { Language, TextLanguage } from "../core/types.js";
import { de } from "./de.js";
import { easy } from "./easy.js";
import { en } from "./en.js";
import type { Translation } from "./translation.js";

export type { Translation } from "./translation.js";

export const translations: Readonly<Record<Language, Translation>> = { de, en, easy };

/** Returns the words for a card in the language of its answer. */
export function wordsBeside(text: TextLanguage, visitor: Language): Translation {
  if (text === "en") return en;
  return visitor === "easy" ? easy : de;
}

/**
 * Reads a language as pages write it: `de-DE`, `en`, and for Leichte Sprache `easy` or
 * the registered `de-simple`. Anything else is German, the language of the city.
 */
export function languageOf(tag: string | null | undefined): Language {
  const name = (tag ?? "").toLowerCase();
  if (name === "easy" || name.startsWith("de-simple")) return "easy";
  return name === "en" || name.startsWith("en-") ? "en" : "de";
}
