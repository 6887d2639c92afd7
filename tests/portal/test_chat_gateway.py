"""The way of the chat through the portal: a real portal, a small real assistant."""

from __future__ import annotations

import gzip
import json
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import requests
from portal_server import Server, free_port

sys.path.append(str(Path(__file__).resolve().parents[1] / "channels"))

from event_reading import Reader, positions
from small_assistant import Running, new_id, serve, train_small_assistant

from kumpel.errors import ConfigurationError
from kumpel.settings import PROJECT_ROOT, Settings

CITY = "https://www.krefeld.de"
STRANGER = "https://evil.example"
BUNDLE = PROJECT_ROOT / "widget" / "dist" / "kumpel-chat.js"


class Chat:
    """A portal and the assistant behind it."""

    def __init__(self, portal: Server, rasa: Running | None) -> None:
        self.portal, self.rasa = portal, rasa
        self.url = f"{portal.url}/chat"

    def call(self, method: str, path: str, **options: Any) -> requests.Response:
        return requests.request(method, f"{self.url}/{path}", timeout=40, **options)

    def start(self, **headers: str) -> str:
        answer = self.call("POST", "conversations", headers=headers)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["conversation"])

    def post(self, conversation: str, text: str, **more: Any) -> requests.Response:
        body = {"conversation": conversation, "text": text, "messageId": new_id()}
        headers = {"Prefer": "respond-async"}
        return self.call("POST", "messages", json={**body, **more}, headers=headers)

    def listen(self, conversation: str, after: int | None = None) -> Reader:
        return Reader(f"{self.url}/events", conversation, after)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return train_small_assistant(tmp_path_factory.mktemp("small_assistant"))


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KUMPEL_SECRET", "a secret of the tests")
        patch.setenv("KUMPEL_VAR", str(tmp_path_factory.mktemp("rasa")))
        yield Settings.from_environment()


Make = Callable[..., Chat]


@pytest.fixture(scope="module")
def make(
    model: Path, settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Make]:
    """Makes portals, by default with a small assistant without limits behind."""
    made: list[Chat] = []

    def start(
        rasa_port: int | None = None, has_limits: bool = False, **variables: str
    ) -> Chat:
        rasa = None
        if rasa_port is None:
            rasa = serve(model, replace(settings, has_rate_limits=has_limits))
            rasa_port = rasa.port
        portal = Server(
            tmp_path_factory.mktemp("portal"),
            KUMPEL_RASA_PORT=str(rasa_port),
            KUMPEL_RATE_LIMITS="on" if has_limits else "off",
            **variables,
        )
        portal.wait()
        made.append(Chat(portal, rasa))
        return made[-1]

    yield start
    for chat in made:
        if chat.portal.process.poll() is None:
            chat.portal.stop()
        if chat.rasa is not None:
            chat.rasa.stop()


@pytest.fixture(scope="module")
def chat(make: Make) -> Chat:
    """A portal whose chat the city's page may hold."""
    return make(KUMPEL_WIDGET_ORIGINS=CITY, KUMPEL_PORTAL_ORIGINS=STRANGER)


def test_a_conversation_goes_through_the_portal(chat: Chat) -> None:
    conversation = chat.start()
    reader = chat.listen(conversation)
    assert reader.answer.headers["Content-Type"].startswith("text/event-stream")
    assert reader.answer.headers["X-Accel-Buffering"] == "no"
    assert reader.answer.headers["Cache-Control"] == "no-store"
    assert chat.post(conversation, "Hallo").status_code == 202
    events = reader.until("done")
    assert [e.name for e in events] == ["citizen", "typing", "message", "done"]
    headers = {"X-Conversation": conversation}
    said = chat.call("GET", "history", headers=headers).json()["utterances"]
    assert [each["position"] for each in said] == [1, 2]
    give = {"conversation": conversation, "position": 2, "kind": "thumb"}
    answer = chat.call("POST", "feedback", json={**give, "rating": "up"})
    assert answer.status_code == 204
    answer = chat.call("DELETE", "conversations", headers=headers)
    assert answer.status_code == 204
    assert reader.until("ended")
    assert reader.has_ended.wait(5)
    assert chat.listen(conversation).answer.status_code == 401


def test_without_a_preference_the_answer_comes_at_once(chat: Chat) -> None:
    body = {"conversation": chat.start(), "text": "Reisepass", "messageId": new_id()}
    answer = chat.call("POST", "messages", json=body)
    assert answer.status_code == 200
    assert "37,50" in answer.json()["messages"][0]["text"]


def test_events_pass_at_once_and_are_not_collected(chat: Chat) -> None:
    conversation = chat.start()
    reader = chat.listen(conversation)
    chat.post(conversation, "doppelt bitte")  # 0.3 s of work
    start = time.monotonic()
    reader.until("typing")
    typing = time.monotonic()
    reader.until("done")
    assert typing - start < time.monotonic() - typing


def test_a_stream_that_is_cut_goes_on_where_it_was(chat: Chat) -> None:
    conversation = chat.start()
    reader = chat.listen(conversation)
    chat.post(conversation, "doppelt bitte")
    seen = reader.until("typing")
    reader.cut()
    rest = chat.listen(conversation, positions(seen)[-1]).until("done")
    assert positions(seen) + positions(rest) == [1, 2]


def test_a_reader_that_goes_frees_its_place_behind_the_portal(chat: Chat) -> None:
    conversation = chat.start()
    for _ in range(20):  # more than one conversation may have at once
        reader = chat.listen(conversation)
        assert reader.answer.status_code == 200
        reader.cut()
        time.sleep(0.15)


def test_many_streams_do_not_use_up_the_way_to_the_assistant(chat: Chat) -> None:
    readers = [chat.listen(chat.start()) for _ in range(95)]
    assert {reader.answer.status_code for reader in readers} == {200}
    refused = [chat.listen(chat.start()) for _ in range(10)][-1].answer
    assert refused.status_code == 429
    assert refused.json()["error"]["kind"] == "too_many_streams"
    assert int(refused.headers["Retry-After"]) > 0
    conversation = chat.start()
    assert chat.post(conversation, "Hallo").status_code == 202
    for reader in readers:
        reader.cut()


def test_limits_are_those_of_the_citizen_and_not_of_the_portal(make: Make) -> None:
    chat = make(has_limits=True, KUMPEL_TRUSTED_PROXIES="1")
    bad = {"X-Forwarded-For": "203.0.113.1"}
    answers = [chat.call("POST", "conversations", headers=bad)]
    assert answers[0].status_code == 201
    while answers[-1].status_code == 201 and len(answers) < 150:
        answers.append(chat.call("POST", "conversations", headers=bad))
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["Retry-After"]) >= 1
    assert "warten" in answers[-1].json()["error"]["text"]
    # Only the proxy that we know is believed.
    forged = {"X-Forwarded-For": "198.51.100.7, 203.0.113.1"}
    codes = [
        chat.call("POST", "conversations", headers=forged).status_code for _ in "1234"
    ]
    assert 429 in codes
    chat.start(**{"X-Forwarded-For": "203.0.113.2"})


def test_without_an_assistant_a_sentence_says_what_to_do(make: Make) -> None:
    chat = make(rasa_port=free_port())
    for method, path in (
        ("POST", "conversations"),
        ("DELETE", "conversations"),
        ("POST", "messages"),
        ("GET", "events"),
        ("GET", "history"),
        ("POST", "feedback"),
    ):
        answer = chat.call(method, path, data=b"{}" if method == "POST" else None)
        assert answer.status_code == 503, path
        assert answer.json()["error"]["kind"] == "unreachable"
        assert "02151 86-0" in answer.json()["error"]["text"]
        assert int(answer.headers["Retry-After"]) > 0
    english = chat.call("GET", "events", headers={"Accept-Language": "en-GB,en"})
    assert "cannot be reached" in english.json()["error"]["text"]


def test_an_assistant_that_breaks_off_ends_the_stream(make: Make) -> None:
    chat = make()
    reader = chat.listen(chat.start())
    assert chat.rasa is not None
    chat.rasa.stop()
    assert reader.has_ended.wait(5)
    assert reader.seen == []


def test_streams_do_not_keep_the_portal_from_stopping(make: Make) -> None:
    chat = make()
    readers = [chat.listen(chat.start()) for _ in range(5)]
    start = time.monotonic()
    assert chat.portal.stop() == 0
    assert time.monotonic() - start < 4
    assert all(reader.has_ended.wait(3) for reader in readers)
    assert "Traceback" not in chat.portal.log.read_text()


def test_a_page_of_the_city_may_hold_the_chat(chat: Chat) -> None:
    answer = chat.call("POST", "conversations", headers={"Origin": CITY})
    assert answer.status_code == 201
    assert answer.headers["Access-Control-Allow-Origin"] == CITY
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert answer.headers["Vary"] == "Origin"
    preflight = chat.call("OPTIONS", "messages", headers={"Origin": CITY})
    assert preflight.status_code == 204
    assert "Prefer" in preflight.headers["Access-Control-Allow-Headers"]
    assert "DELETE" in preflight.headers["Access-Control-Allow-Methods"]
    refused = chat.call("POST", "messages", data=b"{", headers={"Origin": CITY})
    assert refused.headers["Access-Control-Allow-Origin"] == CITY
    assert "Retry-After" in refused.headers["Access-Control-Expose-Headers"]


@pytest.mark.parametrize(
    "origin",
    [STRANGER, "null", "https://www.krefeld.de.evil.example", CITY + ":444", "x"],
)
def test_a_page_of_strangers_may_not(chat: Chat, origin: str) -> None:
    for method in ("POST", "OPTIONS"):
        answer = chat.call(method, "conversations", headers={"Origin": origin})
        assert answer.status_code == 403
        assert answer.json()["error"]["kind"] == "foreign_origin"
        assert "Access-Control-Allow-Origin" not in answer.headers


def test_the_portals_own_pages_need_no_setting(chat: Chat) -> None:
    chat.start(Origin=chat.portal.url)
    # Behind a proxy that renames the host, the browser's own word counts.
    headers = {"Origin": "https://stadt.example", "Sec-Fetch-Site": "same-origin"}
    chat.start(**headers)


@pytest.mark.parametrize(
    "text", ["*", "null", "www.krefeld.de", "https://a.de/chat", "https://a.de/", "a b"]
)
def test_a_wrong_origin_is_refused_at_the_start(text: str) -> None:
    with pytest.raises(ConfigurationError, match="KUMPEL_WIDGET_ORIGINS.*krefeld"):
        Settings.from_environment({"KUMPEL_WIDGET_ORIGINS": text})


def test_origins_are_read_as_browsers_write_them() -> None:
    text = "https://WWW.Krefeld.de:443, http://localhost:3000,http://[::1]:80"
    settings = Settings.from_environment({"KUMPEL_WIDGET_ORIGINS": text})
    assert settings.widget_origins == (
        "https://www.krefeld.de",
        "http://localhost:3000",
        "http://[::1]",
    )


@pytest.mark.parametrize("minutes", ["0", "-5", "1441", "x"])
def test_idle_minutes_are_those_of_a_day_at_most(minutes: str) -> None:
    with pytest.raises(ConfigurationError, match="KUMPEL_CHAT_IDLE_MINUTES"):
        Settings.from_environment({"KUMPEL_CHAT_IDLE_MINUTES": minutes})


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "conversations", 405),
        ("PUT", "messages", 405),
        ("POST", "events", 405),
        ("GET", "", 404),
        ("GET", "messages/1", 404),
        ("GET", "../webhooks/rest/webhook", 404),
        ("GET", "..%2f..%2fversion", 404),
        ("POST", "rest/webhook", 404),
    ],
)
def test_nothing_else_is_passed_on(
    chat: Chat, method: str, path: str, status: int
) -> None:
    assert chat.call(method, path).status_code == status


def test_a_body_that_is_too_large_is_refused(chat: Chat) -> None:
    answer = chat.call("POST", "messages", data=b"x" * 30_000)
    assert answer.status_code == 413
    assert answer.json()["error"]["kind"] == "too_long"
    conversation = chat.start()
    assert chat.post(conversation, "x" * 4_001).status_code == 413


@pytest.mark.parametrize("value", ["x" * 5_000, "ä", "a\tb", "web_abc.def.ghi", "\x7f"])
def test_a_forged_id_opens_nothing(chat: Chat, value: str) -> None:
    headers = {"X-Conversation": value.encode()}
    for path in ("events", "history"):
        answer = chat.call("GET", path, headers=headers)
        assert answer.status_code == 401, answer.text


def test_only_named_headers_come_to_the_assistant(make: Make) -> None:
    heard: list[bytes] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        connection, _ = listener.accept()
        heard.append(connection.recv(65_536))
        body = b'{"conversation": "x"}'
        connection.sendall(
            b"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\n"
            b"Set-Cookie: a=b\r\nServer: secret\r\nX-Inner: 1\r\n"
            b"Content-Length: %d\r\nConnection: close\r\n\r\n%s" % (len(body), body)
        )
        connection.close()

    threading.Thread(target=answer, daemon=True).start()
    chat = make(rasa_port=listener.getsockname()[1])
    given = {
        "Cookie": "x=y",
        "Authorization": "z",
        "X-Inner": "1",
        "Accept-Language": "en",
    }
    response = chat.call("POST", "conversations", headers=given)
    assert response.status_code == 201
    names = {line.split(b":")[0].lower() for line in heard[0].split(b"\r\n")[1:]}
    assert b"accept-language" in names
    assert b"x-forwarded-for: 127.0.0.1" in heard[0].lower()
    assert not names & {b"cookie", b"authorization", b"x-inner"}
    assert not {"Set-Cookie", "Server", "X-Inner"} & set(response.headers)
    listener.close()


def test_every_answer_has_the_headers_that_protect(chat: Chat) -> None:
    answer = chat.call("POST", "conversations")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Set-Cookie" not in answer.headers


@pytest.mark.skipif(not BUNDLE.exists(), reason="the chat element is not built")
def test_the_element_is_served_to_every_page_and_only_once(chat: Chat) -> None:
    headers = {"Origin": STRANGER, "Accept-Encoding": "identity"}
    plain = chat.call("GET", "kumpel-chat.js", headers=headers)
    assert plain.status_code == 200
    assert plain.content == BUNDLE.read_bytes()
    assert plain.headers["Content-Type"].startswith("text/javascript")
    assert plain.headers["Access-Control-Allow-Origin"] == "*"
    assert plain.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert plain.headers["X-Content-Type-Options"] == "nosniff"
    packed = chat.call("GET", "kumpel-chat.js")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.content == plain.content
    assert len(gzip.compress(plain.content, 9)) >= int(packed.headers["Content-Length"])
    tag = packed.headers["ETag"]
    assert tag != plain.headers["ETag"]
    again = chat.call("GET", "kumpel-chat.js", headers={"If-None-Match": f"W/{tag}"})
    assert (again.status_code, again.content) == (304, b"")
    old = chat.call("GET", "kumpel-chat.js", headers={"If-None-Match": '"old"'})
    assert old.status_code == 200
    head = chat.call("HEAD", "kumpel-chat.js")
    assert (head.status_code, head.content) == (200, b"")


def test_an_element_that_was_not_built_is_named(tmp_path: Path) -> None:
    from portal.chat_bundle import Bundle

    class Bare:
        def __init__(self) -> None:
            self.headers: dict[str, str] = {}

    bundle = Bundle(tmp_path / "kumpel-chat.js")
    answer = bundle.answer(Bare())
    assert answer.status == 404
    assert b"npm run build" in answer.body
    (tmp_path / "kumpel-chat.js").write_text("export {};")
    assert bundle.answer(Bare()).body == b"export {};"


@pytest.mark.parametrize(
    "text", ["<script>\u202e", "halb \ud83d", "a\n\ndata: x\u2028."]
)
def test_what_is_nasty_passes_unharmed(chat: Chat, text: str) -> None:
    conversation = chat.start()
    reader = chat.listen(conversation)
    chat.post(conversation, text)
    assert reader.until("done")[0].data["text"] == text
    headers = {"X-Conversation": conversation}
    said = json.loads(chat.call("GET", "history", headers=headers).content)
    assert said["utterances"][0]["text"] == text
