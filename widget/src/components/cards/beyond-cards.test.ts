import { expect, test } from "vitest";

import type { Card } from "../../core/types.js";
import { beyondCards } from "./beyond-cards.js";

const OFFER = {
  day: "Mittwoch, 25.11.2026",
  date: "2026-11-25",
  time: "8:00",
  office: "Bürgerbüro Mitte",
  title: "Mi 25.11. 8:00",
  choice: "a",
};

test("without cards the text is as it is", () => {
  const text = "Quelle: krefeld.de\n- Mo: 8:00";
  expect(beyondCards(text, [])).toBe(text);
});

test("an offered appointment goes, another one and the sentences stay", () => {
  const text = `Welcher passt?
- Mittwoch, 25.11.2026, 8:00 Uhr, Bürgerbüro Mitte
- Mittwoch, 25.11.2026, 18:00 Uhr, Bürgerbüro Mitte
Am frühesten: Mittwoch, 25.11.2026, 8:00 Uhr.`;
  expect(beyondCards(text, [{ kind: "slots", offers: [OFFER] }])).toBe(
    `Welcher passt?
- Mittwoch, 25.11.2026, 18:00 Uhr, Bürgerbüro Mitte
Am frühesten: Mittwoch, 25.11.2026, 8:00 Uhr.`,
  );
});

test("hours by weekday go where the card has the days, warnings stay", () => {
  const hours: Card = {
    kind: "hours",
    office: "Bürgerbüro Mitte",
    isOpen: null,
    statement: "",
    days: [{ day: "Montag", date: "2026-11-23", times: ["8:00–12:30"] }],
  };
  const text = `Bitte vorher anrufen.
- Mo–Mi: 8:00–12:30 Uhr
- Donnerstag: 8:00–12:30 Uhr
- Mittagspause: 12:30–13:00 Uhr
- Sonderöffnung am 3.12.`;
  expect(beyondCards(text, [hours])).toBe(
    "Bitte vorher anrufen.\n- Mittagspause: 12:30–13:00 Uhr\n- Sonderöffnung am 3.12.",
  );
  expect(beyondCards(text, [{ ...hours, days: [] }])).toBe(text);
});

test("the source goes where a card names one", () => {
  const text = "37,00 €\nQuelle: krefeld.de, Stand 7.2.2024";
  const sources: Card = { kind: "sources", sources: [{ name: "krefeld.de" }] };
  expect(beyondCards(text, [sources])).toBe("37,00 €");
  expect(beyondCards(text, [{ kind: "sources", sources: [] }])).toBe(text);
});

test("what is read back goes, but not what differs from the card", () => {
  const preview: Card = {
    kind: "preview",
    title: "Bitte prüfen Sie noch einmal",
    fields: [{ label: "Name", value: "Erika Muster" }],
    consent: "Stimmt alles?",
  };
  const text = `Bitte prüfen Sie noch einmal:
- Name: Erika Muster
- Name: Erika Mustermann
Stimmt alles?`;
  expect(beyondCards(text, [preview])).toBe("- Name: Erika Mustermann");
});

test("the addresses of a booked appointment go, what to bring stays", () => {
  const booked: Card = {
    kind: "booked",
    number: "1",
    when: "morgen",
    office: "Bürgerbüro",
    calendarUrl: "https://krefeld.de/termin.ics",
    manageUrl: "https://krefeld.de/termin",
  };
  const text = `Gebucht.
- Mitbringen: Ausweis
- Kalenderdatei: https://krefeld.de/termin.ics
- Absagen: https://krefeld.de/termin`;
  expect(beyondCards(text, [booked])).toBe("Gebucht.\n- Mitbringen: Ausweis");
});
