"""One appointment, and how ZMS shows it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from portal.appointments.catalogue import BookingCatalogue
from portal.appointments.ics import calendar_text

#: States in which an appointment holds its seat.
ACTIVE = ("reserved", "preconfirmed", "confirmed")

_GONE = ("deleted", "blocked")


@dataclass(frozen=True)
class Person:
    """What a citizen told of themselves."""

    family_name: str | None = None
    email: str | None = None
    telephone: str | None = None
    custom_textfield: str = ""
    custom_textfield2: str = ""


@dataclass(frozen=True)
class Process:
    """One appointment.

    Attributes:
        further_services: Ids and counts of the services besides the main one.
        starts_at: Unix seconds.
        expires_at: Unix seconds at which a reservation lapses; None once confirmed.
    """

    process_id: int
    status: str
    office: int
    service: int
    service_count: int
    further_services: tuple[tuple[int, int], ...]
    starts_at: int
    slot_count: int
    duration_minutes: int
    display_number: str | None
    person: Person
    external_user: str | None
    expires_at: int | None

    def with_(self, **changes: Any) -> Process:
        """Returns a copy with other values."""
        return replace(self, **changes)

    @property
    def number(self) -> str:
        """The number that people are called by."""
        return self.display_number or str(self.process_id)


def thinned(
    process: Process,
    catalogue: BookingCatalogue,
    auth_key: str | None,
    captcha_token: str = "",
) -> dict[str, Any]:
    """Returns an appointment as ZMS's ThinnedProcess.

    Args:
        process: The appointment.
        catalogue: Offices and services to name it.
        auth_key: The key that whoever asks holds, or the new one.
        captcha_token: A fresh token where the endpoint gives one.
    """
    is_gone = process.status in _GONE
    office = catalogue.offices.get(process.office)
    service = catalogue.services.get(process.service)
    person = process.person
    scope = office.scope if office else None
    return {
        "processId": process.process_id,
        "timestamp": str(process.starts_at),
        "authKey": auth_key,
        "familyName": "(abgesagt)" if is_gone else person.family_name,
        "customTextfield": person.custom_textfield,
        "customTextfield2": person.custom_textfield2,
        "email": person.email or "",
        "telephone": "" if is_gone else person.telephone,
        "officeName": None if is_gone or not office else office.name,
        "officeId": 0 if is_gone else process.office,
        "scope": _emptied(scope) if is_gone else scope,
        "subRequestCounts": [
            {"id": id_, "name": _name_of(catalogue, id_), "count": count}
            for id_, count in process.further_services
        ],
        "serviceId": process.service,
        "serviceName": service.name if service else None,
        "serviceCount": process.service_count,
        "status": process.status,
        "captchaToken": captcha_token,
        "slotCount": process.slot_count,
        "displayNumber": None
        if process.status == "reserved"
        else process.display_number,
        "icsContent": None if is_gone else calendar_text(process, catalogue),
    }


def _name_of(catalogue: BookingCatalogue, service: int) -> str | None:
    found = catalogue.services.get(service)
    return found.name if found else None


def _emptied(scope: dict[str, Any] | None) -> dict[str, Any] | None:
    """Returns the scope as ZMS leaves it behind after a cancellation."""
    if scope is None:
        return None
    emptied: dict[str, Any] = dict.fromkeys(scope)
    provider: dict[str, Any] = dict.fromkeys(scope["provider"])
    emptied["id"] = scope["id"]
    emptied["provider"] = {
        **provider,
        "id": 0,
        "name": "",
        "source": scope["provider"]["source"],
    }
    return {**emptied, "shortName": "", "emailFrom": "", "whitelistedMails": ""}
