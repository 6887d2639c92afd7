"""Which seats an office gives away on a day, before anybody has booked."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from kumpel.clock import TIME_ZONE
from portal.appointments.catalogue import Office
from portal.appointments.seed import BookingSeed, Release
from portal.opening_hours import Timetable
from portal.seed_models import SpecialDay

#: Office-days that are kept: all offices for the time that is released.
_KEPT_DAYS = 8192
#: Length of the pieces in which invented demand takes a seat, in seconds.
_DEMAND_PIECE_IN_SECONDS = 1800


@dataclass(frozen=True)
class Slot:
    """One slot of an office.

    Attributes:
        at: Its beginning in unix seconds.
        seats: Bit mask of the seats that exist then; bit 0 is seat 1.
    """

    at: int
    seats: int


class Supply:
    """Knows the slots of all offices.

    Args:
        seed: The rules of appointments.
        special_days: The city's special days.
    """

    def __init__(self, seed: BookingSeed, special_days: Sequence[SpecialDay]) -> None:
        self._seed = seed
        self._special_days = special_days
        self._slots = functools.lru_cache(maxsize=_KEPT_DAYS)(self._make_slots)
        self._offices: dict[int, Office] = {}

    def bookable_days(self, now: datetime, first: date, last: date) -> list[date]:
        """Returns the days of a range that are released and not over."""
        first = max(first, now.date())
        last = min(last, last_released_day(self._seed.release, now))
        count = (last - first).days + 1
        return [first + timedelta(days=offset) for offset in range(count)]

    def slots(self, office: Office, day: date) -> tuple[Slot, ...]:
        """Returns the slots of an office on a day, in order."""
        self._offices[office.id] = office
        return self._slots(office.id, day)

    def earliest_start(self, now: datetime) -> int:
        """Returns the first moment, in unix seconds, that may still be booked."""
        return int(now.timestamp()) + self._seed.lead_minutes * 60

    def _make_slots(self, office_id: int, day: date) -> tuple[Slot, ...]:
        office = self._offices[office_id]
        resolved = Timetable(office.hours, self._special_days).day(day)
        load = office.rules.load
        if not resolved.is_known:
            return ()
        is_booked_out = chance(office.pool, day) < load.booked_out_days
        step = office.rules.slot_minutes * 60
        slots = []
        for span in resolved.spans:
            if span.mode == "phone":
                continue
            # In seconds since 1970 an hour stays an hour when the clocks change.
            end = int(span.ends_at(day).timestamp())
            start = int(span.starts_at(day).timestamp())
            slots += [
                Slot(at, 0 if is_booked_out else self._seats(office, at))
                for at in range(start, end - step + 1, step)
            ]
        return tuple(slots)

    def _seats(self, office: Office, at: int) -> int:
        piece = at // _DEMAND_PIECE_IN_SECONDS
        taken = office.rules.load.taken
        return sum(
            1 << seat
            for seat in range(office.rules.seats)
            if chance(office.pool, seat, piece) >= taken
        )


def last_released_day(release: Release, now: datetime) -> date:
    """Returns the last day that may be booked at an aware moment."""
    local = now.astimezone(TIME_ZONE)
    first = date.fromisoformat(release.first)
    rounds = (local.date() - first).days // release.every_days
    latest = first + timedelta(days=rounds * release.every_days)
    at = datetime.combine(latest, time.fromisoformat(release.time), tzinfo=TIME_ZONE)
    if local < at:
        latest -= timedelta(days=release.every_days)
    return latest + timedelta(days=release.days_ahead)


def chance(*parts: object) -> float:
    """Returns a number from 0 to 1 that is always the same for the same parts."""
    digest = hashlib.blake2b(repr(parts).encode(), digest_size=4).digest()
    return int.from_bytes(digest, "big") / 2**32
