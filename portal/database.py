"""Opens the portal's database, brings its tables up to date and seeds it."""

from __future__ import annotations

import contextlib
import fcntl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError
from sqlalchemy.engine import Connection, Engine, make_url

from kumpel.clock import Clock, system_clock
from kumpel.errors import ConfigurationError, StartError
from portal import tables
from portal.seed_reader import SEED_DIR, Seed, read_seed, seed_hash
from portal.seed_rows import rows_of

_MIGRATIONS = Path(__file__).resolve().parent / "migrations"
#: How long a writer waits for another one, in milliseconds.
_BUSY_TIMEOUT_MS = 10_000
#: Number of PostgreSQL's advisory lock; any constant that nobody else uses.
_ADVISORY_LOCK = 4_780_001


def prepare(url: str, seed_dir: Path = SEED_DIR, clock: Clock = system_clock) -> Engine:
    """Opens a database whose tables and facts are those of this version.

    Several replicas may do this at the same moment: one migrates and seeds, the
    others wait for it and find nothing left to do.

    Args:
        url: SQLAlchemy URL, `sqlite:////path` or `postgresql://…`.
        seed_dir: Folder of the seed files.
        clock: Time that is noted beside the seed.

    Returns:
        An engine; the caller disposes it.

    Raises:
        ConfigurationError: The URL or a seed file is wrong.
        StartError: The database cannot be opened or written.
    """
    engine = _open(url)
    try:
        digest = seed_hash(seed_dir)
        # Whether facts changed is asked before they are read: parsing them costs
        # a third of a second, which a restart does not have to pay.
        with _exclusive(engine) as connection:
            _migrate(connection)
            if _current_hash(connection) != digest:
                _replace_facts(connection, read_seed(seed_dir), digest, clock)
    except sa.exc.DBAPIError as error:
        engine.dispose()
        raise StartError(
            f"The portal's database {engine.url!r} cannot be used: {error.orig}. "
            "Check KUMPEL_PORTAL_DATABASE, the rights on KUMPEL_VAR and the free space."
        ) from error
    except BaseException:
        engine.dispose()
        raise
    return engine


def _open(text: str) -> Engine:
    try:
        url = make_url(text)
        backend = url.get_backend_name()
    except sa.exc.ArgumentError as error:
        raise ConfigurationError(
            "KUMPEL_PORTAL_DATABASE is no database URL; write for example "
            "sqlite:////srv/kumpel/portal.db or postgresql://user@host/kumpel."
        ) from error
    if backend == "sqlite":
        if not url.database or url.database == ":memory:":
            raise ConfigurationError(
                "KUMPEL_PORTAL_DATABASE: SQLite needs a file, because several threads "
                "read it; a database in memory would be empty for each of them."
            )
        _make_folder(Path(url.database).parent)
        engine = sa.create_engine(
            url,
            connect_args={"check_same_thread": False},
            hide_parameters=True,
            # By default each question would open the file anew.
            poolclass=sa.pool.QueuePool,
            pool_size=10,
            max_overflow=20,
        )
        sa.event.listen(engine, "connect", _set_up_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
        return engine
    if backend == "postgresql":
        # Parameters may be words of citizens: they must not show up in an error.
        return sa.create_engine(
            url, pool_pre_ping=True, pool_size=10, hide_parameters=True
        )
    raise ConfigurationError(
        f"KUMPEL_PORTAL_DATABASE names {backend}; "
        "only sqlite and postgresql are supported."
    )


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StartError(
            f"The folder {folder} of the portal's database cannot be made: "
            f"{error.strerror}. Set KUMPEL_VAR to a folder that may be written."
        ) from error


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own transactions begin late and not at all before DDL, so that a
    # broken migration would stay half done. We begin them ourselves.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={_BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA foreign_keys=ON")
    # NORMAL could forget the last commits when the power fails: a citizen who was
    # told "booked" would stand before a closed door.
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    connection.exec_driver_sql(options.get("sqlite_begin", "BEGIN"))


@contextlib.contextmanager
def _exclusive(engine: Engine) -> Iterator[Connection]:
    """Yields a transaction that no other replica's preparation overlaps."""
    if engine.url.get_backend_name() == "postgresql":
        with engine.begin() as connection:
            connection.execute(
                sa.text(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})")
            )
            yield connection
        return
    # Switching to WAL ignores the busy timeout, therefore a lock of its own.
    lock = Path(str(engine.url.database) + ".lock")
    try:
        handle = lock.open("w")
    except OSError as error:
        raise StartError(
            f"{lock} cannot be written: {error.strerror}. "
            "Set KUMPEL_VAR to a folder that may be written."
        ) from error
    with handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        with contextlib.closing(engine.raw_connection()) as raw:
            raw.cursor().execute("PRAGMA journal_mode=WAL").close()
        with engine.begin() as connection:
            yield connection


def _migrate(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise StartError(
            "The portal's database was made by a newer version of this project "
            f"({error}). Install that version, or use another database."
        ) from error


def _current_hash(connection: Connection) -> str | None:
    value = connection.execute(sa.select(tables.seed_state.c.hash)).scalar()
    return None if value is None else str(value)


def _replace_facts(
    connection: Connection, seed: Seed, digest: str, clock: Clock
) -> None:
    rows = rows_of(seed)
    rows[tables.seed_state] = [{"id": 1, "hash": digest, "seeded_at": clock()}]
    for table in reversed(tables.SEEDED):
        connection.execute(table.delete())
    for table in tables.SEEDED:
        if rows[table]:
            connection.execute(table.insert(), rows[table])
