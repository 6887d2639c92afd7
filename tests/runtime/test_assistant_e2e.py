"""The whole assistant as real processes on free ports: `make run` without make."""

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

from kumpel.cli.ask import send
from kumpel.runtime.health import is_assistant_ready
from kumpel.settings import PROJECT_ROOT, Settings

pytestmark = [pytest.mark.e2e, pytest.mark.model]

START_LIMIT_IN_SECONDS = 180.0
MODULES = ("portal", "kumpel.runtime.actions_server", "kumpel.runtime.rasa_server")


class RunningAssistant:
    """`kumpel run` on free ports, with its state in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.log = folder / "log"
        variables = {"KUMPEL_VAR": str(folder / "var")}
        # All held at once, or the system might give one port twice.
        probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(3)]
        for name, probe in zip(("PORTAL", "RASA", "ACTIONS"), probes, strict=True):
            variables[f"KUMPEL_{name}_PORT"] = str(probe.getsockname()[1])
            probe.close()
        self.settings = Settings.from_environment(variables)
        self.url = f"http://127.0.0.1:{self.settings.portal_port}"
        kept = {k: v for k, v in os.environ.items() if not k.startswith("KUMPEL_")}
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "kumpel.cli.main", "run"],
                cwd=PROJECT_ROOT,
                env={**kept, **variables},
                stdout=output,
                stderr=output,
            )

    def parts(self) -> dict[str, int]:
        """Process ids of the running parts by module."""
        found = {}
        marker = f"KUMPEL_VAR={self.settings.var}\0".encode()
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                words = (folder / "cmdline").read_bytes().decode().split("\0")
                is_ours = marker in (folder / "environ").read_bytes()
            except (OSError, UnicodeDecodeError):
                continue
            if is_ours and words[1:2] == ["-m"] and words[2] in MODULES:
                found[words[2]] = int(folder.name)
        return found

    def until(self, is_true: Callable[[], object]) -> None:
        deadline = time.monotonic() + START_LIMIT_IN_SECONDS
        while not is_true():
            assert self.process.poll() is None, self.log.read_text()[-3000:]
            assert time.monotonic() < deadline, self.log.read_text()[-3000:]
            time.sleep(0.2)


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[RunningAssistant]:
    running = RunningAssistant(tmp_path)
    yield running
    if running.process.poll() is None:
        running.process.terminate()
        running.process.wait(timeout=30)


def test_the_assistant_starts_answers_heals_and_ends(
    assistant: RunningAssistant,
) -> None:
    ready_line = f"Kumpel Krefeld ist bereit: {assistant.url}/"
    assistant.until(lambda: ready_line in assistant.log.read_text().splitlines())
    assert requests.get(f"{assistant.url}/readyz", timeout=10).status_code == 200

    reply = send(assistant.settings, "Was kostet ein Reisepass?", "e2e-1")
    assert "Reisepass" in " ".join(str(message.get("text")) for message in reply)

    parts = assistant.parts()
    assert sorted(parts) == sorted(MODULES)
    killed = parts["kumpel.runtime.actions_server"]
    os.kill(killed, signal.SIGKILL)
    assistant.until(
        lambda: assistant.parts().get("kumpel.runtime.actions_server", killed) != killed
    )
    assistant.until(lambda: is_assistant_ready(assistant.settings))
    assert send(assistant.settings, "Und was muss ich mitbringen?", "e2e-1")

    assistant.process.terminate()
    assert assistant.process.wait(timeout=30) == 0
    assert assistant.parts() == {}
    log = assistant.log.read_text()
    assert "Traceback" not in log
    assert "tensorflow" not in log.lower()
