import { html, nothing, type TemplateResult } from "lit";

import type { HoursCard, OpeningDay } from "../../core/types.js";
import type { Translation } from "../../translations/translations.js";
import { fact, sourceLine } from "./sources.js";

/** Opening hours of an office day by day, with whether it is open now. */
export function hoursCard(
  card: HoursCard,
  words: Translation,
  today: string,
): TemplateResult {
  const state = card.isOpen === null ? "" : card.isOpen ? "is-open" : "is-closed";
  const statement =
    card.statement ||
    (card.isOpen === null ? "" : card.isOpen ? words.openNow : words.closedNow);
  return html`<div class="card hours" part="card">
    ${
      statement
        ? html`<p class="open-state ${state}">
            <span aria-hidden="true"></span>${statement}
          </p>`
        : nothing
    }
    ${
      card.days.length
        ? html`<table>
            <caption>
              ${words.hoursOf}: ${fact(card.office)}
            </caption>
            <thead>
              <tr>
                <th scope="col">${words.day}</th>
                <th scope="col">${words.times}</th>
              </tr>
            </thead>
            <tbody>
              ${card.days.map((day) => row(day, words, day.date === today))}
            </tbody>
          </table>`
        : nothing
    }
    ${card.source ? sourceLine(card.source, words) : nothing}
  </div>`;
}

function row(day: OpeningDay, words: Translation, isToday: boolean): TemplateResult {
  return html`<tr class=${isToday ? "today" : ""}>
    <th scope="row">
      ${day.day}${isToday ? html` <span class="today-word">(${words.today})</span>` : nothing}
    </th>
    <td>
      ${
        day.times.length
          ? day.times.map((time) => html`<bdi class="time" dir="ltr">${time}</bdi> `)
          : words.closedAllDay
      }
      ${day.reason ? html`<span class="day-note">${fact(day.reason)}</span>` : nothing}
      ${day.note ? html`<span class="day-note" dir="auto">${day.note}</span>` : nothing}
    </td>
  </tr>`;
}
