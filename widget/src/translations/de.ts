import type { Translation } from "./translation.js";

/** German, with the formal address. */
export const de: Translation = {
  tag: "de",
  core: {
    assistant: "Kumpel",
    choices: (count) =>
      count === 1 ? "1 Auswahlmöglichkeit" : `${count} Auswahlmöglichkeiten`,
    image: "Bild",
    empty: "Bitte schreiben Sie Ihre Frage in das Feld.",
    tooLong: (limit) =>
      `Ihre Nachricht ist zu lang. Bitte kürzen Sie auf ${limit.toLocaleString("de")} Zeichen.`,
    tooMany:
      "Das waren sehr viele Nachrichten in kurzer Zeit. Ihre Nachricht wird gleich von selbst gesendet.",
    offline:
      "Keine Verbindung. Ich versuche es weiter. Ihre Nachrichten gehen nicht verloren.",
    online: "Die Verbindung ist wieder da.",
    expired:
      "Das vorige Gespräch war abgelaufen. Ein neues hat begonnen. Was Sie geschrieben haben, bleibt hier stehen.",
    ended: "Das Gespräch ist beendet und gelöscht.",
    failed:
      "Das hat nicht geklappt. Bitte versuchen Sie es noch einmal oder rufen Sie an: 02151 86-0.",
  },

  heading: "Kumpel Krefeld",
  launcher: "Fragen Sie Kumpel",
  launcherUnread: (count) =>
    count === 1 ? "1 neue Antwort" : `${count} neue Antworten`,
  close: "Chat schließen",
  skipToField: "Zum Eingabefeld",
  transcript: "Ihr Gespräch mit Kumpel",
  transcriptKeys: "Mit den Pfeiltasten gehen Sie von Nachricht zu Nachricht.",
  greeting:
    "Guten Tag, ich bin Kumpel, ein Programm der Stadt Krefeld. Fragen Sie mich, was Sie für Ihr Anliegen brauchen, was es kostet und wann geöffnet ist.",
  privacy: "Bitte schreiben Sie keine persönlichen Daten wie Namen oder Kontonummern.",
  emergency: "Im Notfall rufen Sie 112, die Polizei 110.",
  starters: "Zum Beispiel",
  startersAnywhere: [
    "Ich bin umgezogen",
    "Personalausweis beantragen",
    "Termin vereinbaren",
  ],
  startersOnService: [
    "Was muss ich mitbringen?",
    "Was kostet das?",
    "Wann ist geöffnet?",
  ],
  toNewest: "Zur neuesten Nachricht",
  showEarlier: "Frühere Nachrichten zeigen",

  you: "Sie",
  kumpel: "Kumpel",
  says: (speaker, text) => `${speaker}: ${text}`,
  atTime: (time) => `${time} Uhr`,
  sending: "Wird gesendet",
  notSent: "Nicht gesendet.",
  sendAgain: "Erneut senden",
  opensInNewWindow: "öffnet ein neues Fenster",

  fieldLabel: "Ihre Nachricht",
  fieldHint: "Eingabetaste sendet, Umschalt und Eingabetaste beginnt eine neue Zeile.",
  send: "Senden",
  charactersLeft: (count) => (count === 1 ? "Noch 1 Zeichen" : `Noch ${count} Zeichen`),
  queued: "Wird nach der Antwort gesendet",
  dictate: "Diktieren",
  stopDictating: "Diktat beenden",
  dictating: "Bitte sprechen Sie. Die Sprache wird nur auf Ihrem Gerät erkannt.",
  dictationFailed: "Das Diktat hat nicht geklappt. Bitte schreiben Sie Ihre Frage.",

  typing: "Kumpel schreibt …",
  progress: [
    "Ich sehe in den Daten der Stadt nach.",
    "Das dauert etwas länger. Ich arbeite noch daran.",
    "Ich bin noch dabei. Sie können auch anrufen: 02151 86-0.",
  ],

  choose: "Bitte wählen Sie",
  chosen: "gewählt",
  openNow: "Jetzt geöffnet",
  closedNow: "Jetzt geschlossen",
  hoursOf: "Öffnungszeiten",
  day: "Tag",
  times: "Uhrzeit",
  today: "heute",
  closedAllDay: "geschlossen",
  source: "Quelle",
  sources: "Quellen",
  asOf: (date) => `Stand ${date}`,
  retrieved: (date) => `abgerufen ${date}`,
  slots: "Freie Termine",
  slotsOn: (day) => `Freie Termine am ${day}`,
  slotAt: (time) => `${time} Uhr`,
  allAt: "Alle Termine",
  booked: "Ihr Termin ist gebucht",
  bookingNumber: "Terminnummer",
  when: "Wann",
  where: "Wo",
  saveDate: "Termin in den Kalender",
  manage: "Termin ändern oder absagen",
  map: "Karte",
  openMap: "Karte öffnen",

  aboutThisAnswer: "Zu dieser Antwort",
  helpful: "Hilfreich",
  notHelpful: "Nicht hilfreich",
  thanksForRating: "Danke für Ihre Bewertung.",
  ratingTakenBack: "Ihre Bewertung ist zurückgenommen.",
  commentLabel: "Was sollen wir besser machen? (freiwillig)",
  commentHint: "Bitte keine persönlichen Daten.",
  sendComment: "Rückmeldung senden",
  noComment: "Ohne Kommentar",
  reportError: "Fehler melden",
  reportLabel: "Was stimmt an dieser Antwort nicht?",
  reportHint:
    "Ihre Meldung geht an die Redaktion der Stadt. Bitte keine persönlichen Daten.",
  sendReport: "Meldung senden",
  emptyReport: "Bitte schreiben Sie, was nicht stimmt.",
  thanksForComment: "Danke. Ihre Rückmeldung ist angekommen.",
  feedbackFailed: "Ihre Rückmeldung kam nicht an. Bitte versuchen Sie es noch einmal.",
  cancel: "Abbrechen",
  copyAnswer: "Antwort kopieren",
  copied: "Kopiert.",
  copyFailed: "Das Kopieren hat nicht geklappt. Bitte markieren Sie den Text von Hand.",
  readAloud: "Vorlesen",
  stopReading: "Vorlesen beenden",

  menu: "Menü",
  language: "Sprache",
  languages: { de: "Deutsch", en: "English", easy: "Leichte Sprache" },
  languageIsNow: "Die Sprache ist jetzt Deutsch.",
  readAnswersAloud: "Antworten vorlesen",
  print: "Gespräch drucken",
  save: "Als Text speichern",
  saved: "Das Gespräch ist gespeichert.",
  fileName: "Gespraech-mit-Kumpel.txt",
  copyConversation: "Gespräch kopieren",
  end: "Gespräch beenden und löschen",
  endQuestion:
    "Soll das ganze Gespräch gelöscht werden? Das lässt sich nicht rückgängig machen.",
  endYes: "Ja, löschen",
  endNo: "Nein, weiter",

  starting: "Der Chat wird geöffnet …",
  limitedUntil: (seconds) =>
    seconds > 90
      ? `Bitte warten Sie noch ${Math.ceil(seconds / 60)} Minuten.`
      : `Bitte warten Sie noch ${seconds} ${seconds === 1 ? "Sekunde" : "Sekunden"}.`,
  newConversation: "Neues Gespräch",
  dismiss: "Hinweis schließen",
};
