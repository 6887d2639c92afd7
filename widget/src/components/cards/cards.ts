import { html, nothing, type TemplateResult } from "lit";

import type { Card, Choice, Entry } from "../../core/types.js";
import { wordsBeside } from "../../translations/translations.js";
import type { ChatContext } from "../shared/context.js";
import { dateIn } from "../shared/dates.js";
import { bookedCard, mapCard, previewCard } from "./details.js";
import { hoursCard } from "./hours.js";
import { slotsCard } from "./slots.js";
import { sourcesCard } from "./sources.js";

/** Returns all cards of an answer in order. */
export function cardsOf(entry: Entry): readonly Card[] {
  return entry.cards ?? (entry.card ? [entry.card] : []);
}

/**
 * Returns an answer's picture if it is the server's own: another host would learn who
 * reads which answer.
 */
export function ownImage(entry: Entry, context: ChatContext): string | undefined {
  if (!entry.image) return undefined;
  const { origin } = new URL(entry.image, context.origin);
  return origin === context.origin ? entry.image : undefined;
}

/** Returns the choices that no card of the answer shows already. */
export function choicesBeside(entry: Entry): readonly Choice[] {
  const shown = new Set(
    cardsOf(entry).flatMap((card) =>
      card.kind === "slots" ? card.offers.map((offer) => offer.choice) : [],
    ),
  );
  return (entry.buttons ?? []).filter((button) => !shown.has(button.choice));
}

/** Shows one card; of a kind that a newer server invented, nothing. */
export function cardTemplate(
  entry: Entry,
  card: Card,
  context: ChatContext,
): TemplateResult | typeof nothing {
  const words = wordsBeside(entry.language, context.language);
  switch (card.kind) {
    case "hours":
      return hoursCard(card, words, dateIn(entry.time));
    case "slots":
      return slotsCard(entry, card, words, context);
    case "preview":
      return previewCard(card);
    case "booked":
      return bookedCard(card, words);
    case "map":
      return mapCard(card, ownImage(entry, context), words);
    case "sources":
      return html`${sourcesCard(card.sources, words)}`;
    default:
      return nothing;
  }
}
