"""German names for what the figures call by short English ones."""

from __future__ import annotations

from collections.abc import Mapping

OUTCOMES: Mapping[str, str] = {
    "direct": "sofort richtig",
    "asked_back": "nachgefragt",
    "wrong": "falsch",
    "lost": "nicht verstanden",
}
STYLES: Mapping[str, str] = {
    "standard": "Standarddeutsch",
    "colloquial": "Umgangssprache",
    "typo": "mit Tippfehlern",
    "keyword": "nur Stichwörter",
    "long": "lange Nachrichten",
    "english": "Englisch",
    "umlautless": "ohne Umlaute",
    "plain": "Deutsch als Fremdsprache",
    "dialect": "Mundart",
    "indirect": "nicht beim Namen genannt",
}
KINDS: Mapping[str, str] = {
    "sensitive_emergency": "Notfälle",
    "other_authority": "Sache anderer Behörden",
    "other_city": "andere Städte",
    "personal_advice": "persönlicher Rat",
    "chitchat": "Plauderei",
    "gibberish": "Zeichensalat",
    "insult": "Beschimpfungen",
    "injection": "Angriffe auf den Assistenten",
    "politics": "Politik",
    "general_knowledge": "Allgemeinwissen",
    "weather": "Wetter",
}
ASPECTS: Mapping[str, str] = {
    "overview": "Überblick",
    "documents": "Unterlagen",
    "fee": "Kosten",
    "opening_hours": "Öffnungszeiten",
    "location": "Ort",
    "contact": "Kontakt",
    "form": "Formular und Online-Antrag",
    "appointment": "Termin",
    "duration": "Dauer",
    "deadline": "Frist",
    "status": "Stand der Bearbeitung",
    "eligibility": "Voraussetzungen",
    "None": "nichts davon",
}
FIGURES: Mapping[str, str] = {
    "direct": "Fragen sofort richtig beantwortet",
    "asked_back": "passend nachgefragt",
    "wrong": "Fragen falsch beantwortet",
    "lost": "Fragen nicht verstanden",
    "aspect_correct": "genau das Gefragte genannt (Kosten, Unterlagen …)",
    "false_answers": "Unpassendes fälschlich beantwortet",
    "emergencies": "Notfälle erkannt und richtig verwiesen",
    "dialogues": "ganze Gespräche bestanden",
    "calibration_error": "Abweichung der Selbsteinschätzung",
}
#: What came where no service was answered, by the outcome of the conversation.
CAME: Mapping[str, str] = {
    "fallback": "Er hat nicht verstanden und um andere Worte gebeten.",
    "out_of_scope": "Er hielt es nicht für eine Sache der Stadt.",
    "smalltalk": "Er hielt es für Plauderei.",
    "emergency": "Er hielt es für einen Notfall.",
    "handoff": "Er hat an Menschen verwiesen.",
}


def percent(share: float) -> str:
    """Writes a share as people do in German: ``93,4 %``."""
    return f"{100 * share:.1f} %".replace(".", ",").replace(" ", "\u00a0")


def points(difference: float) -> str:
    """Writes a difference of shares in percentage points with its sign: ``+1,2``."""
    rounded = round(100 * difference, 1)
    sign = "±" if rounded == 0 else "+" if rounded > 0 else "−"
    return f"{sign}{abs(rounded):.1f}".replace(".", ",")


def in_hundred(share: float) -> str:
    """Says a share as a count in a hundred: ``93``, ``weniger als 1``, ``keine``."""
    if share == 0:
        return "keine"
    return "weniger als 1" if share < 0.005 else str(round(100 * share))


def milliseconds(duration: float) -> str:
    """Writes milliseconds: ``7,4 ms``."""
    return f"{duration:.1f}\u00a0ms".replace(".", ",")
