"""Keeps appointments; what may not happen twice is guarded by the database.

A seat in a slot is a row whose primary key is pool, slot and seat: whoever inserts it
second fails. States change by one conditional UPDATE each, and everything that
belongs to a step (seats, mail) is written in the same transaction. So a crash between
any two statements leaves either the state before or the one after.
"""

from __future__ import annotations

import hmac
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from kumpel.clock import Clock
from portal.appointments import tables
from portal.appointments.errors import ZmsError
from portal.appointments.keys import Cipher, hash_of, new_key, new_process_id
from portal.appointments.process import ACTIVE, Person, Process

T = TypeVar("T")

#: Wrong codes in a row that lock an appointment, and for how long.
WRONG_CODES_ALLOWED = 5
LOCKED_FOR_IN_SECONDS = 15 * 60

#: How often a reservation tries another seat after losing one to somebody else.
_ATTEMPTS = 40

_SWEPT_AT_ONCE = 500

_table = tables.process


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


class AppointmentStore:
    """Writes and reads appointments; every method blocks.

    Args:
        engine: The portal's database.
        cipher: Encrypts what citizens told.
        clock: The portal's clock.
    """

    def __init__(self, engine: Engine, cipher: Cipher, clock: Clock) -> None:
        self._engine = engine
        self._cipher = cipher
        self._clock = clock

    @property
    def now(self) -> int:
        """The moment by the injected clock, in unix seconds."""
        return int(self._clock().timestamp())

    def taken(
        self, pools: Iterable[int], first: int, last: int
    ) -> dict[tuple[int, int], int]:
        """Returns the seats taken, as bit masks by pool and slot.

        Args:
            pools: Whose seats.
            first: Beginning of the first slot, unix seconds.
            last: Beginning of the last slot, unix seconds.
        """
        with self._engine.connect() as connection:
            return _taken(connection, pools, first, last, self.now)

    def reserve(
        self,
        booking: Booking,
        repeat: Repeat | None = None,
        answer: Callable[[Process, str], Any] = lambda *_: None,
    ) -> tuple[Process, str]:
        """Reserves slots.

        Args:
            booking: What is wanted.
            repeat: Under what the answer is kept for a repetition.
            answer: Makes the answer that is kept.

        Returns:
            The reservation and its key.

        Raises:
            ZmsError: `appointmentNotAvailable`: all seats are taken.
            Repeated: The reservation was made before.
        """
        for _ in range(_ATTEMPTS):
            # Lapsed reservations count as free, so their rows must not be in the way.
            self.sweep()
            try:
                with self.writing() as connection:
                    return self._insert(connection, booking, repeat, answer)
            except sa.exc.IntegrityError:
                # Somebody was faster, for the seat or with the same request.
                continue
        raise ZmsError("zmsClientCommunicationError", headers={"Retry-After": "1"})

    def _insert(
        self,
        connection: Connection,
        booking: Booking,
        repeat: Repeat | None,
        answer: Callable[[Process, str], Any],
    ) -> tuple[Process, str]:
        if repeat:
            self._raise_if_repeated(connection, repeat)
        first, last = booking.starts[0], booking.starts[-1]
        taken = _taken(connection, [booking.pool], first, last, self.now)
        free = booking.seats
        for start in booking.starts:
            free &= ~taken.get((booking.pool, start), 0)
        seats = [bit for bit in range(free.bit_length()) if free >> bit & 1]
        if not seats:
            raise ZmsError("appointmentNotAvailable")
        # Any free seat will do; drawing one keeps two requests from meeting again.
        seat = random.choice(seats)  # noqa: S311
        key = new_key()
        process = Process(
            process_id=new_process_id(),
            status="reserved",
            office=booking.office,
            service=booking.service,
            service_count=booking.service_count,
            further_services=booking.further_services,
            starts_at=first,
            slot_count=len(booking.starts),
            duration_minutes=booking.duration_minutes,
            display_number=booking.number_for(seat),
            person=Person(),
            external_user=None,
            expires_at=booking.expires_at,
        )
        connection.execute(
            _table.insert(),
            {
                "process_id": process.process_id,
                "auth_key_hash": hash_of(key),
                "status": process.status,
                "office": process.office,
                "service": process.service,
                "service_count": process.service_count,
                "further_services": [list(pair) for pair in process.further_services],
                "starts_at": process.starts_at,
                "slot_count": process.slot_count,
                "duration_minutes": process.duration_minutes,
                "display_number": process.display_number,
                "person_encrypted": self._cipher.encrypt(asdict(process.person)),
                "changed_at": self.now,
                "expires_at": process.expires_at,
                "wrong_attempts": 0,
            },
        )
        # In the order of time, always: two transactions that need the same slots wait
        # for each other at the first one and cannot lock each other out.
        connection.execute(
            tables.seat.insert(),
            [
                {
                    "pool": booking.pool,
                    "starts_at": start,
                    "seat": seat,
                    "process": process.process_id,
                }
                for start in booking.starts
            ],
        )
        if repeat:
            connection.execute(
                tables.idempotency.insert(),
                {
                    "key_hash": hash_of(repeat.key),
                    "body_hash": repeat.body_hash,
                    "process": process.process_id,
                    "answer_encrypted": self._cipher.encrypt(answer(process, key)),
                    "created_at": self.now,
                },
            )
        return process, key

    def _raise_if_repeated(self, connection: Connection, repeat: Repeat) -> None:
        table = tables.idempotency
        row = connection.execute(
            sa.select(table).where(table.c.key_hash == hash_of(repeat.key))
        ).first()
        if row is None:
            return
        if row.body_hash != repeat.body_hash:
            raise ZmsError("invalidRequest")
        raise Repeated(self._cipher.decrypt(row.answer_encrypted))

    def get(self, process_id: int, key: str) -> Process:
        """Returns an appointment.

        Raises:
            ZmsError: `appointmentNotFound` or `authKeyMismatch`.
        """
        with self._engine.connect() as connection:
            row = self._row(connection, process_id)
        if _is_locked(row, self.now) or not _is_key(row, key):
            # Apart from the reading: an error would roll the count back.
            with self.writing() as connection:
                refusal = self._count_wrong_code(connection, process_id, key)
            if refusal:
                raise refusal
        elif row.wrong_attempts:
            with self.writing() as connection:
                connection.execute(
                    _table.update()
                    .where(_table.c.process_id == process_id)
                    .values(wrong_attempts=0, locked_until=None)
                )
        return self._process(row)

    def change(
        self,
        process_id: int,
        key: str,
        states: Sequence[str],
        refusal: str,
        values: Values,
        check: Check | None = None,
        afterwards: Afterwards | None = None,
    ) -> Process:
        """Changes an appointment that is in one of some states.

        Args:
            process_id: Its number.
            key: Its key.
            states: States from which the change is possible.
            refusal: Code of the error in any other state.
            values: Columns to set; `person` and `new_key` in clear.
            check: Refuses by raising.
            afterwards: Writes what belongs to the change, in the same transaction.

        Raises:
            ZmsError: The key is wrong, or the change was refused.
        """
        self.get(process_id, key)
        with self.writing() as connection:
            row = self._row(connection, process_id, locks=True)
            if not _is_key(row, key):
                raise ZmsError("authKeyMismatch")
            if row.status not in states:
                raise ZmsError(refusal)
            before = self._process(row)
            if check:
                check(connection, before)
            columns = self._columns(values(before))
            changed = connection.execute(
                _table.update()
                .where(
                    _table.c.process_id == process_id,
                    _table.c.status == row.status,
                    _table.c.auth_key_hash == row.auth_key_hash,
                )
                .values(**columns, changed_at=self.now)
            )
            if changed.rowcount != 1:
                raise ZmsError(refusal)
            process = self._process(self._row(connection, process_id))
            if process.status not in ACTIVE:
                connection.execute(
                    tables.seat.delete().where(tables.seat.c.process == process_id)
                )
            if afterwards:
                afterwards(connection, before, process)
        return process

    def count_with_mail(
        self, connection: Connection, office: int, mail: str, apart_from: int
    ) -> int:
        """Returns how many coming appointments at an office a mail address holds."""
        mail_hash = self._cipher.hash_mail(mail)
        if connection.dialect.name == "postgresql":
            # Two confirmations at the same moment would each count one too few.
            number = int(mail_hash[:15], 16)
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(number)))
        return int(
            connection.execute(
                sa.select(sa.func.count())
                .select_from(_table)
                .where(
                    _table.c.mail_hash == mail_hash,
                    _table.c.office == office,
                    _table.c.process_id != apart_from,
                    _table.c.status.in_(("preconfirmed", "confirmed")),
                    _table.c.starts_at > self.now,
                    _is_alive(self.now),
                )
            ).scalar_one()
        )

    def of_user(self, external_user: str) -> list[Process]:
        """Returns the confirmed appointments of somebody who is logged in."""
        query = (
            sa.select(_table)
            .where(
                _table.c.external_user == external_user, _table.c.status == "confirmed"
            )
            .order_by(_table.c.starts_at)
        )
        with self._engine.connect() as connection:
            return [self._process(row) for row in connection.execute(query)]

    def sweep(self) -> int:
        """Deletes reservations that have lapsed, with all that belongs to them.

        Returns:
            How many there were.
        """
        lapsed = (
            sa.select(_table.c.process_id)
            .where(_table.c.expires_at <= self.now)
            .limit(_SWEPT_AT_ONCE)
        )
        with self._engine.connect() as connection:
            if connection.execute(lapsed).first() is None:
                return 0
        with self.writing() as connection:
            # Who is just being swept by somebody else is left alone.
            query = lapsed.with_for_update(skip_locked=True)
            ids = connection.execute(query).scalars().all()
            connection.execute(_table.delete().where(_table.c.process_id.in_(ids)))
        return len(ids)

    @property
    def cipher(self) -> Cipher:
        """What encrypts names and addresses."""
        return self._cipher

    def reading(self) -> Connection:
        """Opens a connection to read with."""
        return self._engine.connect()

    def writing(self) -> sa.engine.base.Engine._trans_ctx:
        """Begins a transaction that writes."""
        # SQLite fails at once where a reader becomes a writer; so begin as one.
        return self._engine.execution_options(sqlite_begin="BEGIN IMMEDIATE").begin()

    def _row(self, connection: Connection, process_id: int, locks: bool = False) -> Any:
        query = sa.select(_table).where(
            _table.c.process_id == process_id,
            _is_alive(self.now),
            _table.c.status != "anonymized",
        )
        row = connection.execute(query.with_for_update() if locks else query).first()
        if row is None:
            raise ZmsError("appointmentNotFound")
        return row

    def _count_wrong_code(
        self, connection: Connection, process_id: int, key: str
    ) -> ZmsError | None:
        row = self._row(connection, process_id, locks=True)
        now = self.now
        is_right = _is_key(row, key)
        if is_right and not _is_locked(row, now):
            return None
        attempts, until = row.wrong_attempts, row.locked_until
        if not _is_locked(row, now):
            attempts, until = (0 if until else attempts) + 1, None
            if attempts >= WRONG_CODES_ALLOWED:
                until = now + LOCKED_FOR_IN_SECONDS
            connection.execute(
                _table.update()
                .where(_table.c.process_id == process_id)
                .values(wrong_attempts=attempts, locked_until=until)
            )
        # The contract has no code for "locked". The header tells those who look.
        headers = {"Retry-After": str(until - now)} if until else None
        return ZmsError("authKeyMismatch", headers=headers)

    def _columns(self, values: Mapping[str, Any]) -> dict[str, Any]:
        columns = dict(values)
        if "person" in columns:
            person: Person | None = columns.pop("person")
            columns["person_encrypted"] = person and self._cipher.encrypt(
                asdict(person)
            )
            mail = person.email if person else None
            columns["mail_hash"] = self._cipher.hash_mail(mail) if mail else None
        if "new_key" in columns:
            columns["auth_key_hash"] = hash_of(columns.pop("new_key"))
        return columns

    def _process(self, row: Any) -> Process:
        person = self._cipher.decrypt(row.person_encrypted) or {}
        return Process(
            process_id=row.process_id,
            status=row.status,
            office=row.office,
            service=row.service,
            service_count=row.service_count,
            further_services=tuple((id_, n) for id_, n in row.further_services),
            starts_at=row.starts_at,
            slot_count=row.slot_count,
            duration_minutes=row.duration_minutes,
            display_number=row.display_number,
            person=Person(**person),
            external_user=row.external_user,
            expires_at=row.expires_at,
        )


def _is_alive(now: int) -> Any:
    return sa.or_(_table.c.expires_at.is_(None), _table.c.expires_at > now)


def _is_key(row: Any, key: str) -> bool:
    return hmac.compare_digest(row.auth_key_hash, hash_of(key))


def _is_locked(row: Any, now: int) -> bool:
    return row.locked_until is not None and row.locked_until > now


def _taken(
    connection: Connection, pools: Iterable[int], first: int, last: int, now: int
) -> dict[tuple[int, int], int]:
    seat = tables.seat
    rows = connection.execute(
        sa.select(seat.c.pool, seat.c.starts_at, seat.c.seat)
        .join(_table, _table.c.process_id == seat.c.process)
        .where(
            seat.c.pool.in_(sorted(set(pools))),
            seat.c.starts_at.between(first, last),
            _is_alive(now),
        )
    )
    taken: dict[tuple[int, int], int] = {}
    for pool, starts_at, number in rows:
        key = (pool, starts_at)
        taken[key] = taken.get(key, 0) | 1 << number
    return taken
