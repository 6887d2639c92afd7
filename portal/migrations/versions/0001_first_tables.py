"""Makes the first tables.

Revision ID: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Makes all tables."""
    _catalogue()
    op.create_table(
        "place",
        sa.Column("collection", sa.String(40), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("district", sa.String(80), index=True),
        sa.Column("folded_text", sa.Text, nullable=False),
        sa.Column("document", sa.JSON, nullable=False),
    )
    op.create_table(
        "fact_sheet",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("document", sa.JSON, nullable=False),
    )
    op.create_table(
        "seed_state",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("seeded_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "form_receipt",
        sa.Column("number", sa.String(20), primary_key=True),
        sa.Column("form", sa.String(80), nullable=False),
        sa.Column(
            "received_at", sa.DateTime(timezone=True), nullable=False, index=True
        ),
    )
    op.create_table(
        "prefill",
        sa.Column("cache_id", sa.String(32), primary_key=True),
        sa.Column("values_encrypted", sa.LargeBinary, nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False, index=True),
    )


def _catalogue() -> None:
    op.create_table(
        "service",
        sa.Column("identifier", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("slug", sa.String(80), nullable=False, unique=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("category", sa.String(40), nullable=False, index=True),
        sa.Column("folded_name", sa.String(200), nullable=False),
        sa.Column("folded_text", sa.Text, nullable=False),
        sa.Column("document", sa.JSON, nullable=False),
    )
    op.create_table(
        "office",
        sa.Column("identifier", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("slug", sa.String(80), nullable=False, unique=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("district", sa.String(80), index=True),
        sa.Column("folded_name", sa.String(200), nullable=False),
        sa.Column("folded_text", sa.Text, nullable=False),
        sa.Column("hours", sa.JSON, nullable=False),
        sa.Column("document", sa.JSON, nullable=False),
    )
    op.create_table(
        "office_service",
        sa.Column(
            "service",
            sa.Integer,
            sa.ForeignKey("service.identifier", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column(
            "office",
            sa.Integer,
            sa.ForeignKey("office.identifier", ondelete="CASCADE"),
            primary_key=True,
            index=True,
        ),
        sa.Column("position", sa.Integer, nullable=False),
    )
    op.create_table(
        "form",
        sa.Column("id", sa.String(80), primary_key=True),
        sa.Column("sid", sa.String(24), unique=True),
        sa.Column(
            "service",
            sa.Integer,
            sa.ForeignKey("service.identifier", ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
        sa.Column("system", sa.String(40), nullable=False),
        sa.Column("folded_text", sa.Text, nullable=False),
        sa.Column("document", sa.JSON, nullable=False),
    )


def downgrade() -> None:
    """Drops all tables."""
    for name in (
        "prefill",
        "form_receipt",
        "seed_state",
        "fact_sheet",
        "place",
        "form",
        "office_service",
        "office",
        "service",
    ):
        op.drop_table(name)
