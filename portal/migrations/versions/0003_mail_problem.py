"""Notes why a mail could not be sent, and that nobody tries any more.

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_TABLE = "booking_mail"


def upgrade() -> None:
    """Adds the columns."""
    op.add_column(_TABLE, sa.Column("problem", sa.String(200)))
    op.add_column(
        _TABLE,
        sa.Column("is_given_up", sa.Boolean, nullable=False, server_default=sa.false()),
    )


def downgrade() -> None:
    """Drops the columns."""
    # SQLite drops a column only by copying the table.
    with op.batch_alter_table(_TABLE) as table:
        table.drop_column("is_given_up")
        table.drop_column("problem")
