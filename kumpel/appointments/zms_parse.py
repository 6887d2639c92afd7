"""Turns ZMS's JSON into the desk's values; every shape is known only here.

ZMS sends ids as numbers here and as texts there, and moments as either. All become
texts and aware moments. Unknown keys are left alone.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from kumpel.appointments.models import (
    Appointment,
    BookableOffice,
    FreeDay,
    Person,
    Slot,
    Status,
    Wanted,
)
from kumpel.clock import TIME_ZONE
from kumpel.errors import PortalError
from kumpel.portal_client.parse import Node

_DEFAULT_RESERVATION_MINUTES = 15
#: ZMS's own limit for one appointment.
_MAXIMUM_SLOTS = 25
_STATES: Mapping[str, Status] = {
    "reserved": "reserved",
    "preconfirmed": "preconfirmed",
    "confirmed": "confirmed",
    "queued": "called",
    "called": "called",
    "processing": "called",
    "pending": "called",
    "parked": "called",
    "finished": "finished",
    "archived": "finished",
    "anonymized": "finished",
    "missed": "missed",
    "deleted": "cancelled",
    "blocked": "cancelled",
    "free": "cancelled",
    "conflict": "cancelled",
}
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class OfferedService:
    """A service of the catalogue.

    Attributes:
        slots_by_office: Slots for one person by number of the office; in the order in
            which ZMS wants the offices offered.
    """

    id: str
    name: str
    most_quantity: int
    slots_by_office: Mapping[str, int]


@dataclass(frozen=True)
class OfferedOffice:
    """An office of the catalogue, before the portal's facts are added."""

    office: BookableOffice
    most_slots: int | None


@dataclass(frozen=True)
class Catalogue:
    """All that can be booked."""

    services: Mapping[str, OfferedService]
    offices: Mapping[str, OfferedOffice]

    def most_persons(self, service: OfferedService) -> int:
        """Returns for how many persons one appointment is long enough, somewhere."""
        lengths = (
            (self.offices[office].most_slots or _MAXIMUM_SLOTS) // slots
            for office, slots in service.slots_by_office.items()
        )
        return max(1, min(service.most_quantity, max(lengths, default=1)))


@dataclass(frozen=True)
class CalendarPage:
    """One answer of a calendar.

    Attributes:
        next_day: The next bookable day behind the days that are shown, if any.
    """

    days: tuple[FreeDay, ...]
    slots: tuple[Slot, ...]
    next_day: date | None


def unwrapped(document: Any) -> Any:
    """Takes off the envelope ``{meta, data}`` that some gateways put around."""
    if isinstance(document, Mapping) and {"meta", "data"} <= document.keys():
        return document["data"]
    return document


def catalogue(document: Any) -> Catalogue:
    """Parses `/offices-and-services/`.

    Raises:
        PortalError: A key is missing or of a wrong type.
    """
    root = Node(document, "catalogue")
    offices = {node.text("id"): node for node in root.nodes("offices")}
    slots: dict[str, dict[str, int]] = {}
    for relation in root.nodes("relations"):
        service, office = relation.text("serviceId"), relation.text("officeId")
        if office in offices and relation.boolean("public", default=True):
            slots.setdefault(service, {})[office] = _whole(relation, "slots") or 1
    services = {}
    for node in root.nodes("services"):
        id_ = node.text("id")
        ranked = sorted(
            slots.get(id_, {}).items(),
            key=lambda item: -(_whole(offices[item[0]], "priority") or 1),
        )
        services[id_] = OfferedService(
            id_, node.text("name"), _whole(node, "maxQuantity") or 1, dict(ranked)
        )
    return Catalogue(services, {id_: _offered(node) for id_, node in offices.items()})


def _offered(node: Node) -> OfferedOffice:
    scope = node.optional_node("scope")
    return OfferedOffice(
        office(node, scope), _whole(node, "slotsPerAppointment", is_strict=False)
    )


def office(node: Node, scope: Node | None) -> BookableOffice:
    """Parses an office; slug and district are not ZMS's to know."""
    address = node.optional_node("address") or Node({}, "address")
    street = (
        address.optional_text("street"),
        address.optional_text("house_number"),
    )
    return _office(
        node.text("id"),
        node.text("name"),
        " ".join(filter(None, street)),
        address.optional_text("postal_code"),
        address.optional_text("city"),
        scope or Node({}, "scope"),
    )


def _office(
    id_: str,
    name: str,
    street: str,
    postcode: str | None,
    city: str | None,
    scope: Node,
) -> BookableOffice:
    hints = (
        _plain(scope.optional_text(key))
        for key in ("infoForAllAppointments", "infoForAppointment", "hint")
    )
    return BookableOffice(
        id=id_,
        slug=None,
        name=name,
        street=street or None,
        postcode=postcode,
        city=city,
        district=None,
        needs_mail=bool(scope.boolean("emailRequired")),
        telephone=_wanted(scope, "telephone"),
        remark=_wanted(scope, "customTextfield"),
        remark_label=scope.optional_text("customTextfieldLabel"),
        # The same text often stands in two of them.
        hint="\n".join(dict.fromkeys(filter(None, hints))) or None,
        reservation_minutes=_whole(scope, "reservationDuration")
        or _DEFAULT_RESERVATION_MINUTES,
        is_demonstration=scope.boolean("demonstration") is True,
    )


def appointment(document: Any) -> Appointment:
    """Parses a ThinnedProcess; its office is the one that its scope describes.

    Raises:
        PortalError: A key is missing or of a wrong type.
    """
    node = Node(document, "appointment")
    status = node.text("status")
    if status not in _STATES:
        raise PortalError(f"ZMS sent an appointment in the unknown state {status!r}.")
    office_id = node.optional_text("officeId") or "0"
    return Appointment(
        process_id=node.text("processId"),
        auth_key=node.optional_text("authKey") or "",
        status=_STATES[status],
        number=node.optional_text("displayNumber") or node.text("processId"),
        service=None,
        service_id=node.optional_text("serviceId") or "0",
        service_name=node.optional_text("serviceName") or "",
        persons=_whole(node, "serviceCount") or 1,
        further_services=tuple(
            (each.text("id"), _whole(each, "count") or 1)
            for each in node.nodes("subRequestCounts")
        ),
        slot=Slot(_moment(node.text("timestamp")), office_id),
        office=_office_of_scope(node, office_id),
        person=Person(
            name=node.optional_text("familyName") or "",
            mail=node.optional_text("email"),
            telephone=node.optional_text("telephone"),
            remark=node.optional_text("customTextfield"),
        ),
        calendar=node.optional_text("icsContent"),
    )


def _office_of_scope(node: Node, office_id: str) -> BookableOffice | None:
    scope = node.optional_node("scope")
    provider = scope.optional_node("provider") if scope else None
    name = provider.optional_text("name") if provider else None
    if scope is None or provider is None or not name or office_id == "0":
        return None
    contact = provider.optional_node("contact") or Node({}, "contact")
    street = contact.optional_text("street"), contact.optional_text("streetNumber")
    return _office(
        office_id,
        name,
        " ".join(filter(None, street)),
        contact.optional_text("postalCode"),
        contact.optional_text("city"),
        scope,
    )


def calendar(document: Any) -> CalendarPage:
    """Parses `/available-calendar/` (generation B)."""
    root = Node(document, "calendar")
    days, slots = [], list[Slot]()
    for raw in _list(document, "availableDays"):
        node, entries = Node(raw, "day"), _list(raw, "offices")
        ids = _ids(node) or tuple(
            Node(entry, "office").text("officeId") for entry in entries
        )
        days.append(FreeDay(node.day("date"), ids))
        slots += [slot for entry in entries for slot in _slots(entry)]
    has_next = root.optional_text("nextBookableDate") is not None
    return CalendarPage(
        tuple(days), tuple(slots), root.day("nextBookableDate") if has_next else None
    )


def days(document: Any, asked: tuple[str, ...]) -> tuple[FreeDay, ...]:
    """Parses `/available-days-by-office/` (generation A).

    Args:
        document: The answer; a day is an object, or a text in older versions.
        asked: Numbers of the offices that were asked for, where it does not tell.
    """
    nodes = [
        Node({"time": raw} if isinstance(raw, str) else raw, "day")
        for raw in _list(document, "availableDays")
    ]
    return tuple(FreeDay(node.day("time"), _ids(node) or asked) for node in nodes)


def slots_by_office(document: Any) -> tuple[Slot, ...]:
    """Parses `/available-appointments-by-office/` (generation A)."""
    return tuple(slot for entry in _list(document, "offices") for slot in _slots(entry))


def _ids(day: Node) -> tuple[str, ...]:
    told = (day.optional_text("providerIDs") or "").split(",")
    return tuple(dict.fromkeys(part.strip() for part in told if part.strip()))


def _slots(entry: Any) -> list[Slot]:
    office_id = Node(entry, "office").text("officeId")
    return [Slot(_moment(moment), office_id) for moment in _list(entry, "appointments")]


def _list(value: Any, key: str) -> list[Any]:
    """Returns the list below a key; none where it is missing or null."""
    found = value.get(key) if isinstance(value, Mapping) else None
    if found is None:
        return []
    if not isinstance(found, list):
        raise PortalError(f"ZMS sent {key} that is no list.")
    return found


def _moment(value: Any) -> datetime:
    try:
        return datetime.fromtimestamp(int(value), TIME_ZONE)
    except (TypeError, ValueError, OverflowError, OSError) as error:
        raise PortalError(f"ZMS sent {value!r}, which is no moment.") from error


def _whole(node: Node, key: str, is_strict: bool = True) -> int | None:
    """Returns a whole number, also from a text; None where there is none.

    Args:
        node: Where it stands.
        key: Its key.
        is_strict: Whether another text is an error, and not "no number".
    """
    text = node.optional_text(key)
    try:
        return None if text is None else int(text)
    except ValueError as error:
        if is_strict:
            raise node.wrong(key, "is no whole number") from error
        return None


def _wanted(scope: Node, name: str) -> Wanted:
    if not scope.boolean(f"{name}Activated"):
        return "no"
    return "required" if scope.boolean(f"{name}Required") else "offered"


def _plain(markup: str | None) -> str | None:
    """Returns the text of a piece of HTML; ZMS's staff write markup into hints."""
    text = html.unescape(_TAG.sub(" ", markup or ""))
    return " ".join(text.split()) or None
