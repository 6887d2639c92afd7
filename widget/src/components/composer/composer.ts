import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";

import { MAX_CHARACTERS } from "../../core/conversation.js";
import type { Translation } from "../../translations/translations.js";
import { canDictate, dictate } from "../shared/dictation.js";
import { icons } from "../shared/icons.js";
import { LightElement } from "../shared/light-element.js";
import type { KeyValueStorage } from "../shared/storage.js";

/** From so many characters left the counter is shown. */
const COUNTED_FROM = 300;
/** Key of what is written and not sent yet. */
export const DRAFT = "draft";

/**
 * The field in which the citizen writes. It never blocks: what is sent while an answer
 * is awaited waits its turn.
 *
 * @event send - Detail: the text. Prevented, the text stays in the field.
 */
export class ChatComposer extends LightElement {
  @property({ attribute: false }) words!: Translation;
  @property({ attribute: false }) storage!: KeyValueStorage;
  /** What is wrong with the text that was to be sent; empty where nothing is. */
  @property({ attribute: false }) error = "";
  @state() private length = 0;
  @state() private canDictate = false;
  @state() private isListening = false;
  @state() private hasDictationFailed = false;

  @query("textarea") private field!: HTMLTextAreaElement;

  #stopListening: (() => void) | undefined;

  protected override render(): TemplateResult {
    const { words, error } = this;
    const left = MAX_CHARACTERS - 1 - this.length;
    const isCounted = left <= COUNTED_FROM;
    return html`<form
      class="composer"
      part="composer"
      novalidate
      @submit=${this.#submit}
    >
      <label class="field-label" for="field">${words.fieldLabel}</label>
      <p class="unseen" id="field-hint">${words.fieldHint}</p>
      ${error ? html`<p class="field-error" id="field-error">${error}</p>` : nothing}
      ${
        this.isListening || this.hasDictationFailed
          ? html`<p class="hint">
              ${this.isListening ? words.dictating : words.dictationFailed}
            </p>`
          : nothing
      }
      <div class="composer-row">
        <textarea
          id="field"
          class="field"
          part="field"
          rows="1"
          dir="auto"
          autocomplete="off"
          enterkeyhint="send"
          aria-describedby="field-hint${error ? " field-error" : ""}${
            isCounted ? " field-count" : ""
          }"
          aria-invalid=${error ? "true" : nothing}
          @input=${this.#typed}
          @keydown=${this.#pressed}
        ></textarea>
        ${this.canDictate ? this.#microphone() : nothing}
        <button type="submit" class="button main send" part="send">
          ${icons.send}<span class="send-word">${words.send}</span>
        </button>
      </div>
      ${
        isCounted
          ? html`<p class="hint ${left < 0 ? "field-error" : ""}" id="field-count">
              ${words.charactersLeft(left)}
            </p>`
          : nothing
      }
    </form>`;
  }

  #microphone(): TemplateResult {
    const name = this.isListening ? this.words.stopDictating : this.words.dictate;
    return html`<button
      type="button"
      class="button microphone"
      aria-label=${name}
      title=${name}
      @click=${this.#toggleDictation}
    >
      ${this.isListening ? icons.stop : icons.microphone}
    </button>`;
  }

  protected override firstUpdated(): void {
    const draft = this.storage.getItem(DRAFT);
    if (draft) this.#set(draft);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("words")) return;
    void canDictate(this.words.tag).then((can) => {
      this.canDictate = can;
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopListening?.();
  }

  override focus(): void {
    this.field.focus();
  }

  #set(text: string): void {
    this.field.value = text;
    this.#typed();
  }

  readonly #typed = (): void => {
    const field = this.field;
    this.length = Array.from(field.value).length;
    this.hasDictationFailed = false;
    if (field.value) this.storage.setItem(DRAFT, field.value);
    else this.storage.removeItem(DRAFT);
    if (this.error) this.dispatchEvent(new CustomEvent("corrected"));
    this.#grow();
  };

  /** Grows with the text up to a limit; `field-sizing` is not known everywhere yet. */
  #grow(): void {
    const field = this.field;
    field.style.height = "auto";
    const borders = field.offsetHeight - field.clientHeight;
    field.style.height = `${field.scrollHeight + borders}px`;
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || event.shiftKey) return;
    // During composition Enter takes a suggestion; Safari says so by 229 only.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    if (event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.#send();
  };

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    this.#send();
  };

  #send(): void {
    const detail = this.field.value.trim();
    const event = new CustomEvent("send", { detail, cancelable: true });
    if (this.dispatchEvent(event)) this.#set("");
    this.field.focus();
  }

  readonly #toggleDictation = (): void => {
    if (this.#stopListening) {
      this.#stopListening();
      return;
    }
    const before = this.field.value;
    this.#stopListening = dictate(
      this.words.tag,
      (text) => {
        this.#set([before, text].filter(Boolean).join(" "));
      },
      (isFailure) => {
        this.#stopListening = undefined;
        this.isListening = false;
        this.hasDictationFailed = isFailure;
        this.#announce(isFailure ? this.words.dictationFailed : "");
        this.field.focus();
      },
    );
    this.isListening = this.#stopListening !== undefined;
    this.hasDictationFailed = !this.isListening;
    this.#announce(
      this.isListening ? this.words.dictating : this.words.dictationFailed,
    );
  };

  #announce(detail: string): void {
    if (detail) this.dispatchEvent(new CustomEvent("announce", { detail }));
  }
}
