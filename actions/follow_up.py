"""Reads a message by what was talked about before it."""

from __future__ import annotations

import re

from actions.answering import OFFICE_ASPECTS, OVERVIEW
from actions.asking import load_choices
from actions.facts_loader import FactsLoader, question_of
from actions.turn import Turn
from kumpel.answers.choices import Choice, named_in
from kumpel.answers.office_names import without_office_words
from kumpel.answers.stations import SERVICE as DOG_WASTE
from kumpel.answers.stations import stations_named
from kumpel.text.fold import fold, tokens

_LONGEST_ELLIPSIS = 6
_LONGEST_FOLLOW_UP = 8
_LONGEST_DAY = 3
#: Words as `fold` writes them.
_ANOTHER_MATTER = re.compile(
    r"\b(?:andere[sr]? (?:frage|thema|sache)|was (?:ganz )?anderes|etwas anderes|"
    r"neu frage|neus thema|zuruck zu[mr]?|back to|(?:an)?other question|"
    r"something else|different question)\b"
)
_POINTS_BACK = re.compile(
    r"\b(?:dafur|dazu|dabei|damit|davon|hierfur|dort|denn|it|that|there|they)\b"
)
#: A service among the best of 171 guesses and talked about before is hardly chance.
_LIKELY_GUESSES = 3
#: Evidence below which a service that shares a word with a message is not named by it.
_FAINTEST_NAME = -0.1
#: The same where the citizen says that it is another matter ("zurück zum Reisepass …").
_FAINTEST_NAME_OF_ANOTHER = -0.5


def is_aspect_clear(turn: Turn) -> bool:
    """Says whether a message surely asks an aspect, whatever it is about."""
    return turn.said.clear_aspect not in (None, "overview")


def follow_up_aspects(turn: Turn) -> tuple[str, ...]:
    """Reads a message that is too unsure to be answered by itself.

    "Meine Tochter ist 17, zahlt die auch so viel?" names no service well enough;
    after a question about one it asks an aspect of it.

    Returns:
        The aspects to answer about the service under discussion; none where there
        is none, or where the message starts something else.
    """
    said = turn.said
    if turn.service is None or starts_anew(turn):
        return ()
    if is_aspect_clear(turn):
        return said.aspects
    if turn.service in said.services[:_LIKELY_GUESSES]:
        return said.aspects or OVERVIEW
    return elliptic_aspects(turn)


def is_elliptic(turn: Turn) -> bool:
    """Says whether a message is too short to stand alone ("und in Fischeln?")."""
    words = fold(turn.said.text).split()
    goes_on = words[:1] in (["und"], ["and"])
    return len(words) <= (_LONGEST_FOLLOW_UP if goes_on else _LONGEST_ELLIPSIS)


def starts_anew(turn: Turn) -> bool:
    """Says whether a message leaves the topic, even if it names no service well."""
    text = fold(turn.said.text)
    if _ANOTHER_MATTER.search(text):
        return True
    if _POINTS_BACK.search(text):
        return False
    return names_another(turn) or len(text.split()) > _LONGEST_FOLLOW_UP


def names_another(turn: Turn) -> bool:
    """Says whether a message names another service than the one before.

    "Muss ich den Personalausweis mitbringen?" names a document and no service, and
    "Meine Tochter ist 17, was zahlt die?" a person.
    """
    is_returning = _ANOTHER_MATTER.search(fold(turn.said.text))
    names_a_detail = turn.said.aspects[:1] == ("documents",) or turn.said.entity("age")
    if names_a_detail and not is_returning:
        return False
    named = [choice.slug for choice in named_guesses(turn)]
    evidence = [turn.said.evidence.get(slug, 0.0) for slug in named]
    # "Ist das umsonst?" shares words with synonyms, but hardly names an event.
    faintest = _FAINTEST_NAME_OF_ANOTHER if is_returning else _FAINTEST_NAME
    is_likely = max(evidence, default=faintest) > faintest
    return is_likely and turn.service not in named


def named_guesses(turn: Turn) -> list[Choice]:
    """Returns those of the best guesses that the message names in its words."""
    guesses = load_choices(turn, turn.said.services[:_LIKELY_GUESSES])
    places = {
        word
        for name in ("office", "district", "street")
        for value in turn.said.entities.get(name, ())
        for word in tokens(value)
    }
    words = without_office_words(turn.said.text).split()
    return named_in(" ".join(w for w in words if w not in places), guesses)


def asks_only_a_day(turn: Turn) -> bool:
    """Says whether a message is no more than a day: "an Silvester?"."""
    is_short = len(turn.said.text.split()) <= _LONGEST_DAY
    question = question_of(turn, FactsLoader(turn.portal, turn.now))
    return is_short and question.day is not None and not named_guesses(turn)


def elliptic_aspects(turn: Turn) -> tuple[str, ...]:
    """Reads a short message that only names another place, day or age.

    "und in Fischeln?" asks the same again about another place, where the last
    question was about a place; else it asks whether there is an office.
    """
    if turn.service is None or not is_elliptic(turn) or starts_anew(turn):
        return ()
    question = question_of(turn, FactsLoader(turn.portal, turn.now))
    last = turn.slots.get("aspect")
    if question.age_in_years is not None:
        return ("fee",)
    if question.day is not None:
        hours = ("opening_hours",)
        return ("appointment", *hours) if last == "appointment" else hours
    if question.district or question.office:
        return (last,) if last in OFFICE_ASPECTS else ("location",)
    if turn.service == DOG_WASTE:
        known = turn.portal.dog_waste_stations().value
        if stations_named(known.stations, turn.said.text):
            return ("location",)
    return ()
