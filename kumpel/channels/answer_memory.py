"""Remembers answers for a while, so that a message sent twice is handled once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

_MAX_AGE_IN_SECONDS = 15 * 60.0
_MAX_ANSWERS = 5_000

Answer = dict[str, Any]


class AnswerMemory:
    """Answers by sender id and message id, the youngest of them.

    An answer that is still being made is shared: a double click waits for it.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._answers: dict[tuple[str, str], tuple[float, asyncio.Task[Answer]]] = {}

    def knows(self, sender_id: str, message_id: str) -> bool:
        """Returns whether the message was answered or is being answered."""
        return (sender_id, message_id) in self._answers

    async def answer(
        self, sender_id: str, message_id: str, make: Callable[[], Awaitable[Answer]]
    ) -> Answer:
        """Returns the remembered answer, or makes it.

        Args:
            sender_id: The conversation.
            message_id: The message in it.
            make: Makes the answer; goes on where the caller has hung up.
        """
        key = (sender_id, message_id)
        if key not in self._answers:
            self._forget_old()
            task = asyncio.ensure_future(make())
            self._answers[key] = (self._now(), task)
        try:
            return await asyncio.shield(self._answers[key][1])
        except Exception:
            self._answers.pop(key, None)
            raise

    def forget(self, sender_id: str, message_id: str | None = None) -> None:
        """Forgets one message of a conversation, or all."""
        for key in list(self._answers):
            if key[0] == sender_id and message_id in {None, key[1]}:
                del self._answers[key]

    def _forget_old(self) -> None:
        youngest_old = self._now() - _MAX_AGE_IN_SECONDS
        # Insertion order is the order of age.
        for key, (since, _) in list(self._answers.items()):
            if since > youngest_old and len(self._answers) < _MAX_ANSWERS:
                return
            del self._answers[key]
