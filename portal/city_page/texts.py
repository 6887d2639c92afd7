"""What the page says, in German and in English."""

from __future__ import annotations

from typing import NamedTuple

SERVICE_NUMBER = "02151 86-0"


class Texts(NamedTuple):
    """All words of the page in one language."""

    language: str
    title: str
    skip: str
    city: str
    demonstration: str
    other_language: str
    emergency: str
    welcome: str
    intro: str
    chat_title: str
    chat_intro: str
    privacy: str
    transcript: str
    citizen: str
    kumpel: str
    choices: str
    newest: str
    label: str
    hint: str
    send: str
    end: str
    ended: str
    error_title: str
    error_prefix: str
    to_field: str
    empty: str
    unreachable: str
    unreadable: str
    services_title: str
    services_intro: str
    question_about: str
    footer: str
    phone_title: str
    outbox: str


GERMAN = Texts(
    language="de",
    title="Stadt Krefeld – Demonstration",
    skip="Direkt zum Chat",
    city="Stadt Krefeld",
    demonstration="Demonstration – keine offizielle Seite der Stadt",
    other_language="English",
    emergency="Im Notfall: Feuerwehr und Rettungsdienst **112**, Polizei **110**, "
    "ärztlicher Bereitschaftsdienst **116117**.",
    welcome="Willkommen",
    intro="Hier erfahren Sie, was Sie für Ihr Anliegen brauchen, was es kostet und "
    "wann welche Stelle geöffnet hat.",
    chat_title="Fragen Sie Kumpel",
    chat_intro="Kumpel ist ein Programm, kein Mensch. Die Auskünfte stammen aus den "
    "Daten der Stadt, jede mit ihrer Quelle.",
    privacy="Bitte schreiben Sie keine persönlichen Daten wie Namen oder "
    "Kontonummern.",
    transcript="Ihr Gespräch mit Kumpel",
    citizen="Sie",
    kumpel="Kumpel",
    choices="Bitte wählen Sie:",
    newest="Neueste Antwort",
    label="Ihre Frage",
    hint="Zum Beispiel: Ich bin umgezogen, was muss ich mitbringen?",
    send="Frage senden",
    end="Gespräch beenden und löschen",
    ended="Ihr Gespräch wurde beendet und gelöscht.",
    error_title="Das hat nicht geklappt",
    error_prefix="Fehler: ",
    to_field="Zum Eingabefeld",
    empty="Bitte schreiben Sie Ihre Frage in das Feld.",
    unreachable="Kumpel ist gerade nicht erreichbar. Bitte versuchen Sie es in "
    f"einigen Minuten noch einmal oder rufen Sie an: {SERVICE_NUMBER}. Ihre Frage "
    "steht noch im Feld.",
    unreadable="Ihre Eingabe kam nicht vollständig an. Bitte senden Sie sie noch "
    "einmal.",
    services_title="Dienstleistungen nach Themen",
    services_intro="Wählen Sie eine Dienstleistung. Die passende Frage steht dann im "
    "Eingabefeld.",
    question_about="Ich habe eine Frage zu: {}",
    footer="Vorführung des Bürgerassistenten Kumpel Krefeld. Freie Software unter "
    "der EUPL-1.2.",
    phone_title="Servicenummer der Stadt",
    outbox="Postausgang der Vorführung: E-Mails zu Terminen",
)

ENGLISH = Texts(
    language="en",
    title="City of Krefeld – demonstration",
    skip="Skip to the chat",
    city="City of Krefeld",
    demonstration="Demonstration – not an official page of the city",
    other_language="Deutsch",
    emergency="In an emergency: fire and ambulance **112**, police **110**, "
    "doctor on call **116117**.",
    welcome="Welcome",
    intro="Find out what you need for your matter, what it costs and which office "
    "is open when.",
    chat_title="Ask Kumpel",
    chat_intro="Kumpel is a program, not a person. What it says comes from the "
    "city's data, each fact with its source.",
    privacy="Please do not write personal data such as names or account numbers.",
    transcript="Your conversation with Kumpel",
    citizen="You",
    kumpel="Kumpel",
    choices="Please choose:",
    newest="Newest answer",
    label="Your question",
    hint="For example: I have moved, what do I have to bring?",
    send="Send question",
    end="End and delete conversation",
    ended="Your conversation was ended and deleted.",
    error_title="That did not work",
    error_prefix="Error: ",
    to_field="Go to the input field",
    empty="Please write your question into the field.",
    unreachable="Kumpel cannot be reached right now. Please try again in a few "
    f"minutes or call {SERVICE_NUMBER}. Your question is still in the field.",
    unreadable="Your input did not arrive completely. Please send it again.",
    services_title="Services by topic",
    services_intro="Choose a service. The matching question is then in the input "
    "field. Names of services are in German.",
    question_about="I have a question about: {}",
    footer="Demonstration of the citizen assistant Kumpel Krefeld. Free software "
    "under the EUPL-1.2.",
    phone_title="City service number",
    outbox="Outbox of the demonstration: e-mails about appointments (in German)",
)

_CATEGORIES = {
    "abfall": ("Abfall und Sauberkeit", "Waste and cleanliness"),
    "ausweise": ("Ausweise und Pässe", "Identity cards and passports"),
    "bauen": ("Bauen und Wohnen", "Building and housing"),
    "familie": ("Familie, Kinder und Jugend", "Families, children and youth"),
    "freizeit": ("Freizeit, Kultur und Sport", "Leisure, culture and sport"),
    "friedhof": ("Friedhof und Bestattung", "Cemeteries and funerals"),
    "gewerbe": ("Gewerbe und Wirtschaft", "Trade and business"),
    "meldewesen": ("Wohnsitz und Meldewesen", "Residence and registration"),
    "migration": ("Aufenthalt und Einbürgerung", "Residence permits and citizenship"),
    "ordnung": ("Ordnung und Sicherheit", "Public order and safety"),
    "rathaus": ("Rathaus und Beteiligung", "City hall and participation"),
    "soziales": ("Soziales und Gesundheit", "Social matters and health"),
    "standesamt": ("Geburt, Ehe und Todesfall", "Birth, marriage and death"),
    "steuern": ("Steuern und Abgaben", "Taxes and charges"),
    "umwelt": ("Umwelt und Tiere", "Environment and animals"),
    "verkehr": ("Auto und Verkehr", "Vehicles and traffic"),
}


def texts_for(language: str | None) -> Texts:
    """Returns the words in English for `en`, else in German."""
    return ENGLISH if language == "en" else GERMAN


def category_name(category: str, texts: Texts) -> str:
    """Returns what people call a category of services."""
    german, english = _CATEGORIES.get(category, (category.capitalize(),) * 2)
    return english if texts.language == "en" else german
