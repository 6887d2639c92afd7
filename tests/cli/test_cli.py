from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from kumpel.cli.main import main


@dataclass
class FakeParts:
    """All three parts on one port; what each path answers is up to the test."""

    port: int
    answers: dict[str, tuple[int, Any]] = field(default_factory=dict)
    received: list[dict[str, Any]] = field(default_factory=list)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [name for name in os.environ if name.startswith("KUMPEL_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("KUMPEL_VAR", str(tmp_path))
    return tmp_path


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeParts]:
    fake = FakeParts(0)

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            code, body = fake.answers.get(self.path.split("?")[0], (404, {}))
            self.send_response(code)
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            fake.received.append(json.loads(self.rfile.read(length)))
            self.do_GET()

        def log_message(self, *_: object) -> None:
            """Stays silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    fake.port = server.server_port
    for name in ("PORTAL", "RASA", "ACTIONS"):
        monkeypatch.setenv(f"KUMPEL_{name}_PORT", str(fake.port))
    fake.answers = {
        "/healthz": (200, {}),
        "/readyz": (200, {}),
        "/health": (200, {}),
        "/status": (200, {"model_file": "/somewhere/kumpel-1.tar.gz"}),
        "/webhooks/rest/webhook": (
            200,
            [{"text": "Guten Tag!", "buttons": [{"title": "Reisepass"}]}],
        ),
    }
    yield fake
    server.shutdown()
    server.server_close()


@pytest.fixture
def nothing_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    for number, name in enumerate(("PORTAL", "RASA", "ACTIONS")):
        monkeypatch.setenv(f"KUMPEL_{name}_PORT", str(number + 1))


def test_status_has_a_line_for_each_part_and_succeeds(
    parts: FakeParts, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["status"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[:3]] == [
        "Portal",
        "Aktionen",
        "Sprachmodell",
    ]
    assert all("bereit" in line and f":{parts.port}/" in line for line in lines[:3])
    assert "kumpel-1.tar.gz" in lines[2]
    assert lines[3].startswith("spaCy")
    assert lines[-1] == f"Bereit: http://127.0.0.1:{parts.port}/"


@pytest.mark.parametrize(
    ("path", "answer", "words"),
    [
        ("/status", (409, {}), "kein Modell geladen"),
        ("/status", (401, {}), "verlangt ein anderes Token"),
        ("/status", (200, ["something else"]), "gehört nicht zu Kumpel"),
        ("/health", (500, {}), "meldet Fehler 500"),
        ("/readyz", (503, {}), "Nicht bereit"),
    ],
)
def test_status_fails_where_one_part_does_not_do_its_work(
    parts: FakeParts,
    capsys: pytest.CaptureFixture[str],
    path: str,
    answer: tuple[int, Any],
    words: str,
) -> None:
    parts.answers[path] = answer
    assert main(["status"]) == 1
    assert words in capsys.readouterr().out


def test_status_fails_where_nothing_runs(
    nothing_runs: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["status", "--wait", "0.1"]) == 1
    assert capsys.readouterr().out.count("läuft nicht") == 3


def test_status_waits_for_what_comes_later(parts: FakeParts) -> None:
    parts.answers["/readyz"] = (503, {})
    later = threading.Timer(1.0, parts.answers.__setitem__, args=("/readyz", (200, {})))
    later.start()
    assert main(["status", "--wait", "20"]) == 0


def test_status_warns_while_the_clock_or_the_limits_are_off(
    parts: FakeParts,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("KUMPEL_NOW", "2026-11-23T10:15:00+01:00")
    monkeypatch.setenv("KUMPEL_RATE_LIMITS", "off")
    assert main(["status"]) == 0
    warnings = [line for line in capsys.readouterr().out.splitlines() if "Warn" in line]
    assert "KUMPEL_NOW" in warnings[0]
    assert "KUMPEL_RATE_LIMITS" in warnings[1]


def test_ask_prints_the_reply_and_its_choices(
    parts: FakeParts, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", "hallo"]) == 0
    assert capsys.readouterr().out == "Guten Tag!\n  [Reisepass]\n"
    assert parts.received[0]["message"] == "hallo"


def test_each_question_is_a_conversation_of_its_own(parts: FakeParts) -> None:
    main(["ask", "eins"])
    main(["ask", "zwei"])
    main(["ask", "drei", "--conversation", "meins"])
    senders = [message["sender"] for message in parts.received]
    assert len(set(senders)) == 3
    assert senders[2] == "meins"


def test_ask_gives_json(parts: FakeParts, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "hallo", "--conversation", "c", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["conversation"] == "c"
    assert answer["messages"][0]["text"] == "Guten Tag!"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((200, []), "schwieg"),
        ((500, {}), "keine brauchbare Antwort"),
        ((200, {"not": "a list"}), "schwieg"),
    ],
)
def test_ask_says_what_is_wrong_with_an_answer(
    parts: FakeParts,
    capsys: pytest.CaptureFixture[str],
    answer: tuple[int, Any],
    words: str,
) -> None:
    parts.answers["/webhooks/rest/webhook"] = answer
    assert main(["ask", "hallo"]) == 1
    assert words in capsys.readouterr().err


def test_ask_says_in_one_sentence_that_nothing_runs(
    nothing_runs: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", "hallo"]) == 1
    error = capsys.readouterr().err
    assert error.startswith("Fehler: Kumpel läuft nicht")
    assert "make run" in error
    assert error.count("\n") == 1


def test_an_empty_question_is_a_wrong_call(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["ask", "  "]) == 2
    assert "Der Text ist leer" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["unknown"], ["status", "--wait", "nan"]])
def test_a_wrong_call_shows_the_usage(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as exit_info:
        main(arguments)
    assert exit_info.value.code == 2


def test_a_wrong_setting_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KUMPEL_PORTAL_PORT", "viele")
    assert main(["status"]) == 1
    error = capsys.readouterr().err
    assert "KUMPEL_PORTAL_PORT" in error
    assert error.count("\n") == 1


def test_run_refuses_a_busy_port_before_anything_else(
    parts: FakeParts,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    folder: Path,
) -> None:
    monkeypatch.setenv("KUMPEL_RASA_PORT", "1")
    monkeypatch.setenv("KUMPEL_ACTIONS_PORT", "2")
    assert main(["run"]) == 1
    assert f"Port {parts.port} (Portal) ist schon belegt" in capsys.readouterr().err
    assert list(folder.iterdir()) == []


def test_run_refuses_a_folder_that_is_none(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "file").write_text("")
    monkeypatch.setenv("KUMPEL_VAR", str(folder / "file"))
    for number, name in enumerate(("PORTAL", "RASA", "ACTIONS")):
        monkeypatch.setenv(f"KUMPEL_{name}_PORT", str(47900 + number))
    assert main(["run"]) == 1
    error = capsys.readouterr().err
    assert "ist kein Ordner" in error
    assert error.count("\n") == 1


def test_a_closed_pipe_is_no_traceback(parts: FakeParts) -> None:
    command = f"{sys.executable} -m kumpel.cli.main status | true"
    run = subprocess.run(
        ["bash", "-c", command], capture_output=True, check=False, text=True
    )
    assert "Traceback" not in run.stderr
