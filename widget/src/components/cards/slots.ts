import { html, nothing, type TemplateResult } from "lit";

import type { Entry, SlotOffer, SlotsCard } from "../../core/types.js";
import type { Translation } from "../../translations/translations.js";
import { choiceButton } from "../choices/choices.js";
import type { ChatContext } from "../shared/context.js";
import { fact } from "./sources.js";

/** Free appointments, by day; each is a button that says its day and office as well. */
export function slotsCard(
  entry: Entry,
  card: SlotsCard,
  words: Translation,
  context: ChatContext,
): TemplateResult {
  const offices = new Set(card.offers.map((offer) => offer.office));
  const [onlyOffice] = offices.size === 1 ? offices : [undefined];
  const days = new Map<string, SlotOffer[]>();
  for (const offer of card.offers)
    days.set(offer.date, [...(days.get(offer.date) ?? []), offer]);
  return html`<div
    class="card slots"
    part="card"
    role="group"
    aria-label=${words.slots}
  >
    ${onlyOffice ? html`<p>${words.allAt}: ${fact(onlyOffice)}</p>` : nothing}
    ${[...days.values()].map(
      (offers) =>
        html`<fieldset>
          <legend>
            <span class="unseen">${words.slotsOn("")}</span>${offers[0]?.day}
          </legend>
          <div class="row">
            ${offers.map((offer) =>
              choiceButton(entry, offer, context, [
                words.slotAt(offer.time),
                html`<span class=${onlyOffice ? "unseen" : "slot-office"}
                  >,
                  <span class="unseen">${offer.day}, </span>${fact(offer.office)}</span
                >`,
              ]),
            )}
          </div>
        </fieldset>`,
    )}
  </div>`;
}
