"""Answers about an office, whether or not a service was talked about."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from actions.answering import OFFICE_ASPECTS
from actions.facts_loader import FactsLoader, NamedOffice, question_of
from actions.follow_up import is_aspect_clear, is_elliptic, named_guesses
from actions.turn import ANSWERED, Reply, Turn
from kumpel.answers import offices
from kumpel.answers.answer import Answer, answer
from kumpel.answers.cards import Card, hours_card, merged, office_origins, sources_card
from kumpel.answers.office_names import without_office_words
from kumpel.answers.queue import queue_sentence
from kumpel.answers.sources import stale_note
from kumpel.errors import PortalError
from kumpel.text.fold import fold, tokens

logger = logging.getLogger(__name__)

_OFFICE_OVERVIEW = ("location", "opening_hours")
#: What joins a further place to a question, as `fold` writes it.
_JOINING = frozenset(
    tokens("und in im bei am and at the denn wie ist es mit was dem das die der")
)


def other_office(turn: Turn) -> NamedOffice | None:
    """Returns an office that is named, but is not one of the service's."""
    named = _named_office(turn)
    if named is None or turn.service is None:
        return named
    offices = turn.portal.service(turn.service).value.offices
    return None if named.id in {office.id for office in offices} else named


def _named_office(turn: Turn) -> NamedOffice | None:
    said = turn.said
    loader = FactsLoader(turn.portal, turn.now)
    district = question_of(turn, loader).district
    try:
        return loader.office_named(said.entity("office"), said.text, district)
    except PortalError as error:
        # What was talked about may still be answered.
        logger.warning("No list of offices: %s", error)
        return None


def answer_office(turn: Turn, named: NamedOffice, aspects: Sequence[str]) -> Reply:
    """Answers about an office, which is then the topic instead of a service."""
    loader = FactsLoader(turn.portal, turn.now)
    wording = turn.wording
    question = question_of(turn, loader)
    place = loader.place(named.id, question)
    before = answer(
        [
            stale_note(loader.stale_since, wording),
            wording.text(
                "utter_office_not_in_district", district=named.district_without
            ),
        ]
    )
    told, waiting = Answer(), list[str]()
    for aspect in aspects:
        if aspect == "location":
            told += offices.location(place, turn.now, wording)
            if "opening_hours" not in aspects:
                told += answer([queue_sentence(place, wording)])
        elif aspect in {"contact", "appointment"}:
            if aspect == "appointment":
                told += answer([offices.appointment_sentence(place, wording)])
                waiting = ["appointment"]
            told += offices.contact(place, wording)
        else:
            told += offices.opening_hours(place, question, turn.now, wording)
    areas = ", ".join(named.other_areas)
    after = answer([wording.text("utter_office_elsewhere", districts=areas)])
    slots = {
        "service": None,
        "aspect": aspects[0],
        "place": named.id,
        "pending_aspects": waiting,
    }
    cards: list[Card | None] = []
    if "opening_hours" in aspects:
        cards.append(hours_card(place, question.day, turn.now, wording))
    if told.sources:
        cards.append(sources_card(office_origins(place, aspects)))
    texts = [(before + told + after).text]
    return Reply(ANSWERED, texts, slots=slots, custom=merged(*cards))


def answer_unsure_office(turn: Turn) -> Reply | None:
    """Answers about an office in a message that names no service well enough."""
    said = turn.said
    named = other_office(turn)
    question = question_of(turn, FactsLoader(turn.portal, turn.now))
    place = turn.slots.get("place")
    if named is None and turn.service is None and question.day is not None and place:
        named = NamedOffice(place)
    if named is None:
        return None
    asked = said.aspects
    if question.day is not None:
        asked = ("opening_hours",)
    elif not is_aspect_clear(turn) or _is_mere_office(turn):
        asked = tuple(turn.slots.get("pending_aspects") or ())
    about_office = tuple(aspect for aspect in asked if aspect in OFFICE_ASPECTS)
    is_about_else = bool(asked) and not about_office
    if is_about_else or (_names_a_general_office(turn) and named_guesses(turn)):
        # "Wo im Bürgerbüro ist der Reisepass?" is about the passport.
        return None
    return answer_office(turn, named, about_office or _OFFICE_OVERVIEW)


def answer_branch_elsewhere(turn: Turn) -> Reply | None:
    """Answers "und in Fischeln?" after a Bürgerbüro about the one there."""
    place, district = turn.slots.get("place"), turn.said.entity("district")
    if turn.service or not place or not district or not is_elliptic(turn):
        return None
    try:
        named = FactsLoader(turn.portal, turn.now).branch_in(district, place)
    except PortalError as error:
        logger.warning("No list of offices: %s", error)
        return None
    last = turn.slots.get("aspect")
    asked = turn.said.aspects if _asks_beside(district, turn) else (last,)
    about_office = tuple(aspect for aspect in asked if aspect in OFFICE_ASPECTS)
    return (
        answer_office(turn, named, about_office or _OFFICE_OVERVIEW) if named else None
    )


def _asks_beside(district: str, turn: Turn) -> bool:
    """Tells whether a message asks anything beside another district."""
    named = set(tokens(district))
    words = [word for word in tokens(turn.said.text) if word not in named]
    return is_aspect_clear(turn) and not _JOINING.issuperset(words)


def answer_awaited_office(turn: Turn) -> Reply | None:
    """Answers "das Rathaus" to "Welche Stelle meinen Sie?"."""
    if turn.service or turn.choices or not turn.slots.get("pending_aspects"):
        return None
    return answer_unsure_office(turn) if is_elliptic(turn) else None


def answer_general_office(turn: Turn) -> Reply | None:
    """Answers "Adresse Einwohnermeldeamt Hüls", whatever service it looks like."""
    said = turn.said
    if not _names_a_general_office(turn) or not is_aspect_clear(turn):
        return None
    if not OFFICE_ASPECTS.issuperset(said.aspects) or named_guesses(turn):
        return None
    named = _named_office(turn)
    return answer_office(turn, named, said.aspects) if named else None


def _is_mere_office(turn: Turn) -> bool:
    """Says whether a message is no more than "das Rathaus"."""
    return _JOINING.issuperset(tokens(without_office_words(turn.said.text)))


def _names_a_general_office(turn: Turn) -> bool:
    """Says whether a message says "Bürgerbüro", "Rathaus" and the like."""
    return without_office_words(turn.said.text) != fold(turn.said.text)
