import { expect, test } from "vitest";

import type { Entry } from "../../core/types.js";
import { de } from "../../translations/de.js";
import { conversationText } from "./conversation-text.js";

const QUESTION: Entry = {
  key: "1",
  speaker: "citizen",
  text: "Was kostet das?",
  language: "de",
  time: "2026-11-22T08:05:00+00:00",
  delivery: "sent",
};
const ANSWER: Entry = {
  ...QUESTION,
  key: "2",
  speaker: "kumpel",
  text: "**37,00 €**, siehe [krefeld.de](https://www.krefeld.de/).\n- bar\n- mit Karte",
  buttons: [
    { title: "Termin vereinbaren", choice: "a" },
    { title: "Nein", choice: "b" },
  ],
  isUsed: true,
  chosenTitle: "Nein",
};

test("a saved conversation names speakers, times in Krefeld and what was chosen", () => {
  expect(conversationText([QUESTION, ANSWER], de, "Kumpel Krefeld")).toBe(
    `Kumpel Krefeld, 22.11.2026

Sie (09:05 Uhr):
Was kostet das?

Kumpel (09:05 Uhr):
37,00 €, siehe krefeld.de.

- bar
- mit Karte
- Termin vereinbaren
- Nein (gewählt)
`,
  );
});

test("an entry without a readable time is saved without one", () => {
  const text = conversationText([{ ...QUESTION, time: "bald" }], de, "Kumpel");
  expect(text).toBe("Kumpel\n\nSie:\nWas kostet das?\n");
});

test("nothing said is a heading alone", () => {
  expect(conversationText([], de, "Kumpel")).toBe("Kumpel\n");
});
