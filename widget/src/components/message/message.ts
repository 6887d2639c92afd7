import { html, nothing, type TemplateResult } from "lit";
import { property } from "lit/decorators.js";

import type { Entry } from "../../core/types.js";
import { beyondCards } from "../cards/beyond-cards.js";
import { cardsOf, cardTemplate, choicesBeside, ownImage } from "../cards/cards.js";
import { choiceList } from "../choices/choices.js";
import { richText } from "../rich-text/rich-text.js";
import type { ChatContext } from "../shared/context.js";
import { clockTime } from "../shared/dates.js";
import { LightElement } from "../shared/light-element.js";

/** One message of the transcript, of the citizen or of Kumpel. */
export class ChatMessage extends LightElement {
  @property({ attribute: false }) entry!: Entry;
  @property({ attribute: false }) context!: ChatContext;
  /** Whether it ends an answer: only then it can be rated, copied and so on. */
  @property({ attribute: false }) endsAnswer = false;

  /** Whether it waits until another message of the citizen is answered. */
  @property({ attribute: false }) isQueued = false;

  protected override render(): TemplateResult {
    const { entry } = this;
    const { words } = this.context;
    const isCitizen = entry.speaker === "citizen";
    const id = `message-${entry.key}`;
    const time = clockTime(entry.time);
    const text = beyondCards(entry.text, cardsOf(entry));
    return html`<article
      class="message ${entry.speaker}"
      part="message message-${entry.speaker}"
      tabindex="-1"
      aria-labelledby="${id}-speaker"
    >
      <p class="byline" id="${id}-speaker" lang=${words.tag}>
        <span class="speaker">${isCitizen ? words.you : words.kumpel}</span>
        ${time ? html`<time datetime=${entry.time}>${words.atTime(time)}</time>` : nothing}
      </p>
      <div class="bubble" part="bubble bubble-${entry.speaker}" lang=${entry.language}>
        ${text ? richText(text, words) : nothing} ${this.#beside()}
      </div>
      ${isCitizen ? this.#delivery() : nothing}
      ${
        this.endsAnswer && !isCitizen
          ? html`<kumpel-chat-feedback
              .entry=${entry}
              .context=${this.context}
            ></kumpel-chat-feedback>`
          : nothing
      }
    </article>`;
  }

  #beside(): unknown {
    const { entry, context } = this;
    const cards = cardsOf(entry);
    const hasMap = cards.some((card) => card.kind === "map");
    const image = hasMap ? undefined : ownImage(entry, context);
    return [
      image ? html`<img class="image" src=${image} alt="" loading="lazy" />` : nothing,
      ...cards.map((card) => cardTemplate(entry, card, context)),
      choiceList(entry, choicesBeside(entry), context),
    ];
  }

  #delivery(): TemplateResult | typeof nothing {
    const { entry } = this;
    const { words, actions } = this.context;
    if (entry.delivery === "sent") return nothing;
    if (entry.delivery === "sending")
      return html`<p class="delivery" lang=${words.tag}>
        ${this.isQueued ? words.queued : words.sending}
      </p>`;
    return html`<p class="delivery failed" lang=${words.tag}>
      <span class="field-error">${words.notSent}</span>
      <button
        type="button"
        class="button"
        @click=${() => {
          if (entry.messageId) actions.retry(entry.messageId);
        }}
      >
        ${words.sendAgain}
      </button>
    </p>`;
  }
}
