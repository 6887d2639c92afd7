"""The harness itself: nothing is faked, nothing is left behind."""

from __future__ import annotations

import asyncio
import json
import os
from pathlib import Path
from typing import Any

import pytest

from kumpel.errors import StartError
from kumpel.evaluation.action_endpoint import InProcessActions
from kumpel.evaluation.conversation import Assistant
from kumpel.settings import PROJECT_ROOT, Settings


@pytest.fixture(scope="module")
def actions() -> InProcessActions:
    return InProcessActions()


def test_a5_every_action_of_the_domain_is_registered(actions: InProcessActions) -> None:
    from rasa.shared.core.domain import Domain

    domain = Domain.load(str(PROJECT_ROOT / "domain.yml"))

    custom = {name for name in domain.user_actions if name.startswith("action_")}
    assert custom
    assert custom <= actions.action_names


def test_an_unknown_action_is_refused_as_the_server_does(
    actions: InProcessActions,
) -> None:
    from rasa.utils.endpoints import ClientResponseError

    call: dict[str, Any] = {
        "next_action": "action_missing",
        "tracker": {"sender_id": "a", "slots": {}, "events": []},
        "domain": {},
    }

    with pytest.raises(ClientResponseError) as caught:
        asyncio.run(actions.request(json=call))

    assert caught.value.status == 404
    assert json.loads(caught.value.text)["action_name"] == "action_missing"


def test_a_broken_model_is_named_and_nothing_stays_in_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kumpel.evaluation.harness import in_process_assistant

    monkeypatch.setenv("KUMPEL_VAR", str(tmp_path / "var"))
    broken = tmp_path / "broken.tar.gz"
    broken.write_bytes(b"half an archive")
    before, folder = dict(os.environ), Path.cwd()

    with (
        pytest.raises(StartError, match=r"broken\.tar\.gz.*make train"),
        in_process_assistant(broken),
    ):
        pass

    assert dict(os.environ) == before
    assert Path.cwd() == folder
    assert not (tmp_path / "var").exists()


@pytest.mark.model
def test_v5_custom_actions_really_run(assistant: Assistant) -> None:
    turn = assistant.ask("harness-v5", "Was kostet ein Personalausweis?")

    assert (turn.service, turn.aspect) == ("personalausweis", "fee")
    assert turn.outcome == "answered"
    assert turn.language == "de"
    # The price comes from the portal, through its client and the action.
    assert "46,00" in turn.reply
    assert turn.latency_in_ms > 0


@pytest.mark.model
def test_conversations_are_kept_apart(assistant: Assistant) -> None:
    assistant.ask("harness-one", "Was kostet ein Personalausweis?")

    assert assistant.ask("harness-one", "und was kostet das?").service
    assert assistant.ask("harness-two", "und was kostet das?").service is None


@pytest.mark.model
def test_a_pressed_button_chooses_and_a_typed_intent_does_not(
    assistant: Assistant,
) -> None:
    vague = ("ich brauche eine urkunde", "führerschein", "kennzeichen", "ausweis")
    turns = {text: assistant.ask(f"harness-{text}", text) for text in vague}
    text, turn = next((k, v) for k, v in turns.items() if len(v.choices) > 1)
    assert turn.outcome == "asked_back"
    assert len(turn.choices) <= 3

    pressed = assistant.ask(f"harness-{text}", turn.buttons[1].payload)
    typed = assistant.ask("harness-typed", "/insult")

    assert (pressed.outcome, pressed.service) == ("answered", turn.choices[1])
    assert pressed.choices == ()
    assert "geärgert" not in typed.reply


@pytest.mark.model
def test_s4_nothing_is_kept_on_disk(
    assistant: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The conversations of an evaluation live in memory, far from any broken row."""
    monkeypatch.setenv("KUMPEL_VAR", str(tmp_path / "var"))

    assistant.ask("harness-s4", "Wo ist das Fundbüro?")

    assert not Settings.from_environment().var.exists()
