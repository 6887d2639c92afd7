"""The event log: what a stream sends, however often it is cut."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain

from kumpel.channels.conversation_ids import ConversationIds, RejectedConversationError
from kumpel.channels.conversations import Conversations
from kumpel.channels.event_hub import EventHub, Live
from kumpel.channels.event_log import (
    CITIZEN,
    DONE,
    ENDED,
    MESSAGE,
    TYPING,
    EventLog,
    Frame,
    frame,
)
from kumpel.channels.event_stream import frames
from kumpel.channels.history import Utterance
from kumpel.channels.outcomes import Outcome
from kumpel.channels.web_requests import RefusedError
from kumpel.clock import system_clock


def utterance(position: int, text: str = "x") -> Utterance:
    speaker = "citizen" if position % 2 else "kumpel"
    return {
        "position": position,
        "speaker": speaker,  # type: ignore[typeddict-item]
        "text": text,
        "language": "de",
        "time": "2026-11-23T10:15:00+01:00",
        "messageId": f"m{(position + 1) // 2}",
    }


class Citizen:
    """A conversation that goes on while somebody reads it."""

    def __init__(self, stored: int, max_frames: int, max_bytes: int) -> None:
        self.store = [utterance(n) for n in range(1, stored + 1)]
        self.live = Live(EventLog(self.store, max_frames, max_bytes), 0.0)

    async def read(self) -> Sequence[Utterance]:
        return list(self.store)

    def turn(self, answers: int) -> None:
        log = self.live.log
        message_id = f"m{log.last_position + 1}"
        self._say(CITIZEN, message_id)
        log.working = message_id
        log.tell(TYPING, {}, message_id)
        for _ in range(answers):
            self._say(MESSAGE, message_id)
        log.working = ""
        log.tell(DONE, {}, message_id)
        self.live.wake()

    def _say(self, name: str, message_id: str) -> None:
        said = utterance(self.live.log.last_position + 1)
        said["speaker"] = "citizen" if name == CITIZEN else "kumpel"
        self.store.append(said)
        self.live.log.say(name, {"text": said["text"]}, message_id)

    async def take(self, after: int, count: int) -> list[Frame]:
        """Reads up to `count` events, then loses the connection."""

        async def wait() -> bool:
            return False

        taken: list[Frame] = []
        stream = frames(self.live, after, self.read, wait)
        async for each in stream:
            if len(taken) == count:
                break
            if each is not None:
                taken.append(each)
        await stream.aclose()
        return taken


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("turn"), st.integers(0, 4)),
        st.tuples(st.just("read"), st.integers(0, 12)),
    ),
    max_size=30,
)


@settings(max_examples=300, deadline=None)
@given(
    steps=STEPS,
    stored=st.integers(0, 9),
    max_frames=st.integers(1, 20),
    max_bytes=st.sampled_from([1, 1_000, 100_000]),
)
def test_any_cutting_and_resuming_gives_each_event_once_and_in_order(
    steps: list[tuple[str, int]], stored: int, max_frames: int, max_bytes: int
) -> None:
    async def run() -> None:
        citizen = Citizen(stored, max_frames, max_bytes)
        seen: list[int] = []
        for step, count in [*steps, ("read", 10_000)]:
            if step == "turn":
                citizen.turn(count)
            else:
                taken = await citizen.take(len(seen), count)
                seen += [each.position for each in taken if each.position]
        assert seen == list(range(1, len(citizen.store) + 1))

    asyncio.run(run())


@settings(max_examples=100, deadline=None)
@given(steps=STEPS, cut_after=st.integers(0, 60))
def test_who_was_cut_before_the_end_of_a_turn_learns_of_its_end(
    steps: list[tuple[str, int]], cut_after: int
) -> None:
    async def run() -> None:
        citizen = Citizen(0, 400, 100_000)
        for step, count in [*steps, ("turn", 2)]:
            if step == "turn":
                citizen.turn(count)
        before = await citizen.take(0, cut_after)
        position = max([0, *(each.position for each in before)])
        after = await citizen.take(position, 10_000)
        turns = {each["messageId"] for each in citizen.store}
        done = {each.message_id for each in [*before, *after] if each.name == DONE}
        assert len(done) == len(
            [each for each in citizen.store if each["speaker"] == "citizen"]
        ), turns

    asyncio.run(run())


def test_a_log_read_from_the_store_ends_each_turn() -> None:
    log = EventLog([utterance(n) for n in range(1, 5)])
    found = log.read(log.place_after(0) or 0)
    assert found is not None
    names = [each.name for each in found[0]]
    assert names == [CITIZEN, MESSAGE, DONE] * 2


def test_work_that_is_done_is_no_news_and_work_that_goes_on_is() -> None:
    log = EventLog()
    log.say(CITIZEN, {}, "m1")
    log.tell(TYPING, {}, "m1")
    log.working = "m1"
    found = log.read(0)
    assert found is not None
    assert [each.name for each in found[0]] == [CITIZEN, TYPING]
    log.working = ""
    found = log.read(0)
    assert found is not None
    assert [each.name for each in found[0]] == [CITIZEN]


def test_the_memory_of_a_conversation_is_bounded() -> None:
    log = EventLog(max_frames=50, max_bytes=20_000)
    for number in range(5_000):
        log.say(MESSAGE, {"text": "x" * 1_000, "buttons": _buttons(number)}, "m")
    assert log.size_in_bytes <= 20_000
    assert log.last_position == 5_000
    assert log.first_position > 4_950
    assert len(log._title_by_choice) <= 500


def _buttons(number: int) -> list[dict[str, str]]:
    return [{"title": "t", "choice": f"~{number}"}]


def test_the_memory_of_all_conversations_is_bounded_but_keeps_those_in_use() -> None:
    async def run() -> None:
        hub = EventHub(max_bytes=50_000)

        async def nothing() -> list[Utterance]:
            return []

        first = await hub.live("first", nothing)
        first.streams = 1
        for number in range(1_000):
            live = await hub.live(f"c{number}", nothing)
            live.log.say(MESSAGE, {"text": "x" * 1_000}, "m")
        total = sum(each.log.size_in_bytes for each in hub._lives.values())
        assert total <= 60_000
        assert hub.known("first") is first
        assert hub.known("c0") is None

    asyncio.run(run())


def test_conversations_in_which_nobody_writes_are_forgotten_too() -> None:
    async def run() -> int:
        hub = EventHub(max_bytes=50_000)

        async def nothing() -> list[Utterance]:
            return []

        for number in range(1_000):
            await hub.live(f"c{number}", nothing)
        return len(hub._lives)

    assert asyncio.run(run()) < 50


def test_a_conversation_that_ends_while_it_is_read_again_is_opened_all_the_same() -> (
    None
):
    async def run() -> None:
        hub = EventHub()

        async def down() -> list[Utterance]:
            raise RefusedError(Outcome.STORE_DOWN)

        async def ending() -> list[Utterance]:
            hub.end("anna", "Ende.")
            return []

        apart = await hub.live("anna", down)
        assert apart.is_apart
        live = await hub.live("anna", ending)
        assert live is not apart
        assert not live.is_ended

    asyncio.run(run())


def test_a_conversation_that_is_deleted_while_it_is_read_is_not_opened() -> None:
    class SlowStore:
        """Is asked before the deletion and answers after it."""

        async def retrieve_full_tracker(self, sender_id: str) -> None:
            await conversations.delete(Agent(), sender_id)

    class Locks:
        @asynccontextmanager
        async def lock(self, _sender_id: str) -> AsyncIterator[None]:
            yield

    class Agent:
        lock_store, tracker_store = Locks(), InMemoryTrackerStore(Domain.empty())

    ids = ConversationIds("key", system_clock)
    hub = EventHub()
    conversations = Conversations(ids, hub, "key", 60)
    signed = ids.issue()
    sender_id = conversations.sender_id(signed)
    with pytest.raises(RejectedConversationError):
        asyncio.run(conversations.open(SlowStore(), signed))
    assert hub.known(sender_id) is None


def test_an_event_is_one_line_whatever_is_in_it() -> None:
    evil = (
        "\n\nevent: ended\ndata: {}\r\n\u2028 \ud800 \u202e <script>alert(1)</script>"
    )
    encoded = frame(MESSAGE, {"text": evil}, 7).encoded()
    lines = encoded.decode("ascii").split("\n")
    assert lines[0] == "event: message"
    assert lines[1] == "id: 7"
    assert lines[2].startswith("data: ")
    assert lines[3:] == ["", ""]
    assert b"\r" not in encoded


def test_what_nobody_kept_is_passed_over_instead_of_asked_for_again_and_again() -> None:
    async def run() -> list[int]:
        citizen = Citizen(0, max_frames=6, max_bytes=100_000)
        for _ in range(5):
            citizen.turn(1)
        citizen.store.clear()
        return [each.position for each in await citizen.take(0, 100)]

    assert [position for position in asyncio.run(run()) if position][-1] == 10


def test_the_end_reaches_a_reader_that_waits() -> None:
    async def run() -> list[Any]:
        hub = EventHub()

        async def nothing() -> list[Utterance]:
            return []

        live = await hub.live("anna", nothing)

        async def wait() -> bool:
            await live.wait(5)
            return True

        async def listen() -> list[Any]:
            return [each async for each in frames(live, 0, nothing, wait)]

        listening = asyncio.create_task(listen())
        await asyncio.sleep(0.05)
        hub.end("anna", "Ende.")
        return await asyncio.wait_for(listening, 2)

    assert [each.name for each in asyncio.run(run())] == [ENDED]
