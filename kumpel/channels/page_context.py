"""Makes the service of the page that a citizen comes from the topic.

"Was kostet das?" on the page about the dog tax asks for the dog tax. The page says
its service with each message; the topic changes when the page does, and not when the
citizen has moved on to something else on the same page.
"""

from __future__ import annotations

import functools
import logging
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from kumpel.settings import PROJECT_ROOT

logger = logging.getLogger(__name__)

#: Key of the metadata, and slot of the topic.
SERVICE = "service"
_DIALOGUE = "dialogue"
#: What was offered or asked about the topic before it.
_CLEARED: dict[str, Any] = {
    "aspect": None,
    "place": None,
    "choices": [],
    "candidates": [],
    "pending_aspects": [],
}


@functools.lru_cache(maxsize=1)
def known_services() -> frozenset[str]:
    """Returns the slugs of all services that there are facts about."""
    folder = PROJECT_ROOT / "portal" / "seed" / "services"
    return frozenset(path.stem for path in folder.glob("*/*.yml"))


async def enter_page(agent: Agent, message: UserMessage) -> None:
    """Makes the page's service the topic where the citizen has come to another page.

    An open booking keeps its own topic. Never raises: without the page's help the
    message is still a message.

    Args:
        agent: The agent that is going to handle the message; its lock must be free.
        message: The message, with the page's service in its metadata if it has one.
    """
    service = (message.metadata or {}).get(SERVICE)
    if service not in known_services():
        return
    try:
        async with agent.lock_store.lock(message.sender_id):
            await _enter(agent, message, str(service))
    except Exception:
        logger.exception("The service of the page could not be made the topic.")


async def _enter(agent: Agent, message: UserMessage, service: str) -> None:
    # Begins the session as handling the message would: a new one clears all slots.
    tracker = await agent.processor.fetch_tracker_and_update_session(
        message.sender_id, message.output_channel, message.metadata
    )
    if _page_before(tracker) == service or tracker.get_slot(_DIALOGUE):
        return
    for name, value in {**_CLEARED, SERVICE: service}.items():
        if name in tracker.slots and tracker.get_slot(name) != value:
            tracker.update(SlotSet(name, value), agent.domain)
    await agent.tracker_store.save(tracker)


def _page_before(tracker: DialogueStateTracker) -> str | None:
    """Returns the service of the page of the last message in this session."""
    for event in reversed(tracker.events):
        if isinstance(event, SessionStarted):
            return None
        if isinstance(event, UserUttered):
            service = (event.metadata or {}).get(SERVICE)
            return str(service) if service else None
    return None
