"""What the store of appointments is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.engine import Connection

from portal.appointments.process import Process


@dataclass(frozen=True)
class Booking:
    """A reservation that is wanted.

    Attributes:
        starts: Unix seconds of each slot that is needed, in order.
        seats: Bit mask of the seats that the office has in all of these slots.
        number_for: Gives the number to be called by, from the seat.
        expires_at: Unix seconds at which the reservation lapses.
    """

    pool: int
    office: int
    service: int
    service_count: int
    further_services: tuple[tuple[int, int], ...]
    starts: tuple[int, ...]
    seats: int
    duration_minutes: int
    expires_at: int
    number_for: Callable[[int], str]


@dataclass(frozen=True)
class Repeat:
    """What makes a repeated reservation give the first answer again."""

    key: str
    body_hash: str


class Repeated(Exception):
    """The reservation was made before; its answer stands in `answer`."""

    def __init__(self, answer: Any) -> None:
        super().__init__("This reservation was made before.")
        self.answer = answer


#: Checks a step in its own transaction; raises to refuse.
Check = Callable[[Connection, Process], None]
#: Gives the columns to set for an appointment as it stands.
Values = Callable[[Process], Mapping[str, Any]]
#: Writes what belongs to a step, such as a mail, in the step's own transaction; takes
#: the appointment before and after.
Afterwards = Callable[[Connection, Process, Process], None]


@dataclass(frozen=True)
class Change:
    """A change of an appointment; see `AppointmentStore.change` for its parts."""

    states: Sequence[str]
    refusal: str
    values: Values
    check: Check | None = None
    afterwards: Afterwards | None = None
