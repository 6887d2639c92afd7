"""Keeps receipts of demonstration forms, and prefill values for minutes."""

from __future__ import annotations

import json
import secrets
import string
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta, timezone
from hashlib import sha256

import sqlalchemy as sa
from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy.engine import Engine

from portal import tables

#: How long prefill values wait for their form.
PREFILL_LIFETIME = timedelta(minutes=15)

# Without 0, O, 1, I: a citizen may read the number out on the telephone.
_RECEIPT_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_CACHE_LETTERS = string.ascii_letters + string.digits


class FormStore:
    """Writes and reads what forms leave behind; every method blocks.

    Args:
        engine: The portal's database.
        secret: Key from which the encryption key of prefill values is derived.
    """

    def __init__(self, engine: Engine, secret: str) -> None:
        self._engine = engine
        key = sha256(b"kumpel prefill " + secret.encode()).digest()
        self._cipher = Fernet(urlsafe_b64encode(key))

    def add_receipt(self, form: str, at: datetime) -> str:
        """Notes that a form arrived and returns its receipt number.

        Nothing that the citizen typed is stored.
        """
        letters = "".join(secrets.choice(_RECEIPT_LETTERS) for _ in range(8))
        number = f"KR-{at:%Y}-{letters}"
        with self._writing() as connection:
            connection.execute(
                tables.form_receipt.insert(),
                {"number": number, "form": form, "received_at": _utc(at)},
            )
        return number

    def put(self, values: dict[str, str], at: datetime) -> str:
        """Stores prefill values encrypted and returns the key to fetch them once."""
        cache_id = "".join(secrets.choice(_CACHE_LETTERS) for _ in range(32))
        table = tables.prefill
        with self._writing() as connection:
            connection.execute(table.delete().where(table.c.expires_at < _utc(at)))
            connection.execute(
                table.insert(),
                {
                    "cache_id": cache_id,
                    "values_encrypted": self._cipher.encrypt(
                        json.dumps(values).encode()
                    ),
                    "expires_at": _utc(at + PREFILL_LIFETIME),
                },
            )
        return cache_id

    def take(self, cache_id: str, at: datetime) -> dict[str, str] | None:
        """Fetches and deletes prefill values; None where there are none any more."""
        table = tables.prefill
        with self._writing() as connection:
            row = connection.execute(
                sa.select(table).where(table.c.cache_id == cache_id).with_for_update()
            ).first()
            gone = connection.execute(
                table.delete().where(table.c.cache_id == cache_id)
            )
        if row is None or gone.rowcount != 1:
            return None
        expires_at = row.expires_at
        if expires_at.tzinfo is None:  # SQLite gives back what we stored: UTC.
            expires_at = expires_at.replace(tzinfo=timezone.utc)
        if expires_at < at:
            return None
        try:
            values: dict[str, str] = json.loads(
                self._cipher.decrypt(row.values_encrypted)
            )
        except InvalidToken:  # The secret changed in between.
            return None
        return values

    def _writing(self) -> sa.engine.base.Engine._trans_ctx:
        # SQLite fails at once where a reader becomes a writer; so begin as one.
        return self._engine.execution_options(sqlite_begin="BEGIN IMMEDIATE").begin()


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(timezone.utc)
