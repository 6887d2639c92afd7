"""The waiting list with several portals on one database: fair, and never two offers."""

from __future__ import annotations

import contextlib
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
import sqlalchemy as sa
from booking_portal import (
    NOW,
    MovingClock,
    PortalProcess,
    keys,
    problems_in,
    scratch_database,
    stored,
)

from kumpel.clock import parse_moment
from kumpel.settings import Settings
from portal.appointments import tables
from portal.appointments.mount import make_api
from portal.appointments.seed import read_booking_seed
from portal.appointments.waitlist import OFFER_LIFETIME, Waitlist
from portal.catalogue import Catalogue
from portal.database import prepare

OPPUM = 20106
SERVICE = 30201
SECRET = "a secret of the tests that all replicas share"


@dataclass(frozen=True)
class Town:
    """Two portals, and a third hand on their database."""

    one: PortalProcess
    two: PortalProcess
    url: str

    @property
    def portals(self) -> tuple[PortalProcess, PortalProcess]:
        return self.one, self.two

    def call(self, portal: PortalProcess, method: str, path: str, **more: Any) -> Any:
        key = Settings.from_environment({"KUMPEL_SECRET": SECRET}).portal_api_keys()[0]
        answer = requests.request(
            method,
            f"http://127.0.0.1:{portal.port}/portal/v1/{path}",
            headers={"X-API-Key": key},
            timeout=30,
            **more,
        )
        assert answer.ok, answer.text
        return answer.json()

    def join(self, portal: PortalProcess, name: str) -> str:
        wish = {
            "serviceId": SERVICE,
            "officeIds": [OPPUM],
            "before": "2026-11-24",
            "familyName": name,
            "email": f"{name}@example.org",
            "consent": True,
        }
        token: str = self.call(portal, "POST", "waitlist", json=wish)["token"]
        return token

    def offers(self) -> list[dict[str, Any]]:
        """Returns all offers, oldest first."""
        items = self.call(self.one, "GET", "outbox")["items"]
        return [item for item in reversed(items) if item["kind"] == "offer"]

    def fill(self) -> list[dict[str, Any]]:
        """Books all that is free at the office today; the latest comes first."""
        zms, held = self.one.client(), []
        midnight = parse_moment("2026-11-24").timestamp()
        # A day without slots is answered with those of the next day that has some.
        while (moments := zms.slots(OPPUM, SERVICE))[0] < midnight:
            for moment in moments:
                answer = zms.reserve(OPPUM, SERVICE, moment)
                if answer.status_code == 200:
                    process = answer.json()
                    assert zms.told(process).status_code == 200
                    zms.post("confirm-appointment/", keys(process))
                    held.append(process)
        return sorted(held, key=lambda process: -int(process["timestamp"]))

    def waitlist(self, clock: MovingClock, folder: Path) -> Waitlist:
        """Returns the list as a third portal sees it, by a clock of its own."""
        moving = type("Moving", (Settings,), {"clock": property(lambda _: clock)})
        options = moving.from_environment(
            {"KUMPEL_VAR": str(folder), "KUMPEL_SECRET": SECRET}
        )
        engine = prepare(self.url)
        api = make_api(engine, Catalogue(engine), options, read_booking_seed())
        return Waitlist(api.desk)


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
)
def town(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Town]:
    with (
        scratch_database(request.param, tmp_path) as url,
        PortalProcess(tmp_path / "one", url) as one,
        PortalProcess(tmp_path / "two", url) as two,
    ):
        yield Town(one, two, url)


def confirm(portal: PortalProcess, offer: dict[str, Any]) -> requests.Response:
    path = urlsplit(offer["link"]).path
    return requests.post(f"http://127.0.0.1:{portal.port}{path}", timeout=30)


def check(town: Town) -> None:
    engine = sa.create_engine(town.url)
    assert problems_in(stored(engine)) == []
    engine.dispose()


def test_cancellations_at_two_portals_go_to_the_first_in_line(
    town: Town, tmp_path: Path
) -> None:
    held = town.fill()
    assert len(held) >= 4
    names = [f"person{n}" for n in range(5)]
    for number, name in enumerate(names):
        town.join(town.portals[number % 2], name)
    assert town.offers() == []

    # One cancellation: one offer, to the first.
    town.one.client().post("cancel-appointment/", keys(held[0]))
    assert [offer["recipient"] for offer in town.offers()] == ["person0@example.org"]

    # Two at the same moment, at different portals: the next two, one offer each.
    def cancel(pair: tuple[PortalProcess, dict[str, Any]]) -> int:
        return pair[0].client().post("cancel-appointment/", keys(pair[1])).status_code

    with ThreadPoolExecutor(2) as pool:
        pairs = zip(town.portals, held[1:3], strict=True)
        assert list(pool.map(cancel, pairs)) == [200, 200]
    # Who lost a race to the other portal is served by the next upkeep.
    town.waitlist(MovingClock(NOW), tmp_path).serve()
    offered = Counter(offer["recipient"] for offer in town.offers())
    assert offered == {f"person{n}@example.org": 1 for n in range(3)}
    moments = {
        process.starts_at
        for process in stored(sa.create_engine(town.url)).processes.values()
        if process.status == "preconfirmed"
    }
    assert len(moments) <= 3
    check(town)

    # An offer is confirmed at whichever portal, once.
    first = town.offers()[0]
    with ThreadPoolExecutor(2) as pool:
        pages = list(pool.map(confirm, town.portals, [first, first]))
    assert {page.status_code for page in pages} == {200}

    # What is not taken in time goes on to the next, and to nobody twice.
    clock = MovingClock(NOW)
    clock.forward(seconds=OFFER_LIFETIME.total_seconds() + 1)
    late = town.waitlist(clock, tmp_path)
    late.serve()
    offered = Counter(offer["recipient"] for offer in town.offers())
    # The mails of the two that lapsed went with them.
    assert offered == {f"person{n}@example.org": 1 for n in (0, 3, 4)}
    assert late.serve() == 0
    check(town)


def test_portals_that_serve_at_once_offer_each_seat_to_one(
    town: Town, tmp_path: Path
) -> None:
    held = town.fill()
    for number in range(4):
        town.join(town.portals[number % 2], f"person{number}")
    # The seat becomes free without anybody noticing, as when a reservation lapses.
    engine = sa.create_engine(town.url)
    with engine.begin() as connection:
        for process in held[:2]:
            connection.execute(
                tables.process.update()
                .where(tables.process.c.process_id == process["processId"])
                .values(status="deleted")
            )
            connection.execute(
                tables.seat.delete().where(
                    tables.seat.c.process == process["processId"]
                )
            )
    engine.dispose()
    lists = [town.waitlist(MovingClock(NOW), tmp_path) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda waitlist: waitlist.serve(), lists))
    # A reservation that lost the race is given back at once, not after minutes.
    lists[0].serve()
    offered = [offer["recipient"] for offer in town.offers()]
    assert sorted(offered) == ["person0@example.org", "person1@example.org"]
    states = Counter(
        row.status for row in stored(sa.create_engine(town.url)).processes.values()
    )
    assert states["reserved"] == 0
    check(town)


def test_a_portal_that_dies_while_offering_loses_neither_seat_nor_place(
    town: Town, tmp_path: Path
) -> None:
    held = town.fill()
    for number in range(3):
        town.join(town.one, f"person{number}")

    def cancel() -> None:
        with contextlib.suppress(requests.RequestException):
            town.one.client().post("cancel-appointment/", keys(held[0]))

    with ThreadPoolExecutor(1) as pool:
        work = pool.submit(cancel)
        time.sleep(0.03)
        town.one.kill()
        work.result()
    town.one.start()
    check(town)
    shown = town.two.client().get("appointment/", **keys(held[0]))
    clock = MovingClock(NOW)
    clock.forward(minutes=31)
    town.waitlist(clock, tmp_path).serve()
    offered = [offer["recipient"] for offer in town.offers()]
    was_cancelled = shown.status_code == 406
    assert offered == (["person0@example.org"] if was_cancelled else [])
    check(town)
