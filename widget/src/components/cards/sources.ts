import { html, nothing, type TemplateResult } from "lit";

import type { Source } from "../../core/types.js";
import type { Translation } from "../../translations/translations.js";
import { readableDate } from "../shared/dates.js";

/** Where an answer comes from, and from when it is. */
export function sourceLine(source: Source, words: Translation): TemplateResult {
  return html`<p class="source">${words.source}: ${named(source, words)}</p>`;
}

/** All sources of an answer. */
export function sourcesCard(
  sources: readonly Source[],
  words: Translation,
): TemplateResult | typeof nothing {
  const [first] = sources;
  if (!first) return nothing;
  if (sources.length === 1) return sourceLine(first, words);
  return html`<div class="source">
    <p>${words.sources}:</p>
    <ul>
      ${sources.map((source) => html`<li>${named(source, words)}</li>`)}
    </ul>
  </div>`;
}

function named(source: Source, words: Translation): TemplateResult {
  const dates = [
    source.asOf ? words.asOf(readableDate(source.asOf, words.tag)) : "",
    source.retrieved ? words.retrieved(readableDate(source.retrieved, words.tag)) : "",
  ].filter(Boolean);
  return html`${
    source.url ? outwardLink(source.url, fact(source.name), words) : fact(source.name)
  }${dates.length ? html`, <bdi>${dates.join(", ")}</bdi>` : nothing}`;
}

/** What the portal says: it speaks German, whatever the words around it. */
export function fact(text: string): TemplateResult {
  return html`<span lang="de" dir="auto">${text}</span>`;
}

/** A link that leaves the conversation as it is and says that it opens a window. */
export function outwardLink(
  address: string,
  text: unknown,
  words: Translation,
  style = "",
): TemplateResult {
  return html`<a
    class=${style || nothing}
    href=${address}
    target="_blank"
    rel="noopener noreferrer"
    dir="auto"
    >${text}<span class="unseen"> (${words.opensInNewWindow})</span></a
  >`;
}
