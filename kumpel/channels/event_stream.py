"""Sends a conversation's events to one reader, as long as it listens.

Format: server-sent events, HTML standard 9.2.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

from sanic.request import Request

from kumpel.channels.event_hub import Live
from kumpel.channels.event_log import ENDED, Frame, frames_of
from kumpel.channels.history import Utterance

HEARTBEAT_IN_SECONDS = 15.0
_HEARTBEAT = b": still here\n\n"
#: The browser that reads nothing for so long is gone, or will come back.
_SEND_TIMEOUT_IN_SECONDS = 30.0

_MAX_STREAMS = 400
_MAX_STREAMS_PER_CONVERSATION = 8
_MAX_STREAMS_PER_ADDRESS = 100

_HEADERS = {
    "Cache-Control": "no-store",
    # nginx would collect the events before it passes them on.
    "X-Accel-Buffering": "no",
}


class StreamCount:
    """Counts the open streams, by conversation and by address."""

    def __init__(self) -> None:
        self._by_key: Counter[str] = Counter()

    def is_full(self, sender_id: str, address: str) -> bool:
        """Returns whether one more would be too many."""
        return (
            self._by_key["all"] >= _MAX_STREAMS
            or self._by_key[sender_id] >= _MAX_STREAMS_PER_CONVERSATION
            or self._by_key[address] >= _MAX_STREAMS_PER_ADDRESS
        )

    def add(self, sender_id: str, address: str) -> None:
        """Counts a stream that opens."""
        self._by_key.update(["all", sender_id, address])

    def remove(self, sender_id: str, address: str) -> None:
        """Counts a stream that has ended."""
        self._by_key.subtract(["all", sender_id, address])
        self._by_key += Counter()


async def frames(
    live: Live,
    position: int,
    read: Callable[[], Awaitable[Sequence[Utterance]]],
    wait: Callable[[], Awaitable[bool]],
) -> AsyncIterator[Frame | None]:
    """Yields events from behind a position on, and None where a sign of life is due.

    Args:
        live: The conversation.
        position: Number of the last utterance that the reader has.
        read: Reads the conversation from the store.
        wait: Waits for news; returns False where the stream is over.
    """
    position = min(position, live.log.last_position)
    place = live.log.place_after(position)
    while True:
        found = None if place is None else live.log.read(place)
        if found is None:
            for each in frames_of(await read()):
                if position < each.position < live.log.first_position:
                    yield each
                    position = each.position
            place = live.log.place_after(position)
            if place is None:
                return
            continue
        news, place = found
        for each in news:
            yield each
            position = each.position or position
            if each.name == ENDED:
                return
        if live.log.end == place:
            if live.is_ended or not await wait():
                return
            if live.log.end == place:
                yield None


async def send(
    request: Request, live: Live, events: AsyncIterator[Frame | None]
) -> None:
    """Writes events to the reader until they end or it is gone."""
    response = await request.respond(
        content_type="text/event-stream; charset=utf-8", headers=_HEADERS
    )
    live.streams += 1
    try:
        # Headers leave with the first bytes: the reader learns that it is connected.
        await response.send(_HEARTBEAT)
        async for each in events:
            data = _HEARTBEAT if each is None else each.encoded()
            await asyncio.wait_for(response.send(data), _SEND_TIMEOUT_IN_SECONDS)
        await response.send(end_stream=True)
    finally:
        live.streams -= 1
