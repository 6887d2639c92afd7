// @vitest-environment jsdom
import { render } from "lit";
import { expect, test } from "vitest";

import type { Entry, SlotOffer } from "../../core/types.js";
import { readUtterance } from "../../core/wire.js";
import { de } from "../../translations/de.js";
import type { ChatContext } from "../shared/context.js";
import { cardsOf, cardTemplate, choicesBeside, ownImage } from "./cards.js";

const OFFER: SlotOffer = {
  title: "Dienstag, 12:00 Uhr",
  choice: "slot-1",
  day: "Dienstag, 1.12.2026",
  date: "2026-12-01",
  time: "12:00",
  office: "Bürgerbüro Mitte",
};
const ENTRY: Entry = {
  key: "1",
  speaker: "kumpel",
  text: "Welcher Termin passt Ihnen?",
  language: "de",
  time: "2026-11-22T08:05:00Z",
  delivery: "sent",
  buttons: [OFFER, { title: "Spätere Termine", choice: "later" }],
};
const CONTEXT = { words: de, origin: "https://chat.krefeld.de" } as ChatContext;

test("a choice that the picker of appointments shows is not shown twice", () => {
  const entry: Entry = { ...ENTRY, cards: [{ kind: "slots", offers: [OFFER] }] };
  expect(choicesBeside(entry).map(({ choice }) => choice)).toEqual(["later"]);
});

test("without a card all choices are shown", () => {
  expect(choicesBeside(ENTRY)).toHaveLength(2);
});

test.each([
  ["https://chat.krefeld.de/map.png", true],
  ["/map.png", true],
  ["https://tracker.example.org/map.png", false],
  ["http://chat.krefeld.de/map.png", false],
  ["data:image/png;base64,AA", false],
])("a picture of %s is shown: %s", (image, isShown) => {
  const shown = ownImage({ ...ENTRY, image }, CONTEXT);
  expect(shown).toBe(isShown ? image : undefined);
});

const HOURS = {
  kind: "hours",
  office: "Bürgerbüro Mitte",
  isOpen: true,
  statement: "Open now until 12:30",
  days: [
    { day: "Monday", date: "2026-11-23", times: ["08:00–12:30"] },
    { day: "Tuesday", date: "2026-11-24", times: [], reason: "Heiligabend" },
  ],
};
const SOURCES = {
  kind: "sources",
  sources: [
    { name: "Personalausweis (krefeld.de)", asOf: "2026-02-01" },
    { name: "Bürgerbüro (krefeld.de)", retrieved: "2026-02-01" },
  ],
};

function shown(custom: object): HTMLElement {
  const said = { text: "From age 24: 37 €", language: "de", custom };
  const read = readUtterance(said, { speaker: "kumpel" }, CONTEXT.origin);
  const entry: Entry = { ...ENTRY, ...read };
  const place = document.createElement("div");
  place.lang = entry.language;
  render(
    cardsOf(entry).map((card) => cardTemplate(entry, card, CONTEXT)),
    place,
  );
  return place;
}

function lettersIn(place: Element, lang: string): string {
  const copy = place.cloneNode(true) as Element;
  for (const other of copy.querySelectorAll(`[lang]:not([lang="${lang}"])`))
    other.remove();
  return copy.textContent.replace(/\s+/g, " ");
}

test("beside an English answer with German facts our words are English", () => {
  const place = shown({ kind: "cards", cards: [HOURS, SOURCES], language: "en" });
  const own = lettersIn(place, "en");
  expect(place.lang).toBe("en");
  expect(own).toContain("Sources:");
  expect(own).toContain("Opening hours:");
  expect(own).not.toMatch(/Quelle|Stand|Öffnungszeiten|Bürgerbüro|Heiligabend/);
  const facts = [...place.querySelectorAll('[lang="de"]')].map((at) => at.textContent);
  expect(facts).toContain("Bürgerbüro Mitte");
  expect(facts).toContain("Heiligabend");
  expect(facts).toContain("Personalausweis (krefeld.de)");
});

test("a card that names no language follows its text", () => {
  expect(lettersIn(shown(SOURCES), "de")).toContain("Quellen:");
});
