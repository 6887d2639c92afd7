"""Whether a person can be reached now."""

from __future__ import annotations

import logging

from actions.facts_loader import FactsLoader
from actions.turn import Turn
from kumpel.answers import formats
from kumpel.answers.facts import Question
from kumpel.answers.hours import state_at
from kumpel.errors import PortalError

logger = logging.getLogger(__name__)

#: Nobody published when the exchange is staffed. The town hall's hours are the usual
#: business hours, and are told as no more than that.
_TOWN_HALL = "rathaus"


def staffed_sentence(turn: Turn) -> str:
    """Says whether the city's exchange is probably staffed now."""
    wording = turn.wording
    try:
        loader = FactsLoader(turn.portal, turn.now)
        hours = loader.place(_TOWN_HALL, Question()).hours
    except PortalError as error:
        logger.warning("No hours of the town hall: %s", error)
        hours = None
    if hours is None or not hours.are_known:
        return wording.text("utter_staffed_unknown")
    state = state_at(hours, turn.now)
    if state.is_open and state.closes:
        until = formats.clock_time(state.closes)
        return wording.text("utter_staffed_likely", until=until)
    opening = state.next_opening
    if opening is None:
        return wording.text("utter_staffed_unknown")
    return wording.text(
        "utter_staffed_unlikely",
        day=formats.day_name(opening.day, turn.now.date(), wording.language),
        time=formats.clock_time(opening.time),
    )
