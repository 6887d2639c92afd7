import {
  html,
  LitElement,
  nothing,
  type PropertyValues,
  type TemplateResult,
} from "lit";
import { property, query, state } from "lit/decorators.js";

import { Conversation } from "../../core/conversation.js";
import type { ConversationState, Entry, Language } from "../../core/types.js";
import { languageOf, translations } from "../../translations/translations.js";
import type { ChatComposer } from "../composer/composer.js";
import { launcher } from "../launcher/launcher.js";
import type { LiveRegion } from "../live-region/live-region.js";
import type { ChatMenu, MenuCommand } from "../menu/menu.js";
import { noticeBar } from "../notice/notice.js";
import { readableAccent } from "../shared/accent.js";
import type { ChatContext } from "../shared/context.js";
import { conversationText, entryText } from "../shared/conversation-text.js";
import { icons } from "../shared/icons.js";
import { copyText, deepFocus, printElement, saveText } from "../shared/output.js";
import { localVoice, readAloud, stopReading, watchVoices } from "../shared/reading.js";
import { type KeyValueStorage, tabStorage } from "../shared/storage.js";
import { Waiting } from "../shared/waiting.js";
import { FloatingPanel } from "./panel.js";
import { allStyles } from "./all-styles.js";

/** Address of this script; in a variable, as the bundler would take a literal away. */
const scriptAddress = import.meta.url;
const OPEN = "open";
const LANGUAGE = "language";

/**
 * The chat of the city, as a button in the corner of a page or filling a box.
 *
 * Nothing is asked of the server before the citizen opens the chat or writes; only a
 * conversation that this tab has begun goes on after a reload. Two chats of one server
 * on a page show the same conversation, unless each has a `conversation-key`.
 *
 * @element kumpel-chat
 *
 * @attr server - Origin of the server; by default that of the script.
 * @attr lang - `de`, `en`, or `de-simple` (also `easy`) for Leichte Sprache; by default
 *   the language of the page.
 * @attr service - Slug of the service that the page is about.
 * @attr open - The chat is open.
 * @attr accent - Colour of surfaces; refused below a contrast of 4.5 to white.
 * @attr greeting - The first words.
 * @attr heading - The title.
 * @attr mode - `floating` (default), or `inline` to fill its box.
 * @attr conversation-key - Sets a conversation apart from others of the same server.
 *
 * @event kumpel-open - The chat was opened.
 * @event kumpel-close - The chat was closed.
 * @event kumpel-message - A message was added; detail: `{speaker, text, language}`.
 *
 * @cssproperty --kumpel-accent - Colour of surfaces, instead of the attribute.
 * @cssproperty --kumpel-on-accent - Colour of text on it.
 * @cssproperty --kumpel-ink - Colour of text; `--kumpel-ink-dark` in dark mode.
 * @cssproperty --kumpel-quiet - Colour of secondary text; also `…-dark`.
 * @cssproperty --kumpel-paper - Background; also `…-dark`.
 * @cssproperty --kumpel-soft - Background of answers; also `…-dark`.
 * @cssproperty --kumpel-line - Colour of fine lines; also `…-dark`.
 * @cssproperty --kumpel-font - Family of the font.
 * @cssproperty --kumpel-font-size - Size of text; by default that of the browser.
 * @cssproperty --kumpel-radius - Roundness of corners.
 * @cssproperty --kumpel-width - Width of the floating panel.
 * @cssproperty --kumpel-height - Height of the floating panel.
 * @cssproperty --kumpel-offset-block - Distance to the lower edge of the page.
 * @cssproperty --kumpel-offset-inline - Distance to the side of the page.
 * @cssproperty --kumpel-layer - `z-index` of button and panel.
 *
 * @csspart launcher - The button that opens the chat.
 * @csspart panel - The chat.
 * @csspart header - Its head.
 * @csspart heading - The title in it.
 * @csspart menu - What can be done with the conversation.
 * @csspart transcript - The messages.
 * @csspart greeting - The first words.
 * @csspart message - One message; also `message-citizen` and `message-kumpel`.
 * @csspart bubble - Its text; also `bubble-citizen` and `bubble-kumpel`.
 * @csspart choice - A choice.
 * @csspart card - Opening hours, appointments and so on.
 * @csspart answer-toolbar - What can be done with one answer.
 * @csspart feedback - The form for a comment or a report.
 * @csspart waiting - What is shown while an answer is made.
 * @csspart notice - What is told beside the messages.
 * @csspart composer - The form at the end.
 * @csspart field - The field in it.
 * @csspart send - The button beside it.
 * @csspart live-region - What only screen readers hear.
 */
export class KumpelChat extends LitElement {
  static override styles = allStyles;

  @property() server = "";
  @property() override lang = "";
  @property() service = "";
  @property({ type: Boolean, reflect: true }) open = false;
  @property() accent = "";
  @property() greeting = "";
  @property() heading = "";
  @property() mode: "floating" | "inline" = "floating";
  @property({ attribute: "conversation-key" }) conversationKey = "";

  @state() private language: Language = "de";
  @state() private talk: ConversationState | undefined;
  @state() private context!: ChatContext;
  @state() private isMenuOpen = false;
  @state() private readsAloud = false;
  @state() private unread = 0;
  @state() private now = 0;

  @query(".kumpel") private frame!: HTMLElement | null;
  @query(".panel") private panel!: HTMLElement | null;
  @query("kumpel-chat-composer") private composer!: ChatComposer | null;
  @query("kumpel-chat-menu") private menu!: ChatMenu | null;
  @query("kumpel-chat-live") private live!: LiveRegion | null;

  #conversation: Conversation | undefined;
  #storage: KeyValueStorage = tabStorage("");
  #opener: HTMLElement | undefined;
  #hasBeenOpen = false;
  #isOpenForPage = false;
  #lastAnnouncement = 0;
  #endVoices: (() => void) | undefined;
  #clock: ReturnType<typeof setInterval> | undefined;
  readonly #floating = new FloatingPanel(
    this,
    () => this.panel,
    () => this.open && this.mode !== "inline",
    () => {
      this.closeChat();
    },
  );
  readonly #waiting = new Waiting(this, (step) => {
    const { words } = this.context;
    this.#announce((step < 0 ? words.typing : words.progress[step]) ?? "");
  });

  /** Opens the chat on the citizen's wish, and moves the focus into its field. */
  openChat(): void {
    if (this.mode !== "inline") this.#opener = deepFocus();
    this.open = true;
    void this.updateComplete.then(() => {
      this.composer?.focus();
      this.#announce(this.#greeting);
    });
    void this.#start();
  }

  /** Closes the chat; the focus goes back to where it was when the chat was opened. */
  closeChat(): void {
    if (!this.open || this.mode === "inline") return;
    const hadFocus = this.shadowRoot?.activeElement !== null;
    const opener = this.#opener;
    this.open = false;
    this.isMenuOpen = false;
    stopReading();
    void this.updateComplete.then(() => {
      if (!hadFocus) return;
      const isElsewhere =
        opener?.isConnected && opener.getRootNode() !== this.shadowRoot;
      const target = isElsewhere ? opener : this.renderRoot.querySelector(".launcher");
      (target as HTMLElement | null)?.focus();
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#endVoices = watchVoices(() => {
      this.#renewContext();
    });
    if (this.hasUpdated) this.#begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#endVoices?.();
    clearInterval(this.#clock);
    this.#conversation?.close();
    this.#conversation = undefined;
    stopReading();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // Pages may write `easy`, which is no tag of a language that checkers know.
    if (this.lang.toLowerCase() === "easy") this.setAttribute("lang", "de-simple");
    const isFirst = !this.hasUpdated;
    if (isFirst || changed.has("server") || changed.has("conversationKey"))
      this.#begin();
    if (isFirst || changed.has("lang")) {
      const chosen = this.#storage.getItem(LANGUAGE);
      this.#setLanguage(languageOf(chosen ?? (this.lang || this.#languageOfPage())));
    }
    if (changed.has("service") && this.#conversation)
      this.#conversation.service = this.service || undefined;
    if (isFirst && this.#storage.getItem(OPEN) && this.mode !== "inline")
      this.open = true;
    if (this.open || this.mode === "inline") {
      this.#hasBeenOpen = true;
      this.unread = 0;
    }
  }

  protected override firstUpdated(): void {
    if (this.#conversation?.isStored) void this.#start();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has("accent")) this.#setAccent();
    if (!changed.has("open") || this.mode === "inline") return;
    if (this.open) this.#storage.setItem(OPEN, "1");
    else this.#storage.removeItem(OPEN);
    if (this.open !== this.#isOpenForPage)
      this.#tellPage(this.open ? "kumpel-open" : "kumpel-close", undefined);
    this.#isOpenForPage = this.open;
  }

  protected override render(): TemplateResult {
    const { words } = this.context;
    const isInline = this.mode === "inline";
    return html`<div
      class="kumpel ${isInline ? "inline" : "floating"}"
      lang=${words.tag}
    >
      ${
        isInline
          ? nothing
          : launcher(words, this.open, this.unread, () => {
              this.openChat();
            })
      }
      ${this.#hasBeenOpen ? this.#panelTemplate(isInline) : nothing}
      <kumpel-chat-live></kumpel-chat-live>
    </div>`;
  }

  #panelTemplate(isInline: boolean): TemplateResult {
    const { context, talk } = this;
    const { words } = context;
    return html`<div
      class="panel"
      part="panel"
      role=${isInline ? "region" : "dialog"}
      aria-labelledby="heading"
      ?hidden=${!isInline && !this.open}
      @keydown=${isInline ? nothing : this.#floating.pressed}
      @focusin=${this.#begunToUse}
    >
      <button type="button" class="button skip" @click=${this.#toField}>
        ${words.skipToField}
      </button>
      <div class="header" part="header">
        <h2 class="heading" part="heading" id="heading" dir="auto">
          ${this.heading || words.heading}
        </h2>
        <button
          type="button"
          class="header-button menu-button"
          aria-label=${words.menu}
          title=${words.menu}
          aria-expanded=${this.isMenuOpen ? "true" : "false"}
          @click=${this.#toggleMenu}
        >
          ${icons.menu}
        </button>
        ${
          isInline
            ? nothing
            : html`<button
                type="button"
                class="header-button close-button"
                aria-label=${words.close}
                title=${words.close}
                @click=${this.closeChat}
              >
                ${icons.close}
              </button>`
        }
      </div>
      ${this.isMenuOpen ? this.#menuTemplate() : nothing}
      <kumpel-chat-transcript
        .entries=${talk?.entries ?? []}
        .context=${context}
        .greeting=${this.#greeting}
        .starters=${this.#starters}
        .waiting=${this.#waitingText}
      ></kumpel-chat-transcript>
      <div class="below">
        ${talk?.phase === "ended" ? this.#endedTemplate() : this.#composerTemplate()}
      </div>
    </div>`;
  }

  #menuTemplate(): TemplateResult {
    return html`<kumpel-chat-menu
      .context=${this.context}
      .hasMessages=${Boolean(this.talk?.entries.length)}
      .readsAloud=${this.readsAloud}
      @command=${(event: CustomEvent<MenuCommand>) => void this.#command(event.detail)}
      @language=${(event: CustomEvent<Language>) => {
        this.#chooseLanguage(event.detail);
      }}
      @reading=${(event: CustomEvent<boolean>) => {
        this.readsAloud = event.detail;
        if (!event.detail) stopReading();
      }}
      @dismiss=${this.#closeMenu}
    ></kumpel-chat-menu>`;
  }

  #composerTemplate(): TemplateResult {
    const notice = this.talk?.notice;
    const isAboutField = notice?.kind === "empty" || notice?.kind === "too_long";
    return html`${noticeBar(notice, this.context.words, this.now, () => {
        this.#conversation?.dismissNotice();
        this.composer?.focus();
      })}
      <kumpel-chat-composer
        .words=${this.context.words}
        .storage=${this.#storage}
        .error=${isAboutField ? notice.text : ""}
        @send=${this.#sent}
        @corrected=${() => this.#conversation?.dismissNotice()}
        @announce=${(event: CustomEvent<string>) => {
          this.#announce(event.detail);
        }}
      ></kumpel-chat-composer>`;
  }

  #endedTemplate(): TemplateResult {
    const { words } = this.context;
    return html`<div class="ended">
      <p>${this.talk?.notice?.text ?? words.core.ended}</p>
      <button type="button" class="button main restart" @click=${this.#restart}>
        ${words.newConversation}
      </button>
    </div>`;
  }

  // ---- what is shown

  get #greeting(): string {
    return this.greeting || this.context.words.greeting;
  }

  get #starters(): readonly string[] {
    if (this.talk?.entries.length || this.talk?.phase === "ended") return [];
    const { words } = this.context;
    return this.service ? words.startersOnService : words.startersAnywhere;
  }

  get #waitingText(): string {
    if (!this.#waiting.isWaiting) return "";
    const { words } = this.context;
    return words.progress[this.#waiting.step] ?? words.typing;
  }

  #languageOfPage(): string {
    let node: Element | null = this.parentElement;
    for (; node;) {
      const near: Element | null = node.closest("[lang]");
      if (near) return near.getAttribute("lang") ?? "";
      const root = node.getRootNode();
      node = root instanceof ShadowRoot ? root.host : null;
    }
    return "";
  }

  #setAccent(): void {
    if (!this.frame) return;
    const accent = readableAccent(this.accent, this.frame);
    if (accent) this.frame.style.setProperty("--_accent-attribute", accent);
    else this.frame.style.removeProperty("--_accent-attribute");
  }

  // ---- the conversation

  get #server(): string {
    const script = new URL(scriptAddress);
    const place = script.pathname.replace(/\/chat\/[^/]*$/, "");
    const own = script.origin + (place === script.pathname ? "" : place);
    return (this.server || own).replace(/\/+$/, "");
  }

  #begin(): void {
    this.#conversation?.close();
    const key = this.conversationKey ? `${this.conversationKey}:` : "";
    this.#storage = tabStorage(`kumpel-chat:${key}${this.#server}:`);
    const conversation = new Conversation({
      server: this.#server,
      language: this.language,
      texts: translations[this.language].core,
      storage: tabStorage(key),
      ...(this.service ? { service: this.service } : {}),
    });
    this.#conversation = conversation;
    this.#lastAnnouncement = 0;
    this.talk = conversation.state;
    conversation.addEventListener("change", () => {
      if (conversation === this.#conversation) this.#changed(conversation.state);
    });
  }

  async #start(): Promise<void> {
    if (this.#conversation?.state.phase === "idle") await this.#conversation.start();
  }

  #changed(talk: ConversationState): void {
    const before = this.talk;
    this.talk = talk;
    this.#waiting.set(talk.phase === "waiting");
    const said = talk.announcement;
    if (said && said.id !== this.#lastAnnouncement) {
      this.#lastAnnouncement = said.id;
      this.live?.say(said.text, said.language);
      if (this.readsAloud && this.open) readAloud(said.text, said.language);
    }
    this.#tellOfMessages(before?.entries ?? [], talk.entries, before?.phase);
    this.#countDown(talk.notice?.until);
  }

  #tellOfMessages(
    before: readonly Entry[],
    entries: readonly Entry[],
    phase: ConversationState["phase"] | undefined,
  ): void {
    if (entries === before || phase === "starting" || phase === "idle") return;
    const known = new Set(before.map((entry) => entry.key));
    for (const entry of entries) {
      if (known.has(entry.key)) continue;
      const { speaker, text, language } = entry;
      if (speaker === "kumpel" && !this.open && this.mode !== "inline") this.unread++;
      this.#tellPage("kumpel-message", { speaker, text, language });
    }
  }

  #countDown(until: number | undefined): void {
    clearInterval(this.#clock);
    this.now = Date.now();
    if (until === undefined) return;
    this.#clock = setInterval(() => {
      this.now = Date.now();
      if (this.now >= until) clearInterval(this.#clock);
    }, 1_000);
  }

  /** With `open` in the page nothing is asked of the server until a citizen comes. */
  readonly #begunToUse = (event: FocusEvent): void => {
    if ((event.target as HTMLElement).id === "field") void this.#start();
  };

  readonly #sent = (event: CustomEvent<string>): void => {
    const conversation = this.#conversation;
    if (!conversation) return;
    void conversation.send(event.detail);
    const { notice } = conversation.state;
    if (notice?.kind === "empty" || notice?.kind === "too_long") event.preventDefault();
  };

  readonly #restart = (): void => {
    this.#begin();
    void this.#start();
    void this.updateComplete.then(() => {
      this.composer?.focus();
    });
  };

  async #end(): Promise<void> {
    try {
      await this.#conversation?.end();
    } catch {
      this.#closeMenu();
      return;
    }
    this.isMenuOpen = false;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(".restart")?.focus();
  }

  // ---- menu and tools

  readonly #toField = (): void => {
    if (this.composer) this.composer.focus();
    else this.renderRoot.querySelector<HTMLElement>(".restart")?.focus();
  };

  readonly #toggleMenu = (): void => {
    this.isMenuOpen = !this.isMenuOpen;
    if (!this.isMenuOpen) return;
    void this.updateComplete.then(async () => {
      await this.menu?.updateComplete;
      this.menu?.focus();
    });
  };

  readonly #closeMenu = (): void => {
    this.isMenuOpen = false;
    void this.updateComplete.then(() => {
      this.renderRoot.querySelector<HTMLElement>(".menu-button")?.focus();
    });
  };

  async #command(command: MenuCommand): Promise<void> {
    const { words } = this.context;
    if (command === "end") {
      await this.#end();
      return;
    }
    this.#closeMenu();
    const heading = this.heading || words.heading;
    const text = conversationText(this.talk?.entries ?? [], words, heading);
    if (command === "copy") await this.#copy(text);
    else if (command === "save") {
      saveText(text, words.fileName);
      this.#announce(words.saved);
    } else {
      await this.updateComplete;
      printElement(this);
    }
  }

  async #copy(text: string): Promise<void> {
    const { words } = this.context;
    this.#announce((await copyText(text)) ? words.copied : words.copyFailed);
  }

  #speak(entry: Entry): void {
    const isRunning = this.context.spokenKey === entry.key;
    stopReading();
    const ended = (): void => {
      if (this.context.spokenKey === entry.key) this.#renewContext(undefined);
    };
    const isSpoken =
      !isRunning && readAloud(entryText(entry), entry.language, ended, true);
    this.#renewContext(isSpoken ? entry.key : undefined);
  }

  #chooseLanguage(language: Language): void {
    this.#storage.setItem(LANGUAGE, language);
    this.#setLanguage(language);
    this.#announce(this.context.words.languageIsNow);
  }

  #setLanguage(language: Language): void {
    this.language = language;
    if (this.#conversation) {
      this.#conversation.language = language;
      this.#conversation.texts = translations[language].core;
    }
    this.#renewContext();
  }

  #announce(text: string): void {
    this.live?.say(text, this.context.words.tag);
  }

  #renewContext(spokenKey?: string): void {
    const words = translations[this.language];
    this.context = {
      words,
      language: this.language,
      canSpeak: localVoice(words.tag) !== undefined,
      spokenKey,
      actions: {
        ask: (text) => {
          void this.#conversation?.send(text);
          this.composer?.focus();
        },
        choose: ({ choice, title }) => {
          void this.#conversation?.choose(choice, title);
          this.composer?.focus();
        },
        retry: (messageId) => {
          void this.#conversation?.retry(messageId);
          this.composer?.focus();
        },
        rate: async (position, rating, comment) => {
          await this.#conversation?.rate(position, rating, comment);
        },
        reportError: async (position, comment) => {
          await this.#conversation?.reportError(position, comment);
        },
        copy: (text) => void this.#copy(text),
        speak: (entry) => {
          this.#speak(entry);
        },
        announce: (text) => {
          this.#announce(text);
        },
      },
    };
  }

  #tellPage(name: string, detail: unknown): void {
    this.dispatchEvent(
      new CustomEvent(name, { detail, bubbles: true, composed: true }),
    );
  }
}
