"""Runs the migrations on the connection that `portal.database` hands over."""

from __future__ import annotations

from alembic import context

# Imported for the tables that it adds to the metadata.
import portal.appointments.tables  # noqa: F401
from portal.tables import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata
)
with context.begin_transaction():
    context.run_migrations()
