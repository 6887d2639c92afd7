"""Portals for the tests: one on a real socket, others within the process."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from portal_server import NOW, Make, Server

from kumpel.evaluation.asgi_session import session_for
from kumpel.settings import Settings
from portal.app import create_app
from portal.seed_reader import SEED_DIR


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    started = Server(tmp_path_factory.mktemp("portal"), KUMPEL_RATE_LIMITS="off")
    try:
        started.wait()
        yield started
    finally:
        started.stop()


@pytest.fixture
def make_portal(tmp_path: Path) -> Iterator[Make]:
    """Makes portals within the process; each call gives a session to one."""
    import contextlib

    with contextlib.ExitStack() as stack:
        count = 0

        def make(seed_dir: Path = SEED_DIR, **variables: str) -> requests.Session:
            nonlocal count
            count += 1
            values = {
                "KUMPEL_VAR": str(tmp_path / f"var{count}"),
                "KUMPEL_NOW": NOW,
                **variables,
            }
            settings = Settings.from_environment(values)
            return stack.enter_context(session_for(create_app(settings, seed_dir)))

        yield make


@pytest.fixture
def seed_dir(tmp_path: Path) -> Path:
    """A copy of the seed files that a test may break."""
    folder = tmp_path / "seed"
    shutil.copytree(SEED_DIR, folder)
    return folder
