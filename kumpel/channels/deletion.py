"""Deletes conversations of the web channel wherever something of them is kept."""

from __future__ import annotations

import logging
from typing import Any

from kumpel.channels.event_hub import EventHub
from kumpel.channels.outcomes import Outcome
from kumpel.channels.turns import Turns
from kumpel.channels.web_requests import RefusedError
from kumpel.stores.access import delete_conversation

logger = logging.getLogger(__name__)

_MAX_REMEMBERED = 10_000


class Deletion:
    """Deletes conversations, and knows which ones it has deleted."""

    def __init__(self, hub: EventHub, turns: Turns) -> None:
        self._hub = hub
        self._turns = turns
        self._deleted: dict[str, None] = {}

    def was_deleted(self, sender_id: str) -> bool:
        """Returns whether a conversation was deleted by its citizen."""
        return sender_id in self._deleted

    async def delete(self, agent: Any, sender_id: str) -> None:
        """Deletes a conversation for good; its open streams are told.

        Raises:
            RefusedError: It could not be deleted.
        """
        async with self._turns.lock(sender_id):
            try:
                async with agent.lock_store.lock(sender_id):
                    await delete_conversation(agent.tracker_store, sender_id)
            except Exception as error:
                logger.exception("A conversation could not be deleted.")
                raise RefusedError(Outcome.STORE_DOWN) from error
            self._deleted[sender_id] = None
            if len(self._deleted) > _MAX_REMEMBERED:
                del self._deleted[next(iter(self._deleted))]
            self._turns.forget(sender_id)
            self._hub.end(sender_id, Outcome.ENDED_CONVERSATION.sentence())
