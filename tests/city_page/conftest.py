"""The real portal with the city page, and a small real assistant behind it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1] / "channels"))

from small_assistant import Running, Server, serve, train_small_assistant

from kumpel.settings import Settings
from portal.app import create_app
from portal.city_page.blueprint import create_blueprint


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that greets and knows one service, trained once."""
    return train_small_assistant(tmp_path_factory.mktemp("small_assistant"))


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Settings of an own folder and key; the portal is seeded only once."""
    variables = {
        "KUMPEL_SECRET": "a secret of the tests",
        "KUMPEL_VAR": str(tmp_path_factory.mktemp("var")),
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in variables.items():
            patch.setenv(name, value)
        yield Settings.from_environment()


@pytest.fixture(scope="session")
def lasting_assistant(trained: Path, settings: Settings) -> Iterator[Running]:
    """A small assistant for all tests; knows no limits, because it is asked a lot."""
    running = serve(trained, replace(settings, has_rate_limits=False))
    yield running
    running.stop()


@pytest.fixture
def assistant(lasting_assistant: Running) -> Running:
    """The running assistant, with nothing handled yet."""
    assert lasting_assistant.agent is not None
    lasting_assistant.agent.handled.clear()
    return lasting_assistant


@pytest.fixture
def limited_assistant(trained: Path, settings: Settings) -> Iterator[Running]:
    """A running assistant with the usual limits."""
    running = serve(trained, settings)
    yield running
    running.stop()


@pytest.fixture(scope="session")
def open_page(settings: Settings) -> Iterator[Callable[[int], Server]]:
    """Starts a portal whose page talks to the assistant on a port."""
    servers: list[Server] = []

    def opened(rasa_port: int) -> Server:
        own = replace(settings, rasa_port=rasa_port)
        app = create_app(own)
        if "city_page" not in app.blueprints:
            app.blueprint(create_blueprint(own))
        servers.append(Server(app))
        return servers[-1]

    yield opened
    for server in servers:
        server.stop()


@pytest.fixture(scope="session")
def lasting_page(
    open_page: Callable[[int], Server], lasting_assistant: Running
) -> Server:
    """A page for all tests."""
    return open_page(lasting_assistant.port)


@pytest.fixture
def page(lasting_page: Server, assistant: Running) -> Server:
    """The page in front of the running assistant."""
    return lasting_page


@pytest.fixture(scope="module")
def site(open_page: Callable[[int], Server], settings: Settings) -> Server:
    """The pages; nobody answers in the chat."""
    return open_page(settings.rasa_port)


@pytest.fixture
def start_site(settings: Settings) -> Iterator[Callable[[Settings], Server]]:
    """Starts pages with settings of their own."""
    servers: list[Server] = []

    def start(own: Settings) -> Server:
        servers.append(Server(create_app(own)))
        return servers[-1]

    yield start
    for server in servers:
        server.stop()
