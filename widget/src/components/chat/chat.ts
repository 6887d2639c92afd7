import {
  html,
  LitElement,
  nothing,
  type PropertyValues,
  type TemplateResult,
} from "lit";
import { property, query, state } from "lit/decorators.js";

import type { Entry, Language } from "../../core/types.js";
import { languageOf, translations } from "../../translations/translations.js";
import { type ChatComposer, DRAFT } from "../composer/composer.js";
import { header } from "../header/header.js";
import { launcher } from "../launcher/launcher.js";
import type { LiveRegion } from "../live-region/live-region.js";
import type { ChatMenu, MenuCommand } from "../menu/menu.js";
import { endedBar, noticeBar } from "../notice/notice.js";
import { Accent } from "../shared/accent.js";
import type { ChatActions, ChatContext } from "../shared/context.js";
import { conversationText, entryText } from "../shared/conversation-text.js";
import { copyText, deepFocus, printElement, saveText } from "../shared/output.js";
import { localVoice, readAloud, stopReading, watchVoices } from "../shared/reading.js";
import { languageOfPage, serverOf } from "../shared/page.js";
import { type KeyValueStorage, tabStorage } from "../shared/storage.js";
import { FloatingPanel } from "./panel.js";
import type { ChatTranscript } from "../transcript/transcript.js";
import { Talk } from "./talk.js";
import { allStyles } from "./all-styles.js";

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
 * @attr accent - Colour of surfaces; refused where text on it cannot be read (4.5 to 1).
 * @attr greeting - The first words.
 * @attr heading - The title.
 * @attr mode - `floating` (default), or `inline` to fill its box.
 * @attr conversation-key - Sets a conversation apart from others of the same server.
 *
 * @event kumpel-open - The chat was opened.
 * @event kumpel-close - The chat was closed.
 * @event kumpel-message - A message was added; detail: `{speaker, text, language}`.
 *
 * @cssproperty --kumpel-accent - Colour of surfaces, checked as the attribute is, which
 *   comes first.
 * @cssproperty --kumpel-on-accent - Colour of text on it; white where it cannot be read.
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
  @state() private context!: ChatContext;
  @state() private isMenuOpen = false;
  @state() private readsAloud = false;

  @query(".kumpel") private frame!: HTMLElement | null;
  @query(".panel") private panel!: HTMLElement | null;
  @query("kumpel-chat-composer") private composer!: ChatComposer | null;
  @query("kumpel-chat-transcript") private transcript!: ChatTranscript | null;
  @query("kumpel-chat-menu") private menu!: ChatMenu | null;
  @query("kumpel-chat-live") private live!: LiveRegion | null;

  #storage: KeyValueStorage = tabStorage("");
  #opener: HTMLElement | undefined;
  #hasBeenOpen = false;
  #isOpenForPage = false;
  #endVoices: (() => void) | undefined;
  readonly #floating = new FloatingPanel(
    this,
    () => this.panel,
    () => this.open && this.mode !== "inline",
    () => {
      this.closeChat();
    },
  );
  readonly #talk = new Talk(this, {
    say: (text, tag, isAnswer) => {
      this.live?.say(text, tag);
      if (isAnswer && this.readsAloud && this.#isShown) readAloud(text, tag);
    },
    added: ({ speaker, text, language }) => {
      this.#tellPage("kumpel-message", { speaker, text, language });
    },
    isSeen: () => this.#isShown,
    words: () => this.context.words,
  });

  constructor() {
    super();
    const attribute = (): string => this.accent;
    this.addController(new Accent(() => this.frame, attribute));
  }

  /** Opens the chat on the citizen's wish, and moves the focus into its field. */
  openChat(): void {
    if (this.mode !== "inline") this.#opener = deepFocus();
    this.open = true;
    void this.updateComplete.then(() => {
      this.composer?.focus();
      this.#announce(this.#greeting);
    });
    void this.#talk.start();
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
    if (this.hasUpdated && this.#talk.isStored) void this.#talk.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#endVoices?.();
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
      this.#setLanguage(languageOf(chosen ?? (this.lang || languageOfPage(this))));
    }
    if (changed.has("service")) this.#talk.setService(this.service);
    if (isFirst && this.#storage.getItem(OPEN) && this.mode !== "inline")
      this.open = true;
    if (this.#isShown) {
      this.#hasBeenOpen = true;
      this.#talk.unread = 0;
    }
  }

  protected override firstUpdated(): void {
    if (this.#talk.isStored) void this.#talk.start();
  }

  protected override updated(changed: PropertyValues<this>): void {
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
          : launcher(words, this.open, this.#talk.unread, () => {
              this.openChat();
            })
      }
      ${this.#hasBeenOpen ? this.#panelTemplate(isInline) : nothing}
      <kumpel-chat-live></kumpel-chat-live>
    </div>`;
  }

  #panelTemplate(isInline: boolean): TemplateResult {
    const { context } = this;
    const { words } = context;
    const { entries, notice, phase, pending } = this.#talk.state;
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
      ${header(
        words,
        this.heading || words.heading,
        this.isMenuOpen,
        this.#toggleMenu,
        isInline ? undefined : this.#close,
      )}
      ${this.isMenuOpen ? this.#menuTemplate() : nothing}
      <kumpel-chat-transcript
        .entries=${entries}
        .pending=${pending.messageIds}
        .context=${context}
        .greeting=${this.#greeting}
        .starters=${this.#starters}
        .waiting=${this.#talk.waiting}
      ></kumpel-chat-transcript>
      <div class="below">
        ${phase === "ended" ? endedBar(notice, words, this.#restart) : this.#composerTemplate()}
      </div>
    </div>`;
  }

  #menuTemplate(): TemplateResult {
    return html`<kumpel-chat-menu
      .context=${this.context}
      .hasMessages=${this.#talk.state.entries.length > 0}
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
    const { notice } = this.#talk.state;
    const isAboutField = notice?.kind === "empty" || notice?.kind === "too_long";
    return html`${noticeBar(notice, this.context.words, this.#talk.now, () => {
        this.#talk.dismissNotice();
        this.composer?.focus();
      })}
      <kumpel-chat-composer
        .words=${this.context.words}
        .storage=${this.#storage}
        .error=${isAboutField ? notice.text : ""}
        @send=${this.#sent}
        @corrected=${() => {
          this.#talk.dismissNotice();
        }}
        @announce=${(event: CustomEvent<string>) => {
          this.#announce(event.detail);
        }}
      ></kumpel-chat-composer>`;
  }

  // ---- what is shown

  get #isShown(): boolean {
    return this.open || this.mode === "inline";
  }

  get #greeting(): string {
    return this.greeting || this.context.words.greeting;
  }

  get #starters(): readonly string[] {
    const { entries, phase } = this.#talk.state;
    if (entries.length || phase === "ended") return [];
    const { words } = this.context;
    return this.service ? words.startersOnService : words.startersAnywhere;
  }

  // ---- the conversation

  /** With `open` in the page nothing is asked of the server until a citizen comes. */
  readonly #begunToUse = (event: FocusEvent): void => {
    if ((event.target as HTMLElement).id === "field") void this.#talk.start();
  };

  readonly #sent = (event: CustomEvent<string>): void => {
    if (!this.#talk.send(event.detail)) event.preventDefault();
  };

  readonly #restart = (): void => {
    void this.#talk.restart();
    void this.updateComplete.then(() => {
      this.composer?.focus();
    });
  };

  async #end(): Promise<void> {
    const isEnded = await this.#talk.end();
    if (isEnded) this.#storage.removeItem(DRAFT);
    this.isMenuOpen = false;
    await this.updateComplete;
    const next = isEnded ? ".restart" : ".menu-button";
    this.renderRoot.querySelector<HTMLElement>(next)?.focus();
  }

  #begin(): void {
    const server = serverOf(this.server);
    const key = this.conversationKey ? `${this.conversationKey}:` : "";
    this.#storage = tabStorage(`kumpel-chat:${key}${server}:`);
    this.#talk.begin(server, this.language, this.service, tabStorage(key));
  }

  readonly #actions: ChatActions = {
    ask: (text) => {
      this.#talk.send(text);
      this.composer?.focus();
    },
    choose: ({ choice, title }) => {
      this.#talk.choose(choice, title);
      this.composer?.focus();
    },
    retry: (messageId) => {
      this.#talk.retry(messageId);
      this.composer?.focus();
    },
    rate: (position, rating, comment) => this.#talk.rate(position, rating, comment),
    reportError: (position, comment) => this.#talk.reportError(position, comment),
    copy: (text) => void this.#copy(text),
    speak: (entry) => {
      this.#speak(entry);
    },
    announce: (text) => {
      this.#announce(text);
    },
  };

  // ---- menu and tools

  readonly #toField = (): void => {
    if (this.composer) this.composer.focus();
    else this.renderRoot.querySelector<HTMLElement>(".restart")?.focus();
  };

  readonly #close = (): void => {
    this.closeChat();
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
    const text = conversationText(this.#talk.state.entries, words, heading);
    if (command === "copy") await this.#copy(text);
    else if (command === "save") {
      saveText(text, words.fileName);
      this.#announce(words.saved);
    } else {
      await this.transcript?.showAll();
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
    this.#talk.setLanguage(language);
    this.#renewContext();
  }

  #announce(text: string): void {
    this.live?.say(text, this.context.words.tag);
  }

  #renewContext(spokenKey?: string): void {
    const words = translations[this.language];
    const canSpeak = localVoice(words.tag) !== undefined;
    const { language } = this;
    const { origin } = new URL(serverOf(this.server), document.baseURI);
    this.context = {
      words,
      language,
      origin,
      canSpeak,
      spokenKey,
      actions: this.#actions,
    };
  }

  #tellPage(name: string, detail: unknown): void {
    this.dispatchEvent(
      new CustomEvent(name, { detail, bubbles: true, composed: true }),
    );
  }
}
