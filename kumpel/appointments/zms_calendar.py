"""Looks for free appointments, in both generations of the citizen API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from kumpel.appointments import zms_parse
from kumpel.appointments.models import FreeDay, Slot
from kumpel.appointments.transport import Transport
from kumpel.appointments.zms_errors import NothingFreeError, UnknownEndpointError
from kumpel.errors import PortalError, PortalUnavailableError, SlotTakenError

#: A has granular routes with `officeId`, B the calendar with `officeIds`.
Generation = Literal["A", "B"]

#: Longest range that ZMS takes.
MAXIMUM_RANGE = timedelta(days=365)
#: More months than a range has.
_MOST_PAGES = 13


@dataclass(frozen=True)
class Search:
    """What is looked for, in ZMS's terms."""

    service: str
    count: int
    offices: tuple[str, ...]
    first: date
    last: date

    def query(self, generation: Generation) -> dict[str, str]:
        """Returns what both generations are asked with."""
        plural = "s" if generation == "B" else ""
        return {
            f"officeId{plural}": ",".join(self.offices),
            f"serviceId{plural}": self.service,
            f"serviceCount{plural}": str(self.count),
        }

    @property
    def range(self) -> dict[str, str]:
        """The range of days as ZMS writes it."""
        return {
            "startDate": self.first.isoformat(),
            "endDate": self.last.isoformat(),
        }


@dataclass(frozen=True)
class Found:
    """Days with something free, and the slots of those days that came along."""

    days: tuple[FreeDay, ...]
    slots: Mapping[date, tuple[Slot, ...]]


def generation_of(transport: Transport, deadline: float | None) -> Generation:
    """Finds out which generation a system is of, by asking the calendar nothing.

    Raises:
        PortalUnavailableError: It does not answer as either would.
    """
    try:
        transport.get("available-calendar/", deadline=deadline)
    except UnknownEndpointError:
        return "A"
    except PortalError as error:
        if error.kind in {"unavailable", "limit", "unknown"}:
            raise
        # It knows the calendar and misses the question.
        return "B"
    raise PortalUnavailableError(
        f"{transport.base_url} answers like no ZMS: check ZMS_BASE_URL."
    )


class Calendar:
    """Asks one system for what is free."""

    def __init__(
        self, transport: Transport, generation: Generation, deadline: float | None
    ) -> None:
        """Takes where and how to ask.

        Args:
            transport: To the citizen API.
            generation: Its generation.
            deadline: Moment of `time.monotonic` at which answers are of no use.
        """
        self._transport = transport
        self._generation = generation
        self._deadline = deadline

    def days(self, search: Search) -> Found:
        """Returns all days of a range with something free, earliest first."""
        try:
            if self._generation == "A":
                return self._days_of_a(search)
            return self._days_of_b(search)
        except (NothingFreeError, SlotTakenError):
            return Found((), {})

    def slots(self, search: Search, day: date) -> tuple[Slot, ...]:
        """Returns the slots of one day, earliest first."""
        try:
            if self._generation == "A":
                query = {"date": day.isoformat(), **search.query("A")}
                document = self._get("available-appointments-by-office/", query)
                found = zms_parse.slots_by_office(document)
            else:
                found = self._page(search, day).slots
        except (NothingFreeError, SlotTakenError):
            return ()
        # A day that was taken meanwhile is answered with the slots of another one.
        return tuple(sorted(slot for slot in found if slot.day == day))

    def _days_of_a(self, search: Search) -> Found:
        document = self._get(
            "available-days-by-office/", {**search.range, **search.query("A")}
        )
        days = zms_parse.days(document, search.offices)
        return Found(_in_order(days, search), {})

    def _days_of_b(self, search: Search) -> Found:
        page = self._page(search, None)
        days, slots = list(page.days), list(page.slots)
        # Only the months around the day with slots are listed: go on to the others.
        for _ in range(_MOST_PAGES):
            latest = max((found.day for found in days), default=search.first)
            if page.next_day is None or not latest < page.next_day <= search.last:
                break
            page = self._page(search, page.next_day)
            days += page.days
            slots += page.slots
        by_day: dict[date, tuple[Slot, ...]] = {}
        for slot in sorted(set(slots)):
            by_day[slot.day] = (*by_day.get(slot.day, ()), slot)
        return Found(_in_order(days, search), by_day)

    def _page(self, search: Search, day: date | None) -> zms_parse.CalendarPage:
        query = {**search.range, **search.query("B")}
        if day is not None:
            query |= {name: day.isoformat() for name in _WINDOW}
        return zms_parse.calendar(self._get("available-calendar/", query))

    def _get(self, path: str, query: Mapping[str, str]) -> object:
        answer = self._transport.get(path, query, deadline=self._deadline)
        return zms_parse.unwrapped(answer.document)


_WINDOW = ("slotsStartDate", "slotsEndDate")


def _in_order(
    days: tuple[FreeDay, ...] | list[FreeDay], search: Search
) -> tuple[FreeDay, ...]:
    by_day = {
        found.day: found for found in days if search.first <= found.day <= search.last
    }
    return tuple(by_day[day] for day in sorted(by_day))
