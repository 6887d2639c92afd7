"""A portal process for the tests."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import requests

from kumpel.settings import PROJECT_ROOT

#: A Monday without any feast.
NOW = "2026-11-23T10:15:00+01:00"


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class Server:
    """A portal process and its address."""

    def __init__(self, folder: Path, **variables: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "portal.log"
        environment = {
            **os.environ,
            "KUMPEL_PORTAL_PORT": str(self.port),
            "KUMPEL_RASA_PORT": str(free_port()),
            "KUMPEL_ACTIONS_PORT": str(free_port()),
            "KUMPEL_VAR": str(folder / "var"),
            "KUMPEL_NOW": NOW,
            "KUMPEL_PORTAL_DATABASE": "",
            **variables,
        }
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "portal"],
                cwd=PROJECT_ROOT,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def wait(self, seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.process.poll() is None:
            try:
                requests.get(f"{self.url}/healthz", timeout=1)
            except (requests.ConnectionError, requests.Timeout):
                time.sleep(0.1)
            else:
                return
        pytest.fail(f"the portal did not start: {self.log.read_text()}")

    def stop(self) -> int:
        self.process.terminate()
        try:
            return self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise


Make = Callable[..., requests.Session]
