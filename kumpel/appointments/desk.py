"""The counter at which the dialogue asks for appointments."""

from __future__ import annotations

from typing import Protocol

from kumpel.appointments.models import (
    Appointment,
    AppointmentPages,
    BookableService,
    BookingTarget,
    Capabilities,
    Credentials,
    FreeDay,
    MailWay,
    Move,
    Person,
    Reservation,
    Slot,
    WaitingPlace,
    WaitingWish,
    Wish,
)


class AppointmentDesk(Protocol):
    """Gives appointments; every method blocks, and is safe to call from any thread.

    The way of a booking: `service`, `free_days` or `free_slots`, `reserve`, `update`,
    `confirm`. Who chooses another slot meanwhile reserves that one and cancels the
    first reservation.

    Any method may raise `PortalUnavailableError` (out of reach, nothing was done) or
    another `PortalError`; a step that changes something may raise `UncertainError`
    (nobody knows whether it was done). What else is to be expected stands at each
    method. Messages are for the log, never for citizens; none holds a code, a name
    or an address.
    """

    @property
    def capabilities(self) -> Capabilities:
        """What this desk can do."""
        ...

    def within(self, seconds: float) -> AppointmentDesk:
        """Returns the same desk for one citizen's answer, with its time limit."""
        ...

    def is_bookable(self, service: str) -> bool:
        """Tells whether `service` would find a slug. Asks the catalogue only."""
        ...

    def service(self, slug: str) -> BookableService:
        """Returns a service and the offices at which it is booked.

        Offices stand in the order in which the desk wants them offered.

        Raises:
            NotBookableError: No appointments are given for it here.
        """
        ...

    def free_days(self, wish: Wish) -> tuple[FreeDay, ...]:
        """Returns all days of the wish with something free, earliest first.

        One request, whatever the range: fit for "In Mitte erst am 29.". Empty where
        nothing is free, or nothing is released so far ahead.

        Raises:
            NotBookableError: Service or office give no such appointments.
            CaptchaNeededError: Only people may look.
            TooManyPersonsError: For that many persons none is long enough.
        """
        ...

    def free_slots(self, wish: Wish, most_days: int = 3) -> tuple[Slot, ...]:
        """Returns the slots of the earliest days of a wish, earliest first.

        Args:
            wish: What is looked for.
            most_days: After how many days with something free to stop. Each is a
                request of its own, so ask for the days that you will offer.

        Raises:
            As `free_days`.
        """
        ...

    def reserve(self, slot: Slot, service: str, persons: int, key: str) -> Reservation:
        """Keeps a slot for some minutes.

        Args:
            slot: One of `free_slots`.
            service: Slug.
            persons: How many come.
            key: Makes a repetition harmless: the same key with the same slot gives
                the same reservation (a double click, two tabs). Take the conversation
                and the step, and a new key after a reservation was given back.

        Raises:
            SlotTakenError: It is not free any more.
            UncertainError: Perhaps it is reserved now. Then it lapses by itself.
            NotBookableError, CaptchaNeededError, TooManyPersonsError: As `free_days`.
        """
        ...

    def update(self, reservation: Reservation, person: Person) -> Reservation:
        """Notes who comes, and returns the reservation with its new expiry.

        Raises:
            InvalidPersonError: It names the fields that are wrong or missing.
            TooManyAppointmentsError: The mail address has too many at this office.
            ReservationLapsedError: Too much time passed, or it is confirmed already,
                in another tab: `find` tells.
        """
        ...

    def preconfirm(self, reservation: Reservation) -> Appointment:
        """Has the citizen confirm by a link in a mail.

        Raises:
            As `confirm`.
        """
        ...

    def confirm(self, reservation: Reservation) -> Appointment:
        """Makes a reservation certain. Confirming twice is harmless.

        Raises:
            ReservationLapsedError: Too much time passed; nothing is booked.
            InvalidPersonError: Something is missing: call `update` first.
            TooManyAppointmentsError: The mail address has too many at this office.
            UncertainError: Perhaps it is certain now; `find` tells later.
        """
        ...

    def find(self, credentials: Credentials) -> Appointment:
        """Looks an appointment up.

        Raises:
            AppointmentNotFoundError: There is none with this number.
            WrongCodeError: The code is another.
            LockedError: Too many wrong codes; says for how long.
        """
        ...

    def cancel(self, credentials: Credentials) -> Appointment:
        """Cancels an appointment, or gives a reservation back, and returns it.

        Raises:
            NotCancellableError: It is over, or cancelled already.
            UncertainError: Perhaps it is cancelled now; `find` tells later.
            AppointmentNotFoundError, WrongCodeError, LockedError: As `find`.
        """
        ...

    def move(
        self, credentials: Credentials, slot: Slot, key: str, mail: str | None = None
    ) -> Move:
        """Moves a confirmed appointment to another slot.

        The new slot is reserved and confirmed with what the citizen told for the old
        one before that is cancelled: whatever fails, one of both stands.

        Args:
            credentials: Number and code of the old appointment.
            slot: The new slot.
            key: As for `reserve`.
            mail: Another address for the new one, where the old one has too many.

        Raises:
            As `find`, `reserve`, `update`, `confirm`; the old appointment stands.
            NotCancellableError: The old one is over or not confirmed.
            UncertainError: Perhaps the new one is certain; the old one stands.
        """
        ...

    def mail_way(self) -> MailWay:
        """Tells what becomes of mails to citizens, so that nobody waits for one.

        Never raises: where nobody says, it is ``unknown``.
        """
        ...

    def pages(self, credentials: Credentials) -> AppointmentPages | None:
        """Returns where the citizen sees the appointment, if there is such a page."""
        ...

    def link(self, service: str, office: str | None = None) -> BookingTarget:
        """Returns where a citizen books on their own. Asks the portal's facts only.

        Args:
            service: Slug.
            office: Number or slug of the office, if one is chosen.
        """
        ...

    def join_waiting_list(self, wish: WaitingWish) -> WaitingPlace:
        """Has a citizen told by mail when something earlier becomes free.

        Raises:
            InvalidPersonError: The mail address is missing or wrong.
            NotBookableError: Service or office give no such appointments, or this
                desk has no waiting list.
        """
        ...
