"""A small real assistant behind real servers on free ports."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from small_assistant import Running, serve, train_small_assistant

from kumpel.settings import Settings

SECRET = "a secret of the tests"


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that greets and knows one service, trained once."""
    return train_small_assistant(tmp_path_factory.mktemp("small_assistant"))


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of an own folder and key."""
    monkeypatch.setenv("KUMPEL_SECRET", SECRET)
    monkeypatch.setenv("KUMPEL_VAR", str(tmp_path / "var"))
    return Settings.from_environment()


@pytest.fixture
def run(model: Path, settings: Settings) -> Iterator[Callable[..., Running]]:
    """Starts an assistant; `run(deadline_in_seconds=1)` and the like."""
    running: list[Running] = []

    def started(**options: object) -> Running:
        running.append(serve(model, options.pop("settings", settings), **options))
        return running[-1]

    yield started
    for one in running:
        one.stop()


@pytest.fixture
def web(run: Callable[..., Running]) -> Running:
    """A running assistant with the usual deadline and limits."""
    return run()
