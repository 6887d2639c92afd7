import { html, type TemplateResult } from "lit";

import { LightElement } from "../shared/light-element.js";

/** How long an announcement stays; TalkBack misses those of up to 0.1 s. */
const ENTRY_LIFETIME_IN_MS = 1_500;

/**
 * Says things to screen readers once, in order. It is apart from the visible transcript,
 * so that nothing is said twice; each entry is a new node, so that equal texts are said
 * again; it is taken out again, so that nobody meets it while reading.
 */
export class LiveRegion extends LightElement {
  protected override render(): TemplateResult {
    return html`<div
      class="unseen live"
      part="live-region"
      role="status"
      aria-live="polite"
      aria-atomic="false"
      aria-relevant="additions"
    ></div>`;
  }

  /** Says a text in a language. */
  say(text: string, tag: string): void {
    const region = this.querySelector(".live");
    if (!region || !text) return;
    const entry = document.createElement("p");
    entry.lang = tag;
    entry.textContent = text;
    region.append(entry);
    setTimeout(() => {
      entry.parentNode?.removeChild(entry);
    }, ENTRY_LIFETIME_IN_MS);
  }
}
