"""Choices, fallback, emergencies, small talk."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
import yaml
from conversation import DOMAIN, SECRET, Conversation

PASSPORTS = "personalausweis reisepass eid-karte online-ausweis ausweis-verlust".split()


def _unclear(talk: Conversation, *services: str, aspect: str = "fee") -> str:
    return talk.say(
        "action_ask_back",
        "der ausweis da",
        intent="service_unclear",
        services=services or PASSPORTS,
        aspects=[aspect],
    )


def _lost(talk: Conversation, **understood: Any) -> str:
    return talk.say("action_fallback", "dingsbums", intent="nlu_fallback", **understood)


def _wondering(
    talk: Conversation, text: str = "was brauch ich für so ein Dings mit Bild drauf?"
) -> str:
    return talk.say(
        "action_fallback",
        text,
        intent="nlu_fallback",
        services=PASSPORTS,
        aspects=["documents"],
    )


def test_at_most_three_choices_are_named_and_nothing_of_these(
    talk: Conversation,
) -> None:
    reply = _unclear(talk)
    assert talk.slots["choices"] == PASSPORTS[:3]
    assert talk.state == (None, "fee", "asked_back")
    titles = [button["title"] for button in talk.buttons]
    assert titles[:2] == ["Personalausweis beantragen", "Reisepass beantragen"]
    assert titles[2:] == ["eID-Karte für EU-Bürger", "Nichts davon"]
    assert all(title in reply for title in titles[:3])
    assert all(len(button["payload"].encode()) <= 64 for button in talk.buttons)
    assert not any(slug in reply for slug in PASSPORTS)


def test_a_button_keeps_the_aspect(talk: Conversation) -> None:
    _unclear(talk)
    assert "70,00 €" in talk.press(talk.buttons[1], SECRET)
    assert talk.state == ("reisepass", "fee", "answered")
    assert talk.slots["choices"] == []


def test_an_old_button_still_works(talk: Conversation) -> None:
    _unclear(talk)
    button = talk.buttons[1]
    talk.say("action_smalltalk", intent="greet")
    assert "70,00 €" in talk.press(button, SECRET)


@pytest.mark.parametrize(
    ("text", "service"),
    [
        ("das zweite", "reisepass"),
        ("2", "reisepass"),
        ("das letzte", "eid-karte"),
        ("the first one", "personalausweis"),
        ("der Reisepass", "reisepass"),
        ("Perso", "personalausweis"),
        ("die für EU-Bürger", "eid-karte"),
    ],
)
def test_a_free_answer_takes_a_choice(
    talk: Conversation, text: str, service: str
) -> None:
    _unclear(talk)
    talk.say("action_choose", text, intent="choose", aspects=["overview"])
    assert talk.state == (service, "fee", "answered")


@pytest.mark.parametrize("action", ["action_fallback", "action_ask_back"])
def test_a_choice_in_words_is_taken_whatever_the_intent(
    talk: Conversation, action: str
) -> None:
    _unclear(talk)
    talk.say(action, "den reisepass halt", intent="nlu_fallback", services=PASSPORTS)
    assert talk.state == ("reisepass", "fee", "answered")


def test_a_word_means_the_offered_service(talk: Conversation) -> None:
    _unclear(talk, "hundesteuer-anmelden", "fundtier", "gewerbe-anmelden")
    talk.say("action_answer", "Hund", services=["hundekotbeutel"], aspects=["overview"])
    assert talk.state == ("hundesteuer-anmelden", "fee", "answered")


def test_yes_takes_the_only_choice_and_asks_which_of_several(
    talk: Conversation,
) -> None:
    assert _unclear(talk, "reisepass") == "Meinen Sie „Reisepass beantragen“?"
    talk.say("action_choose", "ja", intent="affirm")
    assert talk.state == ("reisepass", "fee", "answered")
    _unclear(talk)
    assert "Welches davon passt" in talk.say("action_choose", "ja", intent="affirm")
    assert talk.slots["choices"] == PASSPORTS[:3]


def test_a_far_fetched_choice_is_offered_only_after_none_of_these(
    talk: Conversation,
) -> None:
    near = PASSPORTS[:2]
    reply = talk.say(
        "action_ask_back",
        "irgendwas mit Pass",
        intent="service_unclear",
        services=[*near, "briefwahl"],
        choices=near,
    )
    assert talk.slots["choices"] == near
    assert "Briefwahl" not in reply
    talk.say("action_choose", "nichts davon", intent="none_of_these")
    assert talk.slots["choices"] == ["briefwahl"]


def test_none_of_these_offers_the_next_once_then_a_person(talk: Conversation) -> None:
    _unclear(talk)
    talk.say("action_choose", "nichts davon", intent="none_of_these")
    assert talk.slots["choices"] == PASSPORTS[3:]
    assert talk.slots["outcome"] == "asked_back"
    reply = talk.say("action_choose", "nein", intent="deny")
    assert "02151 86-0" in reply
    assert talk.state == (None, None, "handoff")
    assert talk.slots["choices"] == []


def test_yes_and_no_without_a_question_are_small_talk(talk: Conversation) -> None:
    for intent in ("affirm", "deny", "none_of_these", "choose"):
        assert talk.say("action_choose", "ja", intent=intent)
        assert talk.slots["outcome"] == "smalltalk"


def test_an_aspect_while_choices_are_open_is_answered_for_the_likeliest(
    talk: Conversation,
) -> None:
    _unclear(talk)
    reply = talk.say("action_answer", "wo denn?", intent="aspect", aspects=["location"])
    assert "Ich nehme an, es geht um" in reply
    assert talk.state == ("personalausweis", "location", "answered")


def test_choices_that_nobody_knows_are_not_offered(talk: Conversation) -> None:
    reply = _unclear(talk, "zauberei", "reisepass")
    assert talk.slots["choices"] == ["reisepass"]
    assert "zauberei" not in reply
    assert talk.say("action_ask_back", "x", intent="service_unclear", services=[])
    assert talk.slots["outcome"] == "fallback"


def test_f8_no_dialogue_falls_back_twice_without_offering_a_person(
    talk: Conversation,
) -> None:
    replies = [_lost(talk) for _ in range(6)]
    assert talk.slots["outcome"] == "handoff"
    assert "zum Beispiel" in replies[0]
    assert all("02151 86-0" in reply for reply in replies[1:])
    assert all(a != b for a, b in pairwise(replies))


def test_f8_the_second_fallback_offers_choices_and_a_person(talk: Conversation) -> None:
    _lost(talk, services=PASSPORTS)
    reply = _lost(talk, services=PASSPORTS, aspects=["fee"])
    assert talk.slots["choices"] == PASSPORTS[:3]
    assert talk.slots["outcome"] == "asked_back"
    assert "02151 86-0" in reply


def test_f8_a_clear_aspect_gets_guesses_at_once(talk: Conversation) -> None:
    reply = _wondering(talk)
    assert "nicht sicher, worum es geht" in reply
    assert talk.slots["outcome"] == "asked_back"
    talk.press(talk.buttons[1], SECRET)
    assert talk.state == ("reisepass", "documents", "answered")
    assert _wondering(talk, "was muss ich denn dafür alles mitbringen?")
    assert talk.slots["outcome"] == "answered"
    talk.say("action_cancel", intent="cancel")
    _wondering(talk)
    assert "02151 86-0" in _wondering(talk)


def test_f8_a_bare_aspect_asks_what_it_is_about(talk: Conversation) -> None:
    reply = _wondering(talk, "was muss ich mitbringen?")
    assert reply.startswith("Worum geht es?")
    assert talk.state == (None, "documents", "fallback")
    assert talk.slots["choices"] == []
    talk.say("action_answer", "Reisepass", services=["reisepass"])
    assert talk.state == ("reisepass", "documents", "answered")


@pytest.mark.parametrize("action", ["action_fallback", "action_restart"])
def test_f10_an_action_without_a_rule_ends_the_turn(
    talk: Conversation, action: str
) -> None:
    talk.say(action, "x", intent="restart")
    assert talk.events[-1] == {
        "event": "followup",
        "timestamp": None,
        "name": "action_listen",
    }


@pytest.mark.parametrize("action", ["action_fallback", "action_ask_back"])
def test_two_requests_are_answered_though_neither_decides(
    talk: Conversation, action: str
) -> None:
    parts = [
        {"text": "Pass", "service": "reisepass", "aspects": ["fee"]},
        {"text": "Hund", "service": "hundesteuer-anmelden", "aspects": ["overview"]},
    ]
    reply = talk.say(action, "Pass und Hund", services=PASSPORTS, parts=parts)
    assert "70,00 €" in reply
    assert "Hund anmelden" in reply
    assert talk.state == ("reisepass", "fee", "answered")


def test_f8_an_answer_resets_the_count_and_small_talk_does_not(
    talk: Conversation,
) -> None:
    _lost(talk)
    talk.say("action_smalltalk", intent="greet")
    assert "02151 86-0" in _lost(talk)
    talk.say("action_answer", services=["reisepass"], aspects=["fee"])
    assert "02151 86-0" not in _lost(talk)


def test_gibberish_counts_as_not_understood(talk: Conversation) -> None:
    for _ in range(2):
        reply = talk.say(
            "action_out_of_scope", "??", intent="out_of_scope", kind="gibberish"
        )
    assert "02151 86-0" in reply


@pytest.mark.parametrize(
    ("text", "entities", "last", "aspect"),
    [
        ("und in Fischeln?", {"district": "Fischeln"}, "fee", "location"),
        (
            "und in Fischeln?",
            {"district": "Fischeln"},
            "opening_hours",
            "opening_hours",
        ),
        ("und am Samstag?", {}, "fee", "opening_hours"),
        ("und mit 17?", {"age": 17}, "documents", "fee"),
    ],
)
def test_a_message_that_only_names_a_place_day_or_age_is_a_follow_up(
    talk: Conversation, text: str, entities: dict[str, Any], last: str, aspect: str
) -> None:
    talk.say("action_answer", services=["personalausweis"], aspects=[last])
    talk.say("action_fallback", text, intent="nlu_fallback", **entities)
    assert talk.state == ("personalausweis", aspect, "answered")


def test_an_unsure_message_asks_a_clear_aspect_of_the_service_before(
    talk: Conversation,
) -> None:
    talk.say("action_answer", services=["personalausweis"], aspects=["documents"])
    message = talk.message(
        "meine tochter ist 17, zahlt die genauso viel?", "nlu_fallback", age=17
    )
    message["understanding"]["aspects"] = [{"aspect": "fee", "confidence": 0.9}]
    talk.say_message("action_fallback", message)
    assert talk.state == ("personalausweis", "fee", "answered")
    message["understanding"]["aspects"] = [{"aspect": "fee", "confidence": 0.3}]
    message["entities"] = []
    talk.say_message("action_fallback", message)
    assert talk.slots["outcome"] == "fallback"


def test_an_unsure_message_that_resembles_the_service_before_is_about_it(
    talk: Conversation,
) -> None:
    talk.say("action_answer", services=["hundekotbeutel"], aspects=["location"])
    guesses = ["abfallkalender", "steuer-id", "hundekotbeutel"]
    reply = talk.say(
        "action_fallback",
        "die ist aber leer",
        intent="nlu_fallback",
        services=guesses,
        aspects=["overview"],
    )
    assert "maak-et.de" in reply
    assert talk.state == ("hundekotbeutel", "overview", "answered")


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("fire", "112"),
        ("gas", "112"),
        ("medical", "112"),
        ("doctor", "116117"),
        ("poison", "0228 19240"),
        ("police", "110"),
        ("suicide", "0800 1110111"),
        ("unheard of", "112"),
        (None, "110"),
    ],
)
@pytest.mark.parametrize("language", ["de", "en"])
def test_an_emergency_names_the_number_first(
    talk: Conversation, kind: str | None, number: str, language: str
) -> None:
    talk.slots["language"] = language
    reply = talk.say("action_emergency", "Hilfe", intent="emergency", kind=kind)
    assert number in reply.splitlines()[0]
    assert talk.slots["outcome"] == "emergency"


def test_an_emergency_survives_a_broken_portal_and_a_broken_domain(
    talk: Conversation, use_portal: Any
) -> None:
    use_portal("http://127.0.0.1:9")
    assert "112" in talk.say("action_emergency", intent="emergency", kind="fire")
    talk.domain = {"responses": {}}
    reply = talk.say("action_emergency", intent="emergency", kind="fire")
    assert "112" in reply
    assert talk.slots["outcome"] == "emergency"


@pytest.mark.parametrize(
    ("kind", "text", "part"),
    [
        ("other_authority", "Rente beantragen", "Deutsche Rentenversicherung"),
        ("other_authority", "wann kommt mein Steuerbescheid", "Finanzamt"),
        ("other_authority", "irgendwas vom Land", "nicht die Stadt zuständig"),
        ("other_city", "Hundesteuer Düsseldorf", "nur Krefeld"),
        ("weather", "regnet es", "Wetter"),
        ("unheard of", "x", "Stadt Krefeld"),
        (None, "x", "Stadt Krefeld"),
    ],
)
def test_out_of_scope_is_said_kindly_and_never_answered(
    talk: Conversation, kind: str | None, text: str, part: str
) -> None:
    reply = talk.say("action_out_of_scope", text, intent="out_of_scope", kind=kind)
    assert part in reply
    assert talk.slots["outcome"] == "out_of_scope"


def test_small_talk_keeps_the_service(talk: Conversation) -> None:
    talk.say("action_answer", services=["reisepass"], aspects=["fee"])
    intents = "greet thanks goodbye help bot_challenge insult compliment language"
    for intent in intents.split():
        assert talk.say("action_smalltalk", intent=intent)
        assert talk.state == ("reisepass", "fee", "smalltalk")


def test_two_greetings_differ(talk: Conversation) -> None:
    first = talk.say("action_smalltalk", intent="greet")
    assert talk.say("action_smalltalk", intent="greet") != first


def test_the_last_reply_is_repeated(talk: Conversation) -> None:
    assert "noch nichts gesagt" in talk.say("action_repeat", intent="repeat")
    asked = _unclear(talk)
    buttons = talk.buttons
    assert talk.say("action_repeat", intent="repeat") == asked
    assert talk.buttons == buttons
    assert talk.slots["choices"] == PASSPORTS[:3]
    assert talk.slots["outcome"] == "asked_back"


def test_the_source_of_the_last_answer_is_named(talk: Conversation) -> None:
    assert "noch keine Auskunft" in talk.say("action_source", intent="source")
    talk.say("action_answer", services=["personalausweis"], aspects=["fee"])
    reply = talk.say("action_source", intent="source")
    assert "https://service.krefeld.de/personalausweis-beantragen" in reply
    assert "Stand 02/2026" in reply
    assert talk.slots["service"] == "personalausweis"


@pytest.mark.parametrize(
    ("now", "part"),
    [
        ("2026-11-23T10:15:00+01:00", "wahrscheinlich jemand da, bis 12:30 Uhr"),
        ("2026-11-23T22:00:00+01:00", "niemand da, wieder morgen ab 8:30 Uhr"),
    ],
)  # fmt: skip
def test_a_person_is_named_and_whether_one_is_probably_there(
    talk: Conversation, portal_url: str, use_portal: Any, now: str, part: str
) -> None:
    use_portal(portal_url, now=now)
    talk.say("action_answer", services=["sperrmuell"], aspects=["fee"])
    reply = talk.say("action_human", intent="human")
    assert "02151 86-0" in reply
    assert part in reply
    assert "02151 582-180" in reply
    assert talk.slots["outcome"] == "handoff"


@pytest.mark.parametrize("action", ["action_cancel", "action_restart"])
def test_cancelling_drops_the_topic(talk: Conversation, action: str) -> None:
    talk.slots["language"] = "en"
    talk.say("action_answer", services=["reisepass"], aspects=["fee"])
    talk.say(action, intent="cancel")
    assert talk.state == (None, None, "smalltalk")
    assert talk.slots["language"] == "en"
    assert talk.slots["place"] is None


def test_every_small_talk_rule_has_a_text(talk: Conversation) -> None:
    rules = yaml.safe_load((DOMAIN.parent / "data/rules/conversation.yml").read_text())
    intents = [
        rule["steps"][0]["intent"]
        for rule in rules["rules"]
        if rule["steps"][1]["action"] == "action_smalltalk"
    ]
    assert len(intents) == 8
    assert all(f"utter_{intent}" in talk.domain["responses"] for intent in intents)
