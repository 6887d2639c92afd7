/** The values that the chat is made of; all of them are immutable. */

/** What the visitor has chosen: German, English or German in Leichte Sprache. */
export type Language = "de" | "en" | "easy";

/** Language that a text is written in, as the attribute `lang` takes it. */
export type TextLanguage = "de" | "en";

export type Speaker = "citizen" | "kumpel";

/** Where a message of the citizen is on its way to the server. */
export type Delivery = "sending" | "sent" | "failed";

export type Rating = "up" | "down";

/** A choice offered under an answer; `choice` is what goes to the server. */
export interface Choice {
  readonly title: string;
  readonly choice: string;
}

export interface Source {
  readonly name: string;
  readonly url?: string;
  /** Date of the information, as the server words it. */
  readonly asOf?: string;
  /** When the server fetched it. */
  readonly retrieved?: string;
}

export interface OpeningDay {
  readonly day: string;
  /** ISO date. */
  readonly date: string;
  /** Such as `08:00–12:30`; empty where the office is closed. */
  readonly times: readonly string[];
  readonly note?: string;
  /** Why it is another day than usual, in German. */
  readonly reason?: string;
}

export interface HoursCard {
  readonly kind: "hours";
  readonly office: string;
  /** Null where nobody can tell. */
  readonly isOpen: boolean | null;
  readonly statement: string;
  readonly days: readonly OpeningDay[];
  readonly source?: Source;
}

export interface SlotOffer extends Choice {
  readonly day: string;
  readonly date: string;
  readonly time: string;
  readonly office: string;
}

export interface SlotsCard {
  readonly kind: "slots";
  readonly offers: readonly SlotOffer[];
}

export interface PreviewCard {
  readonly kind: "preview";
  readonly title: string;
  readonly fields: readonly { readonly label: string; readonly value: string }[];
  readonly consent: string;
}

export interface BookedCard {
  readonly kind: "booked";
  readonly number: string;
  readonly when: string;
  readonly office: string;
  readonly address?: string;
  readonly calendarUrl?: string;
  readonly manageUrl?: string;
}

export interface Place {
  readonly name: string;
  readonly latitude: number;
  readonly longitude: number;
}

export interface MapCard {
  readonly kind: "map";
  readonly alt: string;
  readonly url?: string;
  readonly places: readonly Place[];
}

export interface SourcesCard {
  readonly kind: "sources";
  readonly sources: readonly Source[];
}

/** Shows what the text of the same message says in full, only more usably. */
export type Card =
  HoursCard | SlotsCard | PreviewCard | BookedCard | MapCard | SourcesCard;

/** One utterance in the transcript. */
export interface Entry {
  /** Stays the same while the entry lives: for Lit's `repeat` and for ids. */
  readonly key: string;
  /** Place in the conversation from 1; unknown until the server has told it. */
  readonly position?: number;
  readonly speaker: Speaker;
  readonly text: string;
  readonly language: TextLanguage;
  /** ISO time. */
  readonly time: string;
  /** The citizen's message, or the one that an answer belongs to. */
  readonly messageId?: string;
  readonly buttons?: readonly Choice[];
  /** The first card: most answers have one. */
  readonly card?: Card;
  /** All cards in order. */
  readonly cards?: readonly Card[];
  /** Address of an image, http(s) or of the server. */
  readonly image?: string;
  /** Whether its choices lie behind the citizen. */
  readonly isUsed?: boolean;
  /** Title of the choice that the citizen took. */
  readonly chosenTitle?: string;
  readonly rating?: Rating;
  readonly delivery: Delivery;
}

export type Phase =
  "idle" | "starting" | "ready" | "waiting" | "offline" | "limited" | "ended";

/** Why something is said beside the transcript. */
export type NoticeKind =
  | "empty"
  | "too_long"
  | "too_many"
  | "busy"
  | "offline"
  | "expired"
  | "ended"
  | "refused"
  | "failed"
  | "trouble";

export interface Notice {
  readonly kind: NoticeKind;
  readonly text: string;
  /** Milliseconds since 1970 at which the chat goes on by itself. */
  readonly until?: number;
}

/** A text for the live region; the id rises with each one. */
export interface Announcement {
  readonly id: number;
  readonly text: string;
  readonly language: TextLanguage;
}

export interface Pending {
  /** The citizen's messages that are not answered yet, in order. */
  readonly messageIds: readonly string[];
  /** Whether the server has begun to work on one. */
  readonly isTyping: boolean;
  /** Milliseconds since 1970 at which the oldest was sent. */
  readonly since?: number;
}

export interface ConversationState {
  readonly phase: Phase;
  readonly entries: readonly Entry[];
  readonly pending: Pending;
  readonly notice?: Notice;
  /** The newest one; each comes with a `change` of its own. */
  readonly announcement?: Announcement;
}

/** The sentences that the core says itself, in the language of the visitor. */
export interface CoreTexts {
  /** Named before an answer in the live region, such as "Kumpel". */
  readonly assistant: string;
  /** Before the titles: "3 Auswahlmöglichkeiten". */
  readonly choices: (count: number) => string;
  readonly image: string;
  readonly empty: string;
  readonly tooLong: (limit: number) => string;
  readonly tooMany: string;
  readonly offline: string;
  readonly online: string;
  readonly expired: string;
  readonly ended: string;
  readonly failed: string;
}
