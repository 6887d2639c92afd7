"""What channels need of a tracker store besides Rasa's interface.

The agent wraps every store in one that hides failures and knows neither deletion
nor their number, therefore these functions look behind it.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from rasa.core.tracker_store import (
    InMemoryTrackerStore,
    TrackerStore,
)

from kumpel.errors import KumpelError
from kumpel.stores.feedback import Feedback

logger = logging.getLogger(__name__)

_TIDY_PAUSE_IN_SECONDS = 60 * 60.0


def innermost(store: TrackerStore) -> TrackerStore:
    """Returns the store that really keeps the conversations."""
    while isinstance(getattr(store, "_tracker_store", None), TrackerStore):
        store = store._tracker_store
    return store


def failures(store: TrackerStore) -> int:
    """Returns how often the store has failed to read or write so far."""
    return int(getattr(innermost(store), "failures", 0))


async def stored_events(store: TrackerStore, sender_id: str) -> list[dict[str, Any]]:
    """Returns all events of a conversation, those of earlier sessions too."""
    tracker = await store.retrieve_full_tracker(sender_id)
    return [event.as_dict() for event in tracker.events] if tracker else []


async def delete_conversation(store: TrackerStore, sender_id: str) -> None:
    """Deletes a conversation for good. The caller holds its lock.

    Raises:
        KumpelError: The store cannot delete.
    """
    fallback = getattr(store, "_fallback_tracker_store", None)
    for keeper in (innermost(store), fallback):
        if keeper is None:
            continue
        if hasattr(keeper, "delete"):
            await keeper.delete(sender_id)
        elif isinstance(keeper, InMemoryTrackerStore):
            keeper.store.pop(sender_id, None)
        else:
            raise KumpelError(
                f"{type(keeper).__name__} cannot delete: use "
                "kumpel.stores.tracker.CityTrackerStore in endpoints.yml."
            )


async def was_ended(store: TrackerStore, sender_id: str) -> bool:
    """Returns whether the store knows that a citizen deleted this conversation."""
    keeper = innermost(store)
    return hasattr(keeper, "is_ended") and bool(await keeper.is_ended(sender_id))


async def keep_feedback(store: TrackerStore, sender_id: str, given: Feedback) -> None:
    """Keeps what a citizen says about an answer.

    Raises:
        KumpelError: The store cannot keep it.
    """
    keeper = innermost(store)
    if not hasattr(keeper, "keep_feedback"):
        raise KumpelError(f"{type(keeper).__name__} keeps no feedback.")
    await keeper.keep_feedback(sender_id, given)


async def tidy_hourly(store: TrackerStore, keep_in_days: int) -> None:
    """Tidies the store up once an hour, for ever."""
    keeper = innermost(store)
    while hasattr(keeper, "tidy"):
        try:
            count = await keeper.tidy(keep_in_days)
            if count:
                logger.info("%d events of old conversations were deleted.", count)
        except KumpelError:
            logger.exception("Old conversations could not be deleted this time.")
        await asyncio.sleep(_TIDY_PAUSE_IN_SECONDS)
