import type { CoreTexts } from "../core/types.js";

/**
 * Every word that the chat says by itself. A key missing in a language is an error of
 * the compiler, so no language can fall behind.
 */
export interface Translation {
  /** BCP 47 tag of these words, for `lang` attributes and formatted dates. */
  readonly tag: "de" | "en";
  /** What the conversation itself says and announces. */
  readonly core: CoreTexts;

  // Frame
  readonly heading: string;
  readonly launcher: string;
  readonly launcherUnread: (count: number) => string;
  readonly close: string;
  readonly skipToField: string;
  readonly transcript: string;
  readonly transcriptKeys: string;
  readonly greeting: string;
  readonly privacy: string;
  readonly emergency: string;
  readonly starters: string;
  readonly startersAnywhere: readonly string[];
  readonly startersOnService: readonly string[];
  readonly toNewest: string;
  readonly showEarlier: string;

  // Speakers and messages
  readonly you: string;
  readonly kumpel: string;
  readonly says: (speaker: string, text: string) => string;
  readonly atTime: (time: string) => string;
  readonly sending: string;
  readonly notSent: string;
  readonly sendAgain: string;
  readonly opensInNewWindow: string;

  // Composer
  readonly fieldLabel: string;
  readonly fieldHint: string;
  readonly send: string;
  readonly charactersLeft: (count: number) => string;
  readonly queued: string;
  readonly dictate: string;
  readonly stopDictating: string;
  readonly dictating: string;
  readonly dictationFailed: string;

  // Waiting
  readonly typing: string;
  readonly progress: readonly string[];

  // Choices and cards
  readonly choose: string;
  readonly chosen: string;
  readonly openNow: string;
  readonly closedNow: string;
  /** Before the name of an office. */
  readonly hoursOf: string;
  readonly day: string;
  readonly times: string;
  readonly today: string;
  readonly closedAllDay: string;
  readonly source: string;
  readonly sources: string;
  readonly asOf: (date: string) => string;
  readonly retrieved: (date: string) => string;
  readonly slots: string;
  readonly slotsOn: (day: string) => string;
  readonly slotAt: (time: string) => string;
  /** Before the name of the only office. */
  readonly allAt: string;
  readonly booked: string;
  readonly bookingNumber: string;
  readonly when: string;
  readonly where: string;
  readonly saveDate: string;
  readonly manage: string;
  readonly map: string;
  readonly openMap: string;

  // One answer
  readonly aboutThisAnswer: string;
  readonly helpful: string;
  readonly notHelpful: string;
  readonly thanksForRating: string;
  readonly ratingTakenBack: string;
  readonly commentLabel: string;
  readonly commentHint: string;
  readonly sendComment: string;
  readonly noComment: string;
  readonly reportError: string;
  readonly reportLabel: string;
  readonly reportHint: string;
  readonly sendReport: string;
  readonly emptyReport: string;
  readonly thanksForComment: string;
  readonly feedbackFailed: string;
  readonly cancel: string;
  readonly copyAnswer: string;
  readonly copied: string;
  readonly copyFailed: string;
  readonly readAloud: string;
  readonly stopReading: string;

  // Menu
  readonly menu: string;
  readonly language: string;
  readonly languages: {
    readonly de: string;
    readonly en: string;
    readonly easy: string;
  };
  readonly languageIsNow: string;
  readonly readAnswersAloud: string;
  readonly print: string;
  readonly save: string;
  readonly saved: string;
  readonly fileName: string;
  readonly copyConversation: string;
  readonly end: string;
  readonly endQuestion: string;
  readonly endYes: string;
  readonly endNo: string;

  // States of the conversation
  readonly starting: string;
  readonly limitedUntil: (seconds: number) => string;
  readonly newConversation: string;
  readonly dismiss: string;
}
