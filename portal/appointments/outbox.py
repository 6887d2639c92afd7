"""The outbox: mails to citizens, kept encrypted until they are sent or too old."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from portal.appointments import tables
from portal.appointments.keys import Cipher

_table = tables.mail


@dataclass(frozen=True)
class Letter:
    """A mail before it is sent.

    Attributes:
        kind: `activation`, `confirmation`, `moved`, `cancellation` or `offer`.
        link: The address that the citizen is to open, if there is one.
        calendar: A calendar file to attach.
        recipient_name: The citizen, for the address line.
    """

    kind: str
    recipient: str
    subject: str
    text: str
    html: str
    link: str | None = None
    calendar: str | None = None
    recipient_name: str = ""


@dataclass(frozen=True)
class StoredLetter:
    """A mail in the outbox.

    Attributes:
        created_at: Unix seconds.
        attempts: How often somebody took it to send it.
        problem: Why the last attempt failed, in words for staff.
    """

    id: int
    created_at: int
    letter: Letter
    attempts: int = 0
    problem: str | None = None


class Outbox:
    """Writes and reads the outbox; every method blocks.

    Args:
        engine: The portal's database.
        cipher: Encrypts the mails.
        now: The moment by the injected clock, in unix seconds.
    """

    def __init__(self, engine: Engine, cipher: Cipher, now: Callable[[], int]) -> None:
        self._engine = engine
        self._cipher = cipher
        self._now = now

    def put(self, connection: Connection, process: int | None, letter: Letter) -> None:
        """Adds a mail in the transaction of the step that causes it."""
        now = self._now()
        connection.execute(
            _table.insert(),
            {
                "process": process,
                "kind": letter.kind,
                "content_encrypted": self._cipher.encrypt(asdict(letter)),
                "created_at": now,
                "attempts": 0,
                "next_attempt_at": now,
            },
        )

    def latest(self, limit: int = 20) -> list[StoredLetter]:
        """Returns the newest mails, newest first: for the demonstration page."""
        query = sa.select(_table).order_by(_table.c.id.desc()).limit(limit)
        return self._read(query)

    def claim_next(self, lease_in_seconds: int) -> StoredLetter | None:
        """Takes the mail whose turn it is, so that no other replica sends it.

        A mail waits for the earlier ones of its appointment: nobody shall read that
        an appointment is booked after it was cancelled. Who claims a mail says what
        became of it; after a crash it is due again when the lease ends.

        Args:
            lease_in_seconds: For how long the mail is ours.

        Returns:
            The mail; None where none is due.
        """
        earlier = _table.alias()
        is_behind = sa.exists().where(
            earlier.c.process == _table.c.process,
            earlier.c.id < _table.c.id,
            earlier.c.is_given_up.is_(False),
        )
        query = (
            sa.select(_table)
            .where(
                _table.c.next_attempt_at <= self._now(),
                _table.c.is_given_up.is_(False),
                ~is_behind,
            )
            .order_by(_table.c.next_attempt_at, _table.c.id)
            .limit(1)
        )
        while True:
            with self._engine.connect() as connection:
                found = connection.execute(query).first()
            if found is None:
                return None
            row = self._claimed(found, lease_in_seconds)
            if row is None:
                continue  # Another replica was faster; it has moved the mail on.
            content = self._cipher.decrypt(row.content_encrypted)
            if content:
                return _stored(row, content)
            where = _is_still(row.id, row.created_at, row.attempts)
            self._note(where, problem="Der Schlüssel zu ihr fehlt.", is_given_up=True)

    def _claimed(self, found: Any, lease_in_seconds: int) -> Any:
        where = _is_still(found.id, found.created_at, found.attempts)
        with self._writing() as connection:
            changed = connection.execute(
                _table.update()
                .where(where, _table.c.next_attempt_at == found.next_attempt_at)
                .values(
                    attempts=found.attempts + 1,
                    next_attempt_at=self._now() + lease_in_seconds,
                )
            )
            if changed.rowcount != 1:
                return None
            # Read again: SQLite may have given the id of a mail that was sent and
            # forgotten meanwhile to another one.
            return connection.execute(
                sa.select(_table).where(_table.c.id == found.id)
            ).first()

    def sent(self, stored: StoredLetter) -> None:
        """Forgets a mail that was sent."""
        with self._writing() as connection:
            connection.execute(_table.delete().where(_is_same(stored)))

    def failed(self, stored: StoredLetter, retry_in_seconds: int, problem: str) -> None:
        """Puts a mail off that could not be sent this time."""
        next_attempt_at = self._now() + retry_in_seconds
        self._note(_is_same(stored), problem=problem, next_attempt_at=next_attempt_at)

    def release(self, stored: StoredLetter, problem: str) -> None:
        """Gives a mail back that was not tried, since no mail could be sent."""
        self._note(
            _is_same(stored),
            problem=problem,
            attempts=stored.attempts - 1,
            next_attempt_at=self._now(),
        )

    def give_up(self, stored: StoredLetter, problem: str) -> None:
        """Keeps a mail that can never be sent for staff to see, until it is purged."""
        self._note(_is_same(stored), problem=problem, is_given_up=True)

    def _note(self, where: Any, **values: Any) -> None:
        with self._writing() as connection:
            connection.execute(_table.update().where(where).values(**values))

    def _read(self, query: Any) -> list[StoredLetter]:
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        letters = [(row, self._cipher.decrypt(row.content_encrypted)) for row in rows]
        return [_stored(row, content) for row, content in letters if content]

    def _writing(self) -> sa.engine.base.Engine._trans_ctx:
        return self._engine.execution_options(sqlite_begin="BEGIN IMMEDIATE").begin()


def _stored(row: Any, content: dict[str, Any]) -> StoredLetter:
    letter = Letter(**content)
    return StoredLetter(row.id, row.created_at, letter, row.attempts, row.problem)


def _is_same(stored: StoredLetter) -> Any:
    # Who comes back after its lease ended must not touch what another one claimed.
    return _is_still(stored.id, stored.created_at, stored.attempts)


def _is_still(id_: int, created_at: int, attempts: int) -> Any:
    return sa.and_(
        _table.c.id == id_,
        _table.c.created_at == created_at,
        _table.c.attempts == attempts,
        _table.c.is_given_up.is_(False),
    )
