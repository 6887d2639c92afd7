"""Answers about services and offices; shared by several actions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from actions.facts_loader import FactsLoader, question_of
from actions.turn import ANSWERED, HANDOFF, Reply, Turn
from kumpel.answers import offices
from kumpel.answers.answer import Answer, answer
from kumpel.answers.facts import HOTLINE, ServiceFacts
from kumpel.answers.sections import SECTIONS
from kumpel.answers.sources import stale_note
from kumpel.answers.stations import SERVICE as DOG_WASTE
from kumpel.answers.stations import answer_stations, stations_named
from kumpel.errors import PortalError, PortalNotFoundError

#: What can be told about an office without knowing the service.
OFFICE_ASPECTS = frozenset({"opening_hours", "location", "contact", "appointment"})
OVERVIEW = ("overview",)
_ASPECTS_WITH_HOURS = frozenset({"overview", "opening_hours"})
_OFFICE_OVERVIEW = ("location", "opening_hours")
_LONGEST_ELLIPSIS = 6
#: Words such as "zahlt" or "Foto" name an aspect with nearly 1.
_CLEAR_ASPECT_CONFIDENCE = 0.6
#: A service among the best of 171 guesses and talked about before is hardly chance.
_LIKELY_GUESSES = 3


def answer_services(turn: Turn, requests: Sequence[tuple[str, Sequence[str]]]) -> Reply:
    """Answers one or two requests; the first is the one under discussion after it.

    Args:
        turn: The message.
        requests: Service and aspects of each request.
    """
    slug, aspects = requests[0]
    slots: dict[str, Any] = {"service": slug, "aspect": aspects[0]}
    loader = FactsLoader(turn.portal, turn.now)
    question = question_of(turn, loader)
    texts = []
    outcome = ANSWERED
    for wanted, its_aspects in requests:
        try:
            facts = loader.service(
                wanted,
                question,
                turn.slots.get("place"),
                has_hours=not _ASPECTS_WITH_HOURS.isdisjoint(its_aspects),
            )
        except PortalNotFoundError:
            texts.append(turn.wording.text("utter_service_missing", phone=HOTLINE))
            outcome = HANDOFF
        except PortalError:
            texts.append(turn.wording.text("utter_unavailable"))
            outcome = HANDOFF
        else:
            texts.append(_text(turn, facts, its_aspects, loader))
            if wanted == slug and facts.place:
                slots["place"] = facts.place.office.id
    return Reply(outcome, list(dict.fromkeys(texts)), slots=slots)


def answer_parts(turn: Turn) -> Reply:
    """Answers two requests of one message."""
    return answer_services(turn, [(p.service, p.aspects) for p in turn.said.parts])


def other_office(turn: Turn) -> str | None:
    """Returns an office that is named, but is not one of the service's."""
    loader = FactsLoader(turn.portal, turn.now)
    office_id = loader.office_named(turn.said.entity("office"), turn.said.text)
    if office_id is None or turn.service is None:
        return office_id
    offices = turn.portal.service(turn.service).value.offices
    return None if office_id in {office.id for office in offices} else office_id


def answer_office(turn: Turn, office_id: str, aspects: Sequence[str]) -> Reply:
    """Answers about an office, which is then the topic instead of a service."""
    loader = FactsLoader(turn.portal, turn.now)
    question = question_of(turn, loader)
    place = loader.place(office_id, question)
    told = Answer()
    for aspect in aspects:
        if aspect == "location":
            told += offices.location(place, turn.now, turn.wording)
        elif aspect in {"contact", "appointment"}:
            told += offices.contact(place, turn.wording)
        else:
            told += offices.opening_hours(place, question, turn.now, turn.wording)
    note = stale_note(loader.stale_since, turn.wording)
    slots = {"service": None, "aspect": aspects[0], "place": office_id}
    return Reply(ANSWERED, [(answer([note]) + told).text], slots=slots)


def _text(
    turn: Turn, facts: ServiceFacts, aspects: Sequence[str], loader: FactsLoader
) -> str:
    told = Answer()
    for aspect in dict.fromkeys(aspects):
        if facts.service.slug != DOG_WASTE:
            told += SECTIONS[aspect](facts, turn.wording)
        elif aspect == "location":
            told += _stations(turn, facts)
        else:
            told += SECTIONS[aspect](facts, turn.wording)
            told += _report_a_station(turn)
    note = stale_note(loader.stale_since, turn.wording)
    return (answer([note]) + told).text


def _stations(turn: Turn, facts: ServiceFacts) -> Answer:
    """Names the stations at the asked street or in the asked district."""
    known = turn.portal.dog_waste_stations().value
    place = turn.said.entity("street") or turn.said.entity("district")
    shown = stations_named(known.stations, f"{turn.said.text} {place or ''}")
    district = facts.question.district
    if not shown and district:
        shown = [each for each in known.stations if each.district == district]
        place = place or district
    if shown and place is None:
        place = shown[0].place
    return answer_stations(
        known,
        shown,
        place,
        phone=facts.phone,
        wording=turn.wording,
        year=turn.now.year,
    )


def _report_a_station(turn: Turn) -> Answer:
    try:
        known = turn.portal.dog_waste_stations().value
    except PortalError:
        return Answer()
    return answer([turn.wording.text("utter_station_report", report=known.report)])


def is_aspect_clear(turn: Turn) -> bool:
    """Says whether a message surely asks an aspect, whatever it is about."""
    said = turn.said
    return (
        bool(said.aspects)
        and said.aspects[0] != "overview"
        and said.aspect_confidence >= _CLEAR_ASPECT_CONFIDENCE
    )


def follow_up_aspects(turn: Turn) -> tuple[str, ...]:
    """Reads a message that is too unsure to be answered by itself.

    "Meine Tochter ist 17, zahlt die auch so viel?" names no service well enough;
    after a question about one it asks an aspect of it.

    Returns:
        The aspects to answer about the service under discussion; none where there
        is none, or where the message says nothing about it.
    """
    said = turn.said
    if turn.service is None:
        return ()
    if is_aspect_clear(turn):
        return said.aspects
    if turn.service in said.services[:_LIKELY_GUESSES]:
        return said.aspects or OVERVIEW
    return elliptic_aspects(turn)


def answer_unsure_office(turn: Turn) -> Reply | None:
    """Answers about an office in a message that names no service well enough."""
    said = turn.said
    office_id = other_office(turn)
    question = question_of(turn, FactsLoader(turn.portal, turn.now))
    if office_id is None and turn.service is None and question.day is not None:
        office_id = turn.slots.get("place")
    if office_id is None:
        return None
    asked = tuple(aspect for aspect in said.aspects if aspect in OFFICE_ASPECTS)
    if question.day is not None:
        asked = ("opening_hours",)
    elif not is_aspect_clear(turn):
        asked = ()
    return answer_office(turn, office_id, asked or _OFFICE_OVERVIEW)


def elliptic_aspects(turn: Turn) -> tuple[str, ...]:
    """Reads a short message that only names another place, day or age.

    "und in Fischeln?" asks the same again about another place, where the last
    question was about a place; else it asks whether there is an office.
    """
    if turn.service is None or len(turn.said.text.split()) > _LONGEST_ELLIPSIS:
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
