import { html, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";

import type { Language } from "../../core/types.js";
import type { ChatContext } from "../shared/context.js";
import { icons } from "../shared/icons.js";
import { LightElement } from "../shared/light-element.js";

export type MenuCommand = "print" | "save" | "copy" | "end";

const LANGUAGES = ["de", "easy", "en"] as const;

/**
 * What can be done with the whole conversation.
 *
 * @event command - Detail: a MenuCommand.
 * @event language - Detail: the chosen Language.
 * @event reading - Detail: whether answers are to be read aloud.
 * @event dismiss - The menu is to be closed.
 */
export class ChatMenu extends LightElement {
  @property({ attribute: false }) context!: ChatContext;
  @property({ attribute: false }) hasMessages = false;
  @property({ attribute: false }) readsAloud = false;
  @state() private isAsking = false;

  protected override render(): TemplateResult {
    const { words } = this.context;
    return html`<div
      class="menu"
      part="menu"
      role="group"
      aria-label=${words.menu}
      @keydown=${this.#pressed}
    >
      ${this.isAsking ? this.#question() : this.#items()}
    </div>`;
  }

  #items(): TemplateResult {
    const { words, language, canSpeak } = this.context;
    return html`<fieldset>
        <legend>${words.language}</legend>
        <div class="row">
          ${LANGUAGES.map((each) => this.#language(each, language))}
        </div>
      </fieldset>
      ${
        canSpeak
          ? html`<label class="menu-check">
              <input
                type="checkbox"
                .checked=${this.readsAloud}
                @change=${(event: Event) => {
                  this.#tell("reading", (event.target as HTMLInputElement).checked);
                }}
              />
              ${words.readAnswersAloud}
            </label>`
          : nothing
      }
      ${
        this.hasMessages
          ? html`<ul class="plain">
              ${this.#item("print", words.print, icons.print)}
              ${this.#item("save", words.save, icons.save)}
              ${this.#item("copy", words.copyConversation, icons.copy)}
              <li>
                <button type="button" class="menu-item danger" @click=${this.#ask}>
                  ${icons.bin}<span>${words.end}</span>
                </button>
              </li>
            </ul>`
          : nothing
      }`;
  }

  #language(each: Language, current: Language): TemplateResult {
    return html`<label class="language">
      <input
        type="radio"
        name="language"
        .checked=${each === current}
        @change=${() => {
          this.#tell("language", each);
        }}
      />
      <span lang=${each === "en" ? "en" : "de"}
        >${this.context.words.languages[each]}</span
      >
    </label>`;
  }

  #item(command: MenuCommand, text: string, icon: TemplateResult): TemplateResult {
    return html`<li>
      <button
        type="button"
        class="menu-item"
        @click=${() => {
          this.#tell("command", command);
        }}
      >
        ${icon}<span>${text}</span>
      </button>
    </li>`;
  }

  #question(): TemplateResult {
    const { words } = this.context;
    return html`<div role="group" aria-labelledby="end-question" class="end-question">
      <p id="end-question">${words.endQuestion}</p>
      <div class="row">
        <button
          type="button"
          class="button danger"
          aria-describedby="end-question"
          @click=${() => {
            this.#tell("command", "end");
          }}
        >
          ${words.endYes}
        </button>
        <button type="button" class="button" @click=${this.#keep}>
          ${words.endNo}
        </button>
      </div>
    </div>`;
  }

  /** Moves the focus to the first item, as the citizen has just opened the menu. */
  override focus(): void {
    this.querySelector<HTMLElement>("input:checked, button")?.focus();
  }

  readonly #ask = (): void => {
    this.isAsking = true;
    void this.updateComplete.then(() => {
      this.querySelector<HTMLElement>(".end-question button:last-child")?.focus();
    });
  };

  readonly #keep = (): void => {
    this.isAsking = false;
    void this.updateComplete.then(() => {
      this.querySelector<HTMLElement>(".menu-item.danger")?.focus();
    });
  };

  readonly #pressed = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    if (this.isAsking) this.#keep();
    else this.#tell("dismiss", undefined);
  };

  #tell(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
