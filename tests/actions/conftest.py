"""Fixtures of the actions' tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from conversation import DOMAIN, SECRET, Conversation
from rasa_sdk.executor import ActionExecutor
from running_portal import NOW, make_portal, portal_url

from actions import context
from kumpel.clock import fixed_clock, parse_moment
from kumpel.portal_client.client import PortalClient

__all__ = ["domain", "executor", "make_portal", "portal_url", "talk", "use_portal"]


@pytest.fixture(scope="session")
def domain() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(DOMAIN.read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="session")
def executor() -> ActionExecutor:
    made = ActionExecutor()
    made.register_package("actions")
    return made


@pytest.fixture
def use_portal(tmp_path: Path) -> Iterator[Callable[..., PortalClient]]:
    """Points the actions to a portal at an address, and to a time."""
    made: list[PortalClient] = []

    def use(url: str, now: str = NOW, timeout: float = 5) -> PortalClient:
        clock = fixed_clock(parse_moment(now))
        client = PortalClient.to(
            url,
            allowed_hosts=("127.0.0.1",),
            timeout_in_seconds=timeout,
            clock=clock,
            store_path=tmp_path / "facts.db",
        )
        made.append(client)
        context.install(context.Context(client, clock, SECRET))
        return client

    before = context.install(None)
    yield use
    context.install(before)
    for client in made:
        client.close()


@pytest.fixture
def talk(
    portal_url: str,
    use_portal: Callable[..., PortalClient],
    executor: ActionExecutor,
    domain: dict[str, Any],
) -> Conversation:
    """A conversation with the real portal behind it."""
    use_portal(portal_url)
    return Conversation(executor, domain)
