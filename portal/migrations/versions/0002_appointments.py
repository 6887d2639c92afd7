"""Makes the tables of appointments.

Revision ID: 0002
Revises: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Makes all tables."""
    op.create_table(
        "booking_process",
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
    op.create_table(
        "booking_seat",
        sa.Column("pool", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("starts_at", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("seat", sa.Integer, primary_key=True, autoincrement=False),
        _process(nullable=False),
    )
    op.create_table(
        "booking_mail",
        sa.Column("id", sa.Integer, primary_key=True),
        _process(nullable=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("content_encrypted", sa.LargeBinary, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False, index=True),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_attempt_at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "booking_idempotency",
        sa.Column("key_hash", sa.String(64), primary_key=True),
        sa.Column("body_hash", sa.String(64), nullable=False),
        _process(nullable=False),
        sa.Column("answer_encrypted", sa.LargeBinary, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False, index=True),
    )
    op.create_table(
        "booking_waiting",
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


def _process(nullable: bool) -> sa.Column:
    return sa.Column(
        "process",
        sa.Integer,
        sa.ForeignKey("booking_process.process_id", ondelete="CASCADE"),
        nullable=nullable,
        index=True,
    )


def downgrade() -> None:
    """Drops all tables."""
    for name in ("waiting", "idempotency", "mail", "seat", "process"):
        op.drop_table(f"booking_{name}")
