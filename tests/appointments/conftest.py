"""Desks of the embedded portal, in this process, with a clock that tests move."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from booking_counter import Counter, WithoutCalendar, counter_in
from nasty_desk import desk_of
from nasty_zms import NastyZms

from kumpel.appointments.zms_client import ZmsClient


@pytest.fixture(scope="module", params=["A", "B"])
def shared_counter(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Counter]:
    folder = tmp_path_factory.mktemp("counter")
    # The embedded server has both generations at once: hide the calendar for A.
    with counter_in(folder, ZMS_LEGACY_ROUTES="1") as counter:
        if request.param == "A":
            counter.zms.session.mount(
                counter.settings.portal_url, WithoutCalendar(counter)
            )
        yield counter


@pytest.fixture
def counter(shared_counter: Counter) -> Counter:
    """A desk in front of each generation."""
    return shared_counter


@pytest.fixture
def own_counter(tmp_path: Path) -> Iterator[Callable[..., Counter]]:
    """Makes desks of the test's own, whose clock may be moved."""
    with contextlib.ExitStack() as stack:

        def make(**variables: str) -> Counter:
            folder = tmp_path / str(len(list(tmp_path.iterdir())))
            return stack.enter_context(counter_in(folder, **variables))

        yield make


@pytest.fixture
def nasty() -> Iterator[NastyZms]:
    server = NastyZms()
    yield server
    server.stop()


@pytest.fixture
def desk(nasty: NastyZms) -> ZmsClient:
    return desk_of(nasty.url)
