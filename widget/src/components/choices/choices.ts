import { html, nothing, type TemplateResult } from "lit";

import type { Choice, Entry } from "../../core/types.js";
import { icons } from "../shared/icons.js";
import type { ChatContext } from "../shared/context.js";

/**
 * A button for a choice. Once one of its answer was taken, all stay to be read, out of
 * the order of the Tab key, and the taken one is named in words and not by colour.
 */
export function choiceButton(
  entry: Entry,
  choice: Choice,
  context: ChatContext,
  content: unknown = choice.title,
): TemplateResult {
  const { words, actions } = context;
  const isChosen = entry.isUsed === true && entry.chosenTitle === choice.title;
  return html`<button
    type="button"
    class="button choice ${isChosen ? "chosen" : ""}"
    part="choice"
    aria-disabled=${entry.isUsed ? "true" : nothing}
    tabindex=${entry.isUsed ? "-1" : nothing}
    @click=${() => {
      if (!entry.isUsed) actions.choose(choice);
    }}
  >
    ${isChosen ? icons.tick : nothing}<span
      ><span dir="auto">${content}</span>${
        isChosen ? html` <span class="chosen-word">(${words.chosen})</span>` : nothing
      }</span
    >
  </button>`;
}

/** The choices under an answer. */
export function choiceList(
  entry: Entry,
  choices: readonly Choice[],
  context: ChatContext,
): TemplateResult | typeof nothing {
  if (choices.length === 0) return nothing;
  return html`<div class="choices" role="group" aria-label=${context.words.choose}>
    ${choices.map((choice) => choiceButton(entry, choice, context))}
  </div>`;
}
