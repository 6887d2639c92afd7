"""Answers carry cards, and lose nothing where a channel shows none."""

from __future__ import annotations

from typing import Any

import pytest
from conversation import Conversation


def cards(talk: Conversation) -> dict[str, Any]:
    """Returns the cards of the last message by kind."""
    custom = talk.replies[-1].get("custom") or {}
    found = custom["cards"] if custom.get("kind") == "cards" else [custom]
    return {card["kind"]: card for card in found if card}


def test_a_question_for_hours_has_hours_and_sources(talk: Conversation) -> None:
    text = talk.say(
        "action_answer",
        "Wann hat das Bürgerbüro auf?",
        services=["personalausweis"],
        aspects=["opening_hours"],
    )
    shown = cards(talk)
    assert {"hours", "sources"} <= set(shown)
    hours = shown["hours"]
    assert hours["isOpen"] in (True, False)
    assert len(hours["days"]) >= 5
    # The text says the same: whether it is open, and the week.
    assert hours["statement"][1:] in text
    assert "Mo" in text
    for entry in shown["sources"]["sources"]:
        assert entry["name"]


@pytest.mark.parametrize("language", ["de", "en"])
def test_cards_say_the_language_of_their_answer(
    talk: Conversation, language: str
) -> None:
    talk.slots["language"] = language
    talk.say(
        "action_answer",
        "Personalausweis",
        services=["personalausweis"],
        aspects=["fee", "opening_hours"],
        language=language,
    )
    assert talk.replies[-1]["custom"]["language"] == language
    days = cards(talk)["hours"]["days"]
    assert days[0]["day"].endswith("day") == (language == "en")


def test_an_office_alone_has_them_as_well(talk: Conversation) -> None:
    talk.say(
        "action_answer",
        "Wann hat das Bürgerbüro Mitte auf?",
        intent="aspect",
        aspects=["opening_hours"],
        office="Bürgerbüro Mitte",
    )
    assert {"hours", "sources"} <= set(cards(talk))


@pytest.mark.parametrize("aspect", ["fee", "documents", "location"])
def test_other_answers_name_their_sources_only(talk: Conversation, aspect: str) -> None:
    talk.say("action_answer", services=["personalausweis"], aspects=[aspect])
    assert set(cards(talk)) == {"sources"}


def test_two_questions_in_one_have_the_sources_of_both(talk: Conversation) -> None:
    parts = [
        {"text": "", "service": "personalausweis", "aspects": ["fee"]},
        {"text": "", "service": "reisepass", "aspects": ["fee"]},
    ]
    talk.say("action_answer", parts=parts, services=["personalausweis"])
    names = " ".join(s["name"] for s in cards(talk)["sources"]["sources"])
    assert "Personalausweis" in names
    assert "Reisepass" in names


def test_who_asks_for_the_source_gets_every_one(talk: Conversation) -> None:
    talk.say("action_answer", services=["personalausweis"], aspects=["fee"])
    text = talk.say("action_source", intent="source")
    entries = cards(talk)["sources"]["sources"]
    assert entries
    assert all(entry.get("url", "") in text for entry in entries)


def test_talk_without_facts_has_no_card(talk: Conversation) -> None:
    talk.say("action_repeat", intent="repeat")
    assert not cards(talk)
