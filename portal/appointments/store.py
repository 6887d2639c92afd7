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
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from kumpel.clock import Clock
from portal.appointments import tables
from portal.appointments.errors import ZmsError
from portal.appointments.keys import Cipher, hash_of, new_key, new_process_id
from portal.appointments.process import ACTIVE, Person, Process
from portal.appointments.seats import is_alive, taken
from portal.appointments.steps import (
    Afterwards,
    Booking,
    Change,
    Check,
    Repeat,
    Repeated,
    Values,
)

#: Wrong codes in a row that lock an appointment, and for how long.
WRONG_CODES_ALLOWED = 5
LOCKED_FOR_IN_SECONDS = 15 * 60

#: State of an appointment that was not confirmed in time; ZMS knows none for it, and
#: nobody is shown it. How long it is kept, without anything of the citizen.
LAPSED = "lapsed"
LAPSED_KEPT_FOR_IN_SECONDS = 24 * 3600

#: How often a reservation tries another seat after losing one to somebody else.
_ATTEMPTS = 40

_SWEPT_AT_ONCE = 500

_table = tables.process


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
            return taken(connection, pools, first, last, self.now)

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
        held = taken(connection, [booking.pool], first, last, self.now)
        free = booking.seats
        for start in booking.starts:
            free &= ~held.get((booking.pool, start), 0)
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
        change = Change(states, refusal, values, check, afterwards)
        with self.writing() as connection:
            return self.change_within(connection, process_id, key, change)

    def change_within(
        self, connection: Connection, process_id: int, key: str, change: Change
    ) -> Process:
        """Changes an appointment in the transaction of another step.

        A wrong key is refused but not counted: whoever calls has looked before.

        Raises:
            ZmsError: The key is wrong, or the change was refused.
        """
        row = self._row(connection, process_id, locks=True)
        if not _is_key(row, key):
            raise ZmsError("authKeyMismatch")
        if row.status not in change.states:
            raise ZmsError(change.refusal)
        before = self._process(row)
        if change.check:
            change.check(connection, before)
        columns = self._columns(change.values(before))
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
            raise ZmsError(change.refusal)
        process = self._process(self._row(connection, process_id))
        if process.status not in ACTIVE:
            connection.execute(
                tables.seat.delete().where(tables.seat.c.process == process_id)
            )
        if change.afterwards:
            change.afterwards(connection, before, process)
        return process

    def has_lapsed(self, process_id: int, key: str) -> bool:
        """Tells whether an appointment was not confirmed in time.

        Only to whoever has its key; to all others it is as unknown as any number.
        """
        query = sa.select(_table.c.auth_key_hash).where(
            _table.c.process_id == process_id,
            sa.or_(
                _table.c.status == LAPSED,
                sa.and_(
                    _table.c.status == "preconfirmed", _table.c.expires_at <= self.now
                ),
            ),
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        return row is not None and _is_key(row, key)

    def count_with_mail(
        self, connection: Connection, office: int, mail: str, apart_from: Sequence[int]
    ) -> int:
        """Returns how many coming appointments at an office a mail address holds.

        Args:
            connection: The transaction of the step that this allows or not.
            office: Whose appointments count.
            mail: The address.
            apart_from: Numbers of appointments that do not count.
        """
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
                    _table.c.process_id.not_in(apart_from),
                    _table.c.status.in_(("preconfirmed", "confirmed")),
                    _table.c.starts_at > self.now,
                    is_alive(self.now),
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
        """Deletes what has lapsed, with all that belongs to it.

        Of an appointment that waited for its confirmation the number stays for a day:
        whoever opens the link in the mail too late shall read that it was too late.

        Returns:
            How many there were.
        """
        lapsed = (
            sa.select(_table.c.process_id, _table.c.status)
            .where(_table.c.expires_at <= self.now)
            .limit(_SWEPT_AT_ONCE)
        )
        with self._engine.connect() as connection:
            if connection.execute(lapsed).first() is None:
                return 0
        with self.writing() as connection:
            # Who is just being swept by somebody else is left alone.
            rows = connection.execute(lapsed.with_for_update(skip_locked=True)).all()
            told = [row.process_id for row in rows if row.status == "preconfirmed"]
            gone = [row.process_id for row in rows if row.status != "preconfirmed"]
            if told:
                self._note_lapsed(connection, told)
            connection.execute(_table.delete().where(_table.c.process_id.in_(gone)))
        return len(rows)

    def _note_lapsed(self, connection: Connection, ids: Sequence[int]) -> None:
        for table in (tables.seat, tables.mail, tables.idempotency):
            connection.execute(table.delete().where(table.c.process.in_(ids)))
        connection.execute(
            _table.update()
            .where(_table.c.process_id.in_(ids))
            .values(
                status=LAPSED,
                person_encrypted=None,
                mail_hash=None,
                external_user=None,
                changed_at=self.now,
                expires_at=self.now + LAPSED_KEPT_FOR_IN_SECONDS,
            )
        )

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
            is_alive(self.now),
            _table.c.status.not_in(("anonymized", LAPSED)),
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


def _is_key(row: Any, key: str) -> bool:
    return hmac.compare_digest(row.auth_key_hash, hash_of(key))


def _is_locked(row: Any, now: int) -> bool:
    return row.locked_until is not None and row.locked_until > now
