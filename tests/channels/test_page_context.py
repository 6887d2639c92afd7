"""The page that a citizen comes from is the topic: with the real model and actions."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

from actions import context
from kumpel.channels.page_context import enter_page, known_services
from kumpel.evaluation.harness import InProcessAssistant

Slots = dict[str, object]
Ask = Callable[..., Slots]

pytestmark = pytest.mark.model


@pytest.fixture
def ask(assistant: InProcessAssistant) -> Ask:
    """Sends a message of one conversation from a page; returns the slots after it."""
    sender = f"page-{uuid.uuid4().hex}"

    def asked(text: str, service: str | None = None) -> Slots:
        context.install(assistant._shared)
        agent = assistant._agent
        output = CollectingOutputChannel()
        metadata = {"language": "de", **({"service": service} if service else {})}
        message = UserMessage(
            text, output, sender, input_channel="web", metadata=metadata
        )

        async def run() -> Slots:
            await enter_page(agent, message)
            await agent.handle_message(message)
            tracker = await agent.tracker_store.retrieve(sender)
            said = " ".join(str(each.get("text")) for each in output.messages)
            return {**tracker.current_slot_values(), "said": said}

        return assistant._loop.run_until_complete(run())

    return asked


@pytest.mark.parametrize(
    ("text", "service", "aspect"),
    [
        ("was kostet das?", "hundesteuer-anmelden", "fee"),
        ("Was muss ich mitbringen?", "hundesteuer-anmelden", "documents"),
        ("brauche ich einen Termin?", "reisepass", "appointment"),
        ("what does it cost?", "reisepass", "fee"),
        ("wie lange dauert das", "personalausweis", "duration"),
        ("wo muss ich hin?", "fuehrungszeugnis", "location"),
    ],
)
def test_a_first_question_without_a_topic_is_about_the_page(
    ask: Ask, text: str, service: str, aspect: str
) -> None:
    slots = ask(text, service)
    assert (slots["service"], slots["aspect"]) == (service, aspect)
    assert slots["outcome"] == "answered"


def test_without_a_page_such_a_question_has_no_topic(ask: Ask) -> None:
    slots = ask("was kostet das?")
    assert slots["service"] is None
    assert slots["outcome"] != "answered"


def test_who_names_a_service_gets_it_whatever_the_page_is_about(ask: Ask) -> None:
    slots = ask("Was kostet ein Reisepass?", "hundesteuer-anmelden")
    assert slots["service"] == "reisepass"


def test_on_the_same_page_the_topic_of_the_conversation_stays(ask: Ask) -> None:
    ask("Was kostet ein Reisepass?", "hundesteuer-anmelden")
    slots = ask("und was muss ich mitbringen?", "hundesteuer-anmelden")
    assert (slots["service"], slots["aspect"]) == ("reisepass", "documents")


def test_another_page_is_another_topic(ask: Ask) -> None:
    ask("was kostet das?", "hundesteuer-anmelden")
    slots = ask("was kostet das?", "personalausweis")
    assert slots["service"] == "personalausweis"
    assert slots["outcome"] == "answered"


def test_a_page_without_a_service_leaves_the_topic(ask: Ask) -> None:
    ask("was kostet das?", "hundesteuer-anmelden")
    slots = ask("was muss ich mitbringen?")
    assert slots["service"] == "hundesteuer-anmelden"


@pytest.mark.parametrize("service", ["", "gibt-es-nicht", "../secret", "fee", "'; --"])
def test_an_unknown_service_of_a_page_is_ignored(ask: Ask, service: str) -> None:
    slots = ask("was kostet das?", service)
    assert slots["service"] is None


def test_an_open_booking_keeps_its_topic_on_another_page(ask: Ask) -> None:
    slots = ask("Ich möchte einen Termin für einen Personalausweis buchen")
    assert slots["dialogue"], slots["said"]
    slots = ask("am liebsten vormittags", "hundesteuer-anmelden")
    assert slots["service"] == "personalausweis"


def test_the_services_are_those_of_the_catalogue() -> None:
    assert len(known_services()) == 171
    assert "hundesteuer-anmelden" in known_services()


def test_a_failing_store_does_not_keep_the_message_from_being_handled(
    assistant: InProcessAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken:
        lock_store = None

    output = CollectingOutputChannel()
    metadata = {"service": "reisepass"}
    message = UserMessage(
        "hallo", output, "broken", input_channel="web", metadata=metadata
    )
    assistant._loop.run_until_complete(enter_page(Broken(), message))
    assert "could not be made the topic" in caplog.text
