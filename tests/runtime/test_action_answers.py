"""The quick check of the action server's answers refuses what Rasa's own refuses."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest
from rasa.core.actions.action import RemoteAction

from kumpel.runtime.action_answers import check_answers_quickly

SLOT = {"event": "slot", "timestamp": None, "name": "service", "value": "reisepass"}


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> RemoteAction:
    # So that the original is put back after the test.
    original = RemoteAction._validate_action_result
    monkeypatch.setattr(RemoteAction, "_validate_action_result", original)
    check_answers_quickly()
    return RemoteAction("action_answer", None)


@pytest.mark.parametrize(
    "answer",
    [
        {"events": [], "responses": []},
        {"events": [SLOT], "responses": [{"text": "Guten Tag", "buttons": []}]},
    ],
)
def test_a_good_answer_passes(quick: RemoteAction, answer: dict[str, Any]) -> None:
    assert quick._validate_action_result(answer) is True


@pytest.mark.parametrize(
    "answer",
    [
        None,
        [],
        {"events": {}, "responses": []},
        {"events": [], "responses": "text"},
        {"events": [], "responses": ["text"]},
        {"events": [{"name": "no event"}], "responses": []},
        {"events": [{"event": "slot"}], "responses": []},
    ],
)
def test_a_bad_answer_is_refused(quick: RemoteAction, answer: Any) -> None:
    with pytest.raises(jsonschema.ValidationError):
        quick._validate_action_result(answer)
