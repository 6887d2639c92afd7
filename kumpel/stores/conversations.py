"""Conversations in an SQL database: rows of events, and nothing of Rasa.

The table has the columns of Rasa's own SQL store, so that its tools read it too.
"""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.pool import QueuePool

from kumpel.errors import ConfigurationError
from kumpel.stores.tables import MAX_SENDER_LENGTH, ended, events, feedback, metadata

#: Beginning of the sender id under which an unreadable conversation is set aside.
UNREADABLE_PREFIX = "unreadable:"
SESSION_STARTED = "session_started"
SLOT = "slot"

_BUSY_TIMEOUT_IN_MILLISECONDS = 5_000


class EventRow(NamedTuple):
    """One event as it is stored."""

    type_name: str
    timestamp: float | None
    intent_name: str | None
    action_name: str | None
    data: str
    """The event as JSON."""


class Conversations:
    """Reads and writes conversations. Every method blocks."""

    def __init__(self, url: str) -> None:
        """Creates the access; the first use connects and makes the table.

        Args:
            url: An SQLAlchemy URL of a SQLite file or of PostgreSQL.

        Raises:
            ConfigurationError: It is the URL of something else.
        """
        self._engine = _engine_for(url)
        self._preparing = threading.Lock()
        self._is_prepared = False

    def read(self, sender_id: str, *, is_whole: bool = False) -> list[str]:
        """Returns the events of the last session, or of all, as JSON texts."""
        query = (
            sa.select(events.c.data)
            .where(events.c.sender_id == sender_id)
            .order_by(events.c.id)
        )
        if not is_whole:
            query = query.where(events.c.id >= _session_start(sender_id))
        with self.begin() as connection:
            return list(connection.execute(query).scalars())

    def count_of_session(self, sender_id: str) -> int:
        """Returns how many events the last session has."""
        query = sa.select(sa.func.count()).where(
            events.c.sender_id == sender_id,
            events.c.id >= _session_start(sender_id),
        )
        with self.begin() as connection:
            return int(connection.execute(query).scalar_one())

    def append(self, sender_id: str, rows: Sequence[EventRow]) -> None:
        """Adds events, all or none."""
        if not rows:
            return
        values = [{"sender_id": sender_id, **row._asdict()} for row in rows]
        with self.begin() as connection:
            connection.execute(events.insert(), values)

    def exists(self, sender_id: str) -> bool:
        """Returns whether there is any event of a conversation."""
        query = sa.select(events.c.id).where(events.c.sender_id == sender_id).limit(1)
        with self.begin() as connection:
            return connection.execute(query).first() is not None

    def sender_ids(self) -> list[str]:
        """Returns the ids of all readable conversations."""
        query = sa.select(events.c.sender_id).distinct()
        with self.begin() as connection:
            found = connection.execute(query).scalars()
            return [key for key in found if not key.startswith(UNREADABLE_PREFIX)]

    def set_aside(self, sender_id: str) -> str:
        """Renames an unreadable conversation; returns its new id."""
        name = f"{UNREADABLE_PREFIX}{int(time.time())}:{sender_id}"
        name = name[:MAX_SENDER_LENGTH]
        with self.begin() as connection:
            connection.execute(
                events.update()
                .where(events.c.sender_id == sender_id)
                .values(sender_id=name)
            )
        return name

    def delete(self, sender_id: str) -> int:
        """Deletes a conversation; returns the number of its events.

        What remains is a number made of its id, so that a window that was left open
        cannot bring it back.
        """
        mark = {"mark": _mark(sender_id), "timestamp": time.time()}
        with self.begin() as connection:
            connection.execute(ended.delete().where(ended.c.mark == mark["mark"]))
            connection.execute(ended.insert(), mark)
        return self._delete(events.c.sender_id == sender_id)

    def is_ended(self, sender_id: str) -> bool:
        """Returns whether a conversation was deleted by its citizen."""
        query = sa.select(ended.c.mark).where(ended.c.mark == _mark(sender_id))
        with self.begin() as connection:
            return connection.execute(query).first() is not None

    def purge(self, before: float) -> int:
        """Deletes whole conversations that rest since before a time.

        A part of one is never deleted: Rasa counts events to know which are new.

        Args:
            before: Seconds since 1970.

        Returns:
            The number of deleted events.
        """
        with self.begin() as connection:
            connection.execute(ended.delete().where(ended.c.timestamp < before))
        return self._delete(events.c.sender_id.in_(_resting(before)))

    def redact_slots(self, before: float, redact: Callable[[Any], Any]) -> int:
        """Redacts the slots of conversations that rest since before a time.

        While a conversation is alive its slots stay as they are, because a booking
        needs the address that was given two messages ago.

        Args:
            before: Seconds since 1970.
            redact: Takes personal data out of a slot's value.

        Returns:
            The number of changed events.
        """
        query = sa.select(events.c.id, events.c.data).where(
            events.c.type_name == SLOT, events.c.sender_id.in_(_resting(before))
        )
        changed = []
        with self.begin() as connection:
            for row_id, text in connection.execute(query):
                clean = _with_redacted_value(text, redact)
                if clean != text:
                    changed.append({"row_id": row_id, "clean": clean})
            if changed:
                connection.execute(
                    events.update()
                    .where(events.c.id == sa.bindparam("row_id"))
                    .values(data=sa.bindparam("clean")),
                    changed,
                )
        return len(changed)

    def close(self) -> None:
        """Closes all connections."""
        self._engine.dispose()

    def _delete(self, condition: Any) -> int:
        is_owned = sa.exists().where(events.c.sender_id == feedback.c.sender_id)
        with self.begin() as connection:
            count = connection.execute(events.delete().where(condition)).rowcount
            connection.execute(feedback.delete().where(~is_owned))
        if count and self._engine.dialect.name == "sqlite":
            # Else the text would stay in the write-ahead log for a while.
            with self._engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        return int(count)

    def begin(self) -> Any:
        """Begins a transaction, to be used by `with`."""
        self._prepare()
        return self._engine.begin()

    def _prepare(self) -> None:
        if self._is_prepared:
            return
        with self._preparing:
            if self._engine.dialect.name == "sqlite":
                path = str(self._engine.url.database)
                Path(path).parent.mkdir(parents=True, exist_ok=True)
                Path(path).touch(mode=0o600)
            _create_table(self._engine)
            self._is_prepared = True


def _mark(sender_id: str) -> str:
    return hashlib.sha256(sender_id.encode()).hexdigest()


def _session_start(sender_id: str) -> Any:
    latest = sa.select(sa.func.max(events.c.id)).where(
        events.c.sender_id == sender_id, events.c.type_name == SESSION_STARTED
    )
    return sa.func.coalesce(latest.scalar_subquery(), 0)


def _resting(before: float) -> Any:
    return (
        sa.select(events.c.sender_id)
        .group_by(events.c.sender_id)
        .having(sa.func.max(events.c.timestamp) < before)
    )


def _with_redacted_value(text: str, redact: Callable[[Any], Any]) -> str:
    try:
        event = json.loads(text)
    except ValueError:
        return text
    clean = redact(event.get("value"))
    return (
        text if clean == event.get("value") else json.dumps({**event, "value": clean})
    )


def _create_table(engine: Engine) -> None:
    try:
        metadata.create_all(engine)
    except (sa.exc.OperationalError, sa.exc.ProgrammingError, sa.exc.IntegrityError):
        # Several processes that start together may create it at the same time.
        # Whoever loses looks again; a real fault is raised by that.
        metadata.create_all(engine)


def _engine_for(text: str) -> Engine:
    try:
        url = sa.engine.make_url(text)
    except sa.exc.ArgumentError:
        raise _wrong_url() from None
    backend = url.get_backend_name()
    if backend == "postgresql":
        return sa.create_engine(url, pool_pre_ping=True, future=True)
    if backend != "sqlite" or url.database in {None, "", ":memory:"}:
        raise _wrong_url()
    engine = sa.create_engine(
        url,
        future=True,
        # SQLAlchemy opens a new connection for each use of a file by default, which
        # costs more than the query.
        poolclass=QueuePool,
        connect_args={"check_same_thread": False},
    )
    sa.event.listen(engine, "connect", _set_up_sqlite)
    return engine


def _wrong_url() -> ConfigurationError:
    # Without the URL, which may hold a password.
    return ConfigurationError(
        "KUMPEL_TRACKER_DATABASE is no URL of a SQLite file or of PostgreSQL: write "
        "for example sqlite:////var/lib/kumpel/conversations.db or "
        "postgresql://user:password@host/database."
    )


def _set_up_sqlite(connection: Any, _: Any) -> None:
    for pragma in (
        f"busy_timeout={_BUSY_TIMEOUT_IN_MILLISECONDS}",
        "journal_mode=WAL",  # readers do not wait for the writer
        "synchronous=NORMAL",  # safe with WAL; a power cut loses the last turn at most
        "secure_delete=ON",  # what is deleted is overwritten
    ):
        connection.execute(f"PRAGMA {pragma}").close()
