import { describe, expect, test } from "vitest";

import { de } from "./de.js";
import { easy } from "./easy.js";
import { en } from "./en.js";
import { languageOf, wordsBeside } from "./translations.js";

/** Returns all sentences of a translation, functions called with examples. */
function textsOf(words: object): string[] {
  return Object.values(words).flatMap((value: unknown): string[] => {
    if (typeof value === "string") return [value];
    if (typeof value === "function") {
      const make = value as (...examples: unknown[]) => unknown;
      return [String(make(3, 3))];
    }
    return value && typeof value === "object" ? textsOf(value) : [];
  });
}

describe("The words of the chat", () => {
  test.each([
    ["de", de],
    ["en", en],
    ["easy", easy],
  ])("are never empty in %s", (_name, words) => {
    expect(textsOf(words).filter((text) => !text.trim())).toEqual([]);
  });

  test("are English in English", () => {
    const { languages, ...rest } = en;
    expect(languages.de).toBe("Deutsch");
    expect(textsOf(rest).filter((text) => /[äöüß]/i.test(text))).toEqual([]);
  });

  test("are short sentences in Leichte Sprache", () => {
    const sentences = textsOf(easy).flatMap((text) => text.split(/[.!?:…]\s*/));
    const long = sentences.filter((sentence) => sentence.split(/\s+/).length > 9);
    expect(long).toEqual([]);
  });

  test("hold one statement in each sentence of Leichte Sprache", () => {
    const second = /, (dass|weil|wenn|damit|obwohl|denn|die|der|das)\b|;/;
    expect(textsOf(easy).filter((text) => second.test(text))).toEqual([]);
  });

  test("use neither passive voice nor subjunctive in Leichte Sprache", () => {
    const hard = /\b(wird|werden|wurde|würde|könnte|müsste|sollte)\b/;
    expect(textsOf(easy).filter((text) => hard.test(text))).toEqual([]);
  });

  test("address citizens formally in German", () => {
    const informal = /\b(du|dir|dich|dein\w*|ihr|euch|euer)\b/;
    const all = [...textsOf(de), ...textsOf(easy)];
    expect(all.filter((text) => informal.test(text))).toEqual([]);
  });
});

describe("The language of a page", () => {
  test.each([
    ["de", "de"],
    ["de-DE", "de"],
    ["DE-at", "de"],
    ["en", "en"],
    ["en-GB", "en"],
    ["easy", "easy"],
    ["de-simple", "easy"],
    ["tr", "de"],
    ["enm", "de"],
    ["", "de"],
    [undefined, "de"],
    [null, "de"],
  ])("%s is read as %s", (tag, language) => {
    expect(languageOf(tag)).toBe(language);
  });

  test("a card speaks the language of its answer, easily where that was chosen", () => {
    expect(wordsBeside("en", "de")).toBe(en);
    expect(wordsBeside("de", "en")).toBe(de);
    expect(wordsBeside("de", "easy")).toBe(easy);
  });
});
