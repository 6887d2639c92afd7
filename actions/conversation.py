"""What a citizen says about the conversation itself."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecuted, FollowupAction, SessionStarted, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import context
from actions.asking import buttons_for, load_choices
from actions.base import CityAction
from actions.booking_return import leave
from actions.facts_loader import FactsLoader
from actions.person import staffed_sentence
from actions.turn import ANSWERED, HANDOFF, SMALLTALK, Reply, Turn
from kumpel.answers.cards import sources_card
from kumpel.answers.facts import HOTLINE, Question
from kumpel.answers.sources import source_details
from kumpel.booking.box import DIALOGUE
from kumpel.errors import PortalError

logger = logging.getLogger(__name__)

_LEAVING_TAKES_IN_SECONDS = 5.0
#: Slots that end with the topic.
_CLEARED: Mapping[str, Any] = {
    "service": None,
    "aspect": None,
    "place": None,
    "candidates": [],
    "fallback_count": 0,
    "mentioned": None,
}


class ActionRepeat(CityAction):
    """Says the last reply once more."""

    action_name = "action_repeat"

    def reply(self, turn: Turn) -> Reply:
        """Makes the reply (see parent class)."""
        if not turn.last_reply:
            return Reply(SMALLTALK, [turn.wording.text("utter_nothing_to_repeat")])
        kept = {name: turn.slots.get(name) for name in ("choices", "pending_aspects")}
        outcome = turn.slots.get("outcome") or SMALLTALK
        choices = load_choices(turn, turn.choices)
        buttons = buttons_for(turn, choices, kept["pending_aspects"] or ())
        return Reply(outcome, [turn.last_reply], buttons if choices else (), slots=kept)


class ActionSource(CityAction):
    """Names source, date and certainty of the last answer."""

    action_name = "action_source"

    def reply(self, turn: Turn) -> Reply:
        """Makes the reply (see parent class)."""
        loader = FactsLoader(turn.portal, turn.now)
        place_id = turn.slots.get("place")
        if turn.service is not None:
            facts = loader.service(turn.service, Question(), place_id, has_hours=False)
            name, source, phone = facts.service.title, facts.service.source, facts.phone
        elif place_id:
            place = loader.place(place_id, Question(), has_hours=False)
            name, source, phone = place.office.title, place.office.source, place.phone
        else:
            return Reply(SMALLTALK, [turn.wording.text("utter_source_none")])
        told = source_details(name, source, phone, loader.stale_since, turn.wording)
        return Reply(ANSWERED, [told.text], custom=sources_card([(name, source)]))


class ActionHuman(CityAction):
    """Names the way to a person."""

    action_name = "action_human"

    def reply(self, turn: Turn) -> Reply:
        """Makes the reply (see parent class)."""
        wording = turn.wording
        sentences = [wording.text("utter_human"), staffed_sentence(turn)]
        if turn.service is not None:
            loader = FactsLoader(turn.portal, turn.now)
            place = turn.slots.get("place")
            try:
                facts = loader.service(turn.service, Question(), place, has_hours=False)
            except PortalError:
                pass  # The number above is enough.
            else:
                if facts.place and facts.phone != HOTLINE:
                    sentences.append(
                        wording.text(
                            "utter_human_office",
                            service=facts.service.title,
                            office=facts.office_name,
                            phone=facts.phone,
                        )
                    )
        return Reply(HANDOFF, [" ".join(filter(None, sentences))])


class ActionCancel(CityAction):
    """Drops the topic."""

    action_name = "action_cancel"

    def reply(self, turn: Turn) -> Reply:
        """Makes the reply (see parent class)."""
        text = turn.wording.text("utter_cancel")
        return Reply(SMALLTALK, [text], slots=_CLEARED)


class ActionRestart(CityAction):
    """Starts anew.

    Takes the place of Rasa's own action, whose `Restarted` event would also forget
    the language and leave the slot `outcome` empty. Rasa calls it by the intent and
    not by a rule, so it says itself that the turn ends here.
    """

    action_name = "action_restart"
    closing_events = (FollowupAction("action_listen"),)

    def reply(self, turn: Turn) -> Reply:
        """Makes the reply (see parent class)."""
        text = turn.wording.text("utter_restart")
        return Reply(SMALLTALK, [text], slots=_CLEARED)


class ActionSessionStart(Action):
    """Begins a session; of the last one stays the language, and where a booking was.

    Rasa's own action repeats every slot of the old session, so that the tracker
    grows with each visit (S3) and an unfinished form is half remembered (S5).
    """

    def name(self) -> str:
        """Returns Rasa's name of the action."""
        return "action_session_start"

    async def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: Mapping[str, Any],
    ) -> list[dict[str, Any]]:
        """Runs the action (see parent class); greets nobody."""
        language = "en" if tracker.get_slot("language") == "en" else "de"
        left = await self._left(tracker)
        return [
            SessionStarted(),
            SlotSet("language", language),
            *([SlotSet(DIALOGUE, left)] if left else []),
            ActionExecuted("action_listen"),
        ]

    async def _left(self, tracker: Tracker) -> dict[str, Any] | None:
        """Returns what to tell of a booking that nobody finished; never raises."""
        if not tracker.get_slot(DIALOGUE):
            return None
        slots = tracker.current_slot_values()
        shared = context.current()
        limit = _LEAVING_TAKES_IN_SECONDS * shared.patience
        work = asyncio.to_thread(leave, slots, shared)
        try:
            return await asyncio.wait_for(work, limit)
        except Exception:
            # A message must be answered, whatever became of the last one.
            logger.exception("Nothing can be told of a booking that was left.")
            return None
