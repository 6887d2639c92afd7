"""The whole assistant as real processes on free ports: `make run` without make."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from running_assistant import MODULES, RunningAssistant

from kumpel.cli.ask import send
from kumpel.runtime.health import is_assistant_ready

pytestmark = [pytest.mark.e2e, pytest.mark.model]


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[RunningAssistant]:
    running = RunningAssistant(tmp_path)
    yield running
    running.end()


def test_the_assistant_starts_answers_heals_and_ends(
    assistant: RunningAssistant,
) -> None:
    assistant.wait_until_ready()
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
