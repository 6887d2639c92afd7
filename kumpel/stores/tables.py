"""The tables of the conversations' database.

`events` has the columns of Rasa's own SQL store, so that its tools read it too.
"""

from __future__ import annotations

import sqlalchemy as sa

MAX_SENDER_LENGTH = 255

metadata = sa.MetaData()
events = sa.Table(
    "events",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("sender_id", sa.String(MAX_SENDER_LENGTH), nullable=False),
    sa.Column("type_name", sa.String(255), nullable=False),
    sa.Column("timestamp", sa.Float),
    sa.Column("intent_name", sa.String(255)),
    sa.Column("action_name", sa.String(255)),
    sa.Column("data", sa.Text),
    # One index serves all: a conversation in order, its last session, its end.
    sa.Index("ix_events_sender_id_id", "sender_id", "id"),
)
#: What citizens say about answers, which are named by their number in a conversation.
feedback = sa.Table(
    "feedback",
    metadata,
    sa.Column("sender_id", sa.String(MAX_SENDER_LENGTH), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("kind", sa.String(16), primary_key=True),
    sa.Column("rating", sa.String(8)),
    sa.Column("comment", sa.Text),
    sa.Column("timestamp", sa.Float, nullable=False),
)
#: Conversations that their citizens have deleted, by SHA-256 of their ids.
ended = sa.Table(
    "ended",
    metadata,
    sa.Column("mark", sa.String(64), primary_key=True),
    sa.Column("timestamp", sa.Float, nullable=False),
)
