import { html, nothing, type TemplateResult } from "lit";

import type { Translation } from "../../translations/translations.js";
import { icons } from "../shared/icons.js";

/** The button that opens the floating chat; it says so when an answer came meanwhile. */
export function launcher(
  words: Translation,
  isOpen: boolean,
  unread: number,
  open: () => void,
): TemplateResult {
  return html`<button
    type="button"
    class="launcher"
    part="launcher"
    aria-haspopup="dialog"
    aria-expanded=${isOpen ? "true" : "false"}
    ?hidden=${isOpen}
    @click=${open}
  >
    ${icons.chat}<span class="launcher-text">${words.launcher}</span>
    ${unread ? html`<span class="unread">${words.launcherUnread(unread)}</span>` : nothing}
  </button>`;
}
