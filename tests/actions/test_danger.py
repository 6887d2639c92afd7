"""112 and 110 where somebody may be in danger, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from conversation import Conversation

NUMBERS = "Ist jemand in Gefahr? Dann wählen Sie bitte sofort 112"


@pytest.fixture(autouse=True)
def _portal(portal_url: str, use_portal: Callable[..., Any]) -> None:
    use_portal(portal_url)


def test_what_was_not_understood_and_may_be_an_emergency_names_the_numbers(
    talk: Conversation,
) -> None:
    reply = talk.say(
        "action_fallback",
        "der Bus hat wen mitgeschleift",
        intent="nlu_fallback",
        may_be_emergency=True,
    )

    assert reply.splitlines()[-1].startswith(NUMBERS)
    assert talk.slots["outcome"] == "fallback"


def test_a_service_that_is_named_beside_is_answered_and_the_numbers_come_last(
    talk: Conversation,
) -> None:
    reply = talk.say(
        "action_answer",
        "Ich will nicht mehr in Krefeld leben, wie melde ich mich ab?",
        services=["wohnsitz-abmelden"],
        may_be_emergency=True,
    )

    assert "Abmeldung" in reply or "abmelden" in reply
    assert reply.splitlines()[-1].startswith(NUMBERS)


def test_a_question_about_the_queue_is_answered_without_them(
    talk: Conversation,
) -> None:
    reply = talk.say(
        "action_fallback",
        "Wie voll ist es gerade im Bürgerbüro Mitte?",
        intent="nlu_fallback",
        office="buergerbuero-mitte",
        may_be_emergency=True,
    )

    assert talk.slots["outcome"] == "answered"
    assert NUMBERS not in reply


def test_an_emergency_of_an_unsure_kind_names_the_numbers_of_all(
    talk: Conversation,
) -> None:
    reply = talk.say(
        "action_emergency",
        "Rauch oder Einbrecher, ich weiß nicht",
        intent="emergency",
        kind="fire",
        may_be_emergency=True,
    )

    assert talk.slots["outcome"] == "emergency"
    assert reply.splitlines()[-1].startswith(NUMBERS)


def test_the_numbers_come_in_english_too(talk: Conversation) -> None:
    talk.slots["language"] = "en"
    reply = talk.say(
        "action_fallback", "x y", intent="nlu_fallback", may_be_emergency=True
    )

    assert "Is anyone in danger? Then please call 112" in reply


def test_an_older_model_without_the_text_answers_all_the_same(
    talk: Conversation,
) -> None:
    texts = talk.domain["responses"]
    talk.domain = {
        **talk.domain,
        "responses": {k: v for k, v in texts.items() if k != "utter_may_be_emergency"},
    }

    talk.say("action_fallback", "hm", intent="nlu_fallback", may_be_emergency=True)

    assert talk.slots["outcome"] == "fallback"


def test_nothing_is_said_of_it_where_nobody_is_in_danger(talk: Conversation) -> None:
    assert "112" not in talk.say("action_fallback", "hm", intent="nlu_fallback")
