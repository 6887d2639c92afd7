"""Resolves opening hours: special day, then holiday, then regular, then closed."""

from __future__ import annotations

import calendar
import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

import holidays
from dateutil.easter import easter

from kumpel.clock import TIME_ZONE
from portal.seed_models import WEEKDAYS, Confidence, Hours, Mode, SpecialDay

#: Farthest day that is looked at, in days from the first.
HORIZON_IN_DAYS = 62

ReasonKind = Literal["special", "holiday", "regular"]

_CONFIDENCES: tuple[Confidence, ...] = ("low", "medium", "high")
_DATED = re.compile(r"\b((?:19|20)\d\d)(?:-(0[1-9]|1[0-2]))?(?:-([0-3]\d))?\b")


@dataclass(frozen=True)
class Span:
    """Opening time within one day, `24:00` at most."""

    opens: str
    closes: str
    mode: Mode

    def starts_at(self, day: date) -> datetime:
        """Returns the aware moment at which it begins on a day."""
        return _moment(day, self.opens)

    def ends_at(self, day: date) -> datetime:
        """Returns the aware moment at which it ends on a day."""
        return _moment(day, self.closes)


@dataclass(frozen=True)
class Day:
    """One resolved day.

    Attributes:
        is_known: False where no source says whether it is open that day.
        confidence: Of the special day that decided, else None.
    """

    day: date
    spans: tuple[Span, ...] = ()
    is_known: bool = True
    kind: ReasonKind | None = None
    reason: str | None = None
    confidence: Confidence | None = None


@dataclass(frozen=True)
class Status:
    """Whether an office is open at a moment."""

    at: datetime
    day: Day
    span: Span | None
    """What is going on at the moment; None where closed or unknown."""
    change_at: datetime | None
    change_to: Literal["open", "closed"] | None


def nrw_holidays(year: int) -> list[tuple[date, str]]:
    """Returns the public holidays of North Rhine-Westphalia, in order.

    Args:
        year: Calendar year.

    Returns:
        Date and German name; source is Feiertagsgesetz NW through `holidays`.
    """
    return sorted(_holidays_of(year).items())


@functools.lru_cache(maxsize=64)
def _holidays_of(year: int) -> dict[date, str]:
    found = holidays.country_holidays("DE", subdiv="NW", years=year, language="de")
    return {day: str(name) for day, name in found.items()}


def weaker(*confidences: Confidence | None) -> Confidence:
    """Returns the lowest of the given confidences, None counting as high."""
    return min((c or "high" for c in confidences), key=_CONFIDENCES.index)


def is_outdated(as_of: str | None, today: date, max_age_in_days: int) -> bool:
    """Tells whether facts of a date may no longer hold.

    Args:
        as_of: Date as the source gives it, such as `2025-08`, `2018`, `undatiert`.
        today: Day of the question.
        max_age_in_days: Oldest age that still counts as current.

    Returns:
        True as well where the age is unknown.
    """
    last_day = last_day_of(as_of)
    return last_day is None or (today - last_day).days > max_age_in_days


def last_day_of(as_of: str | None) -> date | None:
    """Returns the last day that a date of a source may mean, or None."""
    found = _DATED.search(as_of or "")
    if not found:
        return None
    year = int(found[1])
    month = int(found[2] or 12)
    length = calendar.monthrange(year, month)[1]
    return date(year, month, min(int(found[3] or length) or length, length))


class Timetable:
    """Answers for one office when it is open.

    Args:
        hours: What is known about the office's hours.
        special_days: The city's special days; those that do not concern the
            office are left out by their scope.
    """

    def __init__(self, hours: Hours, special_days: Sequence[SpecialDay]) -> None:
        self._hours = hours
        scopes = set(hours.closing_days)
        # An office's own special day is nearer to the truth than a common one.
        self._special_days = [
            *hours.special_days,
            *(day for day in special_days if scopes.intersection(day.scopes)),
        ]

    @property
    def is_known(self) -> bool:
        """Whether any source gives hours of this office."""
        return bool(self._hours.weekly or self._hours.suspended)

    def day(self, day: date) -> Day:
        """Resolves one day."""
        return (
            self._suspended(day)
            or self._special(day)
            or self._holiday(day)
            or self._regular(day)
        )

    def days(self, first: date, last: date) -> list[Day]:
        """Resolves all days from `first` to `last`, both included."""
        count = (last - first).days + 1
        return [self.day(first + timedelta(days=offset)) for offset in range(count)]

    def status(self, at: datetime) -> Status:
        """Tells whether the office is open at an aware moment, and what comes next."""
        local = at.astimezone(TIME_ZONE)
        today = self.day(local.date())
        span = _span_at(today.spans, local) if today.is_known else None
        if span:
            change_at = self._end_of(today.day, span)
            return Status(
                local, today, span, change_at, "closed" if change_at else None
            )
        change_at = self._next_start(local)
        return Status(local, today, None, change_at, "open" if change_at else None)

    def _suspended(self, day: date) -> Day | None:
        if self._hours.suspended:
            return Day(day, kind="special", reason=self._hours.suspended)
        return None

    def _special(self, day: date) -> Day | None:
        for special in self._special_days:
            if not falls_on(special, day):
                continue
            return Day(
                day,
                spans=_spans(special.times, special.mode),
                is_known=self.is_known,
                kind="special",
                reason=special.text,
                confidence=special.source.confidence,
            )
        return None

    def _holiday(self, day: date) -> Day | None:
        name = _holidays_of(day.year).get(day)
        rule = self._hours.on_public_holidays
        if name is None or rule == "as_usual":
            return None
        if rule == "closed":
            return Day(day, is_known=self.is_known, kind="holiday", reason=name)
        reason = f"{name}: Ob an Feiertagen geöffnet ist, ist nicht bekannt"
        return Day(day, is_known=False, kind="holiday", reason=reason)

    def _regular(self, day: date) -> Day:
        if not self._hours.weekly:
            return Day(day, is_known=False)
        season = self._hours.season
        if season and not season.first <= day.strftime("%m-%d") <= season.last:
            reason = "Außerhalb der Saison sind die Zeiten nicht bekannt"
            return Day(day, is_known=False, kind="regular", reason=reason)
        weekday = WEEKDAYS[day.weekday()]
        spans = sorted(
            (
                span
                for row in self._hours.weekly
                if weekday in row.days
                for span in _spans(row.times, row.mode)
            ),
            key=lambda span: span.opens,
        )
        return Day(day, spans=tuple(spans), kind=None if spans else "regular")

    def _end_of(self, day: date, span: Span) -> datetime | None:
        """Returns when an opening ends that may run on over midnight."""
        end = span.ends_at(day)
        for _ in range(HORIZON_IN_DAYS + 1):
            following = self.day(end.date())
            touching = next(
                (s for s in following.spans if s.starts_at(following.day) == end), None
            )
            if touching is None or not following.is_known:
                return end
            end = touching.ends_at(following.day)
        # Round the clock: it does not close as far as we look.
        return None

    def _next_start(self, local: datetime) -> datetime | None:
        if not self.is_known:
            return None
        last = local.date() + timedelta(days=HORIZON_IN_DAYS)
        for day in self.days(local.date(), last):
            for span in day.spans if day.is_known else ():
                if span.starts_at(day.day) > local:
                    return span.starts_at(day.day)
        return None


def falls_on(special: SpecialDay, day: date) -> bool:
    """Tells whether a special day holds on a day."""
    for year in (day.year, day.year - 1):
        first = first_day_of(special, year)
        if first and 0 <= (day - first).days < special.length_in_days:
            return True
    return False


def first_day_of(special: SpecialDay, year: int) -> date | None:
    """Returns the first day of a special day in a year, or None."""
    if special.easter_offset is not None:
        sunday: date = easter(year)
        return sunday + timedelta(days=special.easter_offset)
    text = special.date or f"{year:04d}-{special.month_day}"
    try:
        first = date.fromisoformat(text)
    except ValueError:  # 29 February of an ordinary year
        return None
    return first if first.year == year else None


def _spans(times: Iterable[str], mode: Mode) -> tuple[Span, ...]:
    pairs = (text.split("-") for text in sorted(times))
    return tuple(Span(opens, closes, mode) for opens, closes in pairs)


def _span_at(spans: Iterable[Span], local: datetime) -> Span | None:
    clock = local.strftime("%H:%M")
    return next((span for span in spans if span.opens <= clock < span.closes), None)


def _moment(day: date, text: str) -> datetime:
    if text == "24:00":
        day, text = day + timedelta(days=1), "00:00"
    return datetime.combine(day, time.fromisoformat(text), tzinfo=TIME_ZONE)
