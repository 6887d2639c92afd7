import type { CoreTexts } from "../src/core/types.js";

/** What the core says in tests. */
export const GERMAN_TEXTS: CoreTexts = {
  assistant: "Kumpel",
  choices: (count) =>
    count === 1 ? "1 Auswahlmöglichkeit" : `${count} Auswahlmöglichkeiten`,
  image: "Bild",
  empty: "Bitte schreiben Sie Ihre Frage in das Feld.",
  tooLong: (limit) =>
    `Ihre Nachricht ist zu lang. Es passen weniger als ${limit.toLocaleString("de")} Zeichen hinein.`,
  tooMany:
    "Gerade kommen sehr viele Nachrichten an. Ihre Nachricht wird gleich von selbst gesendet.",
  offline:
    "Keine Verbindung. Ihr Gespräch bleibt erhalten, und ich versuche es immer wieder.",
  online: "Die Verbindung ist wieder da.",
  expired:
    "Das vorige Gespräch war abgelaufen. Ein neues hat begonnen; was Sie geschrieben haben, bleibt hier stehen.",
  ended: "Das Gespräch ist beendet. Sie können jederzeit ein neues beginnen.",
  failed:
    "Das hat nicht geklappt. Bitte versuchen Sie es noch einmal oder rufen Sie an: 02151 86-0.",
};
