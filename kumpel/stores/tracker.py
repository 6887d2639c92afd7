"""The tracker store of Kumpel, on SQLite or PostgreSQL."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.exc import SQLAlchemyError

from kumpel.booking.box import (
    APPOINTMENT,
    DIALOGUE,
    private_parts,
    unread_parts,
    without_boxes,
)
from kumpel.errors import KumpelError
from kumpel.privacy.redact import (
    personal_parts,
    redact,
    redact_all,
    redact_parts,
)
from kumpel.settings import Settings
from kumpel.stores.conversations import Conversations, EventRow
from kumpel.stores.feedback import Feedback, keep, read

logger = logging.getLogger(__name__)

#: After this rest a conversation's session is over and no form needs its slots.
SESSION_REST_IN_SECONDS = 2 * 60 * 60

_DAY_IN_SECONDS = 24 * 60 * 60
_MAX_STORED_RANKING = 5
#: Slots in which a booking keeps what it knows of the citizen, encrypted.
SEALED_SLOTS = frozenset({DIALOGUE, APPOINTMENT})
_STORED_COUNT = "stored_event_count"

T = TypeVar("T")


class StoreUnavailableError(KumpelError):
    """The database of the conversations gives no answer."""


class CityTrackerStore(TrackerStore):
    """Keeps conversations without blocking, without personal data in what was said.

    It differs from Rasa's SQL store in four ways: the database is used in threads,
    an unreadable conversation is set aside (Rasa's exits the whole server), a
    tracker knows how many of its events are stored (Rasa's asks the database and is
    wrong once a row is missing), and texts are redacted before they are stored.
    """

    def __init__(
        self,
        domain: Domain | None = None,
        host: str | None = None,
        event_broker: EventBroker | None = None,
        **kwargs: Any,
    ) -> None:
        """Creates the store; it connects at its first use.

        Args:
            domain: Initialises the slots of trackers.
            host: SQLAlchemy URL (`url` in endpoints.yml); default is
                `Settings.tracker_database`.
            event_broker: Gets every new event as well.
            **kwargs: Other keys of endpoints.yml, unused.
        """
        super().__init__(domain, event_broker)
        settings = Settings.from_environment()
        self._conversations = Conversations(host or settings.tracker_database)
        self._settings = settings
        #: How often the database could not be used.
        self.failures = 0

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Stores the events of a tracker that are new (see parent class)."""
        if self.event_broker is not None:
            await self.stream_events(tracker)
        stored: int = getattr(tracker, _STORED_COUNT, -1)
        if stored < 0:
            count = self._conversations.count_of_session
            stored = await self._run(count, tracker.sender_id)
        boxes = [
            event.as_dict()
            for event in islice(tracker.events, stored)
            if getattr(event, "key", None) in SEALED_SLOTS
        ]
        new = [event.as_dict() for event in islice(tracker.events, stored, None)]
        await self._run(self._store, tracker.sender_id, boxes, new)
        setattr(tracker, _STORED_COUNT, stored + len(new))

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Returns the last session of a conversation (see parent class)."""
        return await self._retrieve(sender_id, is_whole=False)

    async def retrieve_full_tracker(
        self, conversation_id: str
    ) -> DialogueStateTracker | None:
        """Returns all sessions of a conversation (see parent class)."""
        return await self._retrieve(conversation_id, is_whole=True)

    async def exists(self, conversation_id: str) -> bool:
        """Returns whether there is a conversation (see parent class)."""
        return await self._run(self._conversations.exists, conversation_id)

    async def keys(self) -> Iterable[str]:
        """Returns the ids of all conversations (see parent class)."""
        return await self._run(self._conversations.sender_ids)

    async def delete(self, sender_id: str) -> int:
        """Deletes a whole conversation; returns the number of its events."""
        return await self._run(self._conversations.delete, sender_id)

    async def is_ended(self, sender_id: str) -> bool:
        """Returns whether a conversation was deleted by its citizen."""
        return await self._run(self._conversations.is_ended, sender_id)

    async def keep_feedback(self, sender_id: str, given: Feedback) -> None:
        """Keeps what a citizen says about an answer, without personal data."""
        await self._run(self._keep_feedback, sender_id, given)

    async def feedback(self, sender_id: str) -> list[Feedback]:
        """Returns what a citizen has said about answers."""
        return await self._run(read, self._conversations, sender_id)

    async def tidy(self, keep_in_days: int, now: float | None = None) -> int:
        """Deletes conversations that rest too long, redacts the slots of the rest.

        Args:
            keep_in_days: How long a conversation may rest.
            now: Seconds since 1970. Events bear the machine's time, therefore not
                the clock that KUMPEL_NOW may have set.

        Returns:
            The number of deleted events.
        """
        moment = time.time() if now is None else now
        before = moment - keep_in_days * _DAY_IN_SECONDS
        count = await self._run(self._conversations.purge, before)
        await self._run(
            self._conversations.redact_slots,
            moment - SESSION_REST_IN_SECONDS,
            lambda value: redact_all(without_boxes(value)),
        )
        return count

    async def _retrieve(
        self, sender_id: str, *, is_whole: bool
    ) -> DialogueStateTracker | None:
        def read() -> DialogueStateTracker | None:
            texts = self._conversations.read(sender_id, is_whole=is_whole)
            return self._tracker_from(sender_id, texts) if texts else None

        return await self._run(read)

    def _tracker_from(
        self, sender_id: str, texts: Sequence[str]
    ) -> DialogueStateTracker | None:
        try:
            tracker = _replayed(sender_id, texts, self.domain)
        except Exception:
            name = self._conversations.set_aside(sender_id)
            logger.exception(
                "A conversation is unreadable and was set aside as %r; the citizen "
                "starts a new one. Look at these rows of the table `events`, then "
                "delete them.",
                name,
            )
            return None
        setattr(tracker, _STORED_COUNT, len(texts))
        return tracker

    def _store(
        self,
        sender_id: str,
        boxes: list[dict[str, Any]],
        new: list[dict[str, Any]],
    ) -> None:
        events = [*boxes, *new]
        parts = {**_unread(events), **self._private_parts(events)}
        self._conversations.append(sender_id, stored_rows(new, parts))

    def _keep_feedback(self, sender_id: str, given: Feedback) -> None:
        # Whose name is in a booking may sign with it.
        texts = self._conversations.read(sender_id, is_whole=True)
        parts = self._private_parts([json.loads(text) for text in texts])
        comment = str(redact_parts(redact(given.comment), parts))
        keep(self._conversations, sender_id, given._replace(comment=comment))

    def _private_parts(self, events: Sequence[Mapping[str, Any]]) -> dict[str, str]:
        if not any(event.get("name") in SEALED_SLOTS for event in events):
            return {}
        return private_parts(events, self._settings.secret())

    async def _run(self, work: Callable[..., T], *args: Any) -> T:
        try:
            return await asyncio.to_thread(work, *args)
        except (SQLAlchemyError, OSError) as error:
            self.failures += 1
            # The driver's message may quote what the citizen wrote.
            cause = getattr(error, "orig", None) or type(error).__name__
            logger.error(  # noqa: TRY400
                "The database of the conversations cannot be used (%s). Check "
                "KUMPEL_TRACKER_DATABASE, free space and permissions.",
                cause,
            )
            raise StoreUnavailableError(
                f"The database of the conversations cannot be used: {cause}."
            ) from None


def _replayed(
    sender_id: str, texts: Sequence[str], domain: Domain
) -> DialogueStateTracker:
    events = [json.loads(text) for text in texts]
    tracker = DialogueStateTracker.from_dict(sender_id, events, domain.slots)
    # Rasa leaves out silently what bears no name of an event.
    if len(tracker.events) != len(events):
        raise ValueError("it has rows that are no events")
    return tracker


def stored_rows(
    events: Sequence[dict[str, Any]], private: Mapping[str, str] | None = None
) -> list[EventRow]:
    """Returns rows of events without the personal data in what was said.

    Slots are left as they are: see `Conversations.redact_slots`.

    Args:
        events: Events of one turn as `as_dict` gives them; they stay unchanged.
        private: What a booking knows of the citizen, with labels: no pattern tells
            that "Ute Janßen" is a name.
    """
    known = dict(private or {})
    parts: dict[str, str] = {}
    rows = []
    for event in events:
        stored = event
        if event["event"] == "user":
            parts.update(personal_parts(str(event.get("text") or "")))
            stored = redact_all({**event, "parse_data": _slim(event)})
            stored = redact_parts(_without_what_is_private(stored, known), known)
        elif event["event"] == "bot":
            stored = redact_parts(event, {**known, **parts})
        intent = (stored.get("parse_data") or {}).get("intent") or {}
        rows.append(
            EventRow(
                type_name=str(stored["event"]),
                timestamp=stored.get("timestamp"),
                intent_name=intent.get("name"),
                action_name=stored.get("name"),
                data=json.dumps(stored),
            )
        )
    return rows


def _unread(events: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    parts = unread_parts(events)
    # The same texts once more, without what a pattern takes out of them before.
    return {**parts, **{redact(text): label for text, label in parts.items()}}


def _without_what_is_private(
    event: dict[str, Any], known: Mapping[str, str]
) -> dict[str, Any]:
    """Drops the entities of a message that is a name or an address as a whole."""
    if event.get("text") not in known:
        return event
    parse_data = {**event["parse_data"], "entities": []}
    parse_data.pop("understanding", None)
    return {**event, "parse_data": parse_data}


def _slim(event: dict[str, Any]) -> dict[str, Any]:
    """Leaves out of the parse data what no later turn reads, most of its length."""
    parse_data = dict(event.get("parse_data") or {})
    parse_data.pop("text_tokens", None)
    ranking = parse_data.get("intent_ranking")
    if ranking:
        parse_data["intent_ranking"] = ranking[:_MAX_STORED_RANKING]
    return parse_data
