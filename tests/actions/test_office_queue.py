"""How full an office is, as a part of its answer."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import requests
from conversation import Conversation

QUEUE = "Gerade warte"


class PortalInFront:
    """Hands requests on to the real portal, apart from those for a queue."""

    def __init__(self, portal: str) -> None:
        self.queue: Callable[[], tuple[int, Any]] = lambda: (404, {})
        self.queues_asked = 0
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path.endswith("/queue"):
                    outer.queues_asked += 1
                    status, document = outer.queue()
                    body = json.dumps(document).encode()
                else:
                    answer = requests.get(portal + self.path, timeout=20)
                    status, body = answer.status_code, answer.content
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def front(portal_url: str, use_portal: Callable[..., Any]) -> Iterator[PortalInFront]:
    made = PortalInFront(portal_url)
    use_portal(made.url)
    yield made
    made.stop()


def state(**changes: Any) -> Callable[[], tuple[int, Any]]:
    told = {
        "at": "2026-11-23T10:15:00+01:00",
        "available": True,
        "demonstration": False,
        "waiting": 6,
        "estimatedMinutes": 25,
    }
    return lambda: (200, {**told, **changes})


def ask(talk: Conversation, aspect: str = "opening_hours") -> str:
    return talk.say(
        "action_answer",
        "Bürgerbüro Mitte",
        intent="aspect",
        aspects=[aspect],
        office="Bürgerbüro Mitte",
    )


@pytest.mark.parametrize("aspect", ["opening_hours", "location"])
def test_the_answer_about_an_open_office_tells_its_queue(
    talk: Conversation, aspect: str
) -> None:
    reply = ask(talk, aspect)
    assert reply.count(QUEUE) == 1
    assert "(Beispieldaten)" in reply


@pytest.mark.parametrize("aspect", ["opening_hours", "overview"])
def test_the_answer_about_a_service_tells_the_queue_of_its_office(
    talk: Conversation, aspect: str
) -> None:
    reply = talk.say("action_answer", services=["personalausweis"], aspects=[aspect])
    assert reply.count(QUEUE) == 1
    assert "(Beispieldaten)" in reply


def test_real_figures_are_not_marked(talk: Conversation, front: PortalInFront) -> None:
    front.queue = state()
    reply = ask(talk)
    assert "Gerade warten dort etwa 6 Personen, rund 25 Minuten." in reply
    assert "Beispieldaten" not in reply


@pytest.mark.parametrize("now", ["2026-11-23T06:00:00+01:00", "2026-12-25T10:00+01:00"])
def test_a_closed_office_is_not_even_asked(
    talk: Conversation, front: PortalInFront, use_portal: Callable[..., Any], now: str
) -> None:
    use_portal(front.url, now=now)
    front.queue = state(at=now)
    assert QUEUE not in ask(talk)
    assert front.queues_asked == 0


@pytest.mark.parametrize(
    "queue",
    [
        lambda: (500, {}),
        lambda: (404, {}),
        lambda: (200, []),
        lambda: (200, {}),
        state(available=False),
        state(waiting=None, estimatedMinutes=None),
        state(waiting=-3),
        state(at="2026-11-23T09:15:00+01:00"),
        state(at=None),
    ],
)
def test_what_goes_wrong_is_silence(
    talk: Conversation, front: PortalInFront, queue: Callable[[], tuple[int, Any]]
) -> None:
    front.queue = queue
    reply = ask(talk)
    assert "geöffnet bis" in reply
    assert QUEUE not in reply
    assert front.queues_asked == 1


def test_a_slow_queue_holds_up_one_answer_a_little_and_the_next_not_at_all(
    talk: Conversation, front: PortalInFront
) -> None:
    ask(talk)  # Everything else is known then.

    def slow() -> tuple[int, Any]:
        time.sleep(5)
        return state()()

    front.queue = slow
    start = time.monotonic()
    for _ in range(3):
        assert "geöffnet bis" in ask(talk)
    assert time.monotonic() - start < 4
    assert front.queues_asked == 2, "once before, once slow"
