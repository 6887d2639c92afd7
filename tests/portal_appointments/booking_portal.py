"""A citizen API to book at: the embedded one, or any other by its base URL."""

from __future__ import annotations

import contextlib
import functools
import itertools
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
import sqlalchemy as sa

from kumpel.clock import TIME_ZONE, parse_moment
from kumpel.evaluation.asgi_session import session_for
from kumpel.settings import PROJECT_ROOT, Settings
from portal.app import create_app
from portal.appointments import tables
from portal.appointments.process import ACTIVE
from portal.database import prepare
from portal.seed_reader import SEED_DIR

MOUNT = "/terminvereinbarung/api/citizen/"
#: A Monday without any feast.
NOW = "2026-11-23T10:15:00+01:00"
#: Base URL of another citizen API on which the conformance cases run instead.
FOREIGN_URL = os.environ.get("KUMPEL_TEST_ZMS_URL", "")

_addresses = itertools.count(1)


class MovingClock:
    """Stands still until a test moves it."""

    def __init__(self, moment: str = NOW) -> None:
        self.moment = parse_moment(moment)

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **duration: float) -> None:
        self.moment = (self.moment + timedelta(**duration)).astimezone(TIME_ZONE)


class CitizenClient:
    """Speaks the citizen API over a session.

    Attributes:
        clock: The server's clock, where we have it in hand.
        address: IP address from which requests seem to come, likewise.
    """

    def __init__(
        self,
        session: requests.Session,
        base_url: str,
        clock: MovingClock | None = None,
        settings: Settings | None = None,
    ) -> None:
        self.session = session
        self.base_url = base_url.rstrip("/") + "/"
        self.clock = clock
        self.settings = settings
        self.fixed_now: datetime | None = None
        self.new_address()

    def new_address(self) -> None:
        number = next(_addresses)
        self.address = f"10.1.{number // 250}.{number % 250 + 1}"

    def call(self, method: str, path: str, **more: Any) -> requests.Response:
        headers = dict(more.pop("headers", {}))
        if self.clock:
            headers["X-Forwarded-For"] = more.pop("address", self.address)
        for _ in range(3):
            answer = self.session.request(
                method, self.base_url + path, headers=headers, timeout=30, **more
            )
            if answer.status_code != 429 or self.clock or more.get("is_raw"):
                break
            reset = int(answer.headers.get("Retry-After", "60"))
            time.sleep(min(reset, 60) + 1)
        return answer

    def get(self, path: str, **query: Any) -> requests.Response:
        return self.call("GET", path, params=query)

    def post(self, path: str, body: Any, **more: Any) -> requests.Response:
        return self.call("POST", path, json=body, **more)

    @property
    def now(self) -> datetime:
        if self.clock:
            return self.clock()
        return self.fixed_now or datetime.now(TIME_ZONE)

    @property
    def catalogue(self) -> dict[str, Any]:
        found: dict[str, Any] = self.get("offices-and-services/").json()
        return found

    def question(self, office: int, service: int, count: int = 1) -> dict[str, Any]:
        today = self.now.date()
        return {
            "startDate": today.isoformat(),
            "endDate": (today + timedelta(days=180)).isoformat(),
            "officeIds": office,
            "serviceIds": service,
            "serviceCounts": count,
        }

    def slots(self, office: int, service: int, day: date | None = None) -> list[int]:
        """Returns the free moments of the first bookable day, or of a day."""
        query = self.question(office, service)
        if day:
            query["slotsStartDate"] = query["slotsEndDate"] = day.isoformat()
        answer = self.get("available-calendar/", **query)
        assert answer.status_code == 200, answer.text
        return [
            moment
            for found in answer.json()["availableDays"]
            for entry in found["offices"]
            for moment in entry["appointments"]
        ]

    def reserve(
        self, office: int, service: int, timestamp: int, **more: Any
    ) -> requests.Response:
        body = {
            "timestamp": timestamp,
            "officeId": office,
            "serviceId": [str(service)],
            "serviceCount": [1],
        }
        headers = more.pop("headers", {})
        return self.post("reserve-appointment/", {**body, **more}, headers=headers)

    def reserved(self, office: int, service: int) -> dict[str, Any]:
        """Reserves the last free moment of the first bookable day."""
        moment = self.slots(office, service)[-1]
        answer = self.reserve(office, service, moment)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def told(self, process: dict[str, Any], **fields: str) -> requests.Response:
        """Tells who comes, with every field that any scope may ask for."""
        person = {
            "familyName": "Erika Musterfrau",
            "email": f"erika{process['processId']}@example.org",
            "telephone": "0215186",
            "customTextfield": "Ostwall 1",
            "customTextfield2": "",
        }
        return self.post("update-appointment/", {**keys(process), **person, **fields})


def keys(process: dict[str, Any]) -> dict[str, Any]:
    return {"processId": process["processId"], "authKey": process["authKey"]}


def codes(answer: requests.Response) -> set[str]:
    return {entry["errorCode"] for entry in answer.json()["errors"]}


@functools.lru_cache(maxsize=1)
def _seeded_database() -> bytes:
    """Returns a database with all facts, so that not every test has to read them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "portal.db"
        prepare(f"sqlite:///{path}").dispose()
        return path.read_bytes()


@contextlib.contextmanager
def embedded(
    folder: Path, seed_dir: Path = SEED_DIR, **variables: str
) -> Iterator[CitizenClient]:
    """Starts a portal within this process whose clock the test moves."""
    clock = MovingClock(variables.pop("KUMPEL_NOW", NOW))
    if seed_dir is SEED_DIR:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "portal.db").write_bytes(_seeded_database())
    moving = type("MovingSettings", (Settings,), {"clock": property(lambda _: clock)})
    settings: Settings = moving.from_environment(
        {"KUMPEL_VAR": str(folder), "KUMPEL_TRUSTED_PROXIES": "1", **variables}
    )
    with session_for(create_app(settings, seed_dir)) as session:
        yield CitizenClient(session, f"http://portal{MOUNT}", clock, settings)


@contextlib.contextmanager
def foreign(base_url: str) -> Iterator[CitizenClient]:
    with requests.Session() as session:
        yield CitizenClient(session, base_url)


def need_clock(zms: CitizenClient) -> MovingClock:
    if zms.clock is None:
        pytest.skip("the clock of a foreign server cannot be moved")
    return zms.clock


class PortalProcess:
    """A portal in a process of its own, which can be killed.

    Args:
        folder: Its KUMPEL_VAR.
        database: SQLAlchemy URL; default is SQLite in the folder.
    """

    def __init__(self, folder: Path, database: str = "", now: str = NOW) -> None:
        self.folder, self.database, self.now = folder, database, now
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            self.port = int(listener.getsockname()[1])
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> PortalProcess:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def start(self) -> None:
        environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("KUMPEL_")},
            "KUMPEL_PORTAL_PORT": str(self.port),
            "KUMPEL_VAR": str(self.folder),
            "KUMPEL_PORTAL_DATABASE": self.database,
            "KUMPEL_SECRET": "a secret of the tests that all replicas share",
            "KUMPEL_NOW": self.now,
            "KUMPEL_RATE_LIMITS": "off",
        }
        self.folder.mkdir(parents=True, exist_ok=True)
        log = self.folder / f"portal{self.port}.log"
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "portal"],
                cwd=PROJECT_ROOT,
                env=environment,
                stdout=output,
                stderr=output,
            )
        end = time.monotonic() + 60
        while time.monotonic() < end and self.process.poll() is None:
            with contextlib.suppress(requests.RequestException):
                if requests.get(f"http://127.0.0.1:{self.port}/healthz", timeout=2).ok:
                    return
            time.sleep(0.05)
        pytest.fail(f"the portal did not start: {log.read_text()[-2000:]}")

    def kill(self) -> None:
        """Ends it with SIGKILL, as a crash would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def client(self) -> CitizenClient:
        client = CitizenClient(
            requests.Session(), f"http://127.0.0.1:{self.port}{MOUNT}"
        )
        client.fixed_now = parse_moment(self.now)
        return client


@contextlib.contextmanager
def scratch_database(kind: str, folder: Path) -> Iterator[str]:
    """Yields the URL of an empty database, `sqlite` or `postgresql`."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'booking.db'}"
        return
    server = os.environ.get("KUMPEL_TEST_POSTGRES_URL")
    if not server:
        pytest.skip("KUMPEL_TEST_POSTGRES_URL is not set")
    name = f"booking_{secrets.token_hex(6)}"
    admin = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    try:
        yield str(sa.engine.make_url(server).set(database=name))
    finally:
        with admin.connect() as connection:
            connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))
        admin.dispose()


@dataclass(frozen=True)
class Stored:
    """What a database holds of appointments."""

    processes: dict[int, Any]
    seats: list[Any]


def stored(engine: sa.engine.Engine) -> Stored:
    with engine.connect() as connection:
        return stored_behind(connection)


def stored_behind(connection: sa.engine.Connection) -> Stored:
    processes = connection.execute(_PROCESSES).all()
    seats = connection.execute(_SEATS).all()
    return Stored({row.process_id: row for row in processes}, seats)


_PROCESSES = sa.select(tables.process)
_SEATS = sa.select(tables.seat)


def problems_in(found: Stored) -> list[str]:
    """Returns in what the appointments of a database contradict each other."""
    problems = []
    held: dict[int, list[Any]] = {id_: [] for id_ in found.processes}
    for seat in found.seats:
        held[seat.process].append(seat)
    for id_, row in found.processes.items():
        seats = held[id_]
        wanted = row.slot_count if row.status in ACTIVE else 0
        if len(seats) != wanted:
            problems.append(f"{id_} is {row.status} with {len(seats)} seats")
        if len({seat.seat for seat in seats}) > 1:
            problems.append(f"{id_} sits on several seats")
        lapses = row.status in ("reserved", "preconfirmed", "lapsed")
        if lapses == (row.expires_at is None):
            problems.append(f"{id_} is {row.status} until {row.expires_at}")
    taken = [(seat.pool, seat.starts_at, seat.seat) for seat in found.seats]
    if len(taken) != len(set(taken)):
        problems.append("a seat is given away twice")
    return problems
