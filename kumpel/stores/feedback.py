"""What citizens say about single answers, kept beside their conversations.

It is deleted with the conversation, and by the same retention.
"""

from __future__ import annotations

import time
from typing import Literal, NamedTuple

import sqlalchemy as sa

from kumpel.stores.conversations import Conversations
from kumpel.stores.tables import feedback


class Feedback(NamedTuple):
    """What a citizen says about one answer."""

    position: int
    """Number of the answer in the conversation."""
    kind: Literal["thumb", "error"]
    rating: Literal["up", "down"] | None
    comment: str
    """Without personal data."""


def keep(conversations: Conversations, sender_id: str, given: Feedback) -> None:
    """Keeps feedback in place of earlier one of the same kind on the same answer.

    A thumb without rating and comment takes the earlier one back. Blocks.
    """
    same = (
        (feedback.c.sender_id == sender_id)
        & (feedback.c.position == given.position)
        & (feedback.c.kind == given.kind)
    )
    values = {"sender_id": sender_id, "timestamp": time.time(), **given._asdict()}
    with conversations.begin() as connection:
        connection.execute(feedback.delete().where(same))
        if given.rating or given.comment:
            connection.execute(feedback.insert(), values)


def read(conversations: Conversations, sender_id: str) -> list[Feedback]:
    """Returns the feedback on a conversation, in its order. Blocks."""
    query = (
        sa.select(*(feedback.c[name] for name in Feedback._fields))
        .where(feedback.c.sender_id == sender_id)
        .order_by(feedback.c.position, feedback.c.kind)
    )
    with conversations.begin() as connection:
        return [Feedback(*row) for row in connection.execute(query)]
