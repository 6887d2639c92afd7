"""Rasa's REST channel without its traps."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from small_assistant import Running

PATH = "/webhooks/rest/webhook"


def test_it_answers_like_rasas_own(web: Running) -> None:
    answer = web.call("POST", PATH, json={"sender": "tool", "message": "Reisepass"})
    assert answer.status_code == 200
    assert {message["recipient_id"] for message in answer.json()} == {"tool"}
    assert "37,50" in " ".join(message["text"] for message in answer.json())


def test_its_buttons_are_signed_and_can_be_sent_back(web: Running) -> None:
    answer = web.call("POST", PATH, json={"sender": "tool", "message": "Hallo"})
    payload = answer.json()[0]["buttons"][0]["payload"]
    assert not payload.startswith("/")
    answer = web.call("POST", PATH, json={"sender": "tool", "message": payload})
    assert "**reisepass**" in answer.json()[0]["text"]


@pytest.mark.parametrize(
    "body",
    [
        {"message": "Hallo"},
        {"message": "Hallo", "sender": None},
        {"message": "Hallo", "sender": ""},
        {"message": "Hallo", "sender": "  "},
        {"message": "Hallo", "sender": {}},
        {"message": "Hallo", "sender": True},
        {"message": "Hallo", "sender": "x" * 256},
        {"sender": "tool"},
        {"sender": "tool", "message": 7},
        [],
        None,
    ],
)
def test_s8_missing_sender_is_rejected(web: Running, body: Any) -> None:
    for path in (PATH, PATH + "?stream=true"):
        answer = web.call("POST", path, json=body)
        assert answer.status_code == 400
        assert "Traceback" not in answer.text
    assert web.agent.handled == []


def test_s8_the_caller_cannot_choose_the_channel(web: Running) -> None:
    body = {"sender": "tool", "message": "Hallo", "input_channel": "web"}
    web.call("POST", PATH, json=body)
    tracker = asyncio.run(web.agent.tracker_store.retrieve("tool"))
    assert tracker.latest_message.input_channel == "rest"


@pytest.mark.parametrize("word", ["kaputt", "besetzt", "langsam", "Hallo"])
def test_c1_a_stream_ends_whatever_happens(
    run: Callable[..., Running], word: str
) -> None:
    web = run(deadline_in_seconds=1)
    start = time.monotonic()
    body = {"sender": "tool", "message": word}
    answer = web.call("POST", PATH + "?stream=true", json=body)
    assert time.monotonic() - start < 5
    lines = [json.loads(line) for line in answer.text.splitlines() if line]
    assert lines[-1]["text"]


def test_c1_an_error_is_a_sentence_and_no_empty_list(web: Running) -> None:
    answer = web.call("POST", PATH, json={"sender": "tool", "message": "kaputt"})
    assert "02151 86-0" in answer.json()[0]["text"]
