"""The portal's tables: what is searched stands in columns, the rest in a document."""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData()

service = sa.Table(
    "service",
    metadata,
    sa.Column("identifier", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("slug", sa.String(80), nullable=False, unique=True),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("category", sa.String(40), nullable=False, index=True),
    sa.Column("folded_name", sa.String(200), nullable=False),
    sa.Column("folded_text", sa.Text, nullable=False),
    sa.Column("document", sa.JSON, nullable=False),
)

office = sa.Table(
    "office",
    metadata,
    sa.Column("identifier", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("slug", sa.String(80), nullable=False, unique=True),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("district", sa.String(80), index=True),
    sa.Column("folded_name", sa.String(200), nullable=False),
    sa.Column("folded_text", sa.Text, nullable=False),
    sa.Column("hours", sa.JSON, nullable=False),
    sa.Column("document", sa.JSON, nullable=False),
)

office_service = sa.Table(
    "office_service",
    metadata,
    sa.Column(
        "service",
        sa.ForeignKey("service.identifier", ondelete="CASCADE"),
        primary_key=True,
    ),
    sa.Column(
        "office",
        sa.ForeignKey("office.identifier", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
    sa.Column("position", sa.Integer, nullable=False),
)

form = sa.Table(
    "form",
    metadata,
    sa.Column("id", sa.String(80), primary_key=True),
    sa.Column("sid", sa.String(24), unique=True),
    sa.Column(
        "service",
        sa.ForeignKey("service.identifier", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    sa.Column("system", sa.String(40), nullable=False),
    sa.Column("folded_text", sa.Text, nullable=False),
    sa.Column("document", sa.JSON, nullable=False),
)

place = sa.Table(
    "place",
    metadata,
    sa.Column("collection", sa.String(40), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("district", sa.String(80), index=True),
    sa.Column("folded_text", sa.Text, nullable=False),
    sa.Column("document", sa.JSON, nullable=False),
)

fact_sheet = sa.Table(
    "fact_sheet",
    metadata,
    sa.Column("name", sa.String(40), primary_key=True),
    sa.Column("document", sa.JSON, nullable=False),
)
"""Facts of which there is one of a kind: special days, total of stations …"""

seed_state = sa.Table(
    "seed_state",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("hash", sa.String(64), nullable=False),
    sa.Column("seeded_at", sa.DateTime(timezone=True), nullable=False),
)

form_receipt = sa.Table(
    "form_receipt",
    metadata,
    sa.Column("number", sa.String(20), primary_key=True),
    sa.Column("form", sa.String(80), nullable=False),
    sa.Column("received_at", sa.DateTime(timezone=True), nullable=False, index=True),
)
"""Proof that a demonstration form arrived. It holds no value that a citizen typed."""

prefill = sa.Table(
    "prefill",
    metadata,
    sa.Column("cache_id", sa.String(32), primary_key=True),
    sa.Column("values_encrypted", sa.LargeBinary, nullable=False),
    sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False, index=True),
)
"""Values on their way into a form: encrypted, read once, gone after minutes."""

#: Tables that a new seed replaces, in the order in which rows may be inserted.
SEEDED = (service, office, office_service, form, place, fact_sheet, seed_state)
