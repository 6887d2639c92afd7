"""Decides what one expression means, with clock, opening hours and holidays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from dateutil.relativedelta import relativedelta

from kumpel.dates.bounds import Bound
from kumpel.dates.calendar import WEEKDAY_NAMES, Interval, OpeningCalendar
from kumpel.dates.clock_rules import TimeSpan
from kumpel.dates.day_spans import DaySpan
from kumpel.dates.groups import Group, fixed_day
from kumpel.dates.values import Problem, When

#: Without opening hours, a time that may be early or late is meant within these.
_DAYTIME = (time(8), time(19))
_NOON = time(12)
_LATE = time(20)
_LAST_MINUTE = time(23, 59)
_NOON_PART = (time(11, 30), time(14))
_EVERY_DAY = DaySpan()


def read_group(
    group: Group, now: datetime, calendar: OpeningCalendar | None
) -> tuple[tuple[When, ...], Problem | None]:
    """Returns what an expression may mean, the likeliest first, and what is wrong.

    Args:
        group: The expression.
        now: Current moment in Krefeld.
        calendar: When the office is open; None where no office is meant.

    Returns:
        At least one meaning. Meanings that cannot be had are left out as long as one
        can; what is wrong is None then.
    """
    options: list[When] = []
    for days in _day_options(group):
        if days.is_no_day:
            return (When(),), Problem("no_such_day")
        if group.day_bound == "since":
            return (When(first=_gone_by(days, group, now.date())),), Problem("past")
        for when in _with_times(_bounded_days(days, group), group, calendar):
            if when not in options:
                options.append(when)
    return _possible(options, group, now, calendar)


def _day_options(group: Group) -> tuple[DaySpan, ...]:
    fixed = fixed_day(group)
    if fixed is not None and fixed.day is not None:
        return (DaySpan(fixed.day, fixed.day),)
    if group.day is None:
        return (_EVERY_DAY,)
    if group.is_excluded and group.day.is_weekday:
        # "nicht am Montag" is said about all Mondays.
        return (DaySpan(weekdays=frozenset({_weekday(group.day.options[0])})),)
    if group.day_bound in ("from", "after", "until", "before"):
        # Said on a Monday, "ab Montag" is not worth a question.
        return group.day.options[:1] if group.day.is_weekday else group.day.options
    return group.day.options


def _gone_by(span: DaySpan, group: Group, today: date) -> date | None:
    """Returns the last day that "seit Mittwoch" or "seit März" can mean."""
    first = span.first
    while first is not None and first > today:
        is_weekday = group.day is not None and group.day.is_weekday
        back = relativedelta(days=7) if is_weekday else relativedelta(years=1)
        first -= back
    return first


def _weekday(span: DaySpan) -> int:
    return span.first.weekday() if span.first else 0


def _bounded_days(span: DaySpan, group: Group) -> When:
    first, last, bound = span.first, span.last, group.day_bound
    is_rough = span.is_rough or group.is_rough
    when = When(first, last, span.weekdays, is_rough=is_rough)
    if first is None or last is None or group.day is None:
        return when
    day = timedelta(days=1)
    if bound == "week_after":
        monday = last + timedelta(days=7 - last.weekday())
        return replace(when, first=monday, last=monday + timedelta(days=6))
    changed: dict[Bound, tuple[date | None, date | None]] = {
        "from": (first, None),
        "after": (last + day, None),
        "until": (None, last),
        "before": (None, first - day),
    }
    if bound is None or bound not in changed:
        return when
    return replace(when, first=changed[bound][0], last=changed[bound][1])


def _with_times(
    when: When, group: Group, calendar: OpeningCalendar | None
) -> list[When]:
    if group.time is None:
        return [when]
    found: list[When] = []
    for span in group.time.options:
        for start, end in _readings(span, when.day, group, calendar):
            low, high = _bounded_times(start, end, group)
            rough = when.is_rough or span.is_rough
            found.append(replace(when, start=low, end=high, is_rough=rough))
    return found


def _bounded_times(
    start: time | None, end: time | None, group: Group
) -> tuple[time | None, time | None]:
    bound = group.time_bound
    is_noon = (start, end) == _NOON_PART
    part = group.part.options[0] if group.part else None
    if bound in ("from", "after"):
        low = end if bound == "after" and start != end else start
        return _NOON if is_noon else low, part.end if part else None
    if bound in ("until", "before"):
        end = _LAST_MINUTE if end == time(0) else end
        high = start if bound == "before" and start != time(0) else end
        low = part.start if part else None
        if low and high and high <= low and low < _LATE:
            low = None  # "bis drei Uhr morgens"
        return low, _NOON if is_noon else high
    return start, end


def _readings(
    span: TimeSpan, day: date | None, group: Group, calendar: OpeningCalendar | None
) -> list[tuple[time | None, time | None]]:
    if not span.is_open or span.start is None or span.end is None:
        return [(span.start, span.end)]
    hours = group.part.clock_hours if group.part else None
    is_edge = group.time_bound is not None or span.start != span.end
    starts = _hour_readings(span.start, day, hours, calendar, is_edge=is_edge)
    if span.start == span.end:
        return [(start, start) for start in starts]
    return [(start, _end_after(start, span.end)) for start in starts[:1]]


def _hour_readings(
    at: time,
    day: date | None,
    hours: tuple[int, int] | None,
    calendar: OpeningCalendar | None,
    *,
    is_edge: bool,
) -> list[time]:
    """Returns whether "3" is at night or in the afternoon, both where that is open."""
    both = [at, _twelve_later(at)]
    if hours is not None:
        low, high = hours
        fitting = [each for each in both if low <= each.hour < high]
        fitting += [each for each in both if low <= each.hour + 24 < high]
        return fitting[:1] or both[:1]
    intervals = _intervals(day, calendar)
    fitting = [each for each in both if _lies_in(each, intervals, is_edge=is_edge)]
    if fitting:
        return fitting
    daytime = [each for each in both if _DAYTIME[0] <= each < _DAYTIME[1]]
    if daytime or calendar is not None or is_edge:
        return daytime or both[:1]
    return both


def _intervals(
    day: date | None, calendar: OpeningCalendar | None
) -> tuple[Interval, ...]:
    if calendar is None:
        return ()
    return (day and calendar.intervals(day)) or calendar.usual_intervals()


def _lies_in(at: time, intervals: tuple[Interval, ...], *, is_edge: bool) -> bool:
    if is_edge and intervals:
        return min(i[0] for i in intervals) <= at <= max(i[1] for i in intervals)
    return any(opens <= at < closes for opens, closes in intervals)


def _twelve_later(at: time) -> time:
    return at.replace(hour=(at.hour + 12) % 24)


def _end_after(start: time, end: time) -> time:
    return end if end > start else _twelve_later(end)


def _possible(
    options: list[When],
    group: Group,
    now: datetime,
    calendar: OpeningCalendar | None,
) -> tuple[tuple[When, ...], Problem | None]:
    problems = [problem_of(each, now, calendar) for each in options]
    if None not in problems or group.is_mismatch:
        return tuple(options), problems[0]
    kept = [each for each, bad in zip(options, problems, strict=True) if bad is None]
    return tuple(kept), None


def problem_of(
    when: When, now: datetime, calendar: OpeningCalendar | None = None
) -> Problem | None:
    """Names why a meaning cannot be had: past, closed, outside the hours; else None.

    Args:
        when: A meaning.
        now: Current moment in Krefeld.
        calendar: When the office is open; without it nothing is closed.
    """
    today = now.date()
    latest = when.end if when.clock_time is None else when.clock_time
    if when.last is not None and when.last < today:
        return Problem("past")
    is_night = when.start and when.end and when.end < when.start
    if when.day == today and latest and latest <= now.time() and not is_night:
        return Problem("past")
    if calendar is None:
        return None
    if when.day is None:
        return _closed_weekdays(when, calendar)
    reason = calendar.closed_reason(when.day)
    if reason is not None:
        return Problem("closed", reason)
    if when.has_times and not _is_open_at(when, calendar.intervals(when.day)):
        return Problem("outside_hours")
    return None


def _closed_weekdays(when: When, calendar: OpeningCalendar) -> Problem | None:
    """Names a weekday on which the office is never open, or a time."""
    if when.weekdays and not any(calendar.weekly.get(day) for day in when.weekdays):
        return Problem("closed", WEEKDAY_NAMES[min(when.weekdays)])
    if when.has_times and not _is_open_at(when, calendar.usual_intervals()):
        return Problem("outside_hours")
    return None


def _is_open_at(when: When, intervals: tuple[Interval, ...]) -> bool:
    if when.clock_time is not None:
        return _lies_in(when.clock_time, intervals, is_edge=False)
    low, high = when.start or time.min, when.end or time.max
    return any(opens < high and low < closes for opens, closes in intervals)
