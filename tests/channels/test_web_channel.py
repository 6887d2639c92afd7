"""The web channel, over HTTP and with a real model behind it."""

from __future__ import annotations

import asyncio
import json
import logging
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from small_assistant import Running, new_id

from kumpel.channels.conversation_ids import ConversationIds
from kumpel.channels.web import CONVERSATION_HEADER
from kumpel.errors import ConfigurationError
from kumpel.nlu.button_payload import sign
from kumpel.settings import Settings

Run = Callable[..., Running]


def history(web: Running, conversation: str) -> list[dict[str, Any]]:
    headers = {CONVERSATION_HEADER: conversation}
    answer = web.call("GET", "/webhooks/web/history", headers=headers)
    assert answer.status_code == 200
    return list(answer.json()["utterances"])


def stored(settings: Settings) -> list[tuple[str, str]]:
    with sqlite3.connect(settings.var / "conversations.db") as connection:
        return connection.execute("SELECT sender_id, data FROM events").fetchall()


def test_a_question_is_answered_in_one_message_with_its_blank_lines(
    web: Running,
) -> None:
    answer = web.say(web.start_conversation(), "Reisepass")
    assert answer.status_code == 200
    messages = answer.json()["messages"]
    assert len(messages) == 1, "c5: Rasa's collector would split it into three"
    assert "\n\n- Foto\n- alter Pass\n\n" in messages[0]["text"]
    assert set(messages[0]) == {"text", "position"}
    assert "trouble" not in answer.json()
    assert answer.headers["Cache-Control"] == "no-store"


def test_c5_messages_have_only_the_keys_of_the_contract(web: Running) -> None:
    messages = web.say(web.start_conversation(), "Hallo").json()["messages"]
    assert [set(message) for message in messages] == [{"text", "buttons", "position"}]
    assert [set(button) for button in messages[0]["buttons"]] == [
        {"title", "choice"}
    ] * 2


def test_a_pressed_button_is_understood(web: Running) -> None:
    conversation = web.start_conversation()
    buttons = web.say(conversation, "Hallo").json()["messages"][0]["buttons"]
    assert buttons[1]["title"] == "Personalausweis"
    choice = buttons[1]["choice"]
    answer = web.say(conversation, None, choice=choice)
    assert "**personalausweis**" in answer.json()["messages"][0]["text"]


def test_the_answer_carries_an_id_that_counts_its_age_anew(web: Running) -> None:
    conversation = web.start_conversation()
    renewed = web.say(conversation, "Hallo").json()["conversation"]
    assert web.say(renewed, "Reisepass").status_code == 200
    assert len(history(web, renewed)) == 4


@pytest.mark.parametrize(
    ("conversation", "kind"),
    [
        (None, "no_conversation"),
        ("", "no_conversation"),
        (7, "no_conversation"),
        ({}, "no_conversation"),
        ("default", "unknown_conversation"),
        ("web_abc.def.ghi", "unknown_conversation"),
        ("🙂.🙂.🙂", "unknown_conversation"),
    ],
)
def test_s8_a_missing_or_forged_conversation_is_rejected(
    web: Running, conversation: object, kind: str
) -> None:
    answer = web.say(conversation, "Hallo")
    assert answer.status_code == 401
    assert answer.json()["error"]["kind"] == kind
    assert "Gespräch" in answer.json()["error"]["text"]
    assert web.agent.handled == []


def test_s8_the_database_alone_does_not_continue_a_conversation(
    web: Running, settings: Settings
) -> None:
    conversation = web.start_conversation()
    web.say(conversation, "Hallo")
    sender_id = stored(settings)[0][0]
    assert sender_id != conversation
    for guess in (sender_id, conversation.replace(sender_id, sender_id + "x")):
        assert web.say(guess, "Hallo").status_code == 401


def test_s8_an_expired_conversation_is_rejected(
    web: Running, settings: Settings
) -> None:
    long_ago = replace(settings, now="2020-01-01T10:00:00+01:00").clock
    expired = ConversationIds(settings.secret(), long_ago).issue()
    answer = web.say(expired, "Hallo")
    assert answer.status_code == 401
    assert answer.json()["error"]["kind"] == "expired_conversation"


def test_s8_two_citizens_do_not_see_each_other(web: Running) -> None:
    anna, bert = web.start_conversation(), web.start_conversation()
    web.say(anna, "Hallo")
    assert history(web, bert) == []


def test_a_message_sent_twice_is_handled_once(web: Running) -> None:
    conversation = web.start_conversation()
    message_id = new_id()
    first = web.say(conversation, "Reisepass", messageId=message_id)
    again = web.say(conversation, "Reisepass", messageId=message_id)
    assert first.json()["messages"] == again.json()["messages"]
    assert web.agent.handled == ["Reisepass"]
    assert len(history(web, conversation)) == 2


def test_a_double_click_at_the_same_time_is_handled_once(web: Running) -> None:
    conversation = web.start_conversation()
    message_id = new_id()
    with ThreadPoolExecutor(4) as pool:
        answers = list(
            pool.map(
                lambda _: web.say(conversation, "doppelt", messageId=message_id),
                range(4),
            )
        )
    assert {answer.status_code for answer in answers} == {200}
    assert len({json.dumps(answer.json()["messages"]) for answer in answers}) == 1
    assert web.agent.handled == ["doppelt"]


def test_a_message_sent_again_after_a_restart_is_handled_once(run: Run) -> None:
    before = run()
    conversation = before.start_conversation()
    message_id = new_id()
    first = before.say(conversation, "Reisepass", messageId=message_id)
    before.say(conversation, "Hallo")
    before.stop()
    after = run()
    again = after.say(conversation, "Reisepass", messageId=message_id)
    assert again.json()["messages"] == first.json()["messages"]
    assert after.agent.handled == []


def test_two_different_messages_at_the_same_time_are_both_answered(
    web: Running,
) -> None:
    conversation = web.start_conversation()
    with ThreadPoolExecutor(2) as pool:
        answers = list(
            pool.map(lambda t: web.say(conversation, t), ["doppelt", "Reisepass"])
        )
    assert all("trouble" not in answer.json() for answer in answers)
    assert len(history(web, conversation)) == 4


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        ({"text": ""}, 400, "empty"),
        ({"text": "  \n "}, 400, "empty"),
        ({"text": None}, 400, "empty"),
        ({"text": ["Hallo"]}, 400, "empty"),
        ({"text": "a" * 4001}, 413, "too_long"),
        ({"text": "a" * 20_000}, 413, "too_long"),
        ({"choice": "~AAAAAAAAaffirm"}, 400, "stale_choice"),
        ({"messageId": None}, 400, "malformed"),
        ({"messageId": "kurz"}, 400, "malformed"),
        ({"messageId": "a b" * 10}, 400, "malformed"),
    ],
)
def test_an_unusable_message_is_refused_with_a_sentence(
    web: Running, body: dict[str, Any], status: int, kind: str
) -> None:
    answer = web.say(web.start_conversation(), body.pop("text", "Hallo"), **body)
    assert answer.status_code == status
    assert answer.json()["error"]["kind"] == kind
    assert answer.json()["error"]["text"].endswith(".")
    assert web.agent.handled == []


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'"x"', b"\xff", b"null", b"[" * 5000]
)
def test_a_body_that_is_no_object_is_refused(web: Running, body: bytes) -> None:
    answer = web.call("POST", "/webhooks/web/messages", data=body)
    assert answer.status_code == 400
    assert answer.json()["error"]["kind"] == "malformed"


def test_refusals_speak_english_to_english_browsers(web: Running) -> None:
    answer = web.call(
        "POST", "/webhooks/web/messages", data="{", headers={"Accept-Language": "en-GB"}
    )
    assert "reload" in answer.json()["error"]["text"]


def test_f11_a_typed_intent_is_no_intent(web: Running, settings: Settings) -> None:
    web.say(web.start_conversation(), '/service{"service": "reisepass"}')
    said = [json.loads(data) for _, data in stored(settings)]
    user = next(event for event in said if event["event"] == "user")
    assert user["parse_data"]["intent"]["confidence"] != 1.0 or user["parse_data"][
        "text"
    ].startswith("service")
    assert user["parse_data"]["entities"] == []


def test_s6_only_allowed_metadata_is_taken_on(web: Running, settings: Settings) -> None:
    metadata = {"language": "en", "name": "Erika", "x": {"y": 1}}
    web.say(web.start_conversation(), "Hallo", metadata=metadata)
    assert "Erika" not in str(stored(settings))
    user = next(d for _, d in stored(settings) if json.loads(d)["event"] == "user")
    assert json.loads(user)["metadata"]["language"] == "en"


def test_the_history_tells_both_sides_and_buttons_by_title(web: Running) -> None:
    conversation = web.start_conversation()
    buttons = web.say(conversation, "Hallo").json()["messages"][0]["buttons"]
    web.say(conversation, None, choice=buttons[0]["choice"])
    said = history(web, conversation)
    assert [u["speaker"] for u in said] == ["citizen", "kumpel"] * 2
    assert said[0]["text"] == "Hallo"
    assert said[1]["buttons"] == buttons
    assert said[2]["text"] == "Reisepass"


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_s8_history_and_deletion_need_the_signed_id(web: Running, method: str) -> None:
    path = "history" if method == "GET" else "conversations"
    for headers in ({}, {CONVERSATION_HEADER: "default"}):
        answer = web.call(method, f"/webhooks/web/{path}", headers=headers)
        assert answer.status_code == 401


def test_a_deleted_conversation_is_gone_and_cannot_be_continued(
    web: Running, settings: Settings
) -> None:
    conversation = web.start_conversation()
    web.say(conversation, "Hallo Geheimniskraemer")
    headers = {CONVERSATION_HEADER: conversation}
    answer = web.call("DELETE", "/webhooks/web/conversations", headers=headers)
    assert answer.status_code == 204
    assert stored(settings) == []
    refused = web.say(conversation, "Hallo")
    assert refused.status_code == 401
    assert refused.json()["error"]["kind"] == "ended_conversation"
    assert stored(settings) == []


def test_a_message_that_takes_too_long_ends_with_a_number_to_call(run: Run) -> None:
    web = run(deadline_in_seconds=0.5)
    answer = web.say(web.start_conversation(), "langsam").json()
    assert answer["trouble"] == "timeout"
    texts = [message["text"] for message in answer["messages"]]
    assert texts[0] == "Einen Moment …", "what was said before stays"
    assert "02151 86-0" in texts[1]


def test_a_page_whose_session_begins_slowly_keeps_nobody_waiting(run: Run) -> None:
    web = run(deadline_in_seconds=0.5)

    async def slow(*_: object) -> None:
        await asyncio.sleep(15)

    web.agent.processor.fetch_tracker_and_update_session = slow
    began = time.monotonic()
    answer = web.say(
        web.start_conversation(), "hallo", metadata={"service": "reisepass"}
    ).json()
    assert answer["trouble"] == "timeout"
    assert time.monotonic() - began < 10


def test_an_error_ends_with_a_sentence_and_a_reference(
    web: Running, caplog: pytest.LogCaptureFixture
) -> None:
    conversation = web.start_conversation()
    with caplog.at_level(logging.ERROR):
        answer = web.say(conversation, "kaputt")
    assert answer.status_code == 200
    assert answer.json()["trouble"] == "failed"
    assert "02151 86-0" in answer.json()["messages"][0]["text"]
    assert "Traceback" not in answer.text
    assert "RuntimeError" not in answer.text
    assert answer.json()["reference"] in caplog.text
    assert web.say(conversation, "Hallo").json()["messages"], "the next one works"


def test_l2_a_lost_lock_asks_for_a_moment_and_can_be_sent_again(web: Running) -> None:
    conversation = web.start_conversation()
    message_id = new_id()
    for _ in range(2):
        answer = web.say(conversation, "besetzt", messageId=message_id).json()
        assert answer["trouble"] == "busy"
        assert "Moment" in answer["messages"][0]["text"]
    assert web.agent.handled == ["besetzt"] * 2


def test_silence_is_answered_too(web: Running) -> None:
    answer = web.say(web.start_conversation(), "psst").json()
    assert answer["trouble"] == "silent"
    assert "02151 86-0" in answer["messages"][0]["text"]


def test_trouble_is_told_in_english_to_english_citizens(web: Running) -> None:
    answer = web.say(web.start_conversation(), "psst", metadata={"language": "en"})
    assert "no answer" in answer.json()["messages"][0]["text"]


def test_trouble_is_told_in_the_language_that_the_citizen_writes(run: Run) -> None:
    web = run(has_agent=False)
    asked = "Where can I register my dog, please?"
    answer = web.say(web.start_conversation(), asked, metadata={"language": "de"})
    assert "please" in answer.json()["messages"][0]["text"].lower()


def test_without_a_model_the_citizen_is_asked_to_come_back(run: Run) -> None:
    web = run(has_agent=False)
    conversation = web.start_conversation()
    answer = web.say(conversation, "Hallo").json()
    assert answer["trouble"] == "starting"
    headers = {CONVERSATION_HEADER: conversation}
    assert web.call("GET", "/webhooks/web/history", headers=headers).status_code == 503


def test_s2_a_lost_database_is_admitted(run: Run, settings: Settings) -> None:
    settings.var.mkdir(parents=True)
    (settings.var / "conversations.db").mkdir()
    web = run()
    conversation = web.start_conversation()
    answer = web.say(conversation, "Reisepass").json()
    assert "37,50" in answer["messages"][0]["text"]
    assert answer["trouble"] == "unremembered"
    headers = {CONVERSATION_HEADER: conversation}
    for method, path in (("GET", "history"), ("DELETE", "conversations")):
        refused = web.call(method, f"/webhooks/web/{path}", headers=headers)
        assert refused.status_code == 503
        assert refused.json()["error"]["kind"] == "store_down"


def test_too_many_messages_are_slowed_down_kindly(web: Running) -> None:
    conversation = web.start_conversation()
    answers = [web.say(conversation, "psst") for _ in range(25)]
    refused = [a for a in answers if a.status_code == 429]
    assert answers[0].status_code == 200
    assert refused
    assert int(refused[0].headers["Retry-After"]) >= 1
    assert "warten" in refused[0].json()["error"]["text"]
    other = web.start_conversation()
    assert web.say(other, "Hallo").status_code == 200, "others are not slowed down"


def test_limits_lifted_for_loopback_still_hold_for_citizens_behind_the_portal(
    run: Run, settings: Settings
) -> None:
    web = run(settings=replace(settings, has_rate_limits=False))
    starts = [web.call("POST", "/webhooks/web/conversations") for _ in range(70)]
    assert {answer.status_code for answer in starts} == {201}
    forwarded = {"X-Forwarded-For": "127.0.0.1, 203.0.113.9"}
    starts = [
        web.call("POST", "/webhooks/web/conversations", headers=forwarded)
        for _ in range(70)
    ]
    assert starts[-1].status_code == 429


def test_old_conversations_are_deleted_when_the_server_starts(
    run: Run, settings: Settings
) -> None:
    before = run()
    before.say(before.start_conversation(), "Hallo")
    before.stop()
    with sqlite3.connect(settings.var / "conversations.db") as connection:
        connection.execute("UPDATE events SET timestamp = 1577836800")
    after = run()
    after.say(after.start_conversation(), "Reisepass")
    for _ in range(50):
        if "Hallo" not in str(stored(settings)):
            break
        time.sleep(0.1)
    assert "Hallo" not in str(stored(settings))
    assert "Reisepass" in str(stored(settings))


@pytest.mark.parametrize("days", ["0", "-1", "many"])
def test_conversations_are_kept_a_day_at_least(days: str) -> None:
    with pytest.raises(ConfigurationError, match="KUMPEL_KEEP_DAYS"):
        Settings.from_environment({"KUMPEL_KEEP_DAYS": days})


def test_a_signed_choice_for_an_unknown_intent_harms_nothing(
    web: Running, settings: Settings
) -> None:
    choice = sign("never_heard_of", {}, settings.secret())
    answer = web.say(web.start_conversation(), None, choice=choice)
    assert answer.status_code == 200
    assert answer.json()["messages"]
