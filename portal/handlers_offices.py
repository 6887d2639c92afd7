"""Answers questions about offices and their opening hours."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sanic.response import HTTPResponse

from portal.calls import Call, Portal
from portal.catalogue import OfficeRecord
from portal.opening_hours import (
    HORIZON_IN_DAYS,
    Day,
    Timetable,
    first_day_of,
    is_outdated,
    nrw_holidays,
    weaker,
)
from portal.problems import FieldError, not_found
from portal.seed_models import Confidence, SpecialDay
from portal.specification import raise_for

_DAYS = {
    "mo": "Monday",
    "di": "Tuesday",
    "mi": "Wednesday",
    "do": "Thursday",
    "fr": "Friday",
    "sa": "Saturday",
    "so": "Sunday",
}
_MODES = {"walkIn": None, "appointmentOnly": "nur mit Termin", "phone": "telefonisch"}
_EARTH_RADIUS_IN_M = 6_371_000


async def list_offices(call: Call) -> HTTPResponse:
    """Lists offices."""
    query, offset = call.query, call.offset

    def find() -> list[OfficeRecord]:
        catalogue = call.portal.catalogue
        district = query["district"]
        names = catalogue.districts_named(district) if district else None
        found = catalogue.offices(query["q"], query["service"], names)
        if query["openAt"]:
            found = _open_ones(found, catalogue.special_days(), query["openAt"])
        return found

    items = [_summary(record) for record in await call.off_loop(find)]
    if query["near"]:
        latitude, longitude = (float(part) for part in query["near"].split(","))
        for item in items:
            item["distance_m"] = _distance_in_m(item["geo"], latitude, longitude)
        # Offices without coordinates stay in the list, behind all others.
        items.sort(
            key=lambda item: (item["distance_m"] is None, item["distance_m"] or 0)
        )
    return call.page(items[offset : offset + query["limit"]], len(items), offset)


async def get_office(call: Call) -> HTTPResponse:
    """Shows one office."""
    record, special_days = await _record(call)
    today = call.portal.now.date()
    weekly = _weekly(record)
    document = {
        **record.document,
        "hoursKnown": Timetable(record.hours, special_days).is_known,
        "hoursAsOf": record.hours.as_of,
        "stale": _is_stale(call.portal, record),
        "openingHoursSpecification": [row for mode, row in weekly if mode != "phone"],
        "specialOpeningHoursSpecification": list(_special(record, special_days, today)),
    }
    by_phone = [row for mode, row in weekly if mode == "phone"]
    if by_phone:
        document["contactPoint"] = [
            {
                "@type": "ContactPoint",
                "telephone": record.document["telephone"],
                "hoursAvailable": by_phone,
            }
        ]
    return call.answer(document)


async def get_hours(call: Call) -> HTTPResponse:
    """Shows the resolved days of an office."""
    first = call.query["from"] or call.portal.now.date()
    last = call.query["to"] or first + timedelta(days=6)
    _check_range(first, last)
    record, special_days = await _record(call)
    timetable = Timetable(record.hours, special_days)
    days = timetable.days(first, last) if timetable.is_known else []
    return call.answer(
        {
            **_head(call.portal, record, [day.confidence for day in days]),
            "timezone": "Europe/Berlin",
            "hoursKnown": timetable.is_known,
            "days": [_day_document(day) for day in days],
        }
    )


async def get_status(call: Call) -> HTTPResponse:
    """Shows whether an office is open at a moment."""
    at: datetime = call.query["at"] or call.portal.now
    record, special_days = await _record(call)
    status = Timetable(record.hours, special_days).status(at)
    change = status.change_at
    return call.answer(
        {
            **_head(call.portal, record, [status.day.confidence]),
            "at": status.at.isoformat(timespec="seconds"),
            "hoursKnown": status.day.is_known,
            "open": bool(status.span) if status.day.is_known else None,
            "mode": status.span.mode if status.span else None,
            "nextChange": change
            and {"at": change.isoformat(timespec="seconds"), "to": status.change_to},
            # Why it is closed; an ordinary opening needs no reason.
            "reason": _reason(status.day) or _closed_reason(status.span is None),
        }
    )


async def list_holidays(call: Call) -> HTTPResponse:
    """Lists the public holidays of a year."""
    year = call.query["year"] or call.portal.now.year
    rows = [{"date": day.isoformat(), "name": name} for day, name in nrw_holidays(year)]
    return call.answer(rows)


async def _record(call: Call) -> tuple[OfficeRecord, list[SpecialDay]]:
    name = call.path["id"]
    catalogue = call.portal.catalogue
    # One trip to a thread for both: each costs more than the question itself.
    record, special_days = await call.off_loop(
        lambda: (catalogue.office(name), catalogue.special_days())
    )
    if record is None:
        raise not_found("Die Dienststelle", name)
    return record, special_days


def _check_range(first: date, last: date) -> None:
    errors = []
    if last < first:
        errors.append(FieldError("?to", "order", "darf nicht vor from liegen"))
    elif (last - first).days >= HORIZON_IN_DAYS:
        text = f"darf höchstens {HORIZON_IN_DAYS} Tage umfassen"
        errors.append(FieldError("?to", "range", text))
    raise_for(errors)


def _open_ones(
    records: list[OfficeRecord], special_days: list[SpecialDay], at: datetime
) -> list[OfficeRecord]:
    return [
        record
        for record in records
        if Timetable(record.hours, special_days).status(at).span
    ]


def _summary(record: OfficeRecord) -> dict[str, Any]:
    keys = (
        "identifier",
        "slug",
        "name",
        "alternateName",
        "department",
        "address",
        "district",
        "geo",
        "telephone",
        "byAppointmentOnly",
    )
    summary = {key: record.document[key] for key in keys}
    summary["hoursKnown"] = bool(record.hours.weekly or record.hours.suspended)
    return summary


def _head(
    portal: Portal, record: OfficeRecord, confidences: Sequence[Confidence | None]
) -> dict[str, Any]:
    """Returns what goes before hours: who, how sure, how old, whom to call."""
    document = record.document
    confidence = weaker(document["source"]["confidence"], *confidences)
    return {
        "office": document["identifier"],
        "slug": document["slug"],
        "name": document["name"],
        "phones": document["phones"],
        "note": record.hours.note,
        "byAppointmentOnly": document["byAppointmentOnly"],
        "source": {
            **document["source"],
            "asOf": record.hours.as_of,
            "confidence": confidence,
        },
        "confidence": confidence,
        "stale": _is_stale(portal, record),
    }


def _is_stale(portal: Portal, record: OfficeRecord) -> bool:
    limit = portal.settings.hours_max_age_in_days
    return is_outdated(record.hours.as_of, portal.now.date(), limit)


def _day_document(day: Day) -> dict[str, Any]:
    document = {
        "date": day.day.isoformat(),
        "known": day.is_known,
        "open": bool(day.spans) if day.is_known else None,
        "intervals": [vars(span) for span in day.spans] if day.is_known else [],
        "reason": _reason(day),
    }
    if day.confidence:
        document["confidence"] = day.confidence
    return document


def _reason(day: Day) -> dict[str, Any] | None:
    return {"kind": day.kind, "text": day.reason} if day.kind else None


def _closed_reason(is_closed: bool) -> dict[str, Any] | None:
    return {"kind": "regular", "text": None} if is_closed else None


def _weekly(record: OfficeRecord) -> list[tuple[str, dict[str, Any]]]:
    season = record.hours.season
    note = f"nur vom {season.first} bis {season.last} (Monat-Tag)" if season else None
    return [
        (
            row.mode,
            {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": [_DAYS[day] for day in row.days],
                "opens": times.split("-")[0],
                "closes": _closing_time(times),
                "description": "; ".join(filter(None, (_MODES[row.mode], note)))
                or None,
            },
        )
        for row in record.hours.weekly
        for times in row.times
    ]


def _closing_time(times: str) -> str:
    # schema.org knows no 24:00; a minute before midnight is its usual rendering.
    return times.split("-")[1].replace("24:00", "23:59")


def _special(
    record: OfficeRecord, special_days: list[SpecialDay], today: date
) -> list[dict[str, Any]]:
    """Returns the special days of the coming year in schema.org's shape."""
    scopes = set(record.hours.closing_days)
    concerned = [
        *record.hours.special_days,
        *(day for day in special_days if scopes.intersection(day.scopes)),
    ]
    rows = []
    for special in concerned:
        for year in (today.year, today.year + 1):
            first = first_day_of(special, year)
            if first is None or not today <= first < today + timedelta(days=366):
                continue
            last = first + timedelta(days=special.length_in_days - 1)
            # "Closed" is 00:00 to 00:00 by convention.
            for times in special.times or ["00:00-00:00"]:
                rows.append(
                    {
                        "@type": "OpeningHoursSpecification",
                        "validFrom": first.isoformat(),
                        "validThrough": last.isoformat(),
                        "opens": times.split("-")[0],
                        "closes": _closing_time(times),
                        "description": special.text,
                    }
                )
    return sorted(rows, key=lambda row: (row["validFrom"], row["opens"]))


def _distance_in_m(
    geo: dict[str, Any] | None, latitude: float, longitude: float
) -> int | None:
    """Returns the distance on a sphere (haversine), in metres."""
    if geo is None:
        return None
    phi, other = math.radians(latitude), math.radians(geo["latitude"])
    step = math.radians(geo["longitude"] - longitude)
    chord = (
        math.sin((other - phi) / 2) ** 2
        + math.cos(phi) * math.cos(other) * math.sin(step / 2) ** 2
    )
    return round(2 * _EARTH_RADIUS_IN_M * math.asin(math.sqrt(min(1.0, chord))))
