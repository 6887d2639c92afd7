"""The base of all actions: off the event loop, in time, and never silent."""

from __future__ import annotations

import abc
import asyncio
import json
import logging
import time
import traceback
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import context
from actions.booking_memory import MENTIONED, remembered
from actions.danger import with_emergency_numbers
from actions.sympathy import with_sympathy
from actions.turn import ANSWERED, HANDOFF, Reply, Turn
from actions.understanding import read_understanding
from kumpel.answers.wording import Wording
from kumpel.errors import KumpelError, PortalError

logger = logging.getLogger(__name__)

#: Far below the 60 s after which Rasa's lock lets the next message in (A2).
DEADLINE_IN_SECONDS = 8.0
#: Leaves time to say the last known facts when the portal is slow.
PORTAL_TIME_IN_SECONDS = 6.0
#: Said where even domain.yml is of no help.
LAST_RESORT = {
    "de": "Das hat gerade leider nicht geklappt. Die Stadt erreichen Sie unter 02151 86-0.",  # noqa: E501
    "en": "Sorry, that did not work. You reach the city at 02151 86-0.",
}
#: asyncio's own pool has six threads on two cores: six citizens who wait for a slow
#: portal would stop all others.
_THREADS = ThreadPoolExecutor(max_workers=32, thread_name_prefix="action")


class CityAction(Action, abc.ABC):
    """Answers one message.

    A subclass says its `action_name` and makes a `Reply`; it may block and may
    raise. Whatever goes wrong, the citizen reads a sentence that helps, and the
    slots say so: an exception that leaves an action is silence in Rasa (A4).
    """

    action_name: ClassVar[str]
    closing_events: ClassVar[tuple[dict[str, Any], ...]] = ()
    """Events besides the slots."""

    def name(self) -> str:
        """Returns the action's name in domain.yml."""
        return self.action_name

    @abc.abstractmethod
    def reply(self, turn: Turn) -> Reply:
        """Makes the reply; runs in a thread.

        Abstract, so that the SDK does not register the base itself (A5).
        """

    async def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: Mapping[str, Any],
    ) -> list[dict[str, Any]]:
        """Runs the action (see parent class)."""
        started = time.monotonic()
        language = _language(tracker)
        error: Exception | None = None
        try:
            limit = DEADLINE_IN_SECONDS * context.patience()
            loop = asyncio.get_running_loop()
            work = loop.run_in_executor(_THREADS, self._reply, tracker, domain)
            reply = await asyncio.wait_for(work, limit)
        except Exception as caught:
            error = caught
            reply = self.apology(caught, domain, language)
        self._log(reply, language, time.monotonic() - started, error)
        for text in reply.texts[:-1]:
            dispatcher.utter_message(text=text)
        buttons = [{"title": b.title, "payload": b.payload} for b in reply.buttons]
        # The card's words follow those of its text; the facts in it stay German, so
        # that nobody could tell from them.
        card = {**reply.custom, "language": language} if reply.custom else None
        dispatcher.utter_message(
            text=reply.texts[-1], buttons=buttons, json_message=card
        )
        return [*_events(reply, tracker, language), *self.closing_events]

    def apology(
        self, error: Exception, domain: Mapping[str, Any], language: str
    ) -> Reply:
        """Makes the reply for an error or a timeout; must not raise."""
        is_outage = isinstance(error, PortalError | asyncio.TimeoutError)
        name = "utter_unavailable" if is_outage else "utter_error"
        try:
            text = Wording(domain.get("responses") or {}, language).text(name)
        except Exception:
            text = ""
        return Reply(HANDOFF, [text or LAST_RESORT[language]])

    def _reply(self, tracker: Tracker, domain: Mapping[str, Any]) -> Reply:
        shared = context.current()
        language = _language(tracker)
        limit = PORTAL_TIME_IN_SECONDS * shared.patience
        turn = Turn(
            said=read_understanding(tracker.latest_message),
            slots=tracker.current_slot_values(),
            wording=Wording(domain.get("responses") or {}, language),
            portal=shared.portal.within(limit),
            now=shared.clock(),
            secret=shared.secret,
            desk=shared.desk and shared.desk.within(limit),
            conversation=str(tracker.sender_id or ""),
            patience=shared.patience,
        )
        reply = self.reply(turn)
        texts = [text for text in reply.texts if text]
        if not texts:
            texts = [turn.wording.text("utter_error")]
        kept = {MENTIONED: remembered(turn, reply), **reply.slots}
        whole = replace(reply, texts=texts, slots=kept)
        return with_emergency_numbers(turn, with_sympathy(turn, whole))

    def _log(
        self,
        reply: Reply,
        language: str,
        seconds: float,
        error: Exception | None,
    ) -> None:
        """Writes one line; never what the citizen wrote."""
        line: dict[str, Any] = {
            "action": self.action_name,
            "outcome": reply.outcome,
            "service": reply.slots.get("service"),
            "aspect": reply.slots.get("aspect"),
            "language": language,
            "duration_ms": round(seconds * 1000),
        }
        if error is None:
            logger.info(json.dumps(line, ensure_ascii=False))
            return
        line["error"] = type(error).__name__
        if isinstance(error, KumpelError):
            line["error"] = f"{type(error).__name__}: {error}"[:300]
        else:
            # The message of a foreign exception quotes what it chokes on, and that
            # may be what the citizen wrote: kind and place must do.
            places = traceback.extract_tb(error.__traceback__)[-3:]
            line["at"] = [f"{Path(p.filename).name}:{p.lineno}" for p in places]
        logger.error(json.dumps(line, ensure_ascii=False))


def _language(tracker: Tracker) -> str:
    return "en" if tracker.get_slot("language") == "en" else "de"


def _events(reply: Reply, tracker: Tracker, language: str) -> list[dict[str, Any]]:
    slots: dict[str, Any] = {
        "choices": [],
        "pending_aspects": [],
        "language": language,
        **reply.slots,
        "outcome": reply.outcome,
        "last_reply": reply.slots.get("last_reply") or "\n".join(reply.texts),
    }
    if reply.outcome == ANSWERED:
        slots.setdefault("fallback_count", 0)
        slots.setdefault("candidates", [])
    # Each event is kept in the tracker for good: write only what changes (A8, S3).
    return [
        SlotSet(name, value)
        for name, value in slots.items()
        if tracker.get_slot(name) != value
    ]
