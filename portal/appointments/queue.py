"""How full an office is right now: demonstration data.

No real call system stands behind it. The figures follow from the clock, the
appointments that were booked and the invented demand, so that the same moment always
gives the same answer.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.appointments.catalogue import Office
from portal.appointments.desk import Desk, call_number

#: How long before their time people are taken to be there.
_EARLY = timedelta(minutes=15)


@dataclass(frozen=True)
class QueueState:
    """The state of an office at a moment.

    Attributes:
        now_serving: Number that was called last, if any was.
        waiting: People who wait.
        minutes: Estimated wait of somebody who comes now.
    """

    now_serving: str | None
    waiting: int
    minutes: int


def queue_state(desk: Desk, office: Office, now: datetime) -> QueueState | None:
    """Returns the state of an office; None where it is closed or its hours unknown.

    Args:
        desk: Where appointments are given.
        office: The office.
        now: An aware moment.
    """
    if office.is_demonstration:
        return None
    at = int(now.timestamp())
    step = office.rules.slot_minutes * 60
    slots = desk.supply.slots(office, now.date())
    if not any(slot.at <= at < slot.at + step for slot in slots):
        return None
    booked = desk.store.taken([office.pool], slots[0].at, slots[-1].at)
    everybody = (1 << office.rules.seats) - 1
    taken = {
        slot.at: (everybody & ~slot.seats) | booked.get((office.pool, slot.at), 0)
        for slot in slots
    }
    called = [start for start, seats in taken.items() if start <= at and seats]
    number = None
    if called:
        seats = taken[called[-1]]
        number = call_number(office, called[-1], seats.bit_length() - 1)
    early = int(_EARLY.total_seconds())
    waiting = sum(
        bin(seats).count("1")
        for start, seats in taken.items()
        if at < start <= at + early
    )
    minutes = math.ceil(waiting * office.rules.slot_minutes / office.rules.seats)
    return QueueState(number, waiting, minutes)
