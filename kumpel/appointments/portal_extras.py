"""What ZMS lacks and the portal adds: the waiting list, and whether mails are sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kumpel.appointments.models import WaitingPlace, WaitingWish
from kumpel.appointments.transport import Transport
from kumpel.errors import (
    InvalidPersonError,
    NotBookableError,
    PortalError,
    PortalNotFoundError,
    UncertainError,
)
from kumpel.portal_client.parse import Node

_FIELDS = {"#/familyName": "name", "#/email": "mail"}
_KINDS = {400: "validation", 401: "auth", 403: "auth", 409: "conflict", 429: "limit"}


def error_from(status: int, _: Mapping[str, str], document: Any) -> PortalError | None:
    """Makes the error of an RFC 9457 problem, None where there is none."""
    if status < 400:
        return None
    problem = document if isinstance(document, Mapping) else {}
    message = f"The portal refused with {status} {str(problem.get('code'))[:60]}."
    if status >= 500:
        return UncertainError(message)
    if status == 404:
        return PortalNotFoundError(message)
    entries = problem.get("errors")
    pointers = [
        entry.get("pointer")
        for entry in (entries if isinstance(entries, list) else [])
        if isinstance(entry, Mapping)
    ]
    if status == 422:
        fields = tuple(_FIELDS[each] for each in pointers if each in _FIELDS)
        if fields:
            return InvalidPersonError(message, fields=fields)
        return NotBookableError(message)
    return PortalError(message, kind=_KINDS.get(status, "unknown"), status=status)


class PortalExtras:
    """Speaks with the portal's own API, as a client that it trusts."""

    def __init__(self, transport: Transport) -> None:
        """Takes the way to the portal.

        Args:
            transport: To `/portal/v1/`, with the key and this module's `error_from`.
        """
        self._transport = transport

    def sends_mail(self, deadline: float | None) -> bool | None:
        """Tells whether mails leave the portal; None where it does not say.

        Args:
            deadline: Moment of `time.monotonic`.
        """
        answer = self._transport.get("mail", deadline=deadline)
        return Node(answer.document, "mail").boolean("isSent")

    def join(
        self,
        wish: WaitingWish,
        service: str,
        offices: tuple[str, ...],
        deadline: float | None,
    ) -> WaitingPlace:
        """Puts a citizen on the waiting list.

        Args:
            wish: Who waits for what; the citizen agreed to it.
            service: Number of the service.
            offices: Numbers of the offices, at least one.
            deadline: Moment of `time.monotonic`.
        """
        body = {
            "serviceId": int(service),
            "officeIds": [int(office) for office in offices],
            "serviceCount": wish.persons,
            "before": wish.before.isoformat(),
            "familyName": wish.person.name.strip(),
            "email": (wish.person.mail or "").strip(),
            "consent": True,
        }
        answer = self._transport.post("waitlist", body, deadline=deadline)
        node = Node(answer.document, "place")
        is_offered = node.optional_text("offeredUntil") is not None
        return WaitingPlace(
            token=node.text("token"),
            before=node.moment("before"),
            position=int(node.number("position") or 1),
            offered_until=node.moment("offeredUntil") if is_offered else None,
        )
