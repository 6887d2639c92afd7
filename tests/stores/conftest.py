"""Databases for the store tests: always SQLite, PostgreSQL where there is one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from rasa.shared.core.domain import Domain

from kumpel.stores.tracker import CityTrackerStore

DOMAIN = Domain.from_yaml(
    """
    intents: [greet, service]
    entities: [service]
    slots:
      service: {type: text, mappings: [{type: from_entity, entity: service}]}
      email: {type: text, mappings: [{type: from_text}]}
    responses:
      utter_greet: [{text: Guten Tag!}]
    """
)


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'deep' / 'conversations.db'}"
        return
    server = os.environ.get("KUMPEL_TEST_POSTGRES_URL")
    if not server:
        pytest.skip("KUMPEL_TEST_POSTGRES_URL is not set")
    engine = sa.create_engine(server)
    with engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE IF EXISTS events"))
    engine.dispose()
    yield server


@pytest.fixture
def open_store(url: str) -> Iterator[Callable[[], CityTrackerStore]]:
    """Opens the same database anew, as a restart does."""
    stores: list[CityTrackerStore] = []

    def opened() -> CityTrackerStore:
        stores.append(CityTrackerStore(DOMAIN, host=url))
        return stores[-1]

    yield opened
    for store in stores:
        store._conversations.close()


@pytest.fixture
def store(open_store: Callable[[], CityTrackerStore]) -> CityTrackerStore:
    """A store on an empty database."""
    return open_store()
