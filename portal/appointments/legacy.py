"""The granular endpoints of generation A, which some cities still run."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from portal.appointments.calendar import Wish
from portal.appointments.errors import ZmsError
from portal.appointments.handlers import (
    Answer,
    Api,
    Handler,
    Question,
    admitted,
)
from portal.appointments.validation import calendar_question, day, number


def services(api: Api, _: Question) -> Answer:
    """Lists all services."""
    return _listed("services", _services(api), "requestNotFound")


def scopes(api: Api, _: Question) -> Answer:
    """Lists all scopes."""
    found = [row.scope for row in api.desk.catalogue.offices.values()]
    return _listed("scopes", found, "scopesNotFound")


def offices(api: Api, _: Question) -> Answer:
    """Lists all offices."""
    found = [row.document for row in api.desk.catalogue.offices.values()]
    return _listed("offices", found, "providerNotFound")


def scope_by_id(api: Api, question: Question) -> Answer:
    """Shows one scope."""
    wanted = number(question.fields.get("scopeId"))
    if wanted is None:
        raise ZmsError("invalidScopeId")
    for row in api.desk.catalogue.offices.values():
        if row.scope["id"] == wanted:
            return Answer(row.scope)
    raise ZmsError("scopesNotFound")


def services_by_office(api: Api, question: Question) -> Answer:
    """Lists the services of an office."""
    wanted = number(question.fields.get("officeId"))
    if wanted is None:
        raise ZmsError("invalidOfficeId")
    return _listed("services", _services(api, wanted), "requestNotFound")


def offices_by_service(api: Api, question: Question) -> Answer:
    """Lists the offices of a service."""
    wanted = number(question.fields.get("serviceId"))
    if wanted is None:
        raise ZmsError("invalidServiceId")
    catalogue = api.desk.catalogue
    found = [
        row.document
        for row in catalogue.offices.values()
        if catalogue.offers(row.id, wanted)
    ]
    return _listed("offices", found, "providerNotFound")


def available_days(api: Api, question: Question) -> Answer:
    """Lists the days with free appointments."""
    days = [found.isoformat() for found in _free(api, question)]
    return _listed("availableDays", days, "noAppointmentForThisDay")


def available_days_by_office(api: Api, question: Question) -> Answer:
    """Lists the days with free appointments and their offices."""
    days = [
        {"time": found.isoformat(), "providerIDs": ",".join(map(str, by_office))}
        for found, by_office in _free(api, question).items()
    ]
    return _listed("availableDays", days, "noAppointmentForThisDay")


def available_appointments(api: Api, question: Question) -> Answer:
    """Lists the free moments of a day."""
    by_office = _free_on_day(api, question)
    moments = sorted({at for starts in by_office.values() for at in starts})
    return _listed("appointmentTimestamps", moments, "appointmentNotAvailable")


def available_appointments_by_office(api: Api, question: Question) -> Answer:
    """Lists the free moments of a day by office."""
    found = [
        {"officeId": id_, "appointments": starts}
        for id_, starts in _free_on_day(api, question).items()
    ]
    return _listed("offices", found, "appointmentNotAvailable")


def _listed(name: str, found: list[Any], code: str) -> Answer:
    # Generation A takes an empty list for an error.
    if not found:
        raise ZmsError(code)
    return Answer({name: found})


def _services(api: Api, at: int | None = None) -> list[Any]:
    catalogue = api.desk.catalogue
    return [
        catalogue.service_document(service)
        for service in catalogue.services.values()
        if at is None or at in service.offices
    ]


def _free_on_day(api: Api, question: Question) -> dict[int, list[int]]:
    wanted = day(question.fields.get("date"))
    text = wanted.isoformat() if wanted else None
    fields = {**question.fields, "startDate": text, "endDate": text}
    try:
        found = _free(api, question, fields)
    except ZmsError as error:
        codes = [code for code in error.codes if code not in _DAY_CODES]
        raise ZmsError(*codes, *(["invalidDate"] if wanted is None else [])) from error
    return next(iter(found.values()), {})


def _free(
    api: Api, question: Question, fields: Mapping[str, Any] | None = None
) -> dict[date, dict[int, list[int]]]:
    asked = admitted(
        api,
        question,
        lambda: calendar_question(fields or question.fields, is_legacy=True),
    )
    wish: Wish = api.desk.wish(asked)
    availability = api.desk.availability(wish)
    days = api.desk.supply.bookable_days(api.desk.clock(), wish.first, wish.last)
    return {
        found: by_office
        for found in days
        if (by_office := availability.by_office(wish.offices, found, wish.slots))
    }


_DAY_CODES = ("invalidStartDate", "invalidEndDate")

#: Method and handler by path below the mount.
ROUTES: Mapping[str, tuple[str, Handler]] = {
    "services/": ("GET", services),
    "scopes/": ("GET", scopes),
    "offices/": ("GET", offices),
    "scope-by-id/": ("GET", scope_by_id),
    "services-by-office/": ("GET", services_by_office),
    "offices-by-service/": ("GET", offices_by_service),
    "available-days/": ("GET", available_days),
    "available-days-by-office/": ("GET", available_days_by_office),
    "available-appointments/": ("GET", available_appointments),
    "available-appointments-by-office/": ("GET", available_appointments_by_office),
}
