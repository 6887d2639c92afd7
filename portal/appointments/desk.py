"""The way of an appointment: find, reserve, tell who, confirm, cancel."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.engine import Connection

from kumpel.clock import TIME_ZONE, Clock
from portal.appointments.calendar import (
    Availability,
    Taken,
    Wish,
    available_calendar,
)
from portal.appointments.catalogue import BookingCatalogue, Office
from portal.appointments.errors import ZmsError
from portal.appointments.keys import new_key
from portal.appointments.letters import LetterWriter
from portal.appointments.outbox import Outbox
from portal.appointments.process import ACTIVE, Person, Process
from portal.appointments.seed import MAXIMUM_SLOTS
from portal.appointments.steps import Afterwards, Booking, Change, Repeat
from portal.appointments.store import AppointmentStore
from portal.appointments.supply import Supply
from portal.appointments.validation import (
    CalendarQuestion,
    Credentials,
    Fields,
    Reservation,
    person_told,
)


@dataclass(frozen=True)
class Desk:
    """Does what citizens ask for; every method blocks.

    Attributes:
        clock: The portal's clock.
    """

    catalogue: BookingCatalogue
    supply: Supply
    store: AppointmentStore
    outbox: Outbox
    letters: LetterWriter
    clock: Clock

    def calendar(self, question: CalendarQuestion) -> dict[str, Any]:
        """Returns the free appointments (`/available-calendar/`).

        Raises:
            ZmsError: A service is not offered at one of the offices.
        """
        wish = self.wish(question)
        now = self.clock()
        return available_calendar(wish, self.supply, self._taken(wish, now), now)

    def wish(self, question: CalendarQuestion) -> Wish:
        """Checks that all services are offered at all offices.

        Raises:
            ZmsError: `invalidLocationAndServiceCombination`.
        """
        ids = [id_ for id_, _ in question.services]
        offices = self._offices(question.offices, ids)
        slots = self.catalogue.slots_for(question.services)
        return Wish(offices, slots, question.first, question.last, question.window)

    def availability(self, wish: Wish) -> Availability:
        """Returns what is free in a range, for the routes of generation A."""
        now = self.clock()
        return Availability(self.supply, self._taken(wish, now), now)

    def reserve(
        self,
        wanted: Reservation,
        repeat: Repeat | None = None,
        answer: Callable[[Process, str], Any] = lambda *_: None,
    ) -> tuple[Process, str]:
        """Reserves an appointment and returns it with its key.

        Raises:
            ZmsError: It is not offered, not free, or too long.
        """
        ids = [id_ for id_, _ in wanted.services]
        (office,) = self._offices([wanted.office], ids)
        slots = self._slots(office, wanted)
        # What is given away is decided in the transaction; here only what exists.
        starts, seats = self._existing(office, wanted.timestamp, slots)
        (service, count), *further = wanted.services
        booking = Booking(
            pool=office.pool,
            office=office.id,
            service=service,
            service_count=count,
            further_services=tuple(further),
            starts=starts,
            seats=seats,
            duration_minutes=slots * office.rules.slot_minutes,
            expires_at=self.store.now + self.catalogue.seed.reservation_minutes * 60,
            number_for=lambda seat: call_number(office, wanted.timestamp, seat),
        )
        return self.store.reserve(booking, repeat, answer)

    def get(self, process_id: int, key: str) -> Process:
        """Returns an appointment.

        Raises:
            ZmsError: `appointmentNotFound` or `authKeyMismatch`.
        """
        return self.store.get(process_id, key)

    def confirmable(self, process_id: int, key: str) -> Process:
        """Returns an appointment to somebody who wants to confirm it.

        Raises:
            ZmsError: As `get`, or `preconfirmationExpired`.
        """
        return self._told_if_lapsed(process_id, key, lambda: self.get(process_id, key))

    def update(
        self,
        process_id: int,
        key: str,
        fields: Fields,
        user: str | None = None,
        replaces: Credentials | None = None,
    ) -> Process:
        """Notes who comes.

        Args:
            process_id: Number of the reservation.
            key: Its key.
            fields: What the citizen told.
            user: Who is logged in.
            replaces: An appointment that will be cancelled when this one is certain;
                it does not count for its mail address.

        Raises:
            ZmsError: A field is wrong, or the reservation has lapsed.
        """
        process = self.store.get(process_id, key)
        if process.status != "reserved":
            raise ZmsError("processNotReservedAnymore")
        office = self._office_of(process)
        person = person_told(fields, process.person, office.scope)
        minutes = self.catalogue.seed.reservation_minutes
        old = self._replaced(process_id, replaces)
        return self.store.change(
            process_id,
            key,
            states=("reserved",),
            refusal="processNotReservedAnymore",
            values=lambda current: {
                "person": person,
                "external_user": current.external_user or user,
                "expires_at": self.store.now + minutes * 60,
            },
            check=lambda connection, current: self._check_mail(
                connection, current.with_(person=person), old
            ),
        )

    def preconfirm(self, process_id: int, key: str) -> Process:
        """Asks the citizen by mail to confirm.

        Raises:
            ZmsError: It is not reserved any more, or an address is missing.
                `preconfirmationExpired` where it was not confirmed in time.
        """
        minutes = self.catalogue.seed.activation_minutes

        def check(connection: Connection, process: Process) -> None:
            scope = self._office_of(process).scope
            if scope["emailRequired"] and not process.person.email:
                raise ZmsError("emailIsRequired")
            if scope["telephoneRequired"] and not process.person.telephone:
                raise ZmsError("telephoneIsRequired")
            self._check_mail(connection, process)

        return self._told_if_lapsed(
            process_id,
            key,
            lambda: self.store.change(
                process_id,
                key,
                states=("reserved",),
                refusal="processNotReservedAnymore",
                values=lambda _: {
                    "status": "preconfirmed",
                    "expires_at": self.store.now + minutes * 60,
                },
                check=check,
                afterwards=self._post("activation", key),
            ),
        )

    def confirm(self, process_id: int, key: str, user: str | None = None) -> Process:
        """Makes an appointment certain.

        Raises:
            ZmsError: It is neither reserved nor waiting for its confirmation.
                `preconfirmationExpired` where it was not confirmed in time.
        """
        return self.confirm_instead(process_id, key, user, None)[0]

    def confirm_instead(
        self,
        process_id: int,
        key: str,
        user: str | None,
        replaces: Credentials | None,
    ) -> tuple[Process, Process | None]:
        """Makes an appointment certain and cancels another one for it.

        Both in one transaction: whatever happens, the citizen has one of the two.
        What cannot be replaced, as its key is wrong or it is over, stays as it is.

        Returns:
            The appointment, and the cancelled one if there is one.

        Raises:
            ZmsError: As `confirm`.
        """
        values: dict[str, Any] = {"status": "confirmed", "expires_at": None}
        values |= {"external_user": user} if user else {}
        old = self._replaced(process_id, replaces)
        cancelled: list[Process] = []

        def afterwards(connection: Connection, before: Process, after: Process) -> None:
            if old and replaces:
                # Who cancelled it in the meantime has done what is wanted.
                with contextlib.suppress(ZmsError):
                    cancelled.append(
                        self.store.change_within(
                            connection, *replaces, _cancellation(new_key())
                        )
                    )
            gone = old if cancelled else None
            self._post("moved" if gone else "confirmation", key, gone)(
                connection, before, after
            )

        process = self._told_if_lapsed(
            process_id,
            key,
            lambda: self.store.change(
                process_id,
                key,
                states=("reserved", "preconfirmed"),
                refusal="processNotPreconfirmedAnymore",
                values=lambda _: values,
                check=lambda connection, current: self._check_mail(
                    connection, current, old
                ),
                afterwards=afterwards,
            ),
        )
        return process, cancelled[0] if cancelled else None

    def cancel(self, process_id: int, key: str) -> tuple[Process, str]:
        """Cancels an appointment, frees its seat, and returns it with a new key.

        What the citizen told is erased; the answer is the last to show it.

        Raises:
            ZmsError: It lies in the past, or it is cancelled already.
        """
        if self.store.get(process_id, key).starts_at <= self.store.now:
            raise ZmsError("appointmentCanNotBeCanceled")
        fresh_key = new_key()
        told: list[Person] = []

        def post(connection: Connection, before: Process, after: Process) -> None:
            told.append(before.person)
            if before.status != "reserved":
                written = after.with_(person=before.person)
                self._post("cancellation", fresh_key)(connection, before, written)

        change = replace(_cancellation(fresh_key), afterwards=post)
        process = self.store.change(process_id, key, **vars(change))
        return process.with_(person=told[0]), fresh_key

    def _told_if_lapsed(
        self, process_id: int, key: str, step: Callable[[], Process]
    ) -> Process:
        try:
            return step()
        except ZmsError as error:
            if "appointmentNotFound" in error.codes and self.store.has_lapsed(
                process_id, key
            ):
                raise ZmsError("preconfirmationExpired") from error
            raise

    def _replaced(
        self, process_id: int, replaces: Credentials | None
    ) -> Process | None:
        """Returns what may be replaced; a wrong key counts as one, as everywhere."""
        if replaces is None or replaces[0] == process_id:
            return None
        try:
            old = self.store.get(*replaces)
        except ZmsError:
            return None
        is_coming = old.status == "confirmed" and old.starts_at > self.store.now
        return old if is_coming else None

    def _offices(self, offices: Sequence[int], services: Sequence[int]) -> list[Office]:
        for office in offices:
            if not all(self.catalogue.offers(office, service) for service in services):
                raise ZmsError("invalidLocationAndServiceCombination")
        return [self.catalogue.offices[office] for office in offices]

    def _office_of(self, process: Process) -> Office:
        office = self.catalogue.offices.get(process.office)
        if office is None:  # It stopped giving appointments since.
            raise ZmsError("processInvalid")
        return office

    def _slots(self, office: Office, wanted: Reservation) -> int:
        services = self.catalogue.services
        if any(count > services[id_].max_quantity for id_, count in wanted.services):
            raise ZmsError("tooManyServicesPerAppointment")
        slots = self.catalogue.slots_for(wanted.services)
        if slots > min(office.rules.slots_per_appointment, MAXIMUM_SLOTS):
            raise ZmsError("tooManySlotsPerAppointment")
        return slots

    def _existing(
        self, office: Office, start: int, slots: int
    ) -> tuple[tuple[int, ...], int]:
        """Returns slots that the office offers, and the seats of all of them."""
        now = self.clock()
        day = datetime.fromtimestamp(start, TIME_ZONE).date()
        wish = Wish([office], slots, day, day)
        is_released = bool(self.supply.bookable_days(now, day, day))
        free = (
            Availability(self.supply, {}, now).starts(office, day, slots)
            if is_released
            else []
        )
        found = next((slot for slot in free if slot.at == start), None)
        if found is None:
            raise ZmsError("appointmentNotAvailable")
        step = office.rules.slot_minutes * 60
        return tuple(start + index * step for index in range(wish.slots)), found.seats

    def _check_mail(
        self, connection: Connection, process: Process, old: Process | None = None
    ) -> None:
        rules = self._office_of(process).rules
        mail = process.person.email
        if not mail or mail.lower() in (m.lower() for m in rules.whitelisted_mails):
            return
        own = [each.process_id for each in (process, old) if each]
        others = self.store.count_with_mail(
            connection, process.office, mail, apart_from=own
        )
        if others >= rules.appointments_per_mail:
            raise ZmsError("tooManyAppointmentsWithSameMail")

    def _post(self, kind: str, key: str, old: Process | None = None) -> Afterwards:
        def post(connection: Connection, _: Process, process: Process) -> None:
            if process.person.email:
                letter = self.letters.write(kind, process, key, old)
                self.outbox.put(connection, process.process_id, letter)

        return post

    def _taken(self, wish: Wish, now: datetime) -> Taken:
        pools = (office.pool for office in wish.offices)
        return self.store.taken(pools, *self._moments(wish, now))

    def _moments(self, wish: Wish, now: datetime) -> tuple[int, int]:
        """Returns the first and last moment of a range, in unix seconds."""
        days = self.supply.bookable_days(now, wish.first, wish.last)
        if not days:
            return 0, 0
        end = datetime.combine(days[-1], datetime.max.time(), tzinfo=TIME_ZONE)
        return int(now.timestamp()), int(end.timestamp())


def _cancellation(fresh_key: str) -> Change:
    return Change(
        states=ACTIVE,
        refusal="appointmentCanNotBeCanceled",
        values=lambda before: {
            "status": "blocked" if before.status == "reserved" else "deleted",
            "person": None,
            "new_key": fresh_key,
            "expires_at": None,
            "external_user": None,
        },
    )


def call_number(office: Office, start: int, seat: int) -> str:
    """Returns the number to be called by, unique for an office and a day."""
    local = datetime.fromtimestamp(start, TIME_ZONE)
    # Seats are at most 9 and slots at least 5 minutes: four digits are enough.
    return f"{office.prefix}{(local.hour * 60 + local.minute) // 5 * 10 + seat + 1:04d}"
