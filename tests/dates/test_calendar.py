"""When an office is open, from the days that the portal resolved."""

from __future__ import annotations

from datetime import date, time, timedelta

from kumpel.dates.calendar import Closure, OpeningCalendar, calendar_of
from kumpel.portal_client.models import DayHours, Interval, OfficeHours, Source

MONDAY = date(2026, 12, 21)
_SOURCE = Source((), None, None, "high")


def hours(*, are_known: bool = True) -> OfficeHours:
    """Eleven days from Monday: open on workdays, Heiligabend special, 25 to 27 free."""
    days = []
    for ahead in range(11):
        day = MONDAY + timedelta(days=ahead)
        opens = (Interval("08:30", "12:30", "walkIn"),)
        if day == date(2026, 12, 24):
            days.append(DayHours(day, False, (), "special", "Heiligabend, zu"))
        elif day == date(2026, 12, 25):
            days.append(DayHours(day, False, (), "holiday", "Erster Weihnachtstag"))
        elif day.weekday() >= 5:
            days.append(DayHours(day, False, (), "regular", None))
        else:
            days.append(DayHours(day, True, opens, None, None))
    return OfficeHours("a", are_known, tuple(days), _SOURCE, False)


def calendar() -> OpeningCalendar:
    found = calendar_of(hours())
    assert found is not None
    return found


def test_a_resolved_day_is_told_as_the_portal_says() -> None:
    assert calendar().intervals(MONDAY) == ((time(8, 30), time(12, 30)),)
    assert calendar().closed_reason(MONDAY) is None
    assert calendar().closed_reason(date(2026, 12, 24)) == "Heiligabend, zu"
    assert calendar().closed_reason(date(2026, 12, 25)) == "Erster Weihnachtstag"
    assert calendar().closed_reason(date(2026, 12, 27)) == "Sonntag"


def test_behind_the_horizon_the_usual_week_goes_on() -> None:
    assert calendar().intervals(date(2027, 3, 4)) == ((time(8, 30), time(12, 30)),)
    assert calendar().closed_reason(date(2027, 3, 7)) == "Sonntag"
    assert calendar().closed_reason(date(2027, 5, 27)) == "Fronleichnam"


def test_the_next_open_day_skips_closed_ones() -> None:
    assert calendar().next_open_day(date(2026, 12, 23)) == date(2026, 12, 28)


def test_an_office_that_never_opens_has_no_next_day() -> None:
    assert OpeningCalendar({}).next_open_day(MONDAY) is None


def test_known_closures_close_days_behind_the_horizon() -> None:
    closure = Closure(date(2027, 2, 8), date(2027, 2, 8), "Rosenmontag")
    found = calendar_of(hours(), (closure,))
    assert found is not None
    assert found.closed_reason(date(2027, 2, 8)) == "Rosenmontag"


def test_unknown_hours_make_no_calendar() -> None:
    assert calendar_of(hours(are_known=False)) is None


def test_an_office_without_holidays_is_open_on_them() -> None:
    pool = OpeningCalendar({0: ((time(8), time(20)),)}, has_holidays=False)
    assert pool.closed_reason(date(2027, 3, 29)) is None
