"""Sends a conversation's events to one reader, as long as it listens.

Format: server-sent events, HTML standard 9.2.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import (
    AsyncGenerator,
    Awaitable,
    Callable,
    Iterator,
    Sequence,
)
from contextlib import aclosing

from sanic.request import Request

from kumpel.channels.conversations import Conversations, Opened
from kumpel.channels.event_hub import EventHub, Live, Read
from kumpel.channels.event_log import Frame, frames_of
from kumpel.channels.history import Utterance
from kumpel.channels.limits import caller_address
from kumpel.channels.outcomes import Outcome
from kumpel.channels.web_requests import RefusedError

HEARTBEAT_IN_SECONDS = 15.0
_HEARTBEAT = b": still here\n\n"
#: The browser that reads nothing for so long is gone, or will come back.
SEND_TIMEOUT_IN_SECONDS = 30.0

_CLOSE_TIMEOUT_IN_SECONDS = 2.0
_WAIT_WHERE_FULL_IN_SECONDS = 30.0
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
    read: Read,
    wait: Callable[[], Awaitable[bool]],
) -> AsyncGenerator[Frame | None, None]:
    """Yields events from behind a position on, and None where a sign of life is due.

    Args:
        live: The conversation.
        position: Number of the last utterance that the reader has.
        read: Reads the conversation from the store.
        wait: Waits for news; returns False where the stream is over.
    """
    log = live.log
    position = min(position, log.last_position)
    place = log.place_after(position)
    while True:
        found = None if place is None else log.read(place)
        if found is None:
            # The reader is further behind than the memory reaches.
            before = position
            for each in _between(await read(), position, log.first_position):
                yield each
                position = each.position
            place = log.place_after(position)
            if place is None and position == before:
                # Not even the store has it: it was down. What there is goes on.
                place = log.place_after(log.first_position - 1)
            continue
        news, place = found
        for each in news:
            yield each
            position = each.position or position
        if log.end > place:
            continue
        if live.is_ended or not await wait():
            return
        if log.end == place:
            yield None


def _between(said: Sequence[Utterance], after: int, before: int) -> Iterator[Frame]:
    return (each for each in frames_of(said) if after < each.position < before)


class Streams:
    """Serves the streams of all conversations, as many as there may be."""

    def __init__(self, hub: EventHub, conversations: Conversations) -> None:
        self._hub = hub
        self._conversations = conversations
        self._count = StreamCount()
        self._open: set[asyncio.Future[None]] = set()

    async def serve(
        self, request: Request, opened: Opened, position: int, read: Read
    ) -> None:
        """Sends the events behind a position until one side goes.

        Raises:
            RefusedError: There are too many streams already.
        """
        sender_id, live = opened
        address = caller_address(request)
        if self._count.is_full(sender_id, address):
            raise RefusedError(Outcome.TOO_MANY_STREAMS, _WAIT_WHERE_FULL_IN_SECONDS)
        self._count.add(sender_id, address)
        live.streams += 1
        is_over = asyncio.get_running_loop().create_future()
        self._open.add(is_over)
        try:
            found = frames(live, position, read, lambda: self._wait(opened))
            async with aclosing(found) as events:
                await _send(request, events)
        finally:
            live.streams -= 1
            self._open.discard(is_over)
            is_over.set_result(None)
            self._count.remove(sender_id, address)

    async def close(self) -> None:
        """Ends all streams, because the server stops, and waits for that a little."""
        self._hub.close()
        if self._open:
            await asyncio.wait(self._open, timeout=_CLOSE_TIMEOUT_IN_SECONDS)

    async def _wait(self, opened: Opened) -> bool:
        """Waits for news; returns whether the stream goes on."""
        sender_id, live = opened
        if not self._hub.is_closing:
            seconds_left = self._conversations.seconds_left(live)
            await live.wait(min(HEARTBEAT_IN_SECONDS, max(0.1, seconds_left)))
            if not live.is_ended:
                self._conversations.end_if_idle(sender_id, live)
        return not self._hub.is_closing


async def _send(request: Request, events: AsyncGenerator[Frame | None, None]) -> None:
    # Else Sanic would wait, when it stops, for the next request on this connection.
    request.stream.keep_alive = False
    response = await request.respond(
        content_type="text/event-stream; charset=utf-8", headers=_HEADERS
    )
    try:
        # Headers leave with the first bytes: the reader learns that it is connected.
        await response.send(_HEARTBEAT)
        async for each in events:
            data = _HEARTBEAT if each is None else each.encoded()
            await asyncio.wait_for(response.send(data), SEND_TIMEOUT_IN_SECONDS)
    except asyncio.TimeoutError:
        # It takes nothing: what is in the way would only grow.
        request.transport.abort()
        return
    await response.send(end_stream=True)
