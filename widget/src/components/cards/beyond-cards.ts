import type { Card } from "../../core/types.js";

const ITEM = "- ";
const WEEKDAY =
  /^- (?:Mo|Di|Mi|Do|Fr|Sa|So|Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:[a-z]*day|[a-z]*tag|twoch)?\b/;
const SOURCE = /^(?:Quellen?|Sources?): /;

/**
 * Returns what an answer's text says beyond its cards. The text is complete by itself,
 * for messengers and for speech; beside a card its lines would stand there twice. A line
 * goes only where the card surely shows it.
 */
export function beyondCards(text: string, cards: readonly Card[]): string {
  const lines = text.split("\n");
  return lines
    .filter((line) => !cards.some((card) => shows(card, line.trim())))
    .join("\n")
    .trim();
}

function shows(card: Card, line: string): boolean {
  switch (card.kind) {
    case "slots":
      return (
        line.startsWith(ITEM) &&
        card.offers.some(({ day, time }) => line.startsWith(`${ITEM}${day}, ${time} `))
      );
    case "hours":
      return (
        (card.days.length > 0 && WEEKDAY.test(line)) ||
        (card.source !== undefined && SOURCE.test(line))
      );
    case "sources":
      return card.sources.length > 0 && SOURCE.test(line);
    case "preview":
      return (
        line === card.consent ||
        line.replace(/:$/, "") === card.title ||
        card.fields.some(({ label, value }) => line === `${ITEM}${label}: ${value}`)
      );
    case "booked":
      return (
        line.startsWith(ITEM) &&
        [card.calendarUrl, card.manageUrl, card.address].some(
          (shown) => shown !== undefined && line.endsWith(`: ${shown}`),
        )
      );
    default:
      return false;
  }
}
