import { html, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";

import type { Entry, Rating } from "../../core/types.js";
import type { ChatContext } from "../shared/context.js";
import { icons } from "../shared/icons.js";
import { LightElement } from "../shared/light-element.js";

/** Longest comment that the server takes. */
const COMMENT_LIMIT = 1_000;

type Form = "comment" | "report";

/**
 * What can be done with one answer: rate it, copy it, hear it, report an error in it.
 * A toolbar is one stop of the Tab key, so that many answers do not make many stops.
 */
export class AnswerFeedback extends LightElement {
  @property({ attribute: false }) entry!: Entry;
  @property({ attribute: false }) context!: ChatContext;
  @state() private form: Form | undefined;
  @state() private error = "";
  @state() private thanks = "";
  @state() private current = 0;

  protected override render(): TemplateResult {
    const { words } = this.context;
    return html`<div
        class="toolbar"
        part="answer-toolbar"
        role="toolbar"
        aria-label=${words.aboutThisAnswer}
        lang=${words.tag}
        @keydown=${this.#move}
        @focusin=${this.#remember}
      >
        ${this.#tools()}
      </div>
      ${
        this.thanks && !this.form
          ? html`<p class="hint" lang=${words.tag}>${this.thanks}</p>`
          : nothing
      }
      ${this.form ? this.#formTemplate(this.form) : nothing}`;
  }

  #tools(): TemplateResult[] {
    const { words, actions, canSpeak, spokenKey } = this.context;
    const isRatable = this.entry.position !== undefined;
    const tools: TemplateResult[] = [];
    const tool = (
      name: string,
      content: unknown,
      action: () => void,
      pressed?: boolean,
      expanded?: boolean,
    ): void => {
      const index = tools.length;
      tools.push(
        html`<button
          type="button"
          class="quiet-button"
          aria-label=${name}
          title=${name}
          tabindex=${index === this.current ? "0" : "-1"}
          aria-pressed=${pressed === undefined ? nothing : String(pressed)}
          aria-expanded=${expanded === undefined ? nothing : String(expanded)}
          @click=${action}
        >
          ${content}
        </button>`,
      );
    };
    if (isRatable) {
      for (const rating of ["up", "down"] as const)
        tool(
          rating === "up" ? words.helpful : words.notHelpful,
          icons[rating],
          () => void this.#rate(rating),
          this.entry.rating === rating,
        );
    }
    tool(words.copyAnswer, icons.copy, () => {
      actions.copy(this.entry.text);
    });
    if (canSpeak) {
      const isSpoken = spokenKey === this.entry.key;
      tool(
        isSpoken ? words.stopReading : words.readAloud,
        isSpoken ? icons.stop : icons.speaker,
        () => {
          actions.speak(this.entry);
        },
      );
    }
    if (isRatable)
      tool(
        words.reportError,
        html`${icons.flag}<span>${words.reportError}</span>`,
        () => {
          this.#open(this.form === "report" ? undefined : "report");
        },
        undefined,
        this.form === "report",
      );
    return tools;
  }

  #formTemplate(form: Form): TemplateResult {
    const { words } = this.context;
    const id = `feedback-${this.entry.key}`;
    const isReport = form === "report";
    return html`<form
      class="feedback-form"
      part="feedback"
      lang=${words.tag}
      novalidate
      @submit=${(event: Event) => {
        event.preventDefault();
        void this.#submit(form);
      }}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        this.#close();
      }}
    >
      <label class="field-label" for=${id}
        >${isReport ? words.reportLabel : words.commentLabel}</label
      >
      <p class="hint" id="${id}-hint">
        ${isReport ? words.reportHint : words.commentHint}
      </p>
      ${
        this.error
          ? html`<p class="field-error" id="${id}-error">${this.error}</p>`
          : nothing
      }
      <textarea
        class="field"
        id=${id}
        rows="3"
        maxlength=${COMMENT_LIMIT}
        aria-required=${isReport ? "true" : nothing}
        aria-invalid=${this.error ? "true" : nothing}
        aria-describedby="${id}-hint${this.error ? ` ${id}-error` : ""}"
        @input=${() => {
          this.error = "";
        }}
      ></textarea>
      <div class="row">
        <button type="submit" class="button main">
          ${isReport ? words.sendReport : words.sendComment}
        </button>
        <button type="button" class="button" @click=${this.#close}>
          ${isReport ? words.cancel : words.noComment}
        </button>
      </div>
    </form>`;
  }

  async #rate(rating: Rating): Promise<void> {
    const { words, actions } = this.context;
    const { position } = this.entry;
    if (position === undefined) return;
    const next = this.entry.rating === rating ? null : rating;
    try {
      await actions.rate(position, next);
    } catch {
      this.#say(words.feedbackFailed);
      return;
    }
    this.#say(next ? words.thanksForRating : words.ratingTakenBack);
    this.form = next === "down" ? "comment" : undefined;
    this.error = "";
  }

  async #submit(form: Form): Promise<void> {
    const { words, actions } = this.context;
    const { position, rating } = this.entry;
    const field = this.querySelector("textarea");
    const comment = field?.value.trim() ?? "";
    if (position === undefined) return;
    if (!comment) {
      if (form === "comment") {
        this.#close();
        return;
      }
      this.error = words.emptyReport;
      actions.announce(this.error);
      field?.focus();
      return;
    }
    try {
      if (form === "report") await actions.reportError(position, comment);
      else await actions.rate(position, rating ?? "down", comment);
    } catch {
      this.error = words.feedbackFailed;
      actions.announce(this.error);
      field?.focus();
      return;
    }
    this.#say(words.thanksForComment);
    this.#close();
  }

  #say(text: string): void {
    this.thanks = text;
    this.context.actions.announce(text);
  }

  #open(form: Form | undefined): void {
    this.error = "";
    this.thanks = "";
    this.form = form;
    if (form)
      void this.updateComplete.then(() => this.querySelector("textarea")?.focus());
  }

  /** Closes the form; the focus was in it and goes back to the toolbar. */
  readonly #close = (): void => {
    this.form = undefined;
    this.error = "";
    void this.updateComplete.then(() => {
      this.#buttons()[this.current]?.focus();
    });
  };

  #buttons(): HTMLButtonElement[] {
    return [...this.querySelectorAll<HTMLButtonElement>(".toolbar > button")];
  }

  readonly #remember = (event: FocusEvent): void => {
    const index = this.#buttons().indexOf(event.target as HTMLButtonElement);
    if (index >= 0) this.current = index;
  };

  readonly #move = (event: KeyboardEvent): void => {
    const buttons = this.#buttons();
    const last = buttons.length - 1;
    const target = {
      ArrowRight: this.current === last ? 0 : this.current + 1,
      ArrowLeft: this.current === 0 ? last : this.current - 1,
      Home: 0,
      End: last,
    }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    buttons[target]?.focus();
  };
}
