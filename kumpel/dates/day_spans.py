"""What the patterns of `kumpel.dates.day_rules` mean: from a match to days.

Each function takes the match and the current day, and returns the days that may be
meant, the likeliest first, or None where the words name no day after all.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

#: "am 20.11." three days later is the day that has gone by, not one in a year.
_GONE_AT_MOST = timedelta(days=31)
_FAR = 3650
WORKDAYS = frozenset(range(5))
WEEKEND = frozenset({5, 6})


class DaySpan(NamedTuple):
    """Days that an expression may mean; without bounds it is a rule for weekdays."""

    first: date | None = None
    last: date | None = None
    weekdays: frozenset[int] = frozenset()
    is_rough: bool = False
    is_no_day: bool = False
    """Whether it names a day that does not exist ("31.2.")."""


Options = list[DaySpan] | None


def one_day(day: date, *, is_rough: bool = False) -> DaySpan:
    """Returns a span of one day."""
    return DaySpan(day, day, is_rough=is_rough)


NO_DAY = DaySpan(is_no_day=True)


def _date(day: int, month: int, year: str | None, today: date) -> Options:
    """Reads a date; without a year the next one, or the one that just went by."""
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    if year:
        number = int(year) + (2000 if len(year) <= 2 else 0)
        try:
            return [one_day(date(number, month, day))]
        except ValueError:
            return [NO_DAY]
    for candidate in (today.year - 1, today.year, today.year + 1):
        try:
            found = date(candidate, month, day)
        except ValueError:
            continue
        if found >= today - _GONE_AT_MOST:
            return [one_day(found)]
    return [NO_DAY]


def iso(match: re.Match[str], today: date) -> Options:
    """Reads 2027-08-04."""
    return _date(int(match[3]), int(match[2]), match[1], today)


def numeric(match: re.Match[str], today: date) -> Options:
    """Reads "4.8." and "4.8.27"."""
    return _date(int(match[1]), int(match[2]), match[3], today)


def slashed(match: re.Match[str], today: date) -> Options:
    """Reads 4/5/2027: day first, or month first as in America: ask."""
    day, month, year = int(match[1]), int(match[2]), match[3]
    found = _date(day, month, year, today)
    other = _date(month, day, year, today) if day != month else None
    return [*(found or []), *(other or [])] or None


def day_and_month(match: re.Match[str], today: date) -> Options:
    """Reads "4. August"; a month without number is the English May."""
    return _date(int(match[1]), int(match[2] or 5), match[3], today)


def month_and_day(match: re.Match[str], today: date) -> Options:
    """Reads "August 4th"."""
    return _date(int(match[2]), int(match[1] or 5), match[3], today)


def day_of_month(match: re.Match[str], today: date) -> Options:
    """Reads "am 5.": the next one; today's number may also mean next month."""
    wanted = int(match[1])
    if not 1 <= wanted <= 31:
        return None
    month = today.replace(day=1)
    found: list[DaySpan] = []
    while len(found) < 2:
        if wanted <= calendar.monthrange(month.year, month.month)[1]:
            day = month.replace(day=wanted)
            if day >= today:
                found.append(one_day(day))
        month += relativedelta(months=1)
    return found if wanted == today.day else found[:1]


def _monday(today: date) -> date:
    return today - timedelta(days=today.weekday())


_WEEKS = {"THIS": 0, "NEXT": 1, "COMING": 1, "AFTERNEXT": 2, "LAST": -1}


def _week(word: str, today: date) -> date:
    """Returns the Monday of this, next … calendar week."""
    return _monday(today) + timedelta(weeks=_WEEKS[word])


def _coming(weekday: int, today: date) -> date:
    return today + timedelta(days=(weekday - today.weekday()) % 7)


def weekday(match: re.Match[str], today: date) -> Options:
    """Reads "Montag"; on a Monday it may be today or a week ahead."""
    day = _coming(int(match[1]), today)
    return [one_day(day)] + (
        [one_day(day + timedelta(weeks=1))] if day == today else []
    )


def weekday_of_week(match: re.Match[str], today: date) -> Options:
    """Reads "nächste Woche Dienstag"."""
    word = match["week"] or match["week2"]
    weekday = int(match["day"] or match["day2"])
    return [one_day(_week(word, today) + timedelta(days=weekday))]


def named_weekday(match: re.Match[str], today: date) -> Options:
    """Reads "nächsten Dienstag".

    Said on a Monday, tomorrow would be called so, thus it is next week's. Later in
    the same week people mean the one or the other. In front of a weekend both are
    the same.
    """
    word, weekday = match[1], int(match[2])
    nearest = _coming(weekday, today)
    if word == "LAST":
        return [one_day(nearest - timedelta(days=7))]
    if word == "THIS":
        return [one_day(nearest)]
    if nearest == today:
        nearest += timedelta(days=7)
    if word == "COMING":
        return [one_day(nearest)]
    in_next_week = _monday(today) + timedelta(days=7 + weekday)
    options = [nearest, in_next_week] if nearest < in_next_week else [nearest]
    if (nearest - today).days == 1:
        options = options[-1:]
    ahead = timedelta(days=7 if word == "AFTERNEXT" else 0)
    return [one_day(day + ahead) for day in options]


def weekday_of_month(match: re.Match[str], today: date) -> Options:
    """Reads "am letzten Samstag im Mai", "am ersten Montag im Monat"."""
    which, weekday = match["which"], int(match["day"])
    month = int(match["month"] or today.month)
    for year in (today.year, today.year + 1):
        first = date(year, month, 1)
        day = first + timedelta(days=(weekday - first.weekday()) % 7)
        if which == "LAST":
            last = _last_of_month(first)
            day = last - timedelta(days=(last.weekday() - weekday) % 7)
        else:
            day += timedelta(weeks=int(which[:-1]) - 1)
        if day >= today:
            return [one_day(day)] if day.month == month else [NO_DAY]
        if match["month"] is None:
            month = month % 12 + 1
            if month > 1:
                return weekday_of_month(match, today.replace(day=1, month=month))
    return None


def last_night(match: re.Match[str], today: date) -> Options:
    """Reads "letzte Nacht": the day before, whatever the time."""
    return [one_day(today - timedelta(days=1))]


def _count(text: str) -> int:
    return int(text) if text.isdigit() else 1


def _weeks_ahead(count: int, unit: str) -> timedelta:
    """Reads "in acht Tagen" as the week and "in 14 Tagen" as the two it means."""
    if unit == "WEEK":
        return timedelta(weeks=count)
    return timedelta(days={8: 7}.get(count, count))


def day_in_weeks(match: re.Match[str], today: date) -> Options:
    """Reads "Dienstag in einer Woche", "heute in acht Tagen"."""
    count = _count(match["count"])
    if count > _FAR:
        return None
    base = (
        _coming(int(match["day"][1]), today)
        if match["day"][0] == "W"
        else today + timedelta(days=_AHEAD[match["day"]])
    )
    return [one_day(base + _weeks_ahead(count, match["unit"]))]


def weekday_in_weeks(match: re.Match[str], today: date) -> Options:
    """Reads "in zwei Wochen am Dienstag"."""
    monday = _monday(today) + timedelta(weeks=_count(match[1]))
    return [one_day(monday + timedelta(days=int(match[2])))]


_AHEAD = {
    **{"TODAY": 0, "MORGEN": 1, "TOMORROW": 1, "OVERMORROW": 2},
    **{"YESTERDAY": -1, "EREYESTERDAY": -2},
}


def relative(match: re.Match[str], today: date) -> Options:
    """Reads "heute", "übermorgen", "gestern"."""
    word = "OVERMORROW" if " after " in match[0] else match[0]
    return [one_day(today + timedelta(days=_AHEAD[word]))]


def _shifted(today: date, count: int, unit: str) -> date:
    if unit == "DAYS":
        return today + timedelta(days=count)
    if unit == "WEEK":
        return today + timedelta(weeks=count)
    months = count * (12 if unit == "YEAR" else 1)
    moved: date = today + relativedelta(months=months)
    return moved


def in_days(match: re.Match[str], today: date) -> Options:
    """Reads "in zwei Wochen"; "in acht Tagen" means a week to most, not to all."""
    count, unit = _count(match[1]), match[2]
    if count > _FAR:
        return None
    day = _shifted(today, count, unit)
    if unit == "DAYS" and count == 8:
        return [one_day(today + timedelta(weeks=1)), one_day(day)]
    return [one_day(day, is_rough=unit != "DAYS" or count == 14)]


def ago(match: re.Match[str], today: date) -> Options:
    """Reads "vor drei Tagen"."""
    count = _count(match["count"])
    return [one_day(_shifted(today, -count, match["unit"]))] if count < 1000 else None


def within(match: re.Match[str], today: date) -> Options:
    """Reads "in den nächsten drei Tagen", "innerhalb von zwei Wochen"."""
    count = 7 if match["count"] is None else _count(match["count"])
    unit = match["unit"]
    if count > _FAR:
        return None
    return [DaySpan(today, _shifted(today, count, unit), is_rough=not match["count"])]


def _thirds(first: date, last: date, part: str | None) -> DaySpan:
    """Cuts days into beginning, middle and end."""
    count = (last - first).days + 1
    if part == "BEGIN":
        last = first + timedelta(days=(count - 1) // 3)
    elif part == "MIDDLE":
        first, last = (
            first + timedelta(days=count // 3),
            first + timedelta(days=2 * count // 3),
        )
    elif part == "FINISH":
        first = first + timedelta(days=2 * count // 3)
    return DaySpan(first, last)


def _last_of_month(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def period(match: re.Match[str], today: date) -> Options:
    """Reads "nächste Woche", "Ende des Monats", "Anfang nächsten Jahres"."""
    part, unit = match["part"], match["unit"]
    if match["word"] is None and (unit == "YEAR" or part is None) and part is None:
        return None
    ahead = _WEEKS[match["word"] or "THIS"]
    if unit == "WEEK":
        first = _monday(today) + timedelta(weeks=ahead)
        # "Anfang der Woche" is about workdays.
        last = first + timedelta(days=4 if part else 6)
    elif unit == "MONTH":
        first = today.replace(day=1) + relativedelta(months=ahead)
        last = _last_of_month(first)
    else:
        first = date(today.year + ahead, 1, 1)
        last = date(today.year + ahead, 12, 31)
    span = _thirds(first, last, part)
    if part and match["word"] is None and span.last and span.last < today:
        # "Anfang des Monats", said at its end.
        return [_thirds(*_next_period(first, last, unit), part)]
    return [span]


def _next_period(first: date, last: date, unit: str) -> tuple[date, date]:
    if unit == "WEEK":
        return first + timedelta(weeks=1), last + timedelta(weeks=1)
    months = relativedelta(months=1 if unit == "MONTH" else 12)
    following: date = first + months
    return following, following + months - timedelta(days=1)


def new_year(match: re.Match[str], today: date) -> Options:
    """Reads "im neuen Jahr"."""
    return [DaySpan(date(today.year + 1, 1, 1), date(today.year + 1, 12, 31))]


def in_month(match: re.Match[str], today: date) -> Options:
    """Reads "im Dezember", "Anfang Januar 2027"."""
    month = int(match["month"] or 5)
    if not 1 <= month <= 12:
        return None
    if match["year"]:
        year = int(match["year"])
    else:
        year = today.year + (month < today.month)
        if match["word"] in ("NEXT", "COMING") and month == today.month:
            year += 1
    first = date(year, month, 1)
    return [_thirds(first, _last_of_month(first), match["part"])]


def in_year(match: re.Match[str], today: date) -> Options:
    """Reads "Anfang 2027"."""
    year = int(match["year"])
    return [_thirds(date(year, 1, 1), date(year, 12, 31), match["part"])]


def weekend(match: re.Match[str], today: date) -> Options:
    """Reads "am Wochenende"; "nächstes Wochenende" before Friday may be either."""
    saturday = _monday(today) + timedelta(days=5)
    near = DaySpan(saturday, saturday + timedelta(days=1))
    far = DaySpan(saturday + timedelta(days=7), saturday + timedelta(days=8))
    word = match[1]
    if word == "LAST":
        return [
            DaySpan(saturday - timedelta(days=7), saturday - timedelta(days=6)),
        ]
    if word == "AFTERNEXT":
        return [far]
    if word == "NEXT":
        return [far] if today >= saturday - timedelta(days=1) else [near, far]
    return [near]


def weekdays_only(days: frozenset[int]) -> Callable[[re.Match[str], date], Options]:
    """Returns a rule for words such as "werktags"."""
    return lambda match, today: [DaySpan(weekdays=days)]


def recurring(match: re.Match[str], today: date) -> Options:
    """Reads "montags", "jeden Montag"."""
    return [DaySpan(weekdays=frozenset({int(match["day"])}))]


def recurring_range(match: re.Match[str], today: date) -> Options:
    """Reads "montags bis freitags"."""
    first, last = int(match[1]), int(match[2])
    count = (last - first) % 7 + 1
    return [DaySpan(weekdays=frozenset((first + n) % 7 for n in range(count)))]
