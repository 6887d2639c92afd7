"""What the portal knows about the numbers that an appointment system uses."""

from __future__ import annotations

import copy
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from kumpel.appointments.models import BookingTarget
from kumpel.errors import PortalError, PortalNotFoundError
from kumpel.portal_client.client import PortalClient
from kumpel.portal_client.models import Office

T = TypeVar("T")

#: Which service has which number changes with a new seed only.
_KEPT_FOR_SECONDS = 300.0


@dataclass(frozen=True)
class OfficeFacts:
    """What ZMS does not say about an office."""

    slug: str
    district: str | None


class Directory:
    """Translates between slugs and numbers, and knows where citizens book."""

    def __init__(self, portal: PortalClient) -> None:
        """Takes the client of the portal.

        Args:
            portal: Shared by all parts of the process.
        """
        self._portal = portal
        self._known: dict[tuple[str, str], tuple[float, Any]] = {}

    def within(self, seconds: float) -> Directory:
        """Returns the same directory for one answer, with its time limit."""
        limited = copy.copy(self)
        limited._portal = self._portal.within(seconds)
        return limited

    def service_id(self, slug: str) -> str | None:
        """Returns the number of a service, None for an unknown slug."""
        return self._ask(
            "service_id", slug, lambda: self._portal.service(slug).value.identifier
        )

    def service_slug(self, id_: str) -> str | None:
        """Returns the slug of a number, None where nobody knows it just now."""
        return self._ask_gently(
            "service_slug", id_, lambda: self._portal.service(id_).value.slug
        )

    def office(self, id_: str) -> OfficeFacts | None:
        """Returns what the portal knows of an office, None where nothing just now."""

        def read() -> OfficeFacts:
            office = self._portal.office(id_).value
            return OfficeFacts(office.id, office.district)

        return self._ask_gently("office", id_, read)

    def target(self, service: str, office: str | None) -> BookingTarget:
        """Returns where citizens book on their own, as far as the facts say.

        Args:
            service: Slug.
            office: Number or slug; default is the only office of the service.
        """
        facts = self._portal.service(service).value
        if office is None and len(facts.offices) == 1:
            office = facts.offices[0].id
        place = self._place(office) if office else None
        phones = place.phones if place else ()
        return BookingTarget(
            url=facts.booking_url or (place.appointment_url if place else None),
            phone=phones[0].number if phones else None,
        )

    def _place(self, name: str) -> Office | None:
        try:
            return self._portal.office(name).value
        except PortalNotFoundError:
            return None

    def _ask_gently(self, kind: str, name: str, read: Callable[[], T]) -> T | None:
        """Asks for what is good to know, but not worth failing for."""
        try:
            return self._ask(kind, name, read)
        except PortalError:
            return None

    def _ask(self, kind: str, name: str, read: Callable[[], T]) -> T | None:
        until, value = self._known.get((kind, name), (0.0, None))
        if until > time.monotonic():
            found: T | None = value
            return found
        try:
            found = read()
        except PortalNotFoundError:
            found = None
        self._known[kind, name] = (time.monotonic() + _KEPT_FOR_SECONDS, found)
        return found
