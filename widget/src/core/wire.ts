/** Reads what the server sends; what is not as agreed is left out, never thrown. */

import { isFields, readCards, readChoices } from "./cards.js";
import { safeAddress } from "./links.js";
import type { ServerEvent } from "./sse.js";
import type { Card, Choice, Speaker, TextLanguage } from "./types.js";

/** Something said, as the server tells it. */
export interface Utterance {
  readonly position?: number;
  readonly speaker: Speaker;
  readonly text: string;
  readonly language: TextLanguage;
  /** ISO time; empty where the server did not say. */
  readonly time: string;
  readonly messageId?: string;
  readonly buttons?: readonly Choice[];
  readonly cards?: readonly Card[];
  readonly image?: string;
}

/** The end of a turn, by an event or in the reply itself. */
export interface Outcome {
  readonly trouble?: string;
  readonly text?: string;
}

/** What the event stream tells. */
export type StreamNews =
  | { readonly kind: "utterance"; readonly utterance: Utterance }
  | { readonly kind: "typing"; readonly messageId: string }
  | {
      readonly kind: "done";
      readonly messageId: string;
      readonly outcome: Outcome;
      /** The renewed id. */
      readonly conversation?: string;
    }
  | { readonly kind: "ended"; readonly text: string; readonly isDeleted: boolean };

const MAX_TEXT_IN_CHARACTERS = 20_000;

/** Returns the object in a text of JSON, or an empty one. */
export function readJson(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : {};
  } catch {
    return {};
  }
}

/**
 * Reads an utterance.
 *
 * @param value A message, an entry of the history or an event's data.
 * @param known What the surroundings tell and the value need not.
 * @param base Address of the server.
 */
export function readUtterance(
  value: unknown,
  known: Partial<Utterance>,
  base: string,
): Utterance | undefined {
  if (!isFields(value)) return undefined;
  const { text, time, image, custom } = value;
  const speaker = known.speaker ?? value["speaker"];
  const position = known.position ?? value["position"];
  const messageId = value["messageId"] ?? known.messageId;
  const buttons = readChoices(value["buttons"]);
  const cards = readCards(custom, base);
  const picture = isString(image) ? safeAddress(image, base) : undefined;
  const isShown = isString(text) && text.trim() !== "";
  if (speaker !== "citizen" && speaker !== "kumpel") return undefined;
  if (!isShown && !picture && buttons.length + cards.length === 0) return undefined;
  return {
    speaker,
    text: isShown ? text.slice(0, MAX_TEXT_IN_CHARACTERS) : "",
    language: readLanguage(
      languageOfCard(custom) ?? value["language"] ?? known.language,
    ),
    time: isString(time) && !Number.isNaN(Date.parse(time)) ? time : "",
    ...(isPosition(position) && { position }),
    ...(isString(messageId) && messageId && { messageId }),
    ...(buttons.length > 0 && { buttons }),
    ...(cards.length > 0 && { cards }),
    ...(picture && { image: picture }),
  };
}

/** Reads an event of the stream; undefined where it is none of ours. */
export function readEvent(event: ServerEvent, base: string): StreamNews | undefined {
  const { type, data } = event;
  const value = readJson(data);
  const { messageId, conversation, text, kind } = value;
  if (type === "citizen" || type === "message") {
    const position = Number(event.id);
    if (!isPosition(position)) return undefined;
    const speaker = type === "citizen" ? "citizen" : "kumpel";
    const utterance = readUtterance(value, { speaker, position }, base);
    return utterance && { kind: "utterance", utterance };
  }
  if (type === "ended") {
    return {
      kind: "ended",
      text: isString(text) ? text : "",
      isDeleted: kind === "deleted",
    };
  }
  if (!isString(messageId) || !messageId) return undefined;
  if (type === "typing") return { kind: "typing", messageId };
  if (type !== "done") return undefined;
  return {
    kind: "done",
    messageId,
    outcome: readOutcome(value),
    ...(isString(conversation) && conversation && { conversation }),
  };
}

/** Reads how a turn ended. */
export function readOutcome(value: Readonly<Record<string, unknown>>): Outcome {
  const { trouble, text } = value;
  return {
    ...(isString(trouble) && trouble && { trouble }),
    ...(isString(text) && text && { text }),
  };
}

export function isString(value: unknown): value is string {
  return typeof value === "string";
}

export function isPosition(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

/** A card tells the language of its answer, whose German facts mislead any guess. */
function languageOfCard(custom: unknown): unknown {
  return isFields(custom) ? custom["language"] : undefined;
}

function readLanguage(value: unknown): TextLanguage {
  return value === "en" ? "en" : "de";
}
