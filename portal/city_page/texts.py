"""What the chat without JavaScript says, in German and in English."""

from __future__ import annotations

from typing import NamedTuple

SERVICE_NUMBER = "02151 86-0"


class Texts(NamedTuple):
    """All words of the chat in one language."""

    language: str
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
    empty: str
    unreachable: str
    unreadable: str
    about: str
    about_hint: str


GERMAN = Texts(
    language="de",
    chat_title="Fragen Sie Kumpel",
    chat_intro="Kumpel ist ein Programm, kein Mensch. Die Auskünfte stammen aus den "
    "Daten der Stadt, jede mit ihrer Quelle.",
    privacy="Bitte schreiben Sie persönliche Daten nur, wenn Kumpel für einen Termin "
    "danach fragt.",
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
    empty="Bitte schreiben Sie Ihre Frage in das Feld.",
    unreachable="Kumpel ist gerade nicht erreichbar. Bitte versuchen Sie es in "
    f"einigen Minuten noch einmal oder rufen Sie an: {SERVICE_NUMBER}. Ihre Frage "
    "steht noch im Feld.",
    unreadable="Ihre Eingabe kam nicht vollständig an. Bitte senden Sie sie noch "
    "einmal.",
    about="Sie fragen zu:",
    about_hint="„Was kostet das?“ genügt. Nach anderem können Sie auch fragen.",
)

ENGLISH = Texts(
    language="en",
    chat_title="Ask Kumpel",
    chat_intro="Kumpel is a program, not a person. What it says comes from the "
    "city's data, each fact with its source.",
    privacy="Please write personal data only where Kumpel asks for it to book an "
    "appointment.",
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
    empty="Please write your question into the field.",
    unreachable="Kumpel cannot be reached right now. Please try again in a few "
    f"minutes or call {SERVICE_NUMBER}. Your question is still in the field.",
    unreadable="Your input did not arrive completely. Please send it again.",
    about="You are asking about:",
    about_hint="“What does it cost?” is enough. You may ask about other things, too.",
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
