"""What a time expression means: typed values that are easy to ask, merge and store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any, Literal

Kind = Literal["day", "days", "time", "times", "anything"]
ProblemKind = Literal["past", "closed", "outside_hours", "no_such_day"]


@dataclass(frozen=True)
class When:
    """Moments that suit: bounds on days and on times of day; what is None is free.

    Local time in Krefeld. A clock time ("um 15 Uhr") has `start` equal to `end`.
    """

    first: date | None = None
    last: date | None = None
    """Last day that suits, itself included."""
    weekdays: frozenset[int] = frozenset()
    """Only these suit (0 is Monday); empty means all."""
    start: time | None = None
    end: time | None = None
    """Nothing from here on suits; midnight is written as None."""
    is_rough: bool = False
    """Said roughly ("gegen 10", "in zwei Wochen"): what is near suits too."""
    is_soonest: bool = False
    """The sooner, the better ("so bald wie möglich")."""
    is_anything: bool = False
    """Said to be all the same ("egal wann")."""

    @property
    def kind(self) -> Kind:
        """What is named: with a day, `time` and `times` are about that day."""
        if self.clock_time is not None:
            return "time"
        if self.has_times:
            return "times"
        if self.day is not None:
            return "day"
        return "days" if self.has_days else "anything"

    @property
    def day(self) -> date | None:
        """The one day that is meant, or None."""
        return self.first if self.first == self.last else None

    @property
    def clock_time(self) -> time | None:
        """The one time of day that is meant, or None."""
        return self.start if self.start == self.end else None

    @property
    def has_days(self) -> bool:
        """Whether anything is said about days."""
        return bool(self.first or self.last or self.weekdays)

    @property
    def has_times(self) -> bool:
        """Whether anything is said about times of day."""
        return self.start is not None or self.end is not None

    def admits_day(self, day: date) -> bool:
        """Says whether a day suits."""
        return (
            (self.first is None or day >= self.first)
            and (self.last is None or day <= self.last)
            and (not self.weekdays or day.weekday() in self.weekdays)
        )

    def admits_time(self, at: time) -> bool:
        """Says whether a time of day suits; a clock time only suits itself."""
        if self.clock_time is not None:
            return at == self.clock_time
        if self.start and self.end and self.end < self.start:  # "nachts"
            return at >= self.start or at < self.end
        return (self.start is None or at >= self.start) and (
            self.end is None or at < self.end
        )

    def admits(self, moment: datetime) -> bool:
        """Says whether an appointment that begins at a local moment suits."""
        return self.admits_day(moment.date()) and self.admits_time(moment.time())

    def updated(self, newer: When) -> When:
        """Returns this wish with what a later message says.

        New days replace the old ones, and new times the old times: "Dienstag
        nachmittag" and then "nein, doch lieber Mittwoch" is Wednesday afternoon.
        """
        if newer.is_anything and not (newer.has_days or newer.has_times):
            return newer
        return (newer if newer.has_days else self).at_times_of(
            newer if newer.has_times else self
        )

    def at_times_of(self, other: When) -> When:
        """Returns these days at the times of another wish."""
        return replace(
            self,
            start=other.start,
            end=other.end,
            is_rough=self.is_rough or other.is_rough,
            is_soonest=self.is_soonest or other.is_soonest,
            is_anything=False,
        )

    def to_json(self) -> dict[str, Any]:
        """Returns plain values for a slot or an entity; what is free is left out."""
        plain = {
            "first": self.first and self.first.isoformat(),
            "last": self.last and self.last.isoformat(),
            "weekdays": sorted(self.weekdays),
            "start": None if self.start is None else f"{self.start:%H:%M}",
            "end": None if self.end is None else f"{self.end:%H:%M}",
            "is_rough": self.is_rough,
            "is_soonest": self.is_soonest,
            "is_anything": self.is_anything,
        }
        return {key: value for key, value in plain.items() if value}

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> When:
        """Reads what `to_json` wrote.

        Raises:
            ValueError: A day or time is none.
        """
        first, last = plain.get("first"), plain.get("last")
        start, end = plain.get("start"), plain.get("end")
        return cls(
            first=date.fromisoformat(first) if first else None,
            last=date.fromisoformat(last) if last else None,
            weekdays=frozenset(plain.get("weekdays") or ()),
            start=time.fromisoformat(start) if start else None,
            end=time.fromisoformat(end) if end else None,
            is_rough=bool(plain.get("is_rough")),
            is_soonest=bool(plain.get("is_soonest")),
            is_anything=bool(plain.get("is_anything")),
        )


@dataclass(frozen=True)
class Wishes:
    """What suits and what does not, over one message or several."""

    wanted: tuple[When, ...] = ()
    """Any of them suits ("Dienstag oder Mittwoch"); empty where nothing is said."""
    excluded: tuple[When, ...] = ()
    """None of them suits ("außer montags")."""

    def __bool__(self) -> bool:
        """Says whether anything is said."""
        return bool(self.wanted or self.excluded)

    def admits(self, moment: datetime) -> bool:
        """Says whether an appointment that begins at a local moment suits."""
        is_wanted = not self.wanted or any(w.admits(moment) for w in self.wanted)
        return is_wanted and not any(each.admits(moment) for each in self.excluded)

    def updated(self, newer: Wishes) -> Wishes:
        """Returns these wishes with what a later message says (see `When.updated`).

        What was excluded stays so, unless just that is wanted now.
        """
        bases: tuple[When, ...] = (When(),)
        is_time_only = not any(each.has_days for each in newer.wanted)
        if len(self.wanted) == 1 or (self.wanted and is_time_only):
            # "Montag oder Dienstag" and then "14 Uhr": on either day.
            bases = self.wanted
        wanted = tuple(base.updated(each) for base in bases for each in newer.wanted)
        wanted = wanted or self.wanted
        kept = tuple(
            each
            for each in self.excluded
            if not any(new.day and each.admits_day(new.day) for new in newer.wanted)
        )
        if newer.excluded:
            # "Dienstag" and then "Dienstag geht doch nicht": nothing is wanted.
            wanted = tuple(
                each
                for each in wanted
                if not any(_is_covered(each, no) for no in newer.excluded)
            )
        return Wishes(wanted, (*kept, *newer.excluded))

    def to_json(self) -> dict[str, Any]:
        """Returns plain values for a slot."""
        return {
            "wanted": [each.to_json() for each in self.wanted],
            "excluded": [each.to_json() for each in self.excluded],
        }

    @classmethod
    def from_json(cls, plain: Mapping[str, Any] | None) -> Wishes:
        """Reads what `to_json` wrote; None has no wishes.

        Raises:
            ValueError: A day or time is none.
        """
        plain = plain or {}
        return cls(
            tuple(map(When.from_json, plain.get("wanted") or ())),
            tuple(map(When.from_json, plain.get("excluded") or ())),
        )


def _is_covered(wish: When, no: When) -> bool:
    return wish.day is not None and not no.has_times and no.admits_day(wish.day)


@dataclass(frozen=True)
class Problem:
    """Why what was named cannot be had."""

    kind: ProblemKind
    reason: str = ""
    """For `closed`: name of the holiday, "Sonntag", "Betriebsferien …" (German)."""


@dataclass(frozen=True)
class Mention:
    """One time expression in a message."""

    start: int
    end: int
    """Where it ends in the message (exclusive)."""
    text: str
    """The words themselves."""
    options: tuple[When, ...]
    """What it may mean, the likeliest first; several have to be asked."""
    is_excluded: bool = False
    """Whether it is named as what does not suit ("nicht montags")."""
    problem: Problem | None = None

    @property
    def when(self) -> When:
        """The likeliest meaning."""
        return self.options[0]

    @property
    def is_ambiguous(self) -> bool:
        """Whether to ask which of `options` is meant."""
        return len(self.options) > 1


@dataclass(frozen=True)
class Resolution:
    """All that a message says about time."""

    mentions: tuple[Mention, ...] = ()
    wishes: Wishes = field(default_factory=Wishes)
    alternatives: tuple[When, ...] = ()
    """Meanings to ask about before anything is decided; empty where all is clear."""
    problem: Problem | None = None
    """Why none of the wishes can be had; None while one of them can."""
