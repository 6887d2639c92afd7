"""A citizen in front of the embedded portal, in this process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from talker import Talker, talker_in


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Talker]:
    with talker_in(tmp_path_factory.mktemp("portal")) as talker:
        yield talker


@pytest.fixture
def citizen(shared: Talker, request: pytest.FixtureRequest) -> Talker:
    """A citizen of their own at one portal."""
    return shared.another(request.node.name)
