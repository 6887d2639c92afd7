"""The waiting list: who wants an earlier date hears of it by mail, in turn.

An offer is an appointment that waits for its confirmation: the link in the mail
confirms it, and it lapses by itself. So an offer can neither be lost nor go to two.
"""

from __future__ import annotations

import contextlib
import logging
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from kumpel.clock import TIME_ZONE
from portal.appointments import tables
from portal.appointments.desk import Desk
from portal.appointments.errors import ZmsError
from portal.appointments.keys import hash_of
from portal.appointments.process import Person, Process
from portal.appointments.validation import CalendarQuestion, Reservation

#: How long an offer waits for its confirmation.
OFFER_LIFETIME = timedelta(hours=2)

logger = logging.getLogger(__name__)

_table = tables.waiting


@dataclass(frozen=True)
class Wait:
    """What somebody waits for.

    Attributes:
        before: Unix seconds; only an earlier date is wanted.
    """

    offices: tuple[int, ...]
    service: int
    service_count: int
    before: int
    person: Person

    def asks_no_more_than(self, other: Wait) -> bool:
        """Tells whether each date that suits this one suits the other, too."""
        return (
            self.service == other.service
            and self.service_count >= other.service_count
            and self.before <= other.before
            and set(self.offices) <= set(other.offices)
        )


@dataclass(frozen=True)
class Waiting:
    """An entry of the list.

    Attributes:
        status: `waiting` or `offered`.
        position: Place in the line for this service, from 1.
    """

    status: str
    position: int
    before: int
    offered_until: int | None


class Waitlist:
    """Keeps the line and makes offers; every method blocks.

    Args:
        desk: Where appointments are given.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._store = desk.store

    def join(self, wait: Wait) -> str:
        """Puts somebody at the end of the line.

        Returns:
            The token to ask and to leave with.

        Raises:
            ZmsError: The service is not offered at one of the offices.
        """
        self._desk.wish(self._question(wait))
        token = secrets.token_urlsafe(24)
        with self._store.writing() as connection:
            connection.execute(
                _table.insert(),
                {
                    "token_hash": hash_of(token),
                    "offices": list(wait.offices),
                    "service": wait.service,
                    "service_count": wait.service_count,
                    "before": wait.before,
                    "person_encrypted": self._store.cipher.encrypt(asdict(wait.person)),
                    "status": "waiting",
                    "created_at": self._store.now,
                },
            )
        return token

    def entry(self, token: str) -> Waiting | None:
        """Returns an entry; None where there is none (any more)."""
        with self._store.reading() as connection:
            row = self._row(connection, token)
            if row is None:
                return None
            ahead = connection.execute(
                sa.select(sa.func.count())
                .select_from(_table)
                .where(
                    _table.c.service == row.service,
                    sa.tuple_(_table.c.created_at, _table.c.id)
                    < sa.tuple_(
                        sa.literal(row.created_at, sa.BigInteger),
                        sa.literal(row.id, sa.Integer),
                    ),
                )
            ).scalar_one()
        return Waiting(row.status, 1 + int(ahead), row.before, row.offered_until)

    def leave(self, token: str) -> bool:
        """Takes somebody out of the line, and tells whether they stood in it."""
        with self._store.writing() as connection:
            gone = connection.execute(
                _table.delete().where(_table.c.token_hash == hash_of(token))
            )
        return bool(gone.rowcount)

    def serve(self) -> int:
        """Ends offers that lapsed and offers what is free, first come first served.

        Returns:
            How many offers were made.
        """
        self._end_offers()
        with self._store.reading() as connection:
            rows = connection.execute(
                sa.select(_table)
                .where(_table.c.status == "waiting", _table.c.before > self._store.now)
                .order_by(_table.c.created_at, _table.c.id)
            ).all()
        offered, unmet = 0, list[Wait]()
        for row in rows:
            wait = self._wait(row)
            # A date may come free in the middle of this, such as one that another
            # replica held for a moment: it is not for those behind, but for the next
            # time that all are asked in turn.
            if any(wait.asks_no_more_than(other) for other in unmet):
                continue
            try:
                if self._offer(row.id, wait):
                    offered += 1
                else:
                    unmet.append(wait)
            except _ServedByAnother:
                continue
        return offered

    def _end_offers(self) -> None:
        """Takes those out of the line who took their offer or let it pass.

        Whoever lets it pass is not asked again: they would get the same mail every
        two hours.
        """
        process = tables.process
        open_offers = sa.select(process.c.process_id).where(
            process.c.status == "preconfirmed", process.c.expires_at > self._store.now
        )
        with self._store.writing() as connection:
            connection.execute(
                _table.delete().where(
                    _table.c.status == "offered", _table.c.process.not_in(open_offers)
                )
            )

    def serve_after(self) -> None:
        """Serves after a cancellation, which must not fail because this fails."""
        try:
            self.serve()
        except sa.exc.SQLAlchemyError:
            logger.exception("The waiting list was not served; the upkeep will do it.")

    def _wait(self, row: Any) -> Wait:
        person = Person(**(self._store.cipher.decrypt(row.person_encrypted) or {}))
        return Wait(
            tuple(row.offices), row.service, row.service_count, row.before, person
        )

    def _offer(self, id_: int, wait: Wait) -> bool:
        """Offers the earliest date; False where there is none (any more).

        Raises:
            _ServedByAnother: They have an offer already, or left the line.
        """
        try:
            found = self._earliest(wait)
            if found is None:
                return False
            office, moment = found
            services = ((wait.service, wait.service_count),)
            process, key = self._desk.reserve(Reservation(office, services, moment))
        except ZmsError:
            return False
        try:
            self._write(id_, process, key, wait)
        except (ZmsError, _ServedByAnother) as failure:
            # At once, since the next in line may have it.
            with contextlib.suppress(ZmsError):
                self._desk.cancel(process.process_id, key)
            if isinstance(failure, _ServedByAnother):
                raise
            return False
        return True

    def _write(self, id_: int, process: Process, key: str, wait: Wait) -> None:
        until = min(
            self._store.now + int(OFFER_LIFETIME.total_seconds()), process.starts_at
        )

        def note(connection: Connection, _: Process, offered: Process) -> None:
            changed = connection.execute(
                _table.update()
                .where(_table.c.id == id_, _table.c.status == "waiting")
                .values(
                    status="offered", process=process.process_id, offered_until=until
                )
            )
            if changed.rowcount != 1:
                # Another replica was faster, or they left the line.
                raise _ServedByAnother
            letter = self._desk.letters.write("offer", offered, key)
            self._desk.outbox.put(connection, process.process_id, letter)

        self._store.change(
            process.process_id,
            key,
            states=("reserved",),
            refusal="processNotReservedAnymore",
            values=lambda _: {
                "status": "preconfirmed",
                "person": wait.person,
                "expires_at": until,
            },
            afterwards=note,
        )

    def _earliest(self, wait: Wait) -> tuple[int, int] | None:
        """Returns office and moment of the earliest date that is early enough."""
        days = self._desk.calendar(self._question(wait))["availableDays"]
        offered = [
            (moment, int(office["officeId"]))
            for day in days
            for office in day["offices"]
            for moment in office["appointments"]
            if moment < wait.before
        ]
        if not offered:
            return None
        moment, office = min(offered)
        return office, moment

    def _question(self, wait: Wait) -> CalendarQuestion:
        today = self._desk.clock().date()
        last = datetime.fromtimestamp(wait.before, TIME_ZONE).date()
        return CalendarQuestion(
            wait.offices,
            ((wait.service, wait.service_count),),
            today,
            max(today, last),
            None,
        )

    def _row(self, connection: Connection, token: str) -> Any:
        return connection.execute(
            sa.select(_table).where(_table.c.token_hash == hash_of(token))
        ).first()


class _ServedByAnother(Exception):
    pass
