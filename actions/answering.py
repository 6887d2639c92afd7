"""Answers about services and offices; shared by several actions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from actions.booking_entry import books_here, with_booking
from actions.facts_loader import FactsLoader, question_of
from actions.turn import ANSWERED, HANDOFF, Reply, Turn
from kumpel.answers.answer import Answer, answer
from kumpel.answers.cards import Card, hours_card, merged, service_origins, sources_card
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
    texts: list[str] = []
    cards: list[Card | None] = []
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
            facts = replace(facts, is_booked_here=books_here(turn, wanted))
            told = _told(turn, facts, its_aspects, loader)
            texts.append(told.text)
            if told.sources:
                cards += _cards(turn, facts, its_aspects)
            if wanted == slug and facts.place:
                slots["place"] = facts.place.office.id
    unique = list(dict.fromkeys(texts))
    reply = Reply(outcome, unique, slots=slots, custom=merged(*cards))
    return with_booking(turn, reply, requests)


def answer_parts(turn: Turn) -> Reply:
    """Answers two requests of one message."""
    return answer_services(turn, [(p.service, p.aspects) for p in turn.said.parts])


def _cards(
    turn: Turn, facts: ServiceFacts, aspects: Sequence[str]
) -> list[Card | None]:
    """Returns the cards that show what the answer says."""
    place, is_station = facts.place, facts.service.slug == DOG_WASTE
    cards: list[Card | None] = []
    if place is not None and "opening_hours" in aspects:
        cards.append(hours_card(place, facts.question.day, turn.now, turn.wording))
    if is_station and "location" in aspects:
        known = turn.portal.dog_waste_stations().value
        cards.append(sources_card([(facts.service.title, known.source)]))
    else:
        cards.append(sources_card(service_origins(facts, aspects)))
    return cards


def _told(
    turn: Turn, facts: ServiceFacts, aspects: Sequence[str], loader: FactsLoader
) -> Answer:
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
    return answer([note]) + told


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
