"""Puts days and times that belong together into one expression."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta

from kumpel.dates.bounds import Bound, bound_of, is_rough
from kumpel.dates.clock_rules import TimeFind, TimeSpan
from kumpel.dates.day_rules import DayFind
from kumpel.dates.day_spans import DaySpan

_GAP = re.compile(
    r"^[ ,]*(?:(?:am|um|so|gegen|der|den|dem|die|zum|the|at|on|in|im|ca|circa|etwa|nur|"
    r"dann|gerne?|besten|liebsten|irgendwann|moglichst|bitte|zwar|jeweils|immer|von|"
    r"wieder|noch|da|erst|lieber|also|halt|mal|about|around|please|schon|OCLOCK|of|"
    r"ungefahr|direkt|gleich|punkt)[ ,.]*)*$"
)
_DATE_GAP = re.compile(r"^,? ?(?:de[nmr] |am |the |on )?$")
_RANGE_GAP = re.compile(
    r"^(?: OCLOCK)? ?(?:bis|-|to|until|till)"
    r"(?: (?:zum|zur|am|einschliesslich|the|de[nmr]|inklusive|spatestens))* ?$"
)
_AND_GAP = re.compile(r"^(?: OCLOCK)? (?:und|and)(?: (?:dem|am|the))? $")
_BETWEEN = re.compile(r"\b(?:zwischen|between)(?: (?:dem|the|am))? $")
_MOST_DAYS = timedelta(days=366)


@dataclass
class Group:
    """Days and times of one expression, in coded text."""

    start: int
    end: int
    day: DayFind | None = None
    day_bound: Bound | None = None
    time: TimeFind | None = None
    time_bound: Bound | None = None
    part: TimeFind | None = None
    """Part of the day beside a clock time ("abends um 8")."""
    is_rough: bool = False
    is_mismatch: bool = field(default=False)
    """Whether weekday and date contradict: then `day` has both as options."""

    @property
    def is_excluded(self) -> bool:
        """Whether it is named as what does not suit."""
        return "not" in (self.day_bound, self.time_bound)


def group_finds(coded: str, days: list[DayFind], times: list[TimeFind]) -> list[Group]:
    """Joins the finds of one message into expressions, in order."""
    groups: list[Group] = []
    finds: list[DayFind | TimeFind] = [*days, *times]
    for find in sorted(finds, key=lambda each: (each.start, each.end)):
        bound, begin = bound_of(coded, find.start, find.end)
        last = groups[-1] if groups else None
        if last is None or not _joins(coded, last, find, bound, begin):
            last = Group(begin if bound else find.start, find.end)
            groups.append(last)
            if isinstance(find, DayFind):
                last.day, last.day_bound = find, bound
            else:
                last.time, last.time_bound = find, bound
        last.end = max(last.end, find.end)
        last.is_rough = last.is_rough or is_rough(coded, find.start, find.end)
    return groups


def _joins(
    coded: str,
    group: Group,
    find: DayFind | TimeFind,
    bound: Bound | None,
    begin: int,
) -> bool:
    """Adds a find to a group where it belongs to it."""
    gap = coded[group.end : find.start]
    if isinstance(find, DayFind):
        return _joins_day(coded, group, find, bound, gap)
    if bound and begin >= group.end:
        gap = coded[group.end : begin]
    is_new_exclusion = bound == "not" and begin < find.start
    if is_new_exclusion or not _GAP.match(gap):
        return False
    return _joins_time(group, find, bound)


def _joins_day(
    coded: str, group: Group, find: DayFind, bound: Bound | None, gap: str
) -> bool:
    if group.day is None:
        if bound or not _GAP.match(gap):
            return False
        group.day = find
        return True
    if group.time is not None:
        return False
    is_one_day = group.day.is_weekday != find.is_weekday
    if is_one_day and (group.day.is_date or find.is_date) and _DATE_GAP.match(gap):
        date, weekday = (find, group.day) if group.day.is_weekday else (group.day, find)
        group.day = _checked(date, weekday, group)
        return True
    is_between = _AND_GAP.match(gap) and _BETWEEN.search(coded[: group.start])
    if _RANGE_GAP.match(gap) or is_between:
        span = _range(group.day, find)
        if span is not None:
            group.day = find._replace(options=(span,), is_weekday=False)
            group.day_bound = None
            return True
    return False


def _checked(date: DayFind, weekday: DayFind, group: Group) -> DayFind:
    """Compares "Dienstag, 1.12." with the calendar; both are options if it is none."""
    day, wanted = date.options[0].first, weekday.options[0].first
    if day is None or wanted is None or day.weekday() == wanted.weekday():
        return date
    shift = (wanted.weekday() - day.weekday() + 3) % 7 - 3
    near = day + timedelta(days=shift)
    group.is_mismatch = True
    return date._replace(options=(date.options[0], DaySpan(near, near)))


def _range(first: DayFind, last: DayFind) -> DaySpan | None:
    start, end = first.options[0], last.options[0]
    if start.first is None or end.last is None:
        return None
    begins, ends = start.first, end.last
    if last.is_weekday and ends < begins:
        ends += timedelta(days=7)
    if ends < begins or ends - begins > _MOST_DAYS:
        return None
    return DaySpan(begins, ends)


def _joins_time(group: Group, find: TimeFind, bound: Bound | None) -> bool:
    if group.time is None:
        group.time, group.time_bound = find, bound
        return True
    is_part = find.clock_hours is not None
    if group.part is None and (group.time.clock_hours is None) == is_part:
        clock = group.time if is_part else find
        group.part = find if is_part else group.time
        group.time = clock
        group.time_bound = group.time_bound or bound if is_part else bound
        return True
    return False


def fixed_day(group: Group) -> TimeSpan | None:
    """Returns the time that fixes a day too ("in zwei Stunden"), or None."""
    if group.time is None or group.time.options[0].day is None:
        return None
    return group.time.options[0]
