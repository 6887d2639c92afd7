"""Puts the expressions of one message together: "Dienstag …, aber erst ab 15 Uhr"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from kumpel.dates.values import When


class Said(NamedTuple):
    """What one expression may mean, the likeliest first."""

    options: tuple[When, ...]
    is_choice: bool = False
    """Whether "oder" stands between it and the expression before."""

    @property
    def when(self) -> When:
        """The likeliest meaning."""
        return self.options[0]


def merge(said: Sequence[Said]) -> list[tuple[When, ...]]:
    """Returns what is wanted: any of it suits; several options have to be asked.

    Args:
        said: The expressions of a message that can be had, in order.
    """
    days: list[Said] = []
    times: list[Said] = []
    choices: list[Said] = []
    for index, each in enumerate(said):
        if each.when.has_days:
            days.append(each)
        elif each.when.has_times:
            is_next_to_a_day = _is_choice_beside_days(said, index)
            (choices if is_next_to_a_day else times).append(each)
    days = _narrowed(days)
    spans = _one_span(times)
    merged = [each.options for each in (_at_times(days, spans) if days else spans)]
    return [each.options for each in choices] + merged


def _is_choice_beside_days(said: Sequence[Said], index: int) -> bool:
    """Says whether a time is a choice of its own: "nach 17 Uhr oder samstags"."""
    following = said[index + 1 : index + 2]
    return any(
        each.is_choice and each.when.has_days and not each.when.has_times
        for each in following
    )


def _narrowed(days: list[Said]) -> list[Said]:
    """Joins "ab Mittwoch … bis Freitag" and "im Dezember … dienstags"."""
    found: list[Said] = []
    for each in days:
        both = _both(found[-1].when, each.when) if found else None
        if both:
            found[-1] = Said((both,))
        else:
            found.append(each)
    return found


def _both(a: When, b: When) -> When | None:
    """Returns the days of two wishes that bound one another, or None."""
    is_open = (a.first is None) != (b.first is None) and (
        (a.last is None) != (b.last is None)
    )
    is_rule = bool(a.weekdays) != bool(b.weekdays) and (a.day or b.day) is None
    if not (is_open or is_rule) or (a.has_times and b.has_times):
        return None
    return replace(
        a,
        first=a.first or b.first,
        last=a.last or b.last,
        weekdays=a.weekdays or b.weekdays,
    ).at_times_of(a if a.has_times else b)


def _one_span(times: list[Said]) -> list[Said]:
    """Joins "ab 9" and "bis 12"; leaves "vormittags oder um 15 Uhr" two."""
    found: list[Said] = []
    for each in times:
        both = _both_times(found[-1].when, each.when) if found else None
        if both:
            found[-1] = Said((both,))
        else:
            found.append(each)
    return found


def _both_times(a: When, b: When) -> When | None:
    """Returns the times of two wishes of which one bounds the other, or None."""
    bound, inner = (a, b) if _is_bound(a) else (b, a)
    if not _is_bound(bound) or inner.clock_time is not None:
        return None
    if _is_bound(inner) and (inner.start is None) == (bound.start is None):
        return None
    return replace(
        inner,
        start=bound.start or inner.start,
        end=bound.end or inner.end,
        is_rough=a.is_rough or b.is_rough,
    )


def _is_bound(when: When) -> bool:
    return (when.start is None) != (when.end is None)


def _at_times(days: list[Said], times: list[Said]) -> list[Said]:
    """Lets a time that stands apart be about the days that have none."""
    if not times:
        return days
    if all(each.when.has_times for each in days):
        # "Dienstag um 10 oder um 14 Uhr"
        last = days[-1].when
        more = [
            Said(tuple(last.at_times_of(time) for time in each.options))
            for each in times
        ]
        return days + more
    return [
        joined
        for day in days
        for joined in ([day] if day.when.has_times else _each_time(day, times))
    ]


def _each_time(day: Said, times: list[Said]) -> list[Said]:
    return [
        Said(tuple(d.at_times_of(t) for d in day.options for t in time.options))
        for time in times
    ]
