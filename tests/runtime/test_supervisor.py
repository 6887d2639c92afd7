"""The supervisor with small real processes in the place of the real parts."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests

from kumpel.settings import PROJECT_ROOT

# Answers every path with 200, and leaves its pid where the test finds it. What it
# does besides is up to KUMPEL_TEST_<NAME>.
PART = """
import http.server, os, pathlib, subprocess, sys, time
name, port = sys.argv[1], int(sys.argv[2])
here = pathlib.Path(__file__).parent
deed = os.environ.get(f"TEST_{name.upper()}", "serve")
print(f"{name} says {deed}: Grüße", flush=True)
if deed.startswith("exit"):
    sys.exit(int(deed.removeprefix("exit")))
if deed == "child":
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"])
    (here / "child.pid").write_text(str(child.pid))
if deed == "stubborn":
    import signal
    signal.signal(signal.SIGTERM, signal.SIG_IGN)

class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'{"model_file": "/models/m.tar.gz"}')
    def log_message(self, *_):
        pass

server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Answer)
(here / f"{name}.pid").write_text(str(os.getpid()))
server.serve_forever()
"""
SUPERVISE = """
import dataclasses, sys
from kumpel.errors import KumpelError
from kumpel.runtime import supervisor
from kumpel.runtime.parts import Part, all_parts
from kumpel.runtime.supervisor import Supervisor
from kumpel.settings import Settings

class FakePart(Part):
    @property
    def command(self):
        return [sys.executable, sys.argv[1], self.name, str(self.port)]

supervisor.HANG_TIMEOUT_IN_SECONDS = 1.0
settings = Settings.from_environment()
parts = [
    FakePart(**dataclasses.asdict(part)) for part in all_parts(settings)
]
try:
    Supervisor(settings, parts).run()
except KumpelError as error:
    sys.exit(f"Fehler: {error}")
"""


class Running:
    """A supervisor in a process of its own."""

    def __init__(self, folder: Path, **deeds: str) -> None:
        self.folder = folder
        self.script = folder / "part.py"
        self.script.write_text(PART)
        self.log = folder / "log"
        self.ports = _free_ports(3)
        names = ("KUMPEL_PORTAL_PORT", "KUMPEL_RASA_PORT", "KUMPEL_ACTIONS_PORT")
        ports = dict(zip(names, map(str, self.ports), strict=True))
        tests = {f"TEST_{name.upper()}": deed for name, deed in deeds.items()}
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-c", SUPERVISE, str(self.script)],
                cwd=PROJECT_ROOT,
                env={**os.environ, **ports, **tests, "KUMPEL_VAR": str(folder)},
                stdout=output,
                stderr=output,
            )

    @property
    def ready_line(self) -> str:
        return f"Kumpel Krefeld ist bereit: http://127.0.0.1:{self.ports[0]}/"

    def lines(self) -> list[str]:
        return self.log.read_text().splitlines()

    def pid(self, name: str) -> int:
        return int((self.folder / f"{name}.pid").read_text())

    def await_ready(self) -> None:
        _until(lambda: self.ready_line in self.lines())
        names = ("portal", "rasa", "actions")
        _until(lambda: all((self.folder / f"{n}.pid").exists() for n in names))

    def end(self) -> int:
        """Waits for the end and checks that nothing is left behind."""
        code = self.process.wait(timeout=30)
        _until(lambda: not self.survivors())
        return code

    def survivors(self) -> list[int]:
        pids = [int(p.read_text()) for p in self.folder.glob("*.pid")]
        return [pid for pid in pids if _is_alive(pid)]

    def clean_up(self) -> None:
        for pid in [*self.survivors(), self.process.pid]:
            if _is_alive(pid):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()


def _free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [s.getsockname()[1] for s in sockets]
    for s in sockets:
        s.close()
    return ports


def _is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


def _until(is_true: Callable[[], object], seconds: float = 30.0) -> None:
    deadline = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.05)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Running]]:
    """Starts supervisors and leaves nothing behind."""
    started: list[Running] = []

    def starter(**deeds: str) -> Running:
        started.append(Running(tmp_path, **deeds))
        return started[-1]

    yield starter
    for running in started:
        running.clean_up()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_all_parts_with_success(
    start: Callable[..., Running], number: signal.Signals
) -> None:
    running = start()
    running.await_ready()
    running.process.send_signal(number)
    assert running.end() == 0
    assert not any("Fehler" in line for line in running.lines())


def test_the_ready_line_stands_alone_and_comes_once(
    start: Callable[..., Running],
) -> None:
    running = start()
    running.await_ready()
    running.process.terminate()
    running.end()
    assert running.lines().count(running.ready_line) == 1


def test_each_line_bears_the_name_of_its_part(start: Callable[..., Running]) -> None:
    running = start()
    running.await_ready()
    running.process.terminate()
    running.end()
    said = [line for line in running.lines() if line.endswith("says serve: Grüße")]
    assert sorted(line.split()[1] for line in said) == ["actions", "portal", "rasa"]


def test_a_killed_part_is_started_again(start: Callable[..., Running]) -> None:
    running = start()
    running.await_ready()
    first = running.pid("actions")
    os.kill(first, signal.SIGKILL)
    _until(lambda: running.pid("actions") != first)
    _until(lambda: requests.get(f"http://127.0.0.1:{running.ports[2]}", timeout=2).ok)
    assert any("Aktionen ist ausgefallen" in line for line in running.lines())
    running.process.terminate()
    assert running.end() == 0


def test_a_part_that_hangs_is_started_again(start: Callable[..., Running]) -> None:
    running = start()
    running.await_ready()
    first = running.pid("portal")
    os.kill(first, signal.SIGSTOP)
    _until(lambda: running.pid("portal") != first)
    _until(lambda: "Wieder bereit." in running.lines())
    assert not _is_alive(first)
    running.process.terminate()
    assert running.end() == 0


def test_a_part_that_keeps_dying_ends_all_with_a_reason(
    start: Callable[..., Running],
) -> None:
    running = start(rasa="exit3")
    assert running.end() == 1
    text = "\n".join(running.lines())
    assert text.count("rasa says exit3") == 4
    assert "Sprachmodell ist 4-mal in weniger als 60 s ausgefallen" in text
    assert "Fehler: Sprachmodell läuft nicht" in running.lines()[-1]
    assert "Traceback" not in text


def test_a_part_that_cannot_start_is_not_tried_again(
    start: Callable[..., Running],
) -> None:
    running = start(rasa="exit78")
    assert running.end() == 1
    assert "\n".join(running.lines()).count("rasa says exit78") == 1


def test_a_part_that_ends_with_success_is_missed_all_the_same(
    start: Callable[..., Running],
) -> None:
    running = start(actions="exit0")
    assert running.end() == 1


@pytest.mark.parametrize("deed", ["serve", "child", "stubborn"])
def test_parts_end_even_where_the_supervisor_is_killed(
    start: Callable[..., Running], deed: str
) -> None:
    running = start(portal=deed)
    running.await_ready()
    running.process.kill()
    running.process.wait()
    _until(lambda: not running.survivors())


@pytest.mark.parametrize("deed", ["child", "stubborn"])
def test_children_and_stubborn_parts_end_too(
    start: Callable[..., Running], deed: str
) -> None:
    running = start(portal=deed)
    running.await_ready()
    running.process.terminate()
    assert running.end() == 0


def test_a_stop_during_the_start_leaves_nothing(start: Callable[..., Running]) -> None:
    running = start()
    _until(lambda: running.log.stat().st_size > 0)
    running.process.terminate()
    assert running.end() == 0
