"""Never a double booking, never a lost one: many at once, and crashes in between."""

from __future__ import annotations

import contextlib
import itertools
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
import sqlalchemy as sa
from booking_portal import (
    NOW,
    CitizenClient,
    PortalProcess,
    codes,
    keys,
    problems_in,
    scratch_database,
    stored,
)

from kumpel.clock import parse_moment

#: Bürgerbüro Oppum and the identity card: two seats, two slots.
PAIR = (20106, 30201)


@dataclass(frozen=True)
class Replicas:
    """Two portals with one database."""

    one: PortalProcess
    two: PortalProcess
    url: str


@pytest.fixture(
    scope="module",
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)],
)
def replicas(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Replicas]:
    folder = tmp_path_factory.mktemp(request.param)
    with (
        scratch_database(request.param, folder) as url,
        PortalProcess(folder / "one", url) as one,
        PortalProcess(folder / "two", url) as two,
    ):
        yield Replicas(one, two, url)


def problems(url: str) -> list[str]:
    engine = sa.create_engine(url)
    try:
        return problems_in(stored(engine))
    finally:
        engine.dispose()


def last_seat(zms: CitizenClient) -> int:
    """Returns a moment of which one seat is left."""
    moment = zms.slots(*PAIR)[-1]
    reserved = []
    while (answer := zms.reserve(*PAIR, moment)).status_code == 200:
        reserved.append(answer.json())
    zms.post("cancel-appointment/", keys(reserved[0]))
    return moment


def test_one_of_a_hundred_simultaneous_reservations_wins(replicas: Replicas) -> None:
    moment = last_seat(replicas.one.client())
    barrier = threading.Barrier(100)

    def reserve(portal: PortalProcess) -> requests.Response:
        zms = portal.client()
        barrier.wait()
        return zms.reserve(*PAIR, moment)

    with ThreadPoolExecutor(100) as pool:
        portals = itertools.islice(itertools.cycle([replicas.one, replicas.two]), 100)
        answers = list(pool.map(reserve, portals))
    assert Counter(answer.status_code for answer in answers) == {200: 1, 404: 99}
    lost = [answer for answer in answers if answer.status_code == 404]
    assert all(codes(answer) == {"appointmentNotAvailable"} for answer in lost)
    assert problems(replicas.url) == []


def test_the_same_request_sent_at_once_reserves_once(replicas: Replicas) -> None:
    moment = replicas.one.client().slots(*PAIR)[0]

    def reserve(portal: PortalProcess) -> requests.Response:
        header = {"Idempotency-Key": "0f0e7f5c-1111-4222-8333-444444444444"}
        return portal.client().reserve(*PAIR, moment, headers=header)

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(reserve, [replicas.one, replicas.two] * 5))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["processId"] for answer in answers}) == 1
    replayed = [answer.headers.get("Idempotency-Replayed") for answer in answers]
    assert Counter(replayed) == {"true": 9, None: 1}
    other = replicas.one.client().slots(*PAIR)[1]
    header = {"Idempotency-Key": "0f0e7f5c-1111-4222-8333-444444444444"}
    answer = replicas.one.client().reserve(*PAIR, other, headers=header)
    assert (answer.status_code, codes(answer)) == (400, {"invalidRequest"})


def test_confirming_and_cancelling_at_once_ends_cancelled(replicas: Replicas) -> None:
    zms = replicas.one.client()
    for _ in range(5):
        process = zms.reserved(*PAIR)
        zms.told(process)

        def step(name: str, process: dict[str, Any] = process) -> int:
            path = f"{name}-appointment/"
            return replicas.two.client().post(path, keys(process)).status_code

        with ThreadPoolExecutor(2) as pool:
            _, cancelled = pool.map(step, ["confirm", "cancel"])
        assert cancelled == 200
        assert zms.get("appointment/", **keys(process)).status_code == 406
    assert problems(replicas.url) == []


def test_one_mail_address_cannot_slip_through_twice_at_once(
    replicas: Replicas,
) -> None:
    # The aliens' office allows one.
    zms = replicas.one.client()
    both = [zms.reserved(20120, 30701) for _ in range(2)]
    for process in both:
        assert zms.told(process, email="one@example.org").status_code == 200

    def confirm(process: dict[str, Any]) -> int:
        answer = replicas.two.client().post("confirm-appointment/", keys(process))
        return answer.status_code

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(confirm, both)) == [200, 406]


@dataclass
class Worker:
    """Books one moment after the other until its portal is gone."""

    zms: CitizenClient
    moments: list[int]
    #: What the portal has said, by number: the state, and what may be besides.
    told: dict[int, tuple[tuple[str, ...], dict[str, Any]]]

    def __call__(self) -> None:
        with contextlib.suppress(requests.RequestException):
            for moment in self.moments:
                self._book(moment)

    def _book(self, moment: int) -> None:
        answer = self.zms.reserve(*PAIR, moment)
        if answer.status_code != 200:
            return
        process = answer.json()
        id_ = process["processId"]
        self.told[id_] = (("reserved",), process)
        self.zms.told(process)
        # Until the answer is there, both states are right.
        self.told[id_] = (("reserved", "confirmed"), process)
        if self.zms.post("confirm-appointment/", keys(process)).status_code == 200:
            self.told[id_] = (("confirmed",), process)


def test_a_crash_in_the_middle_of_many_requests_loses_nothing(
    replicas: Replicas,
) -> None:
    portal = replicas.one
    told: dict[int, tuple[tuple[str, ...], dict[str, Any]]] = {}
    day = parse_moment(NOW).date() + timedelta(days=1)
    moments = portal.client().slots(*PAIR, day)
    workers = [Worker(portal.client(), moments, told) for _ in range(4)]
    threads = [threading.Thread(target=worker) for worker in workers]
    for thread in threads:
        thread.start()
    while len(told) < 8:
        time.sleep(0.005)
    portal.kill()
    for thread in threads:
        thread.join()
    assert problems(replicas.url) == []
    zms = replicas.two.client()
    for states, process in told.values():
        shown = zms.get("appointment/", **keys(process))
        assert shown.status_code == 200
        assert shown.json()["status"] in states


@pytest.mark.parametrize(
    "kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
)
def test_a_crash_after_any_step_loses_nothing(kind: str, tmp_path: Path) -> None:
    with (
        scratch_database(kind, tmp_path) as url,
        PortalProcess(tmp_path, url) as portal,
    ):
        process = portal.client().reserved(*PAIR)
        for path, state in [
            ("", "reserved"),
            ("update", "reserved"),
            ("preconfirm", "preconfirmed"),
            ("confirm", "confirmed"),
        ]:
            if path == "update":
                portal.client().told(process)
            elif path:
                portal.client().post(f"{path}-appointment/", keys(process))
            portal.kill()
            assert problems(url) == []
            portal.start()
            shown = portal.client().get("appointment/", **keys(process)).json()
            assert shown["status"] == state
        assert shown["familyName"] == "Erika Musterfrau"
        portal.client().post("cancel-appointment/", keys(process))
        portal.kill()
        assert problems(url) == []
        portal.start()
        gone = portal.client().get("appointment/", **keys(process))
        assert gone.status_code == 406
        assert int(process["timestamp"]) in portal.client().slots(*PAIR)


@pytest.mark.parametrize(
    "kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
)
def test_a_crash_in_the_middle_of_a_step_leaves_it_done_or_undone(
    kind: str, tmp_path: Path
) -> None:
    states = {
        "preconfirm": {"reserved", "preconfirmed"},
        "confirm": {"reserved", "preconfirmed", "confirmed"},
        "cancel": {"reserved", "preconfirmed", "confirmed", None},
    }
    with (
        scratch_database(kind, tmp_path) as url,
        PortalProcess(tmp_path, url) as portal,
    ):
        process = portal.client().reserved(*PAIR)
        assert portal.client().told(process).status_code == 200
        for position, (path, may_be) in enumerate(states.items()):
            zms = portal.client()

            def step(zms: CitizenClient = zms, path: str = path) -> None:
                with contextlib.suppress(requests.RequestException):
                    zms.post(f"{path}-appointment/", keys(process))

            thread = threading.Thread(target=step)
            thread.start()
            # Each time a little later: before, within and after the transaction.
            time.sleep(0.005 * (position + 1))
            portal.kill()
            thread.join()
            assert problems(url) == []
            portal.start()
            answer = portal.client().get("appointment/", **keys(process))
            is_there = answer.status_code == 200
            assert (answer.json()["status"] if is_there else None) in may_be
