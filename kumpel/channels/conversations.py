"""Opens the web channel's conversations to those who hold their ids, and ends them."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any, NamedTuple

from rasa.core.tracker_store import TrackerStore

from kumpel.channels.conversation_ids import ConversationIds, RejectedConversationError
from kumpel.channels.event_hub import EventHub, Live
from kumpel.channels.history import Utterance, utterances
from kumpel.channels.outcomes import Outcome
from kumpel.channels.web_requests import RefusedError
from kumpel.errors import KumpelError
from kumpel.stores.access import (
    delete_conversation,
    failures,
    stored_events,
    was_ended,
)

logger = logging.getLogger(__name__)

_MAX_DELETED_REMEMBERED = 10_000


class Opened(NamedTuple):
    """A conversation whose id was good."""

    sender_id: str
    live: Live


class Conversations:
    """Knows which conversations may go on.

    A deleted one may not, nor one in which nobody said anything for long: who opens
    a window that was left open shall not read what somebody else asked.
    """

    def __init__(
        self, ids: ConversationIds, hub: EventHub, secret: str, idle_in_minutes: int
    ) -> None:
        self._ids = ids
        self._hub = hub
        self._secret = secret
        self._idle_in_seconds = idle_in_minutes * 60.0
        self._deleted: dict[str, None] = {}

    def sender_id(self, signed: object) -> str:
        """Returns whose conversation an id names.

        Raises:
            RejectedConversationError: The id is no good, or its conversation deleted.
        """
        sender_id = self._ids.sender_id(signed)
        if sender_id in self._deleted:
            raise RejectedConversationError(Outcome.ENDED_CONVERSATION)
        return sender_id

    async def open(self, store: TrackerStore, signed: object) -> Opened:
        """Returns a conversation that may go on.

        Raises:
            RejectedConversationError: It may not.
        """
        sender_id = self.sender_id(signed)
        live = await self._hub.live(sender_id, lambda: self.read(store, sender_id))
        if sender_id in self._deleted:
            # It was read before it was deleted, and would stay in memory now.
            self._hub.forget(sender_id)
            raise RejectedConversationError(Outcome.ENDED_CONVERSATION)
        if self.end_if_idle(sender_id, live):
            raise RejectedConversationError(Outcome.IDLE_CONVERSATION)
        return Opened(sender_id, live)

    async def read(self, store: TrackerStore, sender_id: str) -> Sequence[Utterance]:
        """Returns what the store has of a conversation.

        Raises:
            RejectedConversationError: It was deleted.
            RefusedError: The store cannot be read.
        """
        failures_before = failures(store)
        events = await stored_events(store, sender_id)
        if failures(store) > failures_before:
            raise RefusedError(Outcome.STORE_DOWN)
        try:
            is_ended = not events and await was_ended(store, sender_id)
        except KumpelError as error:
            raise RefusedError(Outcome.STORE_DOWN) from error
        if is_ended:
            raise RejectedConversationError(Outcome.ENDED_CONVERSATION)
        return utterances(events, self._secret)

    def seconds_left(self, live: Live) -> float:
        """Returns how long a conversation may rest before it ends."""
        return self._idle_in_seconds - self._hub.idle_in_seconds(live)

    def end_if_idle(self, sender_id: str, live: Live) -> bool:
        """Ends a conversation that rests too long; returns whether it does."""
        if live.log.working or self.seconds_left(live) > 0:
            return False
        sentence = Outcome.IDLE_CONVERSATION.sentence(live.language)
        self._hub.end(sender_id, sentence)
        return True

    async def delete(self, agent: Any, sender_id: str) -> None:
        """Deletes a conversation for good; its open streams are told.

        The caller sees to it that no message of it is being handled.

        Raises:
            RefusedError: It could not be deleted.
        """
        known = self._hub.known(sender_id)
        try:
            async with agent.lock_store.lock(sender_id):
                await delete_conversation(agent.tracker_store, sender_id)
        except Exception as error:
            logger.exception("A conversation could not be deleted.")
            raise RefusedError(Outcome.STORE_DOWN) from error
        self._deleted[sender_id] = None
        if len(self._deleted) > _MAX_DELETED_REMEMBERED:
            del self._deleted[next(iter(self._deleted))]
        language = known.language if known else "de"
        self._hub.end(sender_id, Outcome.ENDED_CONVERSATION.sentence(language))
