"""The event logs of all conversations that are going on, and who waits for them."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from kumpel.channels.event_log import ENDED, EventLog
from kumpel.channels.history import Utterance
from kumpel.channels.web_requests import RefusedError

_MAX_BYTES = 64 * 1024 * 1024
_MAX_HANDLED = 500
#: A conversation in which nobody has said anything takes memory, too.
_LIVE_OVERHEAD_IN_BYTES = 2_000

Read = Callable[[], Awaitable[Sequence[Utterance]]]


@dataclass
class Live:
    """A conversation that is in memory."""

    log: EventLog
    active_at: float
    """When something was said last, in seconds since 1970; 0 if never."""
    is_ended: bool = False
    is_apart: bool = False
    """Whether the store could not be read: positions then are of this process."""
    streams: int = 0
    language: str = "de"
    unsaved: list[Any] = field(default_factory=list)
    """Turns that the tracker store does not have."""
    handled: dict[str, None] = field(default_factory=dict)
    """Ids of the citizen's messages."""
    _waiting: set[asyncio.Future[None]] = field(default_factory=set)

    @property
    def size_in_bytes(self) -> int:
        """About how much memory it takes."""
        return _LIVE_OVERHEAD_IN_BYTES + self.log.size_in_bytes

    @property
    def is_in_use(self) -> bool:
        """Whether it must stay in memory."""
        return bool(self.streams or self.log.working or self.unsaved)

    def remember(self, message_id: str) -> None:
        """Notes that a message of the citizen was taken."""
        self.handled[message_id] = None
        if len(self.handled) > _MAX_HANDLED:
            del self.handled[next(iter(self.handled))]

    def wake(self) -> None:
        """Lets the streams look for what is new."""
        for future in self._waiting:
            if not future.done():
                future.set_result(None)

    async def wait(self, seconds: float) -> None:
        """Waits until something is new, or for some time."""
        future = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            await asyncio.wait([future], timeout=max(0.0, seconds))
        finally:
            self._waiting.discard(future)


class EventHub:
    """Keeps conversations in memory, of the quiet ones only the youngest."""

    def __init__(
        self, max_bytes: int = _MAX_BYTES, now: Callable[[], float] = time.time
    ) -> None:
        self._max_bytes = max_bytes
        self._now = now
        self._lives: OrderedDict[str, Live] = OrderedDict()
        self.is_closing = False

    async def live(self, sender_id: str, read: Read) -> Live:
        """Returns a conversation, read from the store where it is not in memory."""
        known = self._lives.get(sender_id)
        if known is None or (known.is_apart and not known.log.working):
            made = await _read_live(read)
            # Meanwhile somebody else may have read it and gone on with it, or ended it.
            current = self._lives.get(sender_id)
            if current is None or (current is known and not made.is_apart):
                self.forget(sender_id)
                self._lives[sender_id] = made
                self._forget_quiet_ones()
        self._lives.move_to_end(sender_id)
        return self._lives[sender_id]

    def may_come_again(self, sender_id: str, message_id: str) -> None:
        """Notes that a message was not handled after all."""
        live = self._lives.get(sender_id)
        if live is not None:
            live.handled.pop(message_id, None)

    def known(self, sender_id: str) -> Live | None:
        """Returns a conversation if it is in memory."""
        return self._lives.get(sender_id)

    def touch(self, live: Live) -> None:
        """Notes that something was said now."""
        live.active_at = self._now()

    def idle_in_seconds(self, live: Live) -> float:
        """Returns for how long nobody has said anything; 0 if nothing ever was."""
        return self._now() - live.active_at if live.active_at else 0.0

    def end(self, sender_id: str, text: str) -> None:
        """Forgets a conversation and tells its streams so."""
        live = self._lives.pop(sender_id, None)
        if live is not None:
            live.log.tell(ENDED, {"text": text})
            live.is_ended = True
            live.wake()

    def forget(self, sender_id: str) -> None:
        """Forgets a conversation; its streams break off and come back."""
        live = self._lives.pop(sender_id, None)
        if live is not None:
            live.is_ended = True
            live.wake()

    def close(self) -> None:
        """Breaks all streams off, because the server stops."""
        self.is_closing = True
        for live in self._lives.values():
            live.wake()

    def _forget_quiet_ones(self) -> None:
        total = sum(each.size_in_bytes for each in self._lives.values())
        for key, each in list(self._lives.items())[:-1]:
            if total <= self._max_bytes:
                return
            if not each.is_in_use:
                total -= each.size_in_bytes
                del self._lives[key]


async def _read_live(read: Read) -> Live:
    try:
        return _live_of(await read())
    except RefusedError:
        # The citizen is answered all the same, and told that nothing is remembered.
        return Live(EventLog(), 0.0, is_apart=True)


def _live_of(said: Sequence[Utterance]) -> Live:
    live = Live(EventLog(said), 0.0)
    if said:
        live.active_at = datetime.fromisoformat(said[-1]["time"]).timestamp()
        live.language = said[-1]["language"]
        live.handled = {each.get("messageId", ""): None for each in said}
    return live
