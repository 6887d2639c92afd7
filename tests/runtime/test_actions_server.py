from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from kumpel.settings import PROJECT_ROOT

ACTIONS = """
from rasa_sdk import Action

class Failing(Action):
    def name(self):
        return "action_failing"

    def run(self, dispatcher, tracker, domain):
        raise ValueError(tracker.latest_message["text"])
"""
START = """
import logging, sys
from kumpel.runtime.actions_server import create_app
logging.basicConfig(level="INFO")
create_app("failing_actions").run("127.0.0.1", int(sys.argv[1]), motd=False)
"""
SECRET = "Mein Passwort ist Sonnenblume"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """Address of an action server whose action fails, and its log."""
    (tmp_path / "failing_actions.py").write_text(ACTIONS)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = tmp_path / "log"
    paths = os.pathsep.join([str(PROJECT_ROOT), str(tmp_path)])
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-c", START, str(port)],
            env={**os.environ, "PYTHONPATH": paths},
            stdout=output,
            stderr=output,
        )
    url = f"http://127.0.0.1:{port}"
    for _ in range(300):
        try:
            requests.get(f"{url}/health", timeout=1)
            break
        except requests.ConnectionError:
            time.sleep(0.1)
    yield url, log
    process.terminate()
    process.wait(timeout=10)


def _call(url: str, action: str) -> requests.Response:
    tracker = {
        "sender_id": "s",
        "slots": {},
        "latest_message": {"text": SECRET},
        "events": [],
    }
    body = {"next_action": action, "tracker": tracker, "domain": {}}
    return requests.post(f"{url}/webhook", json=body, timeout=5)


def test_a7_a_failing_action_echoes_nothing_of_the_tracker(
    server: tuple[str, Path],
) -> None:
    url, log = server
    assert requests.get(f"{url}/health", timeout=5).status_code == 200
    answer = _call(url, "action_failing")
    assert answer.status_code == 500
    assert answer.json() == {"error": "internal error"}
    assert "ValueError" in log.read_text()
    assert SECRET not in log.read_text()


def test_a7_other_errors_keep_their_status_and_echo_nothing(
    server: tuple[str, Path],
) -> None:
    url, _ = server
    assert _call(url, "action_unknown").status_code == 404
    assert requests.get(f"{url}/nothing", timeout=5).status_code == 404
    broken = requests.post(f"{url}/webhook", data=b"{", timeout=5)
    assert broken.status_code == 400
    assert broken.json() == {"error": "bad request"}


def test_a7_no_foreign_page_may_read_the_server(server: tuple[str, Path]) -> None:
    url, _ = server
    answer = requests.get(
        f"{url}/health", headers={"Origin": "https://evil.example"}, timeout=5
    )
    assert answer.headers.get("Access-Control-Allow-Origin") not in {
        "*",
        "https://evil.example",
    }


def test_a3_actions_is_flat_and_hides_no_package() -> None:
    packages = {path.parent.name for path in PROJECT_ROOT.glob("*/__init__.py")}
    modules = {path.stem for path in (PROJECT_ROOT / "actions").glob("*.py")}
    assert not packages & modules
    assert not list((PROJECT_ROOT / "actions").glob("*/__init__.py"))
