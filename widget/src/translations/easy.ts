import type { Translation } from "./translation.js";

/**
 * Leichte Sprache: one statement in each sentence, short words, long compounds parted
 * by a hyphen, no passive voice, no subjunctive (DIN SPEC 33429).
 */
export const easy: Translation = {
  tag: "de",
  core: {
    assistant: "Kumpel",
    choices: (count) =>
      count === 1
        ? "Sie können 1 Sache wählen"
        : `Sie können aus ${count} Sachen wählen`,
    image: "Bild",
    empty: "Das Feld ist leer. Schreiben Sie Ihre Frage in das Feld.",
    tooLong: (limit) => `Ihre Frage ist zu lang. Sie darf ${limit} Zeichen haben.`,
    tooMany: "Das waren viele Nachrichten. Bitte warten Sie. Dann geht es weiter.",
    offline: "Das Internet ist weg. Bitte warten Sie. Ihre Nachrichten bleiben da.",
    online: "Das Internet ist wieder da.",
    expired:
      "Ihr altes Gespräch ist vorbei. Ein neues Gespräch fängt an. Ihre Nachrichten bleiben hier stehen.",
    ended: "Das Gespräch ist vorbei. Alles ist gelöscht.",
    failed:
      "Das hat nicht geklappt. Versuchen Sie es noch einmal. Oder rufen Sie an: 02151 86-0.",
  },

  heading: "Kumpel Krefeld",
  launcher: "Fragen Sie Kumpel",
  launcherUnread: (count) =>
    count === 1 ? "1 neue Antwort" : `${count} neue Antworten`,
  close: "Chat zumachen",
  skipToField: "Zum Feld für Ihre Frage",
  transcript: "Ihr Gespräch mit Kumpel",
  transcriptKeys: "Die Pfeil-Tasten bringen Sie zur nächsten Nachricht.",
  greeting:
    "Guten Tag. Ich bin Kumpel. Ich bin ein Computer-Programm. Ich gehöre zur Stadt Krefeld. Fragen Sie mich etwas zum Rathaus. Zum Beispiel: Was brauche ich für einen Ausweis?",
  privacy:
    "Schreiben Sie hier nicht Ihren Namen. Schreiben Sie hier keine Konto-Nummer.",
  emergency:
    "Sind Sie in Not? Rufen Sie an: 112. Das ist die Feuer-Wehr. Die Polizei ist: 110.",
  starters: "Sie können zum Beispiel fragen",
  startersAnywhere: [
    "Ich bin umgezogen",
    "Ich brauche einen Ausweis",
    "Ich möchte einen Termin",
  ],
  startersOnService: ["Was muss ich mitbringen?", "Was kostet das?", "Wann ist offen?"],
  toNewest: "Zur neuen Nachricht",
  showEarlier: "Ältere Nachrichten zeigen",

  you: "Sie",
  kumpel: "Kumpel",
  says: (speaker, text) => `${speaker}: ${text}`,
  atTime: (time) => `${time} Uhr`,
  sending: "Ich schicke das ab",
  notSent: "Das hat nicht geklappt.",
  sendAgain: "Noch einmal schicken",
  opensInNewWindow: "ein neues Fenster geht auf",

  fieldLabel: "Ihre Frage",
  fieldHint: "Drücken Sie die Eingabe-Taste. Dann schicken Sie die Frage ab.",
  send: "Abschicken",
  charactersLeft: (count) => `Sie haben noch ${count} Zeichen`,
  queued: "Erst kommt die Antwort. Dann schicke ich das ab",
  dictate: "Sprechen statt schreiben",
  stopDictating: "Fertig gesprochen",
  dictating: "Sprechen Sie jetzt. Nur Ihr Gerät hört zu.",
  dictationFailed: "Das hat nicht geklappt. Schreiben Sie Ihre Frage bitte.",

  typing: "Kumpel schreibt …",
  progress: [
    "Ich suche die Antwort.",
    "Das dauert etwas. Bitte warten Sie.",
    "Ich suche noch. Sie können auch anrufen. Die Nummer ist: 02151 86-0.",
  ],

  choose: "Wählen Sie aus",
  chosen: "gewählt",
  openNow: "Jetzt ist offen",
  closedNow: "Jetzt ist zu",
  hoursOf: "Dann ist offen",
  day: "Tag",
  times: "Uhrzeit",
  today: "heute",
  closedAllDay: "zu",
  source: "Das steht hier",
  sources: "Das steht hier",
  asOf: (date) => `vom ${date}`,
  retrieved: (date) => `gelesen am ${date}`,
  slots: "Freie Termine",
  slotsOn: (day) => `Freie Termine am ${day}`,
  slotAt: (time) => `${time} Uhr`,
  allAt: "Alle Termine sind hier",
  booked: "Sie haben jetzt einen Termin",
  bookingNumber: "Nummer vom Termin",
  when: "Wann",
  where: "Wo",
  saveDate: "Termin in den Kalender",
  manage: "Termin ändern oder absagen",
  map: "Karte",
  openMap: "Karte aufmachen",

  aboutThisAnswer: "Zu dieser Antwort",
  helpful: "Das hilft mir",
  notHelpful: "Das hilft mir nicht",
  thanksForRating: "Danke für Ihre Meinung.",
  ratingTakenBack: "Ihre Meinung ist gelöscht.",
  commentLabel: "Was sollen wir besser machen? Sie müssen nichts schreiben.",
  commentHint: "Schreiben Sie hier nicht Ihren Namen.",
  sendComment: "Meinung abschicken",
  noComment: "Nichts schreiben",
  reportError: "Fehler melden",
  reportLabel: "Was ist an der Antwort falsch?",
  reportHint: "Die Stadt Krefeld liest das. Schreiben Sie hier nicht Ihren Namen.",
  sendReport: "Fehler abschicken",
  emptyReport: "Das Feld ist leer. Schreiben Sie, was falsch ist.",
  thanksForComment: "Danke. Wir haben Ihre Nachricht.",
  feedbackFailed: "Das hat nicht geklappt. Versuchen Sie es noch einmal.",
  cancel: "Nicht machen",
  copyAnswer: "Antwort kopieren",
  copied: "Kopiert.",
  copyFailed: "Das Kopieren hat nicht geklappt.",
  readAloud: "Vorlesen",
  stopReading: "Nicht mehr vorlesen",

  menu: "Menü",
  language: "Sprache",
  languages: { de: "Deutsch", en: "English", easy: "Leichte Sprache" },
  languageIsNow: "Ich schreibe jetzt in Leichter Sprache.",
  readAnswersAloud: "Antworten vorlesen",
  print: "Gespräch drucken",
  save: "Gespräch speichern",
  saved: "Das Gespräch ist gespeichert.",
  fileName: "Gespraech-mit-Kumpel.txt",
  copyConversation: "Gespräch kopieren",
  end: "Gespräch beenden und löschen",
  endQuestion: "Wollen Sie alles löschen? Dann ist das Gespräch weg.",
  endYes: "Ja, alles löschen",
  endNo: "Nein, nicht löschen",

  starting: "Der Chat geht auf …",
  limitedUntil: (seconds) =>
    seconds > 90
      ? `Bitte warten Sie noch ${Math.ceil(seconds / 60)} Minuten.`
      : `Bitte warten Sie noch ${seconds} ${seconds === 1 ? "Sekunde" : "Sekunden"}.`,
  newConversation: "Neues Gespräch",
  dismiss: "Hinweis zumachen",
};
