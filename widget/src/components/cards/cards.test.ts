import { expect, test } from "vitest";

import type { Entry, SlotOffer } from "../../core/types.js";
import { de } from "../../translations/de.js";
import type { ChatContext } from "../shared/context.js";
import { choicesBeside, ownImage } from "./cards.js";

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
