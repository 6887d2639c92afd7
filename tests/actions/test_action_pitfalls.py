"""Regression tests named after the pitfalls of Rasa that concern actions."""

from __future__ import annotations

import asyncio
import json
import logging
import pkgutil
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from conversation import DOMAIN, SECRET, Conversation
from rasa_sdk import Action
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.utils import all_subclasses

import actions
from actions import base, context
from actions.base import CityAction
from actions.turn import Reply, Turn
from kumpel.errors import PortalUnavailableError

ROOT = DOMAIN.parent


class _Slow(CityAction):
    action_name = "test_slow"

    def reply(self, turn: Turn) -> Reply:
        time.sleep(0.5)
        return Reply("answered", ["fertig"])


class _Failing(CityAction):
    action_name = "test_failing"
    error: Exception = ValueError("Ute Janßen, Ostwall 12")

    def reply(self, turn: Turn) -> Reply:
        raise self.error


class _Silent(CityAction):
    action_name = "test_silent"

    def reply(self, turn: Turn) -> Reply:
        return Reply("answered", ["", ""])


@pytest.fixture
def own(talk: Conversation) -> Conversation:
    executor = ActionExecutor()
    for action in (_Slow, _Failing, _Silent):
        executor.register_action(action)
    return Conversation(executor, talk.domain)


def test_a1_actions_overlap(own: Conversation) -> None:
    async def run() -> list[Any]:
        calls = (own.call("test_slow", own.message()) for _ in range(12))
        return await asyncio.gather(*calls)

    started = time.monotonic()
    answers = asyncio.run(run())
    assert time.monotonic() - started < 2
    assert all(answer["responses"][0]["text"] == "fertig" for answer in answers)


def test_a2_an_action_ends_long_before_the_lock(
    own: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert base.PORTAL_TIME_IN_SECONDS < base.DEADLINE_IN_SECONDS <= 8
    monkeypatch.setattr(base, "DEADLINE_IN_SECONDS", 0.1)
    started = time.monotonic()
    reply = own.say("test_slow")
    assert "02151 86-0" in reply
    assert own.slots["outcome"] == "handoff"
    assert time.monotonic() - started < 2


def test_a_patient_context_stretches_every_limit_of_an_answer(
    own: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "DEADLINE_IN_SECONDS", 0.1)
    before = context.install(replace(context.current(), patience=300.0))
    try:
        assert own.say("test_slow") == "fertig"
    finally:
        context.install(before)


@pytest.mark.parametrize(
    ("error", "part"),
    [
        (ValueError("Ute Janßen"), "hat gerade leider nicht geklappt"),
        (KeyError("x"), "hat gerade leider nicht geklappt"),
        (PortalUnavailableError("weg"), "erreiche die Auskunft der Stadt gerade nicht"),
    ],
)
def test_a4_an_exception_is_a_sentence_and_an_outcome(
    own: Conversation,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
    part: str,
) -> None:
    monkeypatch.setattr(_Failing, "error", error)
    reply = own.say("test_failing", "hallo")
    assert part in reply
    assert "02151 86-0" in reply
    assert "Janßen" not in reply
    assert "Janßen" not in caplog.text
    assert type(error).__name__ in caplog.text
    assert own.slots["outcome"] == "handoff"
    own.slots["language"] = "en"
    assert "call 02151 86-0" in own.say("test_failing", "hello")


def test_a4_even_without_texts_somebody_is_named(own: Conversation) -> None:
    own.domain = {}
    assert own.say("test_failing") == base.LAST_RESORT["de"]
    assert own.say("test_silent") == base.LAST_RESORT["de"]


def test_a4_an_empty_reply_becomes_a_sentence(own: Conversation) -> None:
    assert "02151 86-0" in own.say("test_silent")


def test_a4_a_message_of_a_wrong_shape_is_answered(
    talk: Conversation, executor: ActionExecutor
) -> None:
    for message in (
        {},
        {"understanding": 7},
        {"understanding": {"services": [{}]}},
        {
            "intent": {"name": "service"},
            "understanding": {"aspects": [{"aspect": "x"}]},
        },
        {"intent": None, "entities": None, "text": None},
    ):
        answer = asyncio.run(talk.call("action_answer", message))
        assert answer["responses"][0]["text"]
        assert any(event["name"] == "outcome" for event in answer["events"])


def test_a5_the_domain_lists_exactly_the_actions_that_exist(
    domain: dict[str, Any],
) -> None:
    executor = ActionExecutor()
    executor.register_package("actions")
    own = {name for name in executor.actions if not name.startswith("test_")}
    assert own == set(domain["actions"])
    classes = [
        each
        for each in all_subclasses(Action)
        if each.__module__.startswith("actions.") and each is not CityAction
    ]
    names = [each().name() for each in classes]
    assert len(names) == len(set(names))


def test_a3_no_module_of_the_actions_is_named_like_a_package() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    modules = list(pkgutil.iter_modules(actions.__path__))
    assert not packages & {module.name for module in modules}
    assert not any(module.ispkg for module in modules)


def test_a8_only_slots_that_change_become_events(talk: Conversation) -> None:
    talk.say("action_smalltalk", intent="bot_challenge")
    talk.say("action_smalltalk", intent="bot_challenge")
    assert talk.events == []


def test_s3_a_new_session_carries_only_the_language(talk: Conversation) -> None:
    talk.slots.update(service="reisepass", language="en", fallback_count=2)
    answer = asyncio.run(talk.call("action_session_start", {}))
    names = [event["event"] for event in answer["events"]]
    assert names == ["session_started", "slot", "action"]
    slot = answer["events"][1]
    assert (slot["name"], slot["value"]) == ("language", "en")
    assert answer["responses"] == []
    for _ in range(5):
        again = asyncio.run(talk.call("action_session_start", {}))
        assert len(again["events"]) == 3


def test_s5_the_domain_carries_no_slots_into_a_new_session(
    domain: dict[str, Any],
) -> None:
    assert domain["session_config"]["carry_over_slots_to_new_session"] is False
    assert 0 < domain["session_config"]["session_expiration_time"] <= 60


def test_f10_every_rule_needs_one_action_only() -> None:
    rules = yaml.safe_load((ROOT / "data/rules/conversation.yml").read_text())["rules"]
    assert all(len(rule["steps"]) == 2 for rule in rules)


def test_v2_answers_are_no_training_data() -> None:
    for folder in ("rules", "stories"):
        for path in (ROOT / "data" / folder).glob("*.yml"):
            assert "responses" not in yaml.safe_load(path.read_text())


def test_f6_no_slot_influences_which_rule_is_taken(domain: dict[str, Any]) -> None:
    assert not any(slot["influence_conversation"] for slot in domain["slots"].values())


def test_a6_no_slot_needs_a_call_on_every_message(domain: dict[str, Any]) -> None:
    assert "action_validate_slot_mappings" not in domain["actions"]
    for slot in domain["slots"].values():
        assert not any("action" in mapping for mapping in slot["mappings"])


def test_the_log_has_one_line_without_what_the_citizen_wrote(
    own: Conversation, talk: Conversation, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="actions.base"):
        talk.say("action_answer", "Ute Janßen will Pass", services=["reisepass"])
    lines = [record.getMessage() for record in caplog.records]
    assert len(lines) == 1
    line = json.loads(lines[0])
    assert (line["action"], line["outcome"]) == ("action_answer", "answered")
    assert line["service"] == "reisepass"
    assert line["duration_ms"] >= 0
    assert "Janßen" not in lines[0]


def test_the_context_comes_from_the_settings(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("KUMPEL_VAR", str(tmp_path))
    monkeypatch.setenv("KUMPEL_SECRET", SECRET)
    monkeypatch.setenv("KUMPEL_NOW", "2026-11-23T10:15:00+01:00")
    before = context.install(None)
    try:
        made = context.current()
        assert made is context.current()
        assert made.secret == SECRET
        assert made.clock().hour == 10
    finally:
        context.install(before)
