import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";

import type { Entry } from "../../core/types.js";
import type { ChatContext } from "../shared/context.js";
import { icons } from "../shared/icons.js";
import { LightElement } from "../shared/light-element.js";

/** So many messages are shown at first, and more by the button above them. */
const PAGE_SIZE = 60;
/** Within so many pixels of the end a citizen is taken to follow the conversation. */
const NEAR_END_IN_PX = 80;
/** Room above an answer to whose beginning the view moves. */
const GAP_IN_PX = 8;

/**
 * The messages in their order. A log for screen readers, but a silent one: new messages
 * are said by the live region alone. One stop of the Tab key; arrow keys go from message
 * to message. Nothing that arrives moves the focus.
 */
export class ChatTranscript extends LightElement {
  @property({ attribute: false }) entries: readonly Entry[] = [];
  @property({ attribute: false }) context!: ChatContext;
  /** Ids of the citizen's messages that are not answered yet, in order. */
  @property({ attribute: false }) pending: readonly string[] = [];
  @property({ attribute: false }) greeting = "";
  @property({ attribute: false }) starters: readonly string[] = [];
  /** Sentence while an answer is being made; empty where none is. */
  @property({ attribute: false }) waiting = "";
  @state() private isAway = false;
  /** Index of the first message that is shown: an element for each costs memory. */
  @state() private firstShown = 0;

  @query(".log") private log!: HTMLElement;

  #follows = true;
  #resized: ResizeObserver | undefined;

  protected override render(): TemplateResult {
    const { context, entries } = this;
    const { words } = context;
    const shown = entries.slice(this.firstShown);
    return html`<div
        class="log"
        part="transcript"
        role="log"
        aria-live="off"
        aria-label=${words.transcript}
        aria-describedby="log-keys"
        tabindex="0"
        @scroll=${this.#scrolled}
        @keydown=${this.#move}
      >
        <p id="log-keys" hidden>${words.transcriptKeys}</p>
        ${this.#welcome()}
        ${
          this.firstShown > 0
            ? html`<button
                type="button"
                class="button earlier"
                @click=${this.#showEarlier}
              >
                ${words.showEarlier}
              </button>`
            : nothing
        }
        ${repeat(
          shown,
          (entry) => entry.key,
          (entry, index) =>
            html`<kumpel-chat-message
              .entry=${entry}
              .context=${context}
              .isQueued=${this.pending.indexOf(entry.messageId ?? "") > 0}
              .endsAnswer=${shown[index + 1]?.speaker !== "kumpel"}
            ></kumpel-chat-message>`,
        )}
        ${
          this.waiting
            ? html`<div class="waiting" part="waiting">
                <span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>
                <span>${this.waiting}</span>
              </div>`
            : nothing
        }
      </div>
      ${
        this.isAway
          ? html`<button
              type="button"
              class="button to-newest"
              aria-label=${words.toNewest}
              @click=${this.#toNewest}
            >
              ${icons.arrowDown}<span>${words.toNewest}</span>
            </button>`
          : nothing
      }`;
  }

  #welcome(): TemplateResult {
    const { words, actions } = this.context;
    return html`<div class="welcome" part="greeting">
      <p class="greeting" dir="auto">${this.greeting}</p>
      <p class="hint">${words.privacy} ${words.emergency}</p>
      ${
        this.starters.length
          ? html`<div class="choices" role="group" aria-label=${words.starters}>
              ${this.starters.map(
                (starter) =>
                  html`<button
                    type="button"
                    class="button choice"
                    part="choice"
                    @click=${() => {
                      actions.ask(starter);
                    }}
                  >
                    ${starter}
                  </button>`,
              )}
            </div>`
          : nothing
      }
    </div>`;
  }

  protected override firstUpdated(): void {
    this.#resized = new ResizeObserver(() => {
      const view = this.#view();
      if (this.#follows) view.scrollTop = view.scrollHeight;
    });
    this.#resized.observe(this.log);
    this.closest(".panel")?.addEventListener("scroll", this.#scrolled);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized?.disconnect();
  }

  /** Shows all messages, for the printer. */
  async showAll(): Promise<void> {
    this.firstShown = 0;
    await this.#rendered();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("entries")) return;
    const newest = Math.max(0, this.entries.length - PAGE_SIZE);
    // Nothing is taken away from somebody who reads further up.
    if (this.#follows || newest < this.firstShown) this.firstShown = newest;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has("entries")) void this.#follow(changed.get("entries") ?? []);
    else if (changed.has("waiting") && this.#follows) this.#toEnd();
  }

  /**
   * Shows what is new to those who were at the end: the end of their own message, and
   * the beginning of an answer, which may be longer than the panel is high.
   */
  async #follow(before: readonly Entry[]): Promise<void> {
    const known = new Set(before.map((entry) => entry.key));
    const fresh = this.entries.filter((entry) => !known.has(entry.key));
    const isOwn = fresh.some(
      (entry) => entry.speaker === "citizen" && entry.delivery === "sending",
    );
    if (!this.#follows && !isOwn) {
      this.#noticeEnd();
      return;
    }
    await this.#rendered();
    this.#toEnd();
    const isHistory = before.length === 0 && fresh.length > 2;
    const [first] = isHistory ? [] : fresh;
    if (!first || first.speaker === "citizen") return;
    const element = [...this.querySelectorAll("kumpel-chat-message")].find(
      (each) => each.entry.key === first.key,
    );
    if (!element) return;
    const view = this.#view();
    const above =
      element.getBoundingClientRect().top - view.getBoundingClientRect().top;
    if (above >= GAP_IN_PX) return;
    view.scrollTop += above - GAP_IN_PX;
    this.#follows = true;
  }

  async #rendered(): Promise<void> {
    await this.updateComplete;
    const messages = [...this.querySelectorAll("kumpel-chat-message")];
    await Promise.all(messages.map((each) => each.updateComplete));
  }

  /**
   * Shows a page more of earlier messages. What was read stays in its place; the focus
   * goes from the button to the message above it.
   */
  readonly #showEarlier = async (): Promise<void> => {
    const view = this.#view();
    const below = view.scrollHeight - view.scrollTop;
    const count = Math.min(PAGE_SIZE, this.firstShown);
    this.#follows = false;
    this.firstShown -= count;
    await this.#rendered();
    view.scrollTop = view.scrollHeight - below;
    const nearest = this.#messages()[count - 1];
    nearest?.focus({ preventScroll: true });
    nearest?.scrollIntoView({ block: "nearest" });
  };

  /** What scrolls: the log, or the whole panel where it is too low for that. */
  #view(): HTMLElement {
    const { log } = this;
    if (getComputedStyle(log).overflowY !== "visible") return log;
    return log.closest<HTMLElement>(".panel") ?? log;
  }

  #toEnd(): void {
    const view = this.#view();
    view.scrollTop = view.scrollHeight;
    this.#follows = true;
    this.isAway = false;
  }

  /** Goes to the newest message; the button that did it is gone then. */
  readonly #toNewest = (): void => {
    this.#toEnd();
    const messages = this.#messages();
    (messages[messages.length - 1] ?? this.log).focus();
  };

  /** Height of what lies below the view, in pixels. */
  #rest(view: HTMLElement): number {
    return view.scrollHeight - view.scrollTop - view.clientHeight;
  }

  #noticeEnd(): void {
    const view = this.#view();
    this.isAway = this.#rest(view) > Math.max(NEAR_END_IN_PX, view.clientHeight);
  }

  readonly #scrolled = (): void => {
    this.#follows = this.#rest(this.#view()) < NEAR_END_IN_PX;
    this.#noticeEnd();
  };

  #messages(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>(".message")];
  }

  readonly #move = (event: KeyboardEvent): void => {
    const { log } = this;
    const target = event.target as HTMLElement;
    const messages = this.#messages();
    const current = messages.indexOf(target);
    if (target !== log && current < 0) return;
    const last = messages.length - 1;
    const next = {
      ArrowUp: current < 0 ? last : current - 1,
      ArrowDown: current < 0 ? last : current + 1,
      Home: 0,
      End: last,
    }[event.key];
    if (next === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    if (current >= 0 && this.#isBeyond(target, event.key)) return;
    const message = messages[next];
    if (!message) return;
    event.preventDefault();
    message.focus({ preventScroll: true });
    message.scrollIntoView({ block: "nearest" });
  };

  /** Whether the message goes on outside the view: then the key scrolls it. */
  #isBeyond(message: HTMLElement, key: string): boolean {
    const view = this.#view().getBoundingClientRect();
    const box = message.getBoundingClientRect();
    if (key === "ArrowDown") return box.bottom > view.bottom + 1;
    return key === "ArrowUp" && box.top < view.top - 1;
  }
}
