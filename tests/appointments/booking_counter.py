"""An embedded portal with an appointment desk in front of it."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

import requests

from kumpel.appointments.factory import make_desk
from kumpel.appointments.zms_client import ZmsClient
from kumpel.portal_client.client import PortalClient
from kumpel.settings import PROJECT_ROOT

# The embedded citizen API has its helper beside its own tests.
sys.path.append(str(PROJECT_ROOT / "tests" / "portal_appointments"))

from booking_portal import CitizenClient, embedded


class Counter:
    """An embedded portal with a desk in front of it.

    Attributes:
        zms: Speaks with the portal directly, past the desk.
        desk: The desk under test.
    """

    def __init__(self, zms: CitizenClient) -> None:
        assert zms.settings
        assert zms.clock
        self.zms, self.clock, self.settings = zms, zms.clock, zms.settings
        self.portal = PortalClient.to(
            "http://portal",
            allowed_hosts=("portal",),
            timeout_in_seconds=5,
            clock=zms.clock,
            session=zms.session,
        )
        made = make_desk(zms.settings, self.portal, zms.session)
        assert isinstance(made, ZmsClient)
        self.desk = made


@contextlib.contextmanager
def counter_in(folder: Path, **variables: str) -> Iterator[Counter]:
    with embedded(folder, **variables) as zms:
        yield Counter(zms)


class WithoutCalendar(requests.adapters.BaseAdapter):
    """Lets an embedded portal look like one of generation A."""

    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self._below = counter.zms.session.get_adapter(counter.settings.portal_url)

    def send(self, request: requests.PreparedRequest, *_: object, **more: object):  # type: ignore[no-untyped-def]
        assert request.url
        request.url = request.url.replace("available-calendar/", "no-such-path/")
        return self._below.send(request, **more)  # type: ignore[arg-type]

    def close(self) -> None:
        self._below.close()
