"""Keeps the last known answer of the portal, also across a restart.

One table in SQLite through SQLAlchemy, which the project has anyway. diskcache was
the other candidate: it can be made to load pickles out of its folder, and it would
be a second way to store things.
"""

from __future__ import annotations

import json
import logging
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import StaticPool

logger = logging.getLogger(__name__)

_METADATA = sa.MetaData()
_ANSWERS = sa.Table(
    "portal_answer",
    _METADATA,
    sa.Column("address", sa.String, primary_key=True),
    sa.Column("etag", sa.String),
    sa.Column("confirmed_at", sa.String, nullable=False, index=True),
    sa.Column("body", sa.Text, nullable=False),
)

#: A confirmation this young is not written again: one message must not cost one write.
_WRITE_PAUSE = timedelta(minutes=1)
#: Answers that nobody asked for this long are dropped.
_KEEP = timedelta(days=60)


@dataclass(frozen=True)
class StoredAnswer:
    """An answer of the portal as it was last confirmed."""

    body: Any
    """The decoded JSON."""
    etag: str | None
    confirmed_at: datetime


class FactStore:
    """A small table of answers by address.

    A store that cannot be read or written (full disk, broken file) only costs the
    last known facts: it is logged once, and the assistant goes on without it.
    """

    def __init__(self, path: Path | None) -> None:
        """Remembers the place; nothing is opened yet.

        Args:
            path: SQLite file; None keeps everything in memory (tests, evaluation).
        """
        self._path = path
        self._lock = threading.Lock()
        self._engine: Any = None
        self._is_broken = False

    def read(self, address: str) -> StoredAnswer | None:
        """Returns the last known answer, or None where there is none."""
        with self._lock:
            try:
                with self._open().connect() as connection:
                    row = connection.execute(
                        sa.select(_ANSWERS).where(_ANSWERS.c.address == address)
                    ).first()
                if row is None:
                    return None
                return StoredAnswer(
                    json.loads(row.body),
                    row.etag,
                    datetime.fromisoformat(row.confirmed_at),
                )
            except (SQLAlchemyError, OSError, ValueError) as error:
                self._complain(error)
                return None

    def write(self, address: str, answer: StoredAnswer) -> None:
        """Keeps an answer in place of an older one."""
        values = {
            "etag": answer.etag,
            "confirmed_at": answer.confirmed_at.isoformat(),
            "body": json.dumps(answer.body, ensure_ascii=False),
        }
        limit = (answer.confirmed_at - _KEEP).isoformat()
        with self._lock:
            try:
                with self._open().begin() as connection:
                    connection.execute(
                        sa.delete(_ANSWERS).where(
                            (_ANSWERS.c.address == address)
                            | (_ANSWERS.c.confirmed_at < limit)
                        )
                    )
                    connection.execute(
                        sa.insert(_ANSWERS).values(address=address, **values)
                    )
            except (SQLAlchemyError, OSError) as error:
                self._complain(error)

    def confirm(self, address: str, known: StoredAnswer, moment: datetime) -> None:
        """Notes that the portal has just confirmed a known answer (HTTP 304)."""
        if moment - known.confirmed_at >= _WRITE_PAUSE:
            self.write(address, StoredAnswer(known.body, known.etag, moment))

    def close(self) -> None:
        """Closes the file."""
        with self._lock:
            if self._engine is not None:
                self._engine.dispose()
                self._engine = None

    def _open(self) -> Any:
        if self._engine is None:
            if self._path is None:
                self._engine = sa.create_engine(
                    "sqlite://",
                    poolclass=StaticPool,
                    connect_args={"check_same_thread": False},
                )
            else:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._engine = sa.create_engine(
                    f"sqlite:///{self._path}",
                    connect_args={"check_same_thread": False, "timeout": 1},
                )
            _METADATA.create_all(self._engine)
        return self._engine

    def _complain(self, error: Exception) -> None:
        if not self._is_broken:
            self._is_broken = True
            logger.error(
                "The store of last known facts (%s) does not work: %s. The assistant "
                "goes on without it; free disk space or delete the file.",
                self._path,
                error,
            )
