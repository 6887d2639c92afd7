"""Writes down what was said in turns that broke off before Rasa has saved them.

Rasa saves a conversation at the end of a turn. Where a turn fails, the citizen has
seen its beginning all the same: without it the numbers of what follows would not be
those that the windows know, and a reload would take the question away.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import Any, NamedTuple

from rasa.core.channels.channel import UserMessage
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, UserUttered

from kumpel.channels.history import utterances
from kumpel.channels.output import WebMessage
from kumpel.stores.access import failures, stored_events

logger = logging.getLogger(__name__)

#: The citizen may wait for this.
_TIMEOUT_IN_SECONDS = 2.0


class UnsavedTurn(NamedTuple):
    """What was said in a turn that the store may not have."""

    position: int
    """Number of the citizen's message in the conversation."""
    message: UserMessage
    language: str
    answers: Sequence[WebMessage]


async def save(agent: Any, turns: list[UnsavedTurn], secret: str) -> None:
    """Saves turns, and takes those out of the list that the store then has.

    Never raises: what cannot be saved now stays in the list.

    Args:
        agent: Rasa's agent; the conversation's lock must be free.
        turns: In their order, all of one conversation.
        secret: The key that signs buttons.
    """
    while turns:
        try:
            await asyncio.wait_for(_save(agent, turns[0], secret), _TIMEOUT_IN_SECONDS)
        except Exception:
            logger.warning("A broken turn could not be saved yet.", exc_info=True)
            return
        turns.pop(0)


async def _save(agent: Any, turn: UnsavedTurn, secret: str) -> None:
    sender_id, store = turn.message.sender_id, agent.tracker_store
    async with agent.lock_store.lock(sender_id):
        failures_before = failures(store)
        said = utterances(await stored_events(store, sender_id), secret)
        if failures(store) == failures_before and len(said) < turn.position:
            # A conversation has to begin with a session, else Rasa begins none later.
            tracker = await agent.processor.fetch_tracker_with_initial_session(
                sender_id, metadata=turn.message.metadata
            )
            tracker.update_with_events(_events(turn), agent.domain)
            await store.save(tracker)
        if failures(store) > failures_before:
            raise OSError("the store is down")


def _events(turn: UnsavedTurn) -> list[Event]:
    message = turn.message
    language = {"entity": "language", "value": turn.language}
    intent = {"name": None, "confidence": 0.0}
    said = UserUttered(
        message.text,
        intent,
        [language],
        {"text": message.text, "intent": intent, "entities": [language]},
        input_channel=message.input_channel,
        message_id=message.message_id,
        metadata=message.metadata,
    )
    return [
        said,
        *(_bot_uttered(answer) for answer in turn.answers),
        ActionExecuted(ACTION_LISTEN_NAME),
    ]


def _bot_uttered(answer: WebMessage) -> BotUttered:
    buttons = [
        {"title": button["title"], "payload": button["choice"]}
        for button in answer.get("buttons", [])
    ]
    data = {
        "buttons": buttons or None,
        "image": answer.get("image"),
        "custom": answer.get("custom"),
    }
    return BotUttered(answer.get("text"), data)
