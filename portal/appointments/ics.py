"""Writes an appointment as a calendar file (RFC 5545)."""

from __future__ import annotations

import functools
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import icalendar

from kumpel.clock import TIME_ZONE

if TYPE_CHECKING:
    from portal.appointments.catalogue import BookingCatalogue, Office
    from portal.appointments.process import Process

_PRODUCER = "-//Stadt Krefeld//Kumpel Krefeld//DE"


def calendar_text(process: Process, catalogue: BookingCatalogue) -> str:
    """Returns a VCALENDAR with one VEVENT and its time zone.

    Nothing in it names the citizen: calendars are often shared.

    Args:
        process: An appointment with a time.
        catalogue: Offices and services to name it.
    """
    office = catalogue.offices.get(process.office)
    service = catalogue.services.get(process.service)
    starts_at = datetime.fromtimestamp(process.starts_at, TIME_ZONE)
    # Added as a duration between instants, since an hour is an hour at any time.
    ends_at = datetime.fromtimestamp(
        process.starts_at + process.duration_minutes * 60, TIME_ZONE
    )
    event = icalendar.Event()
    event.add("uid", f"{starts_at:%Y%m%d}-{process.number}")
    event.add("dtstamp", starts_at)
    event.add("dtstart", starts_at)
    event.add("dtend", ends_at)
    what = service.name if service else "Termin"
    event.add("summary", what)
    event.add("location", _place(office))
    lines = [
        f"Terminnummer: {process.process_id}",
        f"Aufrufnummer: {process.number}",
    ]
    if service and service.documents:
        lines += ["Bitte mitbringen:", *(f"- {name}" for name in service.documents)]
    event.add("description", "\n".join(lines))
    event.add("status", "CONFIRMED")
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"Morgen: {what}")
    alarm.add("trigger", timedelta(days=-1))
    event.add_component(alarm)
    file = icalendar.Calendar()
    file.add("prodid", _PRODUCER)
    file.add("version", "2.0")
    file.add_component(_time_zone(starts_at.year))
    file.add_component(event)
    text: str = file.to_ical().decode()
    return text


@functools.lru_cache(maxsize=8)
def _time_zone(year: int) -> icalendar.Timezone:
    """Returns the time zone with the changes around a year: all of them are long."""
    return icalendar.Timezone.from_tzid(
        str(TIME_ZONE),
        first_date=date(year - 1, 1, 1),
        last_date=date(year + 1, 12, 31),
    )


def _place(office: Office | None) -> str:
    if office is None:
        return "Krefeld"
    address = office.document["address"]
    street = " ".join(filter(None, (address["street"], address["house_number"])))
    city = " ".join(filter(None, (address["postal_code"], address["city"])))
    return ", ".join(filter(None, (office.name, street, city)))
