"""What has to be done from time to time: let lapse, hand on, and forget."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import timedelta

import sqlalchemy as sa

from portal.appointments import tables
from portal.appointments.errors import ZmsError
from portal.appointments.handlers import Api
from portal.appointments.keys import hash_of, new_key
from portal.appointments.store import AppointmentStore
from portal.appointments.waitlist import Waitlist

logger = logging.getLogger(__name__)

#: How long after its day an appointment still names the citizen.
KEPT_FOR = timedelta(days=30)
#: How long the outbox keeps a mail that nobody sends: in a demonstration.
MAIL_KEPT_FOR = timedelta(days=7)
#: How long a reservation can be repeated with the same Idempotency-Key.
ANSWER_KEPT_FOR = timedelta(hours=1)
#: How long a reservation that was given back keeps its number.
GIVEN_BACK_KEPT_FOR = timedelta(days=1)

_EVERY_SECONDS = 60.0


def purge(store: AppointmentStore) -> None:
    """Forgets whatever may not be kept any longer, by the portal's clock.

    Reservations go when they lapse; the mere number of one that waited for its
    confirmation, a day later. Of an appointment, 30 days after its day, only place,
    service and time stay, for statistics.
    """
    while store.sweep():
        pass
    now = store.now
    process, mail, idempotency = tables.process, tables.mail, tables.idempotency
    waiting = tables.waiting

    def before(age: timedelta) -> int:
        return now - int(age.total_seconds())

    is_old = process.c.starts_at < before(KEPT_FOR)
    with store.writing() as connection:
        connection.execute(
            mail.delete().where(mail.c.created_at < before(MAIL_KEPT_FOR))
        )
        connection.execute(
            idempotency.delete().where(
                idempotency.c.created_at < before(ANSWER_KEPT_FOR)
            )
        )
        connection.execute(waiting.delete().where(waiting.c.before <= now))
        connection.execute(
            process.delete().where(
                process.c.status == "blocked",
                process.c.changed_at < before(GIVEN_BACK_KEPT_FOR),
            )
        )
        old = sa.select(process.c.process_id).where(is_old)
        connection.execute(mail.delete().where(mail.c.process.in_(old)))
        connection.execute(
            tables.seat.delete().where(tables.seat.c.starts_at < before(KEPT_FOR))
        )
        connection.execute(
            process.update()
            .where(is_old, process.c.status != "anonymized")
            .values(
                status="anonymized",
                person_encrypted=None,
                mail_hash=None,
                external_user=None,
                # Nobody has this key, so nobody can ask for it any more.
                auth_key_hash=hash_of(new_key()),
            )
        )


async def keep_up(api: Callable[[], Api | None]) -> None:
    """Does the upkeep every minute until it is cancelled.

    Args:
        api: Gives what the citizen API works with; None before the start.
    """
    while True:
        found = api()
        if found is not None:
            try:
                await asyncio.to_thread(_once, found)
            except (sa.exc.SQLAlchemyError, ZmsError):
                logger.exception("The upkeep of appointments failed; it goes on.")
        await asyncio.sleep(_EVERY_SECONDS)


def _once(api: Api) -> None:
    purge(api.desk.store)
    Waitlist(api.desk).serve()
