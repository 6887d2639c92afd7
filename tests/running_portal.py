"""The real embedded portal for tests that need one; conftests import the fixtures."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests

#: A Monday morning at which offices are open.
NOW = "2026-11-23T10:15:00+01:00"
_START_LIMIT_IN_SECONDS = 60


class RunningPortal:
    """The embedded portal as a process of its own, on a free port."""

    def __init__(self, folder: Path, now: str = NOW) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._log = folder / "portal.log"
        self._environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("KUMPEL_")},
            "KUMPEL_PORTAL_PORT": str(self.port),
            "KUMPEL_VAR": str(folder),
            "KUMPEL_NOW": now,
            "KUMPEL_RATE_LIMITS": "off",
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts it and waits until it answers."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "portal"],
                cwd=Path(__file__).resolve().parent.parent,
                env=self._environment,
                stdout=log,
                stderr=log,
            )
        limit = time.monotonic() + _START_LIMIT_IN_SECONDS
        while time.monotonic() < limit and self._process.poll() is None:
            try:
                if requests.get(f"{self.url}/portal/v1/services", timeout=2).ok:
                    return
            except requests.RequestException:
                time.sleep(0.1)
        self.stop()
        pytest.fail(f"The portal did not start: {self._log.read_text()[-2000:]}")

    def stop(self) -> None:
        """Ends it."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(timeout=20)
            self._process = None


@pytest.fixture(scope="session")
def portal_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the real embedded portal, started once."""
    portal = RunningPortal(tmp_path_factory.mktemp("portal"))
    portal.start()
    yield portal.url
    portal.stop()


@pytest.fixture
def make_portal(tmp_path: Path) -> Iterator[Callable[[], RunningPortal]]:
    """Makes portals that a test may stop."""
    made: list[RunningPortal] = []

    def make() -> RunningPortal:
        portal = RunningPortal(tmp_path)
        portal.start()
        made.append(portal)
        return portal

    yield make
    for portal in made:
        portal.stop()
