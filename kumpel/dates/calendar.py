"""When an office is open: what decides "um 3" and names a closed day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from kumpel.dates.feasts import holiday_name
from kumpel.portal_client.models import DayHours, OfficeHours

Interval = tuple[time, time]
WEEKDAY_NAMES = (
    "Montag",
    "Dienstag",
    "Mittwoch",
    "Donnerstag",
    "Freitag",
    "Samstag",
    "Sonntag",
)
_LAST_MINUTE = time(23, 59)
_USUAL = frozenset({None, "regular"})


@dataclass(frozen=True)
class Closure:
    """Days on which an office is closed for a reason of its own."""

    first: date
    last: date
    reason: str
    """Such as "Betriebsferien" (German, for citizens)."""


@dataclass(frozen=True)
class OpeningCalendar:
    """The days and times at which one office is open."""

    weekly: Mapping[int, tuple[Interval, ...]]
    """Opening times by weekday (0 is Monday); a missing weekday is closed."""
    closures: tuple[Closure, ...] = ()
    days: Mapping[date, DayHours] = field(default_factory=dict)
    """Days that the portal has resolved; they win before all rules."""
    has_holidays: bool = True
    """Whether the public holidays of North Rhine-Westphalia close it."""

    def intervals(self, day: date) -> tuple[Interval, ...]:
        """Returns the opening times of a day; none where it is closed."""
        resolved = self._resolved(day)
        if resolved is not None:
            return _intervals(resolved)
        if self._special_reason(day):
            return ()
        return self.weekly.get(day.weekday(), ())

    def closed_reason(self, day: date) -> str | None:
        """Names why a day is closed: a holiday, Betriebsferien, "Sonntag"; else None.

        Args:
            day: A day, also one that the portal has not resolved.
        """
        resolved = self._resolved(day)
        if resolved is not None:
            if resolved.is_open:
                return None
            return holiday_name(day) or resolved.reason or WEEKDAY_NAMES[day.weekday()]
        if reason := self._special_reason(day):
            return reason
        return None if self.weekly.get(day.weekday()) else WEEKDAY_NAMES[day.weekday()]

    def usual_intervals(self) -> tuple[Interval, ...]:
        """Returns the opening times of all weekdays together."""
        return tuple(each for times in self.weekly.values() for each in times)

    def next_open_day(self, after: date, most_days: int = 60) -> date | None:
        """Returns the first open day after one, or None within `most_days`."""
        for ahead in range(1, most_days + 1):
            day = after + timedelta(days=ahead)
            if self.intervals(day):
                return day
        return None

    def _resolved(self, day: date) -> DayHours | None:
        resolved = self.days.get(day)
        return resolved if resolved is not None and resolved.is_known else None

    def _special_reason(self, day: date) -> str | None:
        for closure in self.closures:
            if closure.first <= day <= closure.last:
                return closure.reason
        return holiday_name(day) if self.has_holidays else None


def calendar_of(
    hours: OfficeHours, closures: tuple[Closure, ...] = ()
) -> OpeningCalendar | None:
    """Returns the calendar of an office, or None where its hours are unknown.

    The portal has put Krefeld's own closing days (Betriebsferien, Rosenmontag) into
    the days it resolved. Behind its horizon the usual week goes on, without public
    holidays and `closures`.

    Args:
        hours: Resolved days of the portal.
        closures: Closed days that are known besides.
    """
    if not hours.are_known:
        return None
    weekly: dict[int, tuple[Interval, ...]] = {}
    for each in hours.days:
        if each.is_known and each.reason_kind in _USUAL:
            weekly.setdefault(each.day.weekday(), _intervals(each))
    if not any(weekly.values()):
        return None
    return OpeningCalendar(weekly, closures, {each.day: each for each in hours.days})


def _intervals(day: DayHours) -> tuple[Interval, ...]:
    return tuple((_time(each.opens), _time(each.closes)) for each in day.intervals)


def _time(text: str) -> time:
    return _LAST_MINUTE if text == "24:00" else time.fromisoformat(text)
