"""A citizen API for each module; a foreign one by KUMPEL_TEST_ZMS_URL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from booking_portal import FOREIGN_URL, CitizenClient, embedded, foreign


@pytest.fixture(scope="module")
def any_zms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CitizenClient]:
    """The server under test, started once for a module."""
    if FOREIGN_URL:
        with foreign(FOREIGN_URL) as client:
            yield client
    else:
        with embedded(tmp_path_factory.mktemp("citizen_api")) as client:
            yield client


@pytest.fixture
def zms(any_zms: CitizenClient) -> CitizenClient:
    """The server under test, called from an address of its own."""
    any_zms.new_address()
    return any_zms
