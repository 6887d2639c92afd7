"""Answers by server-sent events, over real connections that break."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import requests
from event_reading import Reader, positions
from small_assistant import Running, new_id

from kumpel.channels import event_stream
from kumpel.channels.web_requests import CONVERSATION_HEADER
from kumpel.settings import PROJECT_ROOT, Settings

Run = Callable[..., Running]

NASTY = [
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "\u202egnp.exe\u202c \u2066\u200f 02151 86-0",
    "halb \ud83d zeichen \udc00",
    "Zeile\nZeile\r\n\r\ndata: x\n\nevent: ended\u2028\u0000\u0085",
    "🧑‍🧑‍🧒 مرحبا 2026",
]


@pytest.fixture
def free(run: Run, settings: Settings) -> Running:
    """An assistant without rate limits for this machine."""
    return run(settings=replace(settings, has_rate_limits=False))


def listen(web: Running, conversation: str, after: int | None = None) -> Reader:
    return Reader(f"{web.url}/webhooks/web/events", conversation, after)


def post(web: Running, conversation: str, text: str, **more: Any) -> requests.Response:
    body = {"conversation": conversation, "text": text, "messageId": new_id(), **more}
    return web.call(
        "POST",
        "/webhooks/web/messages",
        json=body,
        headers={"Prefer": "respond-async"},
    )


def history(web: Running, conversation: str) -> list[dict[str, Any]]:
    headers = {CONVERSATION_HEADER: conversation}
    answer = web.call("GET", "/webhooks/web/history", headers=headers)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["utterances"])


def delete(web: Running, conversation: str) -> requests.Response:
    headers = {CONVERSATION_HEADER: conversation}
    return web.call("DELETE", "/webhooks/web/conversations", headers=headers)


def test_a_turn_is_told_in_its_order(free: Running) -> None:
    conversation = free.start_conversation()
    reader = listen(free, conversation)
    assert reader.answer.headers["Content-Type"].startswith("text/event-stream")
    assert reader.answer.headers["X-Accel-Buffering"] == "no"
    answer = post(free, conversation, "Hallo")
    assert answer.status_code == 202
    message_id = answer.json()["messageId"]
    events = reader.until("done")
    names = [(event.name, event.position) for event in events]
    assert names == [("citizen", 1), ("typing", 0), ("message", 2), ("done", 0)]
    assert {event.data["messageId"] for event in events} == {message_id}
    assert events[0].data["text"] == "Hallo"
    assert set(events[2].data) == {"text", "buttons", "language", "time", "messageId"}
    assert "trouble" not in events[3].data
    renewed = events[3].data["conversation"]
    assert post(free, renewed, "Reisepass").status_code == 202


def test_events_and_history_tell_the_same(free: Running) -> None:
    conversation = free.start_conversation()
    reader = listen(free, conversation)
    post(free, conversation, "Hallo")
    choice = reader.until("done")[2].data["buttons"][0]["choice"]
    post(free, conversation, "", choice=choice)
    reader.until("done")
    said = [event for event in reader.seen if event.position]
    assert said[2].data["text"] == "Reisepass", "a button is told by its title"
    for event, utterance in zip(said, history(free, conversation), strict=True):
        assert event.position == utterance["position"]
        for key in ("text", "buttons", "messageId"):
            assert event.data.get(key) == utterance.get(key)


def test_a_connection_that_is_cut_in_mid_answer_loses_and_repeats_nothing(
    free: Running,
) -> None:
    conversation = free.start_conversation()
    reader = listen(free, conversation)
    post(free, conversation, "doppelt bitte")  # takes 0.3 s
    seen = reader.until("typing")
    reader.cut()
    again = listen(free, conversation, positions(seen)[-1])
    rest = again.until("done")
    assert positions(seen) + positions(rest) == [1, 2]
    assert rest[-1].data["messageId"] == seen[0].data["messageId"]


def test_who_comes_back_after_the_answer_gets_it_and_its_end(free: Running) -> None:
    conversation = free.start_conversation()
    reader = listen(free, conversation)
    post(free, conversation, "doppelt bitte")
    reader.until("typing")
    reader.cut()
    time.sleep(1)
    names = [event.name for event in listen(free, conversation, 1).until("done")]
    assert names == ["message", "done"], "work that is over is no news"


def test_who_comes_back_during_the_work_sees_that_it_goes_on(free: Running) -> None:
    conversation = free.start_conversation()
    post(free, conversation, "doppelt bitte")
    time.sleep(0.1)
    names = [event.name for event in listen(free, conversation, 1).until("done")]
    assert names == ["typing", "message", "done"]


def test_two_tabs_both_see_all_in_order(free: Running) -> None:
    conversation = free.start_conversation()
    first, second = listen(free, conversation), listen(free, conversation)
    for text in ("Hallo", "Reisepass", "Hallo"):
        post(free, conversation, text)
    for reader in (first, second):
        assert positions(reader.until("done", 3)) == [1, 2, 3, 4, 5, 6]


def test_a_restart_in_between_is_not_noticed(run: Run, settings: Settings) -> None:
    before = run()
    conversation = before.start_conversation()
    reader = listen(before, conversation)
    for text in ("Hallo", "Reisepass"):
        post(before, conversation, text)
    seen = reader.until("done", 2)
    before.stop()
    assert reader.has_ended.wait(5), "a stopping server ends its streams"
    after = run()
    again = listen(after, conversation, 2)
    kept = again.until("done", 2)
    assert [event.name for event in kept] == ["done", "citizen", "message", "done"]
    for old, new in zip([e for e in seen if e.position > 2], kept[1:3], strict=True):
        assert {**old.data, "time": ""} == {**new.data, "time": ""}
    post(after, conversation, "Hallo")
    assert positions(kept) + positions(again.until("done")) == [3, 4, 5, 6]
    late = listen(after, conversation, 99).rest()
    assert positions(late) == [], "nothing older comes again"


def test_streams_do_not_keep_the_server_from_stopping(free: Running) -> None:
    readers = [listen(free, free.start_conversation()) for _ in range(5)]
    start = time.monotonic()
    free.stop()
    assert time.monotonic() - start < 3
    assert all(reader.has_ended.wait(3) for reader in readers)


def test_a_real_server_stops_within_seconds_while_streams_are_open(
    model: Path, settings: Settings
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    script = str(Path(__file__).with_name("small_assistant.py"))
    environment = {**os.environ, "PYTHONPATH": str(PROJECT_ROOT)}
    command = [sys.executable, script, str(model), str(port)]
    process = subprocess.Popen(command, env=environment)
    try:
        url = f"http://127.0.0.1:{port}/webhooks/web"
        conversation = ""
        for _ in range(600):
            try:
                answer = requests.post(f"{url}/conversations", timeout=5)
            except requests.ConnectionError:
                time.sleep(0.1)
            else:
                conversation = answer.json()["conversation"]
                break
        readers = [Reader(f"{url}/events", conversation) for _ in range(3)]
        assert {reader.answer.status_code for reader in readers} == {200}
        start = time.monotonic()
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
        assert time.monotonic() - start < 10, "Sanic alone would wait for 15 s"
        assert all(reader.has_ended.wait(1) for reader in readers)
    finally:
        process.kill()


def test_two_hundred_messages_come_in_order_however_late_one_connects(
    free: Running,
) -> None:
    conversation = free.start_conversation()
    reader = listen(free, conversation)
    for number in range(200):
        assert post(free, conversation, f"Hallo {number}").status_code == 202
    events = reader.until("done", 200, timeout=60)
    assert positions(events) == list(range(1, 401))
    citizen = [event.data["text"] for event in events if event.name == "citizen"]
    assert citizen == [f"Hallo {number}" for number in range(200)]
    # Memory holds less than that: the beginning comes from the store.
    late = listen(free, conversation).until("message", 200, timeout=60)
    assert positions(late) == list(range(1, 401))


def test_a_message_posted_twice_is_told_once(free: Running) -> None:
    conversation = free.start_conversation()
    reader = listen(free, conversation)
    message_id = new_id()
    for _ in range(3):
        post(free, conversation, "doppelt bitte", messageId=message_id)
    reader.until("done")
    assert [event for event in reader.rest() if event.position] == []
    assert free.agent.handled == ["doppelt bitte"] or free.agent.handled == ["hallo"]
    sync = free.say(conversation, "doppelt bitte", messageId=message_id)
    assert [each["position"] for each in sync.json()["messages"]] == [2]


def test_a_message_posted_again_after_a_restart_is_told_once(run: Run) -> None:
    before = run()
    conversation = before.start_conversation()
    message_id = new_id()
    before.say(conversation, "Reisepass", messageId=message_id)
    before.stop()
    after = run()
    reader = listen(after, conversation, 2)
    assert post(after, conversation, "Reisepass", messageId=message_id).ok
    assert {event.name for event in reader.rest(1.5)} == {"done"}
    assert after.agent.handled == []


@pytest.mark.parametrize("text", NASTY)
def test_what_is_nasty_in_a_text_is_carried_unharmed(free: Running, text: str) -> None:
    conversation = free.start_conversation()
    reader = listen(free, conversation)
    post(free, conversation, text)
    events = reader.until("done")
    assert events[0].data["text"] == text.strip()
    assert history(free, conversation)[0]["text"] == text.strip()


def test_the_other_tab_is_told_of_the_deletion(
    free: Running, settings: Settings
) -> None:
    conversation = free.start_conversation()
    other = listen(free, conversation)
    post(free, conversation, "Hallo Geheimnis")
    other.until("done")
    assert delete(free, conversation).status_code == 204
    assert "gelöscht" in other.until("ended")[-1].data["text"]
    assert other.has_ended.wait(3)
    refused = listen(free, conversation, 2).answer
    assert refused.status_code == 401
    assert refused.json()["error"]["kind"] == "ended_conversation"


def test_a_deletion_leaves_nothing_and_holds_after_a_restart(
    run: Run, settings: Settings
) -> None:
    before = run()
    conversation = before.start_conversation()
    before.say(conversation, "Hallo Geheimnis")
    give = {"conversation": conversation, "position": 2, "kind": "thumb"}
    before.call(
        "POST",
        "/webhooks/web/feedback",
        json={**give, "rating": "up", "comment": "Geheimnis"},
    )
    assert delete(before, conversation).status_code == 204
    before.stop()
    with sqlite3.connect(settings.var / "conversations.db") as connection:
        assert connection.execute("SELECT * FROM events").fetchall() == []
        assert connection.execute("SELECT * FROM feedback").fetchall() == []
        assert "web_" not in str(connection.execute("SELECT * FROM ended").fetchall())
    for path in settings.var.iterdir():
        assert b"Geheimnis" not in path.read_bytes()
    after = run()
    for answer in (
        after.say(conversation, "Hallo"),
        post(after, conversation, "Hallo"),
        listen(after, conversation).answer,
        after.call(
            "GET",
            "/webhooks/web/history",
            headers={CONVERSATION_HEADER: conversation},
        ),
    ):
        assert answer.status_code == 401
        assert answer.json()["error"]["kind"] == "ended_conversation"


def rest_for(settings: Settings, minutes: float) -> None:
    with sqlite3.connect(settings.var / "conversations.db") as connection:
        connection.execute(
            "UPDATE events SET data = json_set(data, '$.timestamp', timestamp - ?)",
            [minutes * 60],
        )


def test_an_idle_conversation_ends_and_is_not_brought_back(
    run: Run, settings: Settings
) -> None:
    short = replace(settings, chat_idle_minutes=10)
    before = run(settings=short)
    conversation = before.start_conversation()
    before.say(conversation, "Hallo")
    before.stop()
    rest_for(settings, 9.95)
    after = run(settings=short)
    reader = listen(after, conversation)
    text = reader.until("ended")[-1].data["text"]
    assert "lange niemand" in text
    assert reader.has_ended.wait(3)
    for answer in (
        post(after, conversation, "Hallo"),
        after.say(conversation, "Hallo"),
        listen(after, conversation, 2).answer,
    ):
        assert answer.status_code == 401
        assert answer.json()["error"]["kind"] == "idle_conversation"
    assert delete(after, conversation).status_code == 204, "deleting is still possible"


def test_a_window_in_which_nobody_wrote_stays_open(
    run: Run, settings: Settings
) -> None:
    web = run(settings=replace(settings, chat_idle_minutes=1))
    conversation = web.start_conversation()
    reader = listen(web, conversation)
    live = next(iter(web.app.ctx.web._hub._lives.values()))
    live.active_at = 0.0
    assert reader.rest() == []
    assert not reader.has_ended.is_set()


def test_a_silent_stream_gives_signs_of_life(
    free: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_stream, "HEARTBEAT_IN_SECONDS", 0.1)
    reader = listen(free, free.start_conversation())
    time.sleep(1)
    assert len(reader.comments) > 3
    assert set(reader.comments) == {": still here"}


def test_a_reader_that_takes_nothing_is_dropped_and_slows_nobody(
    free: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_stream, "SEND_TIMEOUT_IN_SECONDS", 1.0)
    conversation = free.start_conversation()
    with socket.socket() as slow:
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        slow.connect(("127.0.0.1", free.port))
        slow.sendall(
            f"GET /webhooks/web/events HTTP/1.1\r\nHost: x\r\n"
            f"X-Conversation: {conversation}\r\n\r\n".encode()
        )
        time.sleep(0.3)
        reader = listen(free, conversation)
        live = free.app.ctx.web._hub._lives.copy().popitem()[1]
        assert live.streams == 2
        text = "x" * 3_900
        deadline = time.monotonic() + 20
        while live.streams > 1 and time.monotonic() < deadline:
            # Until no buffer on the way takes any more.
            for _ in range(40):
                free.in_loop(live.log.say, "message", {"text": text}, "m")
            free.in_loop(live.wake)
            time.sleep(0.05)
        assert live.streams == 1
        assert live.log.size_in_bytes < 300 * 1024
        assert not reader.has_ended.is_set()


def test_a_reader_that_has_gone_is_forgotten(free: Running) -> None:
    conversation = free.start_conversation()
    reader = listen(free, conversation)
    live = free.app.ctx.web._hub._lives.copy().popitem()[1]
    assert live.streams == 1
    reader.cut()
    deadline = time.monotonic() + 5
    while live.streams and time.monotonic() < deadline:
        time.sleep(0.05)
    assert live.streams == 0


def test_too_many_streams_are_refused_kindly(free: Running) -> None:
    conversation = free.start_conversation()
    readers = [listen(free, conversation) for _ in range(9)]
    codes = [reader.answer.status_code for reader in readers]
    assert codes == [200] * 8 + [429]
    refused = readers[-1].answer
    assert refused.json()["error"]["kind"] == "too_many_streams"
    assert int(refused.headers["Retry-After"]) > 0
    readers[0].cut()
    time.sleep(0.3)
    assert listen(free, conversation).answer.status_code == 200


@pytest.mark.parametrize("conversation", ["", "default", "web_abc.def.ghi"])
def test_s8_a_forged_id_reads_no_events(free: Running, conversation: str) -> None:
    answer = listen(free, conversation).answer
    assert answer.status_code == 401


@pytest.mark.parametrize("after", ["-1", "x", "1.5", "9" * 20, "1\t2"])
def test_a_nonsensical_last_event_id_is_refused(free: Running, after: str) -> None:
    conversation = free.start_conversation()
    headers = {CONVERSATION_HEADER: conversation, "Last-Event-ID": after}
    answer = free.call("GET", "/webhooks/web/events", headers=headers)
    assert answer.status_code == 400
    assert answer.json()["error"]["kind"] == "malformed"


def test_an_unusable_message_is_refused_before_it_is_taken(free: Running) -> None:
    conversation = free.start_conversation()
    assert post(free, conversation, " ").status_code == 400
    assert post(free, conversation, "x" * 5000).status_code == 413
    assert post(free, "forged", "Hallo").status_code == 401
    assert history(free, conversation) == []


def test_too_many_messages_are_refused_with_the_time_to_wait(web: Running) -> None:
    conversation = web.start_conversation()
    answers = [post(web, conversation, "psst") for _ in range(25)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused
    assert int(refused[0].headers["Retry-After"]) >= 1


@pytest.mark.parametrize("word", ["kaputt", "langsam"])
def test_a_turn_that_fails_is_told_kept_and_followed_by_the_right_number(
    run: Run, settings: Settings, word: str
) -> None:
    before = run(deadline_in_seconds=0.7)
    conversation = before.start_conversation()
    reader = listen(before, conversation)
    post(before, conversation, word)
    events = reader.until("done")
    trouble = events[-1].data
    assert trouble["trouble"] in {"failed", "timeout"}
    assert "02151 86-0" in trouble["text"]
    post(before, conversation, "Reisepass")
    events += reader.until("done")
    told = [(e.position, e.data["text"]) for e in events if e.position]
    kept = [(u["position"], u["text"]) for u in history(before, conversation)]
    assert kept == told
    before.stop()
    after = run()
    late = listen(after, conversation).until("done", 2)
    assert [(e.position, e.data["text"]) for e in late if e.position] == told


def test_without_a_model_events_are_refused_for_now(run: Run) -> None:
    web = run(has_agent=False)
    conversation = web.start_conversation()
    assert listen(web, conversation).answer.status_code == 503
    answer = post(web, conversation, "Hallo")
    assert answer.status_code == 503
    assert answer.json()["error"]["kind"] == "starting"
    assert int(answer.headers["Retry-After"]) > 0


def test_s2_answers_come_without_the_database_too(run: Run, settings: Settings) -> None:
    settings.var.mkdir(parents=True)
    (settings.var / "conversations.db").mkdir()
    web = run()
    conversation = web.start_conversation()
    reader = listen(web, conversation)
    post(web, conversation, "Reisepass")
    events = reader.until("done")
    assert positions(events) == [1, 2]
    assert events[-1].data["trouble"] == "unremembered"
