import { html, nothing, type TemplateResult } from "lit";

import type { Notice } from "../../core/types.js";
import type { Translation } from "../../translations/translations.js";
import { icons } from "../shared/icons.js";

const LASTING = new Set<Notice["kind"]>(["offline", "too_many", "ended"]);

/** Tells of something beside the transcript: no connection, a limit, a failure. */
export function noticeBar(
  notice: Notice | undefined,
  words: Translation,
  now: number,
  dismiss: () => void,
): TemplateResult | typeof nothing {
  if (!notice || notice.kind === "empty" || notice.kind === "too_long") return nothing;
  const seconds = notice.until ? Math.ceil((notice.until - now) / 1000) : 0;
  return html`<div class="notice ${notice.kind}" part="notice">
    <p>
      ${notice.text}
      ${seconds > 0 ? html`<span class="until">${words.limitedUntil(seconds)}</span>` : nothing}
    </p>
    ${
      LASTING.has(notice.kind)
        ? nothing
        : html`<button
            type="button"
            class="quiet-button"
            aria-label=${words.dismiss}
            title=${words.dismiss}
            @click=${dismiss}
          >
            ${icons.close}
          </button>`
    }
  </div>`;
}

/** What stands in the field's place after the end: why, and how to begin anew. */
export function endedBar(
  notice: Notice | undefined,
  words: Translation,
  restart: () => void,
): TemplateResult {
  return html`<div class="ended">
    <p>${notice?.text ?? words.core.ended}</p>
    <button type="button" class="button main restart" @click=${restart}>
      ${words.newConversation}
    </button>
  </div>`;
}
