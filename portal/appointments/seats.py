"""Which seats are taken, and by whom they still are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from portal.appointments import tables

_table = tables.process


def is_alive(now: int) -> Any:
    """Returns the condition that an appointment has not lapsed at a moment."""
    return sa.or_(_table.c.expires_at.is_(None), _table.c.expires_at > now)


def taken(
    connection: Connection, pools: Iterable[int], first: int, last: int, now: int
) -> dict[tuple[int, int], int]:
    """Returns the seats taken, as bit masks by pool and slot.

    Args:
        connection: The transaction to look in.
        pools: Whose seats.
        first: Beginning of the first slot, unix seconds.
        last: Beginning of the last slot, unix seconds.
        now: Moment at which reservations must not have lapsed.
    """
    seat = tables.seat
    rows = connection.execute(
        sa.select(seat.c.pool, seat.c.starts_at, seat.c.seat)
        .join(_table, _table.c.process_id == seat.c.process)
        .where(
            seat.c.pool.in_(sorted(set(pools))),
            seat.c.starts_at.between(first, last),
            is_alive(now),
        )
    )
    found: dict[tuple[int, int], int] = {}
    for pool, starts_at, number in rows:
        key = (pool, starts_at)
        found[key] = found.get(key, 0) | 1 << number
    return found
