"""Random interleavings of everything that citizens and time do to appointments."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from booking_portal import (
    NOW,
    MovingClock,
    problems_in,
    scratch_database,
    stored_behind,
)
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from kumpel.clock import parse_moment
from kumpel.settings import Settings
from portal.appointments import tables
from portal.appointments.desk import Desk
from portal.appointments.errors import ZmsError
from portal.appointments.mount import make_api
from portal.appointments.seed import read_booking_seed
from portal.appointments.validation import CalendarQuestion, Reservation
from portal.catalogue import Catalogue
from portal.database import prepare

#: Bürgerbüro Oppum (two seats) and services of two slots and of one.
OFFICE = 20106
SERVICES = {30201: 2, 30105: 1}
DAY = parse_moment(NOW).date()


class World:
    """One database for all runs; each begins with an empty one."""

    def __init__(self, url: str, folder: Path) -> None:
        self.clock = MovingClock()
        self.engine = _quick(prepare(url))
        #: Looks at the database without a transaction around each look.
        self.eyes = self.engine.connect().execution_options(
            isolation_level="AUTOCOMMIT"
        )
        clock = self.clock
        moving = type("Moving", (Settings,), {"clock": property(lambda _: clock)})
        options = moving.from_environment({"KUMPEL_VAR": str(folder)})
        facts = Catalogue(self.engine)
        api = make_api(self.engine, facts, options, read_booking_seed())
        self.desk: Desk = api.desk
        self.moments = self.free(30105)[:4]
        slots = self.desk.supply.slots(self.desk.catalogue.offices[OFFICE], DAY)
        self.seats = {slot.at: bin(slot.seats).count("1") for slot in slots}

    def reset(self) -> None:
        self.clock.moment = parse_moment(NOW)
        self.eyes.execute(tables.process.delete())

    def close(self) -> None:
        self.eyes.close()
        self.engine.dispose()

    def free(self, service: int) -> list[int]:
        question = CalendarQuestion(
            (OFFICE,), ((service, 1),), DAY, DAY, window=(DAY, DAY)
        )
        days = self.desk.calendar(question)["availableDays"]
        return days[0]["offices"][0]["appointments"] if days else []


def _quick(engine: sa.engine.Engine) -> sa.engine.Engine:
    """Returns the database as it is, but for waiting for the disk and for pings.

    A crash is another test's business: here speed lets more be tried.
    """
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _stop_waiting)
        # What the pool has opened already would go on waiting.
        engine.dispose()
        return engine
    url = engine.url
    engine.dispose()
    options = {"options": "-c synchronous_commit=off"}
    return sa.create_engine(url, connect_args=options)


def _stop_waiting(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA synchronous=OFF")


class Appointments(RuleBasedStateMachine):
    """A model beside the database: both must always agree."""

    world: World
    processes = Bundle("processes")

    def __init__(self) -> None:
        super().__init__()
        self.world.reset()
        #: Status, key, first moment, slots and expiry by number.
        self.model: dict[int, dict[str, Any]] = {}

    def _attempt(self, action: Any, *arguments: Any) -> Any:
        try:
            return action(*arguments)
        except ZmsError as error:
            return error.codes[0]

    def _alive(self) -> dict[int, dict[str, Any]]:
        now = self.world.desk.store.now
        return {
            id_: row
            for id_, row in self.model.items()
            if row["status"] not in ("deleted", "blocked")
            and (row["expires_at"] is None or row["expires_at"] > now)
        }

    @rule(
        target=processes,
        position=st.integers(0, 3),
        service=st.sampled_from(sorted(SERVICES)),
    )
    def reserve(self, position: int, service: int) -> Any:
        moment = self.world.moments[position]
        was_offered = moment in self.world.free(service)
        wanted = Reservation(OFFICE, ((service, 1),), moment)
        found = self._attempt(self.world.desk.reserve, wanted)
        # What the calendar offers can be had, and nothing else.
        assert was_offered == isinstance(found, tuple), found
        if not was_offered:
            assert found == "appointmentNotAvailable"
            return multiple()
        process, key = found
        self.model[process.process_id] = {
            "status": "reserved",
            "key": key,
            "starts": [moment + 600 * n for n in range(SERVICES[service])],
            "expires_at": process.expires_at,
        }
        return process.process_id

    @rule(id_=processes)
    def update(self, id_: int) -> None:
        row = self.model[id_]
        fields = {"familyName": "Erika", "email": f"e{id_}@example.org"}
        found = self._attempt(self.world.desk.update, id_, row["key"], fields)
        self._expect(id_, found, "reserved", ["reserved"], "processNotReservedAnymore")

    @rule(id_=processes)
    def preconfirm(self, id_: int) -> None:
        found = self._attempt(self.world.desk.preconfirm, id_, self.model[id_]["key"])
        if found == "emailIsRequired":
            return
        self._expect(
            id_, found, "preconfirmed", ["reserved"], "processNotReservedAnymore"
        )

    @rule(id_=processes)
    def confirm(self, id_: int) -> None:
        found = self._attempt(self.world.desk.confirm, id_, self.model[id_]["key"])
        states = ["reserved", "preconfirmed"]
        self._expect(id_, found, "confirmed", states, "processNotPreconfirmedAnymore")

    @rule(id_=consumes(processes))
    def cancel(self, id_: int) -> None:
        row = self.model[id_]
        found = self._attempt(self.world.desk.cancel, id_, row["key"])
        if id_ not in self._alive():
            assert found == "appointmentNotFound"
            return
        assert isinstance(found, tuple), found
        row["status"] = "blocked" if row["status"] == "reserved" else "deleted"
        again = self._attempt(self.world.desk.cancel, id_, row["key"])
        assert again == "authKeyMismatch"

    @rule(minutes=st.sampled_from([1, 10, 16]))
    def time_passes(self, minutes: int) -> None:
        end = parse_moment(NOW).timestamp() + 30 * 60
        # Not so far that the moments themselves are over.
        if self.world.desk.store.now + minutes * 60 < end:
            self.world.clock.forward(minutes=minutes)

    @rule()
    def sweep(self) -> None:
        self.world.desk.store.sweep()

    def _expect(
        self, id_: int, found: Any, state: str, before: list[str], refusal: str
    ) -> None:
        row = self.model[id_]
        if id_ not in self._alive():
            assert found == "appointmentNotFound"
        elif row["status"] in before:
            assert not isinstance(found, str), found
            row["status"], row["expires_at"] = found.status, found.expires_at
            assert found.status == state
        else:
            assert found == refusal

    @invariant()
    def nothing_is_lost_or_given_away_twice(self) -> None:
        found = stored_behind(self.world.eyes)
        assert problems_in(found) == []
        statuses = {id_: row.status for id_, row in found.processes.items()}
        for id_, row in self._alive().items():
            assert statuses[id_] == row["status"]

    def teardown(self) -> None:
        """Compares what the calendar offers with what the model left."""
        free = self.world.free(30105)
        earliest = self.world.desk.supply.earliest_start(self.world.clock())
        for moment in self.world.moments:
            held = sum(moment in row["starts"] for row in self._alive().values())
            assert held <= self.world.seats[moment]
            if moment >= earliest:
                assert (moment in free) == (held < self.world.seats[moment])


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    with scratch_database(request.param, tmp_path) as url:
        made = World(url, tmp_path)
        yield made
        made.close()


def test_no_interleaving_of_steps_loses_or_doubles_an_appointment(world: World) -> None:
    machine = type("Machine", (Appointments,), {"world": world})
    random.seed(0)
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=1000,
            stateful_step_count=8,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
