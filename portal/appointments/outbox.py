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
        kind: `activation`, `confirmation`, `cancellation` or `offer`.
        link: The address that the citizen is to open, if there is one.
        calendar: A calendar file to attach.
    """

    kind: str
    recipient: str
    subject: str
    text: str
    html: str
    link: str | None = None
    calendar: str | None = None


@dataclass(frozen=True)
class StoredLetter:
    """A mail in the outbox.

    Attributes:
        created_at: Unix seconds.
    """

    id: int
    created_at: int
    letter: Letter


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

    def due(self, limit: int = 20) -> list[StoredLetter]:
        """Returns mails that are to be sent now, oldest first."""
        query = (
            sa.select(_table)
            .where(_table.c.next_attempt_at <= self._now())
            .order_by(_table.c.id)
            .limit(limit)
        )
        return self._read(query)

    def sent(self, id_: int) -> None:
        """Forgets a mail that was sent."""
        with self._writing() as connection:
            connection.execute(_table.delete().where(_table.c.id == id_))

    def failed(self, id_: int, retry_in_seconds: int) -> None:
        """Puts a mail off that could not be sent."""
        with self._writing() as connection:
            connection.execute(
                _table.update()
                .where(_table.c.id == id_)
                .values(
                    attempts=_table.c.attempts + 1,
                    next_attempt_at=self._now() + retry_in_seconds,
                )
            )

    def _read(self, query: Any) -> list[StoredLetter]:
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        letters = [(row, self._cipher.decrypt(row.content_encrypted)) for row in rows]
        return [
            StoredLetter(row.id, row.created_at, Letter(**content))
            for row, content in letters
            if content
        ]

    def _writing(self) -> sa.engine.base.Engine._trans_ctx:
        return self._engine.execution_options(sqlite_begin="BEGIN IMMEDIATE").begin()
