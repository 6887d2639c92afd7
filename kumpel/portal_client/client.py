"""The portal's resources as typed values."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import requests

from kumpel.clock import Clock
from kumpel.errors import PortalNotFoundError
from kumpel.portal_client import hours_parse, models, parse, place_parse
from kumpel.portal_client.fact_store import FactStore
from kumpel.portal_client.models import Fetched
from kumpel.portal_client.transport import GLANCE_IN_SECONDS, Transport
from kumpel.settings import Settings

T = TypeVar("T")

_ROOT = "/portal/v1"
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_MOST_PAGES = 10
_PAGE = 100


class PortalClient:
    """Reads facts from the portal; blocking, so call it off the event loop.

    Every method raises `PortalNotFoundError` for what the portal does not know, and
    `PortalError` where it gave no usable answer and none is known from before.
    """

    def __init__(self, transport: Transport, deadline: float | None = None) -> None:
        """Takes a transport, shared by all clients of a process.

        Args:
            transport: Carries the requests.
            deadline: Moment of `time.monotonic` at which answers are of no use.
        """
        self._transport = transport
        self._deadline = deadline

    @classmethod
    def from_settings(
        cls, settings: Settings, session: requests.Session | None = None
    ) -> PortalClient:
        """Makes the client of a process; opens nothing yet."""
        return cls.to(
            settings.portal_url,
            allowed_hosts=settings.portal_hosts,
            timeout_in_seconds=settings.portal_timeout_in_seconds,
            clock=settings.clock,
            store_path=settings.var / "portal_facts.db",
            session=session,
        )

    @classmethod
    def to(
        cls,
        base_url: str,
        *,
        allowed_hosts: tuple[str, ...],
        timeout_in_seconds: float,
        clock: Clock,
        store_path: Path | None = None,
        session: requests.Session | None = None,
        patience: float = 1.0,
    ) -> PortalClient:
        """Makes a client of a portal.

        Args:
            base_url: Root of the portal.
            allowed_hosts: The only hosts that are ever called.
            timeout_in_seconds: Longest wait for one answer, retries included.
            clock: Dates the answers.
            store_path: File of the last known facts; None keeps them in memory.
            session: Another session, e.g. with an adapter of an in-process portal.
            patience: How many times its usual time a glance may take.
        """
        transport = Transport(
            base_url,
            allowed_hosts=allowed_hosts,
            timeout_in_seconds=timeout_in_seconds,
            clock=clock,
            store=FactStore(store_path),
            session=session,
            glance_in_seconds=GLANCE_IN_SECONDS * patience,
        )
        return cls(transport)

    def within(self, seconds: float) -> PortalClient:
        """Returns the same client for one citizen's answer, with its time limit."""
        return PortalClient(self._transport, time.monotonic() + seconds)

    def service(self, slug: str) -> Fetched[models.Service]:
        """Returns a service by slug or number."""
        base_url = self._transport.base_url
        return self._get(
            f"{_ROOT}/services/{_checked(slug)}",
            lambda body: parse.service(body, base_url),
        )

    def services(
        self, *, q: str | None = None, office: str | None = None
    ) -> Fetched[tuple[models.ServiceSummary, ...]]:
        """Returns the services that match, all without a filter."""
        return self._all(
            f"{_ROOT}/services", {"q": q, "office": office}, parse.service_summary
        )

    def office(self, office_id: str) -> Fetched[models.Office]:
        """Returns an office by slug or number."""
        return self._get(f"{_ROOT}/offices/{_checked(office_id)}", parse.office)

    def offices(
        self,
        *,
        q: str | None = None,
        service: str | None = None,
        district: str | None = None,
    ) -> Fetched[tuple[models.OfficeSummary, ...]]:
        """Returns the offices that match, all without a filter."""
        parameters = {"q": q, "service": service, "district": district}
        return self._all(f"{_ROOT}/offices", parameters, parse.office_summary)

    def office_hours(
        self, office_id: str, first: date, last: date
    ) -> Fetched[models.OfficeHours]:
        """Returns the resolved days of an office, both ends included."""
        return self._get(
            f"{_ROOT}/offices/{_checked(office_id)}/hours",
            hours_parse.hours,
            {"from": first.isoformat(), "to": last.isoformat()},
        )

    def office_status(
        self, office_id: str, at: datetime | None = None
    ) -> Fetched[models.OfficeStatus]:
        """Returns whether an office is open at a moment, default now."""
        return self._get(
            f"{_ROOT}/offices/{_checked(office_id)}/status",
            hours_parse.status,
            {"at": at.isoformat() if at else None},
        )

    def office_queue(self, office_id: str) -> models.OfficeQueue | None:
        """Returns how full an office is; None where it is closed or nobody tells.

        An answer is as good without it, so it is asked once, briefly, and never told
        from memory.
        """
        return self._transport.glance(
            f"{_ROOT}/offices/{_checked(office_id)}/queue",
            hours_parse.queue,
            deadline=self._deadline,
        )

    def holidays(self, year: int) -> Fetched[tuple[models.Holiday, ...]]:
        """Returns the public holidays of North Rhine-Westphalia."""
        return self._get(f"{_ROOT}/holidays", hours_parse.holidays, {"year": year})

    def forms(
        self, *, service: str | None = None, q: str | None = None
    ) -> Fetched[tuple[models.Form, ...]]:
        """Returns form assistants, those of one service or all."""
        base_url = self._transport.base_url
        return self._all(
            f"{_ROOT}/forms",
            {"service": service, "q": q},
            lambda node: parse.form(node, base_url),
        )

    def emergency_numbers(self) -> Fetched[tuple[models.EmergencyNumber, ...]]:
        """Returns the numbers for emergencies and crises, in order of display."""
        return self._get(
            f"{_ROOT}/emergency-numbers",
            lambda body: parse.items(body, place_parse.emergency_number)[0],
        )

    def dog_waste_stations(
        self, *, district: str | None = None, street: str | None = None
    ) -> Fetched[models.DogWasteStations]:
        """Returns the stations with dog-waste bags that match, all without a filter."""
        return self._get(
            f"{_ROOT}/dog-waste-stations",
            place_parse.dog_waste_stations,
            {"district": district, "street": street},
        )

    def streets(self, q: str) -> Fetched[tuple[models.Street, ...]]:
        """Returns the streets whose name matches."""
        return self._get(
            f"{_ROOT}/streets",
            lambda body: parse.items(body, place_parse.street)[0],
            {"q": q},
        )

    def close(self) -> None:
        """Closes connections and the store."""
        self._transport.close()

    def _get(
        self,
        path: str,
        parser: Callable[[Any], T],
        parameters: Mapping[str, str | int | None] | None = None,
    ) -> Fetched[T]:
        return self._transport.get(
            path, parameters or {}, parser, deadline=self._deadline
        )

    def _all(
        self,
        path: str,
        parameters: Mapping[str, str | int | None],
        parser: Callable[[parse.Node], T],
    ) -> Fetched[tuple[T, ...]]:
        """Follows the pages of a list to its end."""
        pages: list[Fetched[tuple[tuple[T, ...], str | None]]] = []
        cursor: str | None = None
        for _ in range(_MOST_PAGES):
            query = {**parameters, "limit": _PAGE, "cursor": cursor}
            page = self._get(path, lambda body: parse.items(body, parser), query)
            pages.append(page)
            cursor = page.value[1]
            if cursor is None:
                break
        return Fetched(
            tuple(value for page in pages for value in page.value[0]),
            min(page.fetched_at for page in pages),
            any(page.is_stale for page in pages),
        )


def _checked(identifier: str) -> str:
    """Refuses what can be no id, so that it never becomes part of an address."""
    if not _ID.fullmatch(identifier):
        raise PortalNotFoundError(f"{identifier!r} is no id of the portal.")
    return identifier
