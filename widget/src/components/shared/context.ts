import type { Choice, Entry, Language, Rating } from "../../core/types.js";
import type { Translation } from "../../translations/translations.js";

/** What the parts of the chat may have done for them; only the chat itself acts. */
export interface ChatActions {
  /** Sends a text as if the citizen had written it. */
  ask(text: string): void;
  choose(choice: Choice): void;
  retry(messageId: string): void;
  /** Rejects if the rating did not arrive. */
  rate(position: number, rating: Rating | null, comment?: string): Promise<void>;
  /** Rejects if the report did not arrive. */
  reportError(position: number, comment: string): Promise<void>;
  copy(text: string): void;
  /** Reads an answer aloud, or stops where it is being read. */
  speak(entry: Entry): void;
  /** Says something to screen readers, in the language of the visitor. */
  announce(text: string): void;
}

/** What all parts of one chat share; replaced as a whole, never changed. */
export interface ChatContext {
  readonly words: Translation;
  readonly language: Language;
  /** Origin of the server, the only one from which pictures are loaded. */
  readonly origin: string;
  /** Whether the device has a voice of its own for the language. */
  readonly canSpeak: boolean;
  /** Key of the entry that is being read aloud. */
  readonly spokenKey: string | undefined;
  readonly actions: ChatActions;
}
