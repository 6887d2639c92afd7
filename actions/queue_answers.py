"""Answers how full an office is right now."""

from __future__ import annotations

import logging
import re
from dataclasses import replace

from actions.answering import answer_services
from actions.facts_loader import FactsLoader, NamedOffice, question_of
from actions.office_answers import answer_office
from actions.turn import Reply, Turn
from kumpel.answers.facts import Question
from kumpel.errors import PortalError
from kumpel.text.fold import fold

logger = logging.getLogger(__name__)

_CIVIC_OFFICE = "Bürgerbüro"
#: Matched against folded text.
_ASKS_HOW_FULL = re.compile(
    r"\b(?:wie voll|viel los|was los|(?:warte)?schlange|wartezeit(?:en)?|andrang|"
    r"wie viele (?:leute )?.*\bwarten|wie lange .*\b(?:warten|wartet)|"
    r"how (?:busy|crowded|full)|queue|how long .*\bwait)\b"
)


def answer_queue(turn: Turn) -> Reply | None:
    """Answers "Wie lange muss ich im Bürgerbüro warten?"; None where none asks so.

    How long an application takes is another question: then a service is named.
    """
    said = turn.said
    if not _ASKS_HOW_FULL.search(fold(said.text)) or said.intent == "service":
        return None
    named = _office(turn)
    if named is not None:
        return _answer(turn, named)
    if turn.service is not None:
        return answer_services(turn, [(turn.service, ("opening_hours",))])
    return None


def _answer(turn: Turn, named: NamedOffice) -> Reply:
    loader = FactsLoader(turn.portal, turn.now)
    place = loader.place(named.id, Question())
    if place.queue is None and "rathaus" in fold(place.office.title):
        # Nobody waits in the town hall as such, but in its citizens' office.
        civic = loader.office_named(None, _CIVIC_OFFICE)
        if civic is not None and loader.place(civic.id, Question()).queue:
            return answer_office(turn, civic, ("opening_hours",))
    reply = answer_office(turn, named, ("opening_hours",))
    if place.queue is not None:
        return reply
    unknown = turn.wording.text("utter_queue_unknown")
    return replace(reply, texts=[f"{unknown} {reply.texts[0]}", *reply.texts[1:]])


def _office(turn: Turn) -> NamedOffice | None:
    said, loader = turn.said, FactsLoader(turn.portal, turn.now)
    district = question_of(turn, loader).district
    try:
        found = loader.office_named(said.entity("office"), said.text, district)
    except PortalError as error:
        logger.warning("No list of offices: %s", error)
        return None
    place = turn.slots.get("place")
    if found is None and place and turn.service is None:
        return NamedOffice(place)
    return found
