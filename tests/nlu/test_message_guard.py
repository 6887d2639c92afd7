"""Tests of the guard that stands first in the pipeline."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.nlu.classifiers.regex_message_handler import RegexMessageHandler
from rasa.shared.core.domain import Domain
from rasa.shared.nlu.training_data.message import Message

from kumpel.nlu.button_payload import sign
from kumpel.nlu.message_guard import MESSAGE_ORIGINAL_LENGTH, MessageGuard

SECRET = "a secret of the tests"
DOMAIN = Domain.from_yaml(
    "intents: [affirm, restart, service]\nentities: [service, aspect, district]"
)


def guarded(text: str | None, **config: Any) -> Message:
    guard = MessageGuard(config, SECRET)
    return guard.process([Message({"text": text})])[0]


def understood(text: str) -> Message:
    """Returns what the guard and then Rasa's own handler make of a text."""
    return RegexMessageHandler().process([guarded(text)], DOMAIN)[0]


def test_a_pressed_button_names_its_intent_and_entities() -> None:
    values = {"service": "reisepass", "aspect": "fee"}
    message = understood(sign("service", values, SECRET))
    assert message.get("intent") == {"name": "service", "confidence": 1.0}
    found = {entity["entity"]: entity["value"] for entity in message.get("entities")}
    assert found == values


def test_a_button_with_quotes_and_umlauts_arrives_unchanged() -> None:
    message = understood(sign("service", {"district": 'Hüls "Nord"'}, SECRET))
    assert message.get("entities")[0]["value"] == 'Hüls "Nord"'


@pytest.mark.parametrize(
    "text",
    [
        "/affirm",
        "//affirm",
        " / /affirm",
        "\u200b/affirm",
        "/\u200b/affirm",
        "\u202e/affirm",
        "\n/affirm",
        "\x00/affirm",
        "\u00a0/affirm",
        "/\u2003/affirm",
        '/service{"service": "reisepass"}',
        "/affirm@1.0",
        "~AAAAAAAAaffirm",
    ],
)
def test_f11_a_typed_intent_is_never_certain(text: str) -> None:
    message = understood(text)
    assert message.get("intent") is None
    assert not message.get("text").startswith("/")


@given(st.text())
def test_f11_no_text_at_all_names_an_intent(text: str) -> None:
    assert understood(text).get("intent") is None


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Was kostet\u00adein Paß?", "Was kostetein Paß?"),
        ("Was\nkostet\tdas?", "Was kostet das?"),
        ("Mu\u0308ll\u200b", "Müll"),
        ("und/oder", "und/oder"),
        ("1/2 Tonne", "1/2 Tonne"),
        ("Gru\u0308\u00dfe \U0001f600", "Grüße \U0001f600"),
        ("\ud800kaputt", "kaputt"),
        ("", ""),
        ("///", ""),
        (None, ""),
    ],
)
def test_unseen_characters_go_and_all_others_stay(text: str | None, clean: str) -> None:
    assert guarded(text).get("text") == clean


def test_a_long_message_is_cut_and_marked() -> None:
    message = guarded("a" * 25, max_length_in_characters=10)
    assert message.get("text") == "a" * 10
    assert message.as_dict(only_output_properties=True)[MESSAGE_ORIGINAL_LENGTH] == 25


def test_a_short_message_is_not_marked() -> None:
    assert guarded("Hallo").get(MESSAGE_ORIGINAL_LENGTH) is None


def test_the_key_is_read_when_a_model_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KUMPEL_SECRET", SECRET)
    guard = MessageGuard.load(
        {},
        LocalModelStorage(tmp_path),
        Resource("guard"),
        ExecutionContext(GraphSchema({})),
    )
    message = guard.process([Message({"text": sign("affirm", {}, SECRET)})])[0]
    assert message.get("text") == "/affirm"


def test_the_guard_runs_first_and_the_handler_of_slashes_last() -> None:
    config = {
        "pipeline": [
            {"name": "kumpel.nlu.message_guard.MessageGuard"},
            {"name": "WhitespaceTokenizer"},
            {"name": "KeywordIntentClassifier"},
        ],
        "policies": [{"name": "RulePolicy"}],
    }
    graph = DefaultV1Recipe().graph_config_for_recipe(config, {})
    nodes = graph.predict_schema.nodes
    guard = nodes["run_kumpel.nlu.message_guard.MessageGuard0"]
    assert guard.needs == {"messages": "nlu_message_converter"}
    assert graph.nlu_target == "run_RegexMessageHandler"
    assert nodes[graph.nlu_target].needs["messages"].startswith("run_Keyword")
