"""What the pages tell about an office: where, how to reach it, open until when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portal.catalogue import OfficeRecord
from portal.city_page.service_facts import SourceView, plain, shown_date, source_view
from portal.city_page.site_texts import SiteTexts
from portal.opening_hours import Day, Span, Status, Timetable, is_outdated
from portal.seed_models import SpecialDay

_DAYS_SHOWN = 7


@dataclass(frozen=True)
class Phone:
    """A number as it is written, and as it is dialled."""

    number: str
    address: str
    note: str


@dataclass(frozen=True)
class DayRow:
    """One day of the coming week."""

    name: str
    date: str
    times: list[str]
    """Empty where it is closed."""
    is_known: bool
    note: str


@dataclass(frozen=True)
class OfficeView:
    """Everything that is told about an office; empty means not known."""

    slug: str
    name: str
    department: str
    is_external: bool
    address: list[str]
    phones: list[Phone]
    emails: list[str]
    website: str
    booking_url: str
    by_appointment_only: bool
    is_open: bool | None
    """None where it is not known."""
    statement: str
    """Whether it is open now, until when, else from when."""
    reason: str
    week: list[DayRow]
    hours_note: str
    hours_as_of: str
    is_outdated: bool
    transport: str
    accessibility: str
    payment: str
    tasks: list[str]
    services: list[tuple[str, str]]
    """Slug and name."""
    source: SourceView

    @property
    def today(self) -> DayRow | None:
        """The first of the days, if hours are known at all."""
        return self.week[0] if self.week else None


def office_view(
    record: OfficeRecord,
    special_days: Sequence[SpecialDay],
    now: datetime,
    max_age_in_days: int,
    words: SiteTexts,
) -> OfficeView:
    """Puts an office into words.

    Args:
        record: As the catalogue gives it.
        special_days: The city's special days.
        now: Moment in Europe/Berlin.
        max_age_in_days: Age above which hours are told as possibly outdated.
        words: The language.
    """
    document, hours = record.document, record.hours
    timetable = Timetable(hours, special_days)
    status = timetable.status(now)
    place = document["address"]
    last = now.date() + timedelta(days=_DAYS_SHOWN - 1)
    days = timetable.days(now.date(), last) if timetable.is_known else []
    city = " ".join(filter(None, (place["postalCode"], place["addressLocality"])))
    return OfficeView(
        slug=document["slug"],
        name=document["shortName"] or document["name"],
        department=document["department"] or "",
        is_external=document["external"],
        address=[place["streetAddress"], city] if place["streetAddress"] else [],
        phones=[_phone(row["number"], row["note"]) for row in document["phones"]],
        emails=list(document["email"]),
        website=document["website"] or "",
        booking_url=document["appointmentUrl"] or "",
        by_appointment_only=document["byAppointmentOnly"] is True,
        is_open=bool(status.span) if status.day.is_known else None,
        statement=_statement(status, words),
        reason="" if status.span else (status.day.reason or ""),
        week=[_row(day, words) for day in days],
        hours_note=plain(hours.note),
        hours_as_of=shown_date(hours.as_of),
        is_outdated=timetable.is_known
        and is_outdated(hours.as_of, now.date(), max_age_in_days),
        transport=plain(document["transport"]),
        accessibility=plain(document["accessibility"]),
        payment=plain(document["payment"]),
        tasks=list(document["tasks"]),
        services=[(row["slug"], row["name"]) for row in document["services"]],
        source=source_view(document["source"], now.date(), words),
    )


def _phone(number: str, note: str | None) -> Phone:
    digits = re.sub(r"\D", "", number)
    # Short numbers such as 115 and 112 have no country code.
    address = f"+49{digits[1:]}" if digits.startswith("0") else digits
    return Phone(number, f"tel:{address}", plain(note))


def _statement(status: Status, words: SiteTexts) -> str:
    if not status.day.is_known:
        is_other_day = status.change_at or status.day.reason
        return words.hours_unknown_today if is_other_day else words.hours_unknown
    if status.span:
        if status.change_at is None:
            return words.open_always
        text = words.open_until.format(_time(status.change_at))
        mode = _mode(status.span, words)
        return f"{text} ({mode})" if mode else text
    opens = status.change_at
    if opens is None:
        return words.closed_long
    distance = (opens.date() - status.at.date()).days
    if distance == 0:
        return words.opens_today.format(_time(opens))
    if distance == 1:
        return words.opens_tomorrow.format(_time(opens))
    return words.opens_on.format(_named(opens.date(), words), _time(opens))


def _time(at: datetime) -> str:
    return f"{at.hour}:{at.minute:02d}"


def _named(day: date, words: SiteTexts) -> str:
    return f"{words.weekdays[day.weekday()]}, {day.day}.{day.month}."


def _row(day: Day, words: SiteTexts) -> DayRow:
    return DayRow(
        name=words.weekdays[day.day.weekday()],
        date=f"{day.day.day}.{day.day.month}.",
        times=[_span(span, words) for span in day.spans] if day.is_known else [],
        is_known=day.is_known,
        note=day.reason or "",
    )


def _span(span: Span, words: SiteTexts) -> str:
    opens, closes = (_clock(text) for text in (span.opens, span.closes))
    mode = _mode(span, words)
    return f"{opens}–{closes}" + (f" ({mode})" if mode else "")


def _clock(text: str) -> str:
    return text[1:] if text.startswith("0") else text


def _mode(span: Span, words: SiteTexts) -> str:
    modes = {"appointmentOnly": words.mode_appointment, "phone": words.mode_phone}
    return modes.get(span.mode, "")
