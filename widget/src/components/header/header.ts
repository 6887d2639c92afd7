import { html, nothing, type TemplateResult } from "lit";

import type { Translation } from "../../translations/translations.js";
import { icons } from "../shared/icons.js";

/**
 * The head of the chat: its title and its buttons.
 *
 * @param close Undefined where the chat fills a box and cannot be closed.
 */
export function header(
  words: Translation,
  heading: string,
  isMenuOpen: boolean,
  toggleMenu: () => void,
  close: (() => void) | undefined,
): TemplateResult {
  return html`<div class="header" part="header">
    <h2 class="heading" part="heading" id="heading" dir="auto">${heading}</h2>
    <button
      type="button"
      class="header-button menu-button"
      aria-label=${words.menu}
      title=${words.menu}
      aria-expanded=${isMenuOpen ? "true" : "false"}
      @click=${toggleMenu}
    >
      ${icons.menu}
    </button>
    ${
      close
        ? html`<button
            type="button"
            class="header-button close-button"
            aria-label=${words.close}
            title=${words.close}
            @click=${close}
          >
            ${icons.close}
          </button>`
        : nothing
    }
  </div>`;
}
