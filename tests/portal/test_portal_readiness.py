from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from portal_server import Make, free_port

BASE = "http://portal.test"


class Part:
    """A Rasa or action server that answers what a test wants."""

    def __init__(self) -> None:
        self.status = 200
        self.body: Any = {}
        self.delay = threading.Event()
        self.is_slow = False
        part = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if part.is_slow:
                    part.delay.wait(10)
                body = json.dumps(part.body).encode()
                self.send_response(part.status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def port(self) -> str:
        return str(self.server.server_address[1])

    def stop(self) -> None:
        self.delay.set()
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def rasa() -> Iterator[Part]:
    part = Part()
    part.body = {
        "model_file": "models/20261123-abc.tar.gz",
        "num_active_training_jobs": 0,
    }
    yield part
    part.stop()


@pytest.fixture
def actions() -> Iterator[Part]:
    part = Part()
    part.body = {"status": "ok"}
    yield part
    part.stop()


def ask(make_portal: Make, rasa: str, actions: str) -> tuple[int, dict[str, Any]]:
    portal = make_portal(KUMPEL_RASA_PORT=rasa, KUMPEL_ACTIONS_PORT=actions)
    answer = portal.get(f"{BASE}/readyz")
    return answer.status_code, {part["name"]: part for part in answer.json()["parts"]}


def test_ready_only_when_all_three_answer(
    make_portal: Make, rasa: Part, actions: Part
) -> None:
    status, parts = ask(make_portal, rasa.port, actions.port)
    assert status == 200
    assert list(parts) == ["portal", "rasa", "actions"]
    assert parts["rasa"]["detail"] == "20261123-abc.tar.gz"


def test_rasa_without_a_model_is_not_ready(
    make_portal: Make, rasa: Part, actions: Part
) -> None:
    rasa.body = {"model_file": None}
    status, parts = ask(make_portal, rasa.port, actions.port)
    assert status == 503
    assert parts["rasa"] == {
        "name": "rasa",
        "ready": False,
        "detail": "no model loaded",
    }
    assert parts["actions"]["ready"] is True


@pytest.mark.parametrize("body", [[], "text", 5])
def test_a_rasa_that_answers_nonsense_is_not_ready(
    make_portal: Make, rasa: Part, actions: Part, body: Any
) -> None:
    rasa.body = body
    assert ask(make_portal, rasa.port, actions.port)[0] == 503


def test_an_error_of_a_part_is_not_ready(
    make_portal: Make, rasa: Part, actions: Part
) -> None:
    actions.status = 500
    status, parts = ask(make_portal, rasa.port, actions.port)
    assert status == 503
    assert parts["actions"]["detail"] == "answers 500"


def test_parts_that_are_away_are_named(make_portal: Make) -> None:
    status, parts = ask(make_portal, str(free_port()), str(free_port()))
    assert status == 503
    assert parts["portal"]["ready"] is True
    assert parts["rasa"]["ready"] is parts["actions"]["ready"] is False


def test_a_slow_part_does_not_hold_up_the_answer(
    make_portal: Make, rasa: Part, actions: Part
) -> None:
    rasa.is_slow = True
    portal = make_portal(KUMPEL_RASA_PORT=rasa.port, KUMPEL_ACTIONS_PORT=actions.port)
    answer = portal.get(f"{BASE}/readyz")
    assert answer.status_code == 503
    assert answer.elapsed.total_seconds() < 5
    assert "no answer within" in answer.text


def test_health_needs_no_other_part(make_portal: Make) -> None:
    answer = make_portal().get(f"{BASE}/healthz")
    assert answer.json() == {"status": "ok"}


def test_a_portal_that_has_not_started_says_so() -> None:
    from kumpel.settings import Settings
    from portal.calls import Portal
    from portal.problems import Problem

    with pytest.raises(Problem, match="startet noch"):
        _ = Portal(Settings.from_environment({})).database
