"""Tables of appointments. Moments are unix seconds (UTC), as ZMS has them."""

from __future__ import annotations

import sqlalchemy as sa

from portal.tables import metadata

process = sa.Table(
    "booking_process",
    metadata,
    sa.Column("process_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("auth_key_hash", sa.String(64), nullable=False),
    sa.Column("status", sa.String(20), nullable=False),
    sa.Column("office", sa.Integer, nullable=False),
    sa.Column("service", sa.Integer, nullable=False),
    sa.Column("service_count", sa.Integer, nullable=False),
    sa.Column("further_services", sa.JSON, nullable=False),
    sa.Column("starts_at", sa.BigInteger, nullable=False, index=True),
    sa.Column("slot_count", sa.Integer, nullable=False),
    sa.Column("duration_minutes", sa.Integer, nullable=False),
    sa.Column("display_number", sa.String(12)),
    sa.Column("person_encrypted", sa.LargeBinary),
    sa.Column("mail_hash", sa.String(64), index=True),
    sa.Column("external_user", sa.String(200), index=True),
    sa.Column("changed_at", sa.BigInteger, nullable=False),
    sa.Column("expires_at", sa.BigInteger, index=True),
    sa.Column("wrong_attempts", sa.Integer, nullable=False),
    sa.Column("locked_until", sa.BigInteger),
)
"""One appointment. Names and addresses are encrypted; the key is only hashed (it has
256 random bits, so it needs no salt)."""

seat = sa.Table(
    "booking_seat",
    metadata,
    sa.Column("pool", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("starts_at", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("seat", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column(
        "process",
        sa.Integer,
        sa.ForeignKey("booking_process.process_id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
)
"""A seat that is taken in one slot. The primary key is what makes a double booking
impossible, whoever writes at the same moment. Offices with the same pool share it."""

mail = sa.Table(
    "booking_mail",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column(
        "process",
        sa.Integer,
        sa.ForeignKey("booking_process.process_id", ondelete="CASCADE"),
        index=True,
    ),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("content_encrypted", sa.LargeBinary, nullable=False),
    sa.Column("created_at", sa.BigInteger, nullable=False, index=True),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("next_attempt_at", sa.BigInteger, nullable=False),
    sa.Column("problem", sa.String(200)),
    sa.Column("is_given_up", sa.Boolean, nullable=False, server_default=sa.false()),
)
"""The outbox: mails that wait to be sent, or to be looked at in a demonstration.
`problem` says why the last attempt failed, without naming the citizen."""

idempotency = sa.Table(
    "booking_idempotency",
    metadata,
    sa.Column("key_hash", sa.String(64), primary_key=True),
    sa.Column("body_hash", sa.String(64), nullable=False),
    sa.Column(
        "process",
        sa.Integer,
        sa.ForeignKey("booking_process.process_id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    sa.Column("answer_encrypted", sa.LargeBinary, nullable=False),
    sa.Column("created_at", sa.BigInteger, nullable=False, index=True),
)
"""Answers to reservations that a caller may ask for again (`Idempotency-Key`)."""

waiting = sa.Table(
    "booking_waiting",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
    sa.Column("offices", sa.JSON, nullable=False),
    sa.Column("service", sa.Integer, nullable=False),
    sa.Column("service_count", sa.Integer, nullable=False),
    sa.Column("before", sa.BigInteger, nullable=False, index=True),
    sa.Column("person_encrypted", sa.LargeBinary, nullable=False),
    sa.Column("status", sa.String(20), nullable=False, index=True),
    sa.Column("created_at", sa.BigInteger, nullable=False),
    sa.Column("process", sa.Integer),
    sa.Column("offered_until", sa.BigInteger),
)
"""Citizens who want to hear of an earlier date, in the order in which they asked."""
