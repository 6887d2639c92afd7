"""Resolves what citizens say about time: "nächste Woche Dienstag nachmittag".

German first, with the common English expressions, typos and words of the region.

Why no library: `dateparser` (1.5) and `duckling` were weighed. Tried on our own table
of cases, see `docs/entities.md`, `dateparser` finds a third of the German expressions,
knows neither "halb drei" nor parts of day, and takes ages, prices and paragraphs for
dates; `duckling` is a Haskell server of its own. Holidays, Easter and the arithmetic
of months come from `holidays` and `dateutil`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Literal

from kumpel.clock import TIME_ZONE
from kumpel.dates.calendar import OpeningCalendar
from kumpel.dates.clock_rules import find_times
from kumpel.dates.day_rules import DayFind, DaySpan, find_days
from kumpel.dates.groups import Group, group_finds
from kumpel.dates.readings import read_group
from kumpel.dates.values import Mention, Problem, Resolution, When, Wishes
from kumpel.dates.words import Coded, encode

Expected = Literal["day", "time"]

#: Nobody names a time behind that; it bounds the work on a pasted letter.
_LONGEST_IN_CHARACTERS = 2000
_SOONEST = re.compile(
    r"\b(?:so (?:bald|EARLY|schnell|zeitnah|rasch|fruhzeitig) (?:wie|als) (?:nur )?"
    r"(?:moglich|(?:es )?geht|irgend moglich)|"
    r"(?:moglichst|am|so) (?:bald|schnell|schnellsten|zeitnah|EARLY|fruhesten|rasch|"
    r"kurzfristig)\b(?! als)|"
    r"schnellstmoglich\w*|schnellstens|baldmoglichst\w*|baldigst|fruhestmoglich\w*|"
    r"nachstmoglich\w*|"
    r"(?:NEXT|fruheste[nrs]?|1\.) (?:freie[nrs]?|mogliche[nrs]?|verfugbare[nrs]?|"
    r"beste[nrs]?)|as soon as possible|as EARLY as possible|asap|earliest "
    r"(?:possible|available)|1\. available|soonest)\b"
)
_ANYTHING = re.compile(
    r"\b(?:egal,? (?:wann|welcher DAYS|um wie\w*|welche \w+)|wann (?:ist|wäre)? ?(?:mir )?"
    r"(?:ist )?egal|"
    r"(?:zeit|uhrzeit|DAYS|datum|zeitpunkt) (?:ist |ware )?(?:mir |ganz |vollig )*egal|"
    r"ganz gleich,? wann|wann auch immer|zeitlich (?:ganz )?flexibel|"
    r"(?:bin|sind) (?:da |ganz |sehr |zeitlich )*flexibel|any ?time|whenever|"
    r"ich (?:kann|hab|habe) immer(?: zeit)?)\b"
)
_ANYTHING_AS_ANSWER = re.compile(
    r"^\W*(?:(?:das |es )?ist )?(?:mir |ganz |vollig |total |ist )*"
    r"(?:egal|gleich|wurscht|wurst|jederzeit|irgendwann|flexibel|immer|any|"
    r"(?:it )?does ?n['’o]?t matter)\W*$"
)


def resolve(
    text: str,
    now: datetime,
    calendar: OpeningCalendar | None = None,
    *,
    expected: Expected | None = None,
) -> Resolution:
    """Resolves all days and times that a message names.

    Never raises on any text, and finds nothing where nothing is named.

    Args:
        text: What somebody wrote; only the first 2,000 characters are read.
        now: Current moment; without time zone, Europe/Berlin is meant.
        calendar: When the office that it is about is open. It decides "um 3" and
            names closed days; without it nothing is closed.
        expected: What the citizen was just asked for: then a bare "15" or "der 5."
            is read as such.
    """
    now = now.astimezone(TIME_ZONE) if now.tzinfo else now.replace(tzinfo=TIME_ZONE)
    coded = encode(text[:_LONGEST_IN_CHARACTERS])
    groups = _groups(coded, now, expected)
    read = [(group, *read_group(group, now, calendar)) for group in groups]
    mentions = [
        Mention(
            *coded.span(group.start, group.end),
            text=_words(coded, group),
            options=options,
            is_excluded=group.is_excluded,
            problem=problem,
        )
        for group, options, problem in read
    ]
    flags = _flags(coded, expected)
    excluded = tuple(m.when for m in mentions if m.is_excluded)
    wanted, alternatives, problem = _merged(mentions, bounds=_open_bounds(groups))
    wanted = _with_flags(wanted, flags)
    mentions += flags
    mentions.sort(key=lambda mention: mention.start)
    return Resolution(
        tuple(mentions), Wishes(wanted, excluded), alternatives, problem
    )


def _groups(coded: Coded, now: datetime, expected: Expected | None) -> list[Group]:
    days = find_days(coded.text, now.date(), is_answer=expected is not None)
    if expected == "day" and not days:
        days = find_days(f"am {coded.text.strip(' .!?')}.", now.date())
        days = _moved(days, coded) if re.match(r"^\D{0,6}\d", coded.text) else []
    times = find_times(
        coded.text,
        now,
        is_answer=expected == "time",
        taken=[(find.start, find.end) for find in days],
    )
    return group_finds(coded.text, _in_one_week(days), times)


def _moved(days: list[DayFind], coded: Coded) -> list[DayFind]:
    """Puts the finds of a bare answer ("5") back on the answer."""
    return [find._replace(start=0, end=len(coded.text)) for find in days[:1]]


def _words(coded: Coded, group: Group) -> str:
    start, end = coded.span(group.start, group.end)
    return coded.original[start:end]


def _in_one_week(days: list[DayFind]) -> list[DayFind]:
    """Lets "nächste Woche Dienstag oder Mittwoch" be two days of one week."""
    monday: date | None = None
    found: list[DayFind] = []
    for find in days:
        span = find.options[0]
        first = span.first
        if find.is_weekday and first is not None and monday is not None:
            day = monday + timedelta(days=first.weekday())
            find = find._replace(options=(DaySpan(day, day),), is_weekday=False)
        elif find.is_in_week and first is not None:
            monday = first - timedelta(days=first.weekday())
        found.append(find)
    return found


def _open_bounds(groups: list[Group]) -> list[bool]:
    return [group.day_bound is not None or group.time_bound is not None for group in groups]


def _merged(
    mentions: list[Mention], bounds: list[bool]
) -> tuple[tuple[When, ...], tuple[When, ...], Problem | None]:
    """Puts the expressions of a message together.

    Returns:
        What is wanted, what to ask first, and what is wrong with all of it.
    """
    rows = [
        (mention.options, mention.problem)
        for mention in mentions
        if not mention.is_excluded
    ]
    possible = [row for row in rows if row[1] is None]
    problem = rows[0][1] if rows and not possible else None
    kept = [options for options, _ in possible or rows]
    days = _narrowed([each for each in kept if each[0].has_days])
    times = [each for each in kept if not each[0].has_days and each[0].has_times]
    merged = _days_at_times(days, _one_span(times)) if days else times
    if not days:
        merged = _one_span(times)
    asked = next((each for each in merged if len(each) > 1), ())
    return tuple(each[0] for each in merged), asked, problem


Options = tuple[When, ...]


def _narrowed(days: list[Options]) -> list[Options]:
    """Joins "ab Mittwoch … bis Freitag" and "im Dezember … dienstags"."""
    found: list[Options] = []
    for options in days:
        last = found[-1][0] if found else None
        new = options[0]
        both = last and _both(last, new)
        if both:
            found[-1] = (both,)
        else:
            found.append(options)
    return found


def _both(a: When, b: When) -> When | None:
    """Returns the days of two wishes that bound one another, or None."""
    if a.has_times and b.has_times:
        return None
    is_open = (a.first is None) != (b.first is None) and (a.last is None) != (
        b.last is None
    )
    is_rule = bool(a.weekdays) != bool(b.weekdays) and (a.day or b.day) is None
    if not (is_open or is_rule):
        return None
    times = a if a.has_times else b
    return replace(
        a,
        first=a.first or b.first,
        last=a.last or b.last,
        weekdays=a.weekdays or b.weekdays,
    ).at_times_of(times)


def _one_span(times: list[Options]) -> list[Options]:
    """Joins "ab 9" and "bis 12"; leaves "vormittags oder um 15 Uhr" two."""
    found: list[Options] = []
    for options in times:
        new = options[0]
        last = found[-1][0] if found else None
        if last and _is_open_span(last) and _is_open_span(new):
            if (last.start is None) != (new.start is None):
                start, end = last.start or new.start, last.end or new.end
                found[-1] = (replace(last, start=start, end=end),)
                continue
        if last and _is_open_span(last) != _is_open_span(new):
            inner, bound = (new, last) if _is_open_span(last) else (last, new)
            if inner.clock_time is None:
                start, end = bound.start or inner.start, bound.end or inner.end
                found[-1] = (replace(inner, start=start, end=end),)
                continue
        found.append(options)
    return found


def _is_open_span(when: When) -> bool:
    return (when.start is None) != (when.end is None)


def _days_at_times(days: list[Options], times: list[Options]) -> list[Options]:
    """Lets a time that stands apart be about the days ("… aber erst ab 15 Uhr")."""
    if not times:
        return days
    free = [options for options in days if not options[0].has_times]
    if not free:
        return days + [
            tuple(days[-1][0].at_times_of(time) for time in options)
            for options in times
        ]
    return [
        options
        if options[0].has_times
        else tuple(day.at_times_of(time) for day in options for time in time_options)
        for options in days
        for time_options in (times if not options[0].has_times else times[:1])
    ]


def _flags(coded: Coded, expected: Expected | None) -> list[Mention]:
    found: list[Mention] = []
    patterns = [
        (_SOONEST, When(is_soonest=True)),
        (_ANYTHING, When(is_anything=True)),
    ]
    if expected is not None:
        patterns.append((_ANYTHING_AS_ANSWER, When(is_anything=True)))
    for pattern, when in patterns:
        match = pattern.search(coded.text)
        if match and not (found and found[-1].when == when):
            start, end = coded.span(*match.span())
            found.append(Mention(start, end, coded.original[start:end], (when,)))
    return found


def _with_flags(wanted: tuple[When, ...], flags: list[Mention]) -> tuple[When, ...]:
    if not flags:
        return wanted
    is_soonest = any(flag.when.is_soonest for flag in flags)
    if not wanted:
        return (replace(flags[0].when, is_soonest=is_soonest),)
    return tuple(replace(each, is_soonest=is_soonest) for each in wanted)
