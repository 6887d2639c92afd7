"""A citizen API for each module (a foreign one by KUMPEL_TEST_ZMS_URL), and mails."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from booking_portal import FOREIGN_URL, CitizenClient, embedded, foreign
from mail_post import Post
from mail_servers import Certificate, certificate

from portal.appointments import tables


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


@pytest.fixture(scope="module")
def pair(any_zms: CitizenClient) -> tuple[int, int]:
    """An office and a service of it with free appointments."""
    for relation in any_zms.catalogue["relations"]:
        office, service = relation["officeId"], relation["serviceId"]
        if len(any_zms.slots(office, service)) > 5:
            return office, service
    pytest.skip("nothing is free anywhere")


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"sqlite:///{tmp_path_factory.mktemp('post') / 'post.db'}"


@pytest.fixture
def post(url: str) -> Iterator[Post]:
    made = Post(url)
    yield made
    with made.engine.begin() as connection:
        connection.execute(tables.mail.delete())
        connection.execute(tables.process.delete())
    made.engine.dispose()


@pytest.fixture(scope="module")
def trusted(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return certificate(tmp_path_factory.mktemp("certificate"))
