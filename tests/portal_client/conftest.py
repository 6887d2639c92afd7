"""Fixtures of the portal client's tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from running_portal import make_portal, portal_url
from small_portal import NOW, SmallPortal

from kumpel.portal_client.client import PortalClient

__all__ = ["make_client", "make_portal", "portal_url", "small_portal"]


@pytest.fixture
def small_portal() -> Iterator[SmallPortal]:
    portal = SmallPortal()
    yield portal
    portal.stop()


@pytest.fixture
def make_client(tmp_path: Path) -> Iterator[Callable[..., PortalClient]]:
    made: list[PortalClient] = []

    def make(url: str, **overrides: Any) -> PortalClient:
        options: dict[str, Any] = {
            "allowed_hosts": ("127.0.0.1",),
            "timeout_in_seconds": 5.0,
            "clock": lambda: NOW,
            "store_path": tmp_path / "facts.db",
            **overrides,
        }
        client = PortalClient.to(url, **options)
        made.append(client)
        return client

    yield make
    for client in made:
        client.close()
