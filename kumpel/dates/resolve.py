"""Resolves what citizens say about time: "nächste Woche Dienstag nachmittag".

German first, with the common English expressions, typos and words of the region.

Why no library: tried on our own table of cases, `dateparser` 1.5 (German and English,
future first) gets 67 of 167 single days and 6 of 50 clock times right, finds a time in
25 of 83 texts without one (ages, prices, paragraphs), knows no part of day, bound or
ambiguity, and takes 7 ms. Rasa's own way, Duckling, is a Haskell server beside the
bot. Holidays, Easter and the arithmetic of months come from `holidays` and `dateutil`,
slips of the pen are measured by `rapidfuzz`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Literal

from kumpel.clock import TIME_ZONE
from kumpel.dates.calendar import OpeningCalendar
from kumpel.dates.clock_rules import find_times
from kumpel.dates.day_rules import DayFind, find_days
from kumpel.dates.day_spans import DaySpan
from kumpel.dates.flag_rules import find_flags
from kumpel.dates.groups import Group, group_finds
from kumpel.dates.merge import Said, merge
from kumpel.dates.readings import read_group
from kumpel.dates.values import Mention, Problem, Resolution, When, Wishes
from kumpel.dates.words import Coded, encode

_CHOICE = re.compile(r"^\W*(?:oder|or)\b", re.IGNORECASE)

Expected = Literal["day", "time"]

#: Nobody names a time behind that; it bounds the work on a pasted letter.
_LONGEST_IN_CHARACTERS = 2000


def resolve(
    text: str | Coded,
    now: datetime,
    calendar: OpeningCalendar | None = None,
    *,
    expected: Expected | None = None,
) -> Resolution:
    """Resolves all days and times that a message names.

    Never raises on any text, and finds nothing where nothing is named.

    Args:
        text: What somebody wrote, of which the first 2,000 characters are read; or
            what `encode` made of it.
        now: Current moment; without time zone, Europe/Berlin is meant.
        calendar: When the office that it is about is open. It decides "um 3" and
            names closed days; without it nothing is closed.
        expected: What the citizen was just asked for: then a bare "15" or "der 5."
            is read as such.
    """
    now = now.astimezone(TIME_ZONE) if now.tzinfo else now.replace(tzinfo=TIME_ZONE)
    if isinstance(text, str):
        text = encode(text[:_LONGEST_IN_CHARACTERS])
    coded = text
    groups = _groups(coded, now, expected)
    read = [(group, *read_group(group, now, calendar)) for group in groups]
    mentions = [
        Mention(
            *coded.span(group.start, group.end),
            text=_between(coded, group.start, group.end),
            options=options,
            is_excluded=group.is_excluded,
            problem=problem,
        )
        for group, options, problem in read
    ]
    flags = [
        Mention(*coded.span(start, end), _between(coded, start, end), (when,))
        for start, end, when in find_flags(coded.text, is_answer=expected is not None)
    ]
    excluded = tuple(m.when for m in mentions if m.is_excluded)
    wanted, alternatives, problem = _merged(mentions, coded)
    wanted = _with_flags(wanted, flags)
    mentions += flags
    mentions.sort(key=lambda mention: mention.start)
    return Resolution(tuple(mentions), Wishes(wanted, excluded), alternatives, problem)


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


def _between(coded: Coded, start: int, end: int) -> str:
    """Returns what was typed between two places of the coded text."""
    start, end = coded.span(start, end)
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


def _merged(
    mentions: list[Mention], coded: Coded
) -> tuple[tuple[When, ...], tuple[When, ...], Problem | None]:
    """Returns what is wanted, what to ask first, and what is wrong with all of it."""
    named = [mention for mention in mentions if not mention.is_excluded]
    possible = [mention for mention in named if mention.problem is None]
    problem = named[0].problem if named and not possible else None
    said: list[Said] = []
    before: Mention | None = None
    for mention in possible or named:
        gap = coded.original[before.end : mention.start] if before else ""
        said.append(Said(mention.options, is_choice=bool(_CHOICE.match(gap))))
        before = mention
    merged = merge(said)
    asked = next((each for each in merged if len(each) > 1), ())
    wanted = tuple(each[0] for each in merged)
    return wanted, asked, problem


def _with_flags(wanted: tuple[When, ...], flags: list[Mention]) -> tuple[When, ...]:
    if not flags:
        return wanted
    is_soonest = any(flag.when.is_soonest for flag in flags)
    if not wanted:
        return (replace(flags[0].when, is_soonest=is_soonest),)
    return tuple(replace(each, is_soonest=is_soonest) for each in wanted)
