import { html, nothing, type TemplateResult } from "lit";

import type { BookedCard, MapCard, PreviewCard } from "../../core/types.js";
import type { Translation } from "../../translations/translations.js";
import { icons } from "../shared/icons.js";
import { fact, outwardLink } from "./sources.js";

type Row = readonly [label: string, value: string | undefined, isFact?: boolean];

function rows(list: readonly Row[]): TemplateResult {
  return html`<dl>
    ${list.map(([label, value, isFact]) =>
      value
        ? html`<div>
            <dt>${label}</dt>
            <dd dir="auto">${isFact ? fact(value) : value}</dd>
          </div>`
        : nothing,
    )}
  </dl>`;
}

/** Reads a booking or a form back before the citizen says yes. */
export function previewCard(card: PreviewCard): TemplateResult {
  return html`<div
    class="card preview"
    part="card"
    role="group"
    aria-label=${card.title}
  >
    <p class="card-title" dir="auto">${card.title}</p>
    ${rows(card.fields.map(({ label, value }) => [label, value]))}
    ${card.consent ? html`<p class="consent" dir="auto">${card.consent}</p>` : nothing}
  </div>`;
}

/** A booked appointment: number, place, calendar file, and where to change it. */
export function bookedCard(card: BookedCard, words: Translation): TemplateResult {
  return html`<div
    class="card booked"
    part="card"
    role="group"
    aria-label=${words.booked}
  >
    <p class="card-title">${icons.tick} ${words.booked}</p>
    ${rows([
      [words.bookingNumber, card.number],
      [words.when, card.when],
      [words.where, [card.office, card.address].filter(Boolean).join(", "), true],
    ])}
    <div class="row">
      ${
        card.calendarUrl
          ? html`<a class="button main" href=${card.calendarUrl} download="Termin.ics">
              ${icons.calendar} ${words.saveDate}
            </a>`
          : nothing
      }
      ${card.manageUrl ? outwardLink(card.manageUrl, words.manage, words, "button") : nothing}
    </div>
  </div>`;
}

/** A map as an image with its words; where it cannot be loaded, the places remain. */
export function mapCard(
  card: MapCard,
  image: string | undefined,
  words: Translation,
): TemplateResult {
  return html`<figure class="card map" part="card">
    ${
      image
        ? html`<img src=${image} alt=${card.alt} loading="lazy" decoding="async" />`
        : nothing
    }
    <figcaption>
      ${
        card.places.length
          ? html`<ul class="plain">
              ${card.places.map((place) => html`<li>${fact(place.name)}</li>`)}
            </ul>`
          : nothing
      }
      ${card.url ? outwardLink(card.url, words.openMap, words) : nothing}
    </figcaption>
  </figure>`;
}
