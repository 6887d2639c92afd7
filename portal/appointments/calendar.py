"""Which appointments are free: the answer of `/available-calendar/`."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from portal.appointments.catalogue import Office
from portal.appointments.supply import Slot, Supply

#: Bit mask of the seats taken, by pool and beginning of the slot.
Taken = Mapping[tuple[int, int], int]


@dataclass(frozen=True)
class Wish:
    """What is asked of the calendar.

    Attributes:
        slots: Slots in a row that are needed at each office.
    """

    offices: Sequence[Office]
    slots: int
    first: date
    last: date
    window: tuple[date, date] | None = None


@dataclass(frozen=True)
class FreeStart:
    """A moment at which an appointment may begin.

    Attributes:
        seats: Bit mask of the seats that are free for its whole length.
    """

    at: int
    seats: int


class Availability:
    """Finds what is free on the days of a range.

    Args:
        supply: The slots of all offices.
        taken: Seats that are taken in that range.
        now: The moment of the question.
    """

    def __init__(self, supply: Supply, taken: Taken, now: datetime) -> None:
        self._supply = supply
        self._taken = taken
        self._now = now

    def starts(self, office: Office, day: date, slots: int) -> list[FreeStart]:
        """Returns the beginnings of a day that have `slots` free slots in a row."""
        earliest = self._supply.earliest_start(self._now)
        day_slots = self._supply.slots(office, day)
        free = [slot.seats & ~self._seats_taken(office, slot) for slot in day_slots]
        step = office.rules.slot_minutes * 60
        found = []
        for index, slot in enumerate(day_slots[: len(day_slots) - slots + 1]):
            # A lunch break lies between two slots that do not touch.
            is_in_a_row = (
                day_slots[index + slots - 1].at - slot.at == (slots - 1) * step
            )
            if slot.at < earliest or not is_in_a_row:
                continue
            seats = free[index]
            for mask in free[index + 1 : index + slots]:
                seats &= mask
            if seats:
                found.append(FreeStart(slot.at, seats))
        return found

    def by_office(
        self, offices: Iterable[Office], day: date, slots: int
    ) -> dict[int, list[int]]:
        """Returns the beginnings of a day by office; offices without any are left out.

        Offices with a common pool show a moment only once, at the first of them.
        """
        shown: set[tuple[int, int]] = set()
        found: dict[int, list[int]] = {}
        for office in offices:
            starts = [
                start.at
                for start in self.starts(office, day, slots)
                if (office.pool, start.at) not in shown
            ]
            shown.update((office.pool, at) for at in starts)
            if starts:
                found[office.id] = starts
        return found

    def _seats_taken(self, office: Office, slot: Slot) -> int:
        return self._taken.get((office.pool, slot.at), 0)


def available_calendar(
    wish: Wish, supply: Supply, taken: Taken, now: datetime
) -> dict[str, Any]:
    """Returns the answer of `/available-calendar/`.

    Without a window the month of the first bookable day is painted.
    """
    availability = Availability(supply, taken, now)
    free = {
        day: offices
        for day in supply.bookable_days(now, wish.first, wish.last)
        if (offices := availability.by_office(wish.offices, day, wish.slots))
    }
    window = wish.window or (wish.first, wish.last)
    first, last = _clamp(window[0], wish), _clamp(window[1], wish)
    # Asked for everything, one month is enough; asked for a window, all of its months.
    painted = _months(first, last if wish.window else first, wish)
    days = [day for day in free if painted[0] <= day <= painted[1]]
    if not days and free:
        first = last = next(iter(free))
        painted = _months(first, last, wish)
        days = [day for day in free if painted[0] <= day <= painted[1]]
    chosen = next((day for day in days if first <= day <= last), None)
    if chosen is None and days:
        chosen = days[0]
    earlier = [day for day in free if day < painted[0]]
    later = [day for day in free if day > painted[1]]
    return {
        "startDate": wish.first.isoformat(),
        "endDate": wish.last.isoformat(),
        "slotsStartDate": (chosen or first).isoformat(),
        "slotsEndDate": (chosen or last).isoformat(),
        "prevBookableDate": earlier[-1].isoformat() if earlier else None,
        "nextBookableDate": later[0].isoformat() if later else None,
        "availableDays": [
            {
                "date": day.isoformat(),
                "providerIDs": ",".join(str(id_) for id_ in free[day]),
                "offices": [
                    {"officeId": str(id_), "appointments": starts}
                    for id_, starts in free[day].items()
                    if day == chosen
                ],
            }
            for day in days
        ],
    }


def _clamp(day: date, wish: Wish) -> date:
    return min(max(day, wish.first), wish.last)


def _months(first: date, last: date, wish: Wish) -> tuple[date, date]:
    """Returns the calendar months of two days, cut to the range."""
    length = calendar.monthrange(last.year, last.month)[1]
    first, last = first.replace(day=1), last.replace(day=length)
    return _clamp(first, wish), _clamp(last, wish)
