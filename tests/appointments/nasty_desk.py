"""A desk before a ZMS that does what a test says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from nasty_zms import HTML, Asked, Reply, errors

from kumpel.appointments import zms_errors
from kumpel.appointments.directory import Directory, OfficeFacts
from kumpel.appointments.models import (
    BookableOffice,
    Credentials,
    Reservation,
    Slot,
    Wish,
)
from kumpel.appointments.transport import Transport
from kumpel.appointments.zms_client import ZmsClient
from kumpel.appointments.zms_steps import ZmsSite
from kumpel.clock import TIME_ZONE

NOW = datetime(2026, 11, 23, 10, 15, tzinfo=TIME_ZONE)
DAY = date(2026, 12, 1)
STARTS = datetime(2026, 12, 1, 8, 0, tzinfo=TIME_ZONE)
AT = int(STARTS.timestamp())
SLOT = Slot(STARTS, "20101")
KEY = "ab" * 32
MINE = Credentials("101002", KEY)
WISH = Wish("pass", DAY, date(2026, 12, 31))
CATALOGUE = {
    "offices": [{"id": 20101, "name": "Mitte", "geo": None, "scope": None}],
    "services": [{"id": 30101, "name": "Pass", "maxQuantity": 3, "combinable": []}],
    "relations": [{"officeId": 20101, "serviceId": 30101, "slots": 2, "public": True}],
}


class Facts(Directory):
    """The portal's facts, without a portal."""

    def __init__(self) -> None:
        pass

    def within(self, seconds: float) -> Facts:
        return self

    def service_id(self, slug: str) -> str | None:
        return "30101" if slug == "pass" else None

    def service_slug(self, id_: str) -> str | None:
        return "pass" if id_ == "30101" else None

    def office(self, id_: str) -> OfficeFacts | None:
        return None


def process(status: str = "reserved", **more: Any) -> dict[str, Any]:
    return {
        "processId": 101002,
        "timestamp": str(AT),
        "authKey": KEY,
        "familyName": None,
        "email": "test@muenchen.de",
        "officeId": 20101,
        "officeName": None,
        "scope": None,
        "serviceId": 30101,
        "serviceName": "Pass",
        "serviceCount": 1,
        "subRequestCounts": [],
        "status": status,
        "displayNumber": None,
        "icsContent": None,
        **more,
    }


def day(number: int, *starts: int) -> dict[str, Any]:
    entries = [{"officeId": "20101", "appointments": list(starts)}] if starts else []
    return {"date": f"2026-12-{number:02}", "providerIDs": "20101", "offices": entries}


def page(*days: dict[str, Any], following: str | None = None) -> Reply:
    return Reply(200, {"availableDays": list(days), "nextBookableDate": following})


def answers(**by_path: Any) -> Callable[[Asked], Reply]:
    """Answers by the path's first word; a list gives one answer after the other."""

    def script(asked: Asked) -> Reply:
        name = asked.path.split("/")[0].split("-")[0]
        found = by_path.get(name, Reply(200, CATALOGUE) if name == "offices" else None)
        if callable(found):
            found = found(asked)
        if isinstance(found, list):
            if name == "available" and not asked.query:
                return errors("invalidOfficeId", "invalidStartDate")
            found = found.pop(0) if len(found) > 1 else found[0]
        return found if isinstance(found, Reply) else Reply(200, found)

    return script


def desk_of(url: str, is_own: bool = False, timeout: float = 2.0) -> ZmsClient:
    transport = Transport(
        url, timeout_in_seconds=timeout, error_from=zms_errors.error_from
    )
    site = ZmsSite(is_own, None)
    return ZmsClient(transport, Facts(), lambda: NOW, site)


def reservation() -> Reservation:
    office = BookableOffice(
        "20101", None, "Mitte", None, None, None, None, True, "no", "no", None, None, 15
    )
    return Reservation("101002", KEY, SLOT, office, NOW + timedelta(minutes=15))


CUT = Reply(is_cut=True)
GATEWAY = Reply(502, HTML)
