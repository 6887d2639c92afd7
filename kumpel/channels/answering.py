"""Sees to it that a citizen gets an answer, whatever happens behind the channel."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

from rasa.core.channels.channel import UserMessage
from rasa.core.lock_store import LockError

from kumpel.channels.outcomes import Outcome
from kumpel.channels.output import SigningOutput

logger = logging.getLogger(__name__)

#: Well below the 60 s after which Rasa lets go of a conversation's lock and would
#: handle the next message at the same time.
DEADLINE_IN_SECONDS = 25.0

MessageHandler = Callable[[UserMessage], Awaitable[Any]]


class Trouble(NamedTuple):
    """Why a message was not handled to its end."""

    outcome: Outcome
    reference: str
    """Names the case in the log, so that staff find what a citizen reports."""


async def handle(
    on_new_message: MessageHandler,
    message: UserMessage,
    deadline_in_seconds: float = DEADLINE_IN_SECONDS,
) -> Trouble | None:
    """Handles a message within the deadline.

    Returns:
        None, or what went wrong. The log has the cause, the text of the citizen
        is never in it.
    """
    reference = secrets.token_hex(4)
    try:
        await asyncio.wait_for(on_new_message(message), deadline_in_seconds)
    except asyncio.TimeoutError:
        logger.error(  # noqa: TRY400 - the way here says nothing
            "Message %s was given up after %s s: see which part is slow with "
            "`kumpel status`.",
            reference,
            deadline_in_seconds,
        )
        return Trouble(Outcome.TIMEOUT, reference)
    except LockError:
        logger.warning("Message %s came while the one before took too long.", reference)
        return Trouble(Outcome.BUSY, reference)
    except Exception:
        logger.exception("Message %s failed.", reference)
        return Trouble(Outcome.FAILED, reference)
    return None


def always_answering(
    on_new_message: MessageHandler,
    secret: str,
    deadline_in_seconds: float = DEADLINE_IN_SECONDS,
) -> MessageHandler:
    """Returns a handler for Rasa's own channels that never raises.

    Their buttons are signed, and where a message fails the citizen is told so.
    """

    async def answer(message: UserMessage) -> None:
        message.output_channel = SigningOutput(message.output_channel, secret)
        trouble = await handle(on_new_message, message, deadline_in_seconds)
        if trouble is None:
            return
        try:
            await message.output_channel.send_text_message(
                message.sender_id, trouble.outcome.sentence()
            )
        except Exception:
            logger.exception("Nor could message %s be told so.", trouble.reference)

    return answer
