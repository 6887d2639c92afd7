"""The small parts of the channels, without a server."""

from __future__ import annotations

import asyncio
import time
from types import SimpleNamespace
from typing import Any

import pytest

from kumpel.channels.answer_memory import AnswerMemory
from kumpel.channels.history import answer_to, utterances
from kumpel.channels.limits import RateLimit, caller_address, is_loopback
from kumpel.channels.metadata import allowed_metadata
from kumpel.channels.outcomes import SERVICE_NUMBER, Outcome
from kumpel.channels.output import WebOutput, signed_buttons, signed_payload
from kumpel.errors import InvalidInputError
from kumpel.nlu.button_payload import sign, verify

SECRET = "a secret of the tests"


class Seconds:
    """A clock that goes on when told."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_limit_allows_a_burst_and_then_an_even_pace() -> None:
    clock = Seconds()
    limit = RateLimit(3, 60, clock)
    assert [limit.wait_in_seconds("a") for _ in range(3)] == [0, 0, 0]
    assert limit.wait_in_seconds("a") == pytest.approx(20)
    assert limit.wait_in_seconds("b") == 0
    clock.now += 20
    assert limit.wait_in_seconds("a") == 0
    assert limit.wait_in_seconds("a") == pytest.approx(20)
    clock.now += 3600
    assert [limit.wait_in_seconds("a") for _ in range(3)] == [0, 0, 0]


def test_a_refused_event_does_not_count() -> None:
    clock = Seconds()
    limit = RateLimit(1, 10, clock)
    limit.wait_in_seconds("a")
    for _ in range(50):
        assert limit.wait_in_seconds("a") == pytest.approx(10)


def test_a_limit_forgets_whoever_is_long_free() -> None:
    clock = Seconds()
    limit = RateLimit(1, 1, clock)
    for number in range(10_000):
        limit.wait_in_seconds(str(number))
    clock.now += 10
    limit.wait_in_seconds("next")
    assert len(limit._free_at) == 1


def test_very_many_callers_at_once_do_not_slow_each_other_down() -> None:
    clock = Seconds()
    limit = RateLimit(1, 60, clock)
    began = time.process_time()
    for number in range(40_000):
        assert limit.wait_in_seconds(str(number)) == 0
    assert time.process_time() - began < 5
    clock.now += 61
    limit.wait_in_seconds("next")
    assert set(limit._free_at) == {"next"}


def test_an_address_is_not_kept_longer_than_it_limits_somebody() -> None:
    clock = Seconds()
    limit = RateLimit(20, 60, clock)
    limit.wait_in_seconds("203.0.113.9")
    clock.now += 61
    limit.wait_in_seconds("203.0.113.10")
    assert set(limit._free_at) == {"203.0.113.10"}


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("127.0.0.1", None, "127.0.0.1"),
        ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("::1", "1.1.1.1, 203.0.113.9", "203.0.113.9"),
        ("203.0.113.9", "127.0.0.1", "203.0.113.9"),
        ("127.0.0.1", "", "127.0.0.1"),
    ],
)
def test_only_our_own_proxy_may_name_the_caller(
    peer: str, forwarded: str | None, address: str
) -> None:
    headers = {} if forwarded is None else {"x-forwarded-for": forwarded}
    request: Any = SimpleNamespace(ip=peer, headers=headers)
    assert caller_address(request) == address


def test_nonsense_is_not_loopback() -> None:
    assert is_loopback("127.0.0.1")
    assert is_loopback("::1")
    assert not is_loopback("localhost.evil.example")
    assert not is_loopback("")


@pytest.mark.parametrize(
    "metadata", [None, [], "x", {"language": "fr"}, {"language": []}]
)
def test_other_metadata_stays_outside(metadata: object) -> None:
    assert allowed_metadata(metadata) == {}


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_speaks_both_languages(outcome: Outcome) -> None:
    german, english = outcome.sentence(), outcome.sentence("en")
    assert german != english
    assert german.endswith(".")
    assert english.endswith(".")
    if outcome.kind in {"timeout", "failed", "silent", "starting", "store_down"}:
        assert SERVICE_NUMBER in german
        assert SERVICE_NUMBER in english


def test_a_payload_of_domain_yml_is_signed() -> None:
    token = signed_payload('/service{"service": "reisepass"}', SECRET)
    assert verify(token, SECRET) == ("service", {"service": "reisepass"})
    assert verify(signed_payload("/affirm", SECRET), SECRET) == ("affirm", {})
    assert signed_payload(token, SECRET) == token


@pytest.mark.parametrize("payload", ["/service{broken", "/", "/x{[]"])
def test_an_unusable_button_is_left_out_and_logged(
    payload: str, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(InvalidInputError):
        signed_payload(payload, SECRET)
    good = {"title": "Ja", "payload": "/affirm"}
    kept = signed_buttons([{"title": "?", "payload": payload}, good], SECRET)
    assert [button["title"] for button in kept] == ["Ja"]
    assert "domain.yml" in caplog.text


def test_c5_sending_leaves_the_message_of_the_dialogue_unchanged() -> None:
    message = {"text": "a\n\nb", "buttons": [{"title": "Ja", "payload": "/affirm"}]}
    output = WebOutput(SECRET)
    asyncio.run(output.send_response("anna", {**message, "utter_action": "utter_x"}))
    asyncio.run(output.send_response("anna", message))
    assert output.messages[0] == output.messages[1]
    assert message["text"] == "a\n\nb"
    asyncio.run(output.send_response("anna", {"utter_action": "utter_x"}))
    assert len(output.messages) == 2


def test_a_choice_without_its_button_is_still_told() -> None:
    events = [{"event": "user", "text": sign("affirm", {}, SECRET), "message_id": "m"}]
    assert utterances(events, SECRET)[0]["text"] == "(Auswahl)"


def test_a_text_that_only_looks_like_a_choice_is_told_as_it_is() -> None:
    events = [{"event": "user", "text": "~hallo~", "message_id": "m"}]
    assert utterances(events, SECRET)[0]["text"] == "~hallo~"


def test_each_utterance_has_its_language() -> None:
    def wrote(text: str, *languages: str) -> dict[str, Any]:
        entities = [{"entity": "language", "value": value} for value in languages]
        return {"event": "user", "text": text, "parse_data": {"entities": entities}}

    bot = {"event": "bot", "text": "…"}
    pressed = wrote(sign("affirm", {}, SECRET))
    events = [bot, wrote("Hello", "en"), bot, pressed, bot, wrote("Hallo", "de"), bot]
    languages = [said["language"] for said in utterances(events, SECRET)]
    assert languages == ["de", "en", "en", "en", "en", "de", "de"]


def test_an_answer_ends_where_the_next_message_begins() -> None:
    events = [
        {"event": "user", "text": "a", "message_id": "1"},
        {"event": "bot", "text": "A", "data": {"buttons": None}},
        {"event": "action", "name": "action_listen"},
        {"event": "user", "text": "b", "message_id": "2"},
        {"event": "bot", "text": "B", "data": None},
    ]
    said = utterances(events, SECRET)
    assert answer_to(said, "1") == [{"text": "A", "position": 2}]
    assert answer_to(said, "2") == [{"text": "B", "position": 4}]
    assert answer_to(said, "3") is None


def test_the_memory_of_answers_forgets_in_time() -> None:
    clock = Seconds()
    made: list[str] = []

    async def run() -> None:
        memory = AnswerMemory(clock)

        async def make() -> dict[str, Any]:
            made.append("x")
            return {}

        await memory.answer("anna", "m1", make)
        await memory.answer("anna", "m1", make)
        assert len(made) == 1
        clock.now += 3600
        await memory.answer("anna", "m2", make)
        assert not memory.knows("anna", "m1")
        memory.forget("anna")
        assert not memory.knows("anna", "m2")

    asyncio.run(run())


def test_a_failed_answer_is_not_remembered() -> None:
    async def run() -> None:
        memory = AnswerMemory()

        async def fail() -> dict[str, Any]:
            raise RuntimeError

        async def make() -> dict[str, Any]:
            return {"messages": []}

        with pytest.raises(RuntimeError):
            await memory.answer("anna", "m", fail)
        assert await memory.answer("anna", "m", make) == {"messages": []}

    asyncio.run(run())


def test_a_caller_that_hangs_up_does_not_stop_the_answer() -> None:
    done: list[str] = []

    async def run() -> None:
        memory = AnswerMemory()

        async def make() -> dict[str, Any]:
            await asyncio.sleep(0.05)
            done.append("x")
            return {"messages": []}

        first = asyncio.ensure_future(memory.answer("anna", "m", make))
        await asyncio.sleep(0.01)
        first.cancel()
        assert await memory.answer("anna", "m", make) == {"messages": []}

    asyncio.run(run())
    assert done == ["x"]
