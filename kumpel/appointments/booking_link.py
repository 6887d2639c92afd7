"""The desk of a system that lets only people in: all it gives is where to go.

Krefeld's TEVIS is one: its pages are bound to a session and end in a captcha, and
nothing about them is documented. So there is a link, and nobody reads its calendar.
"""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import NoReturn

from kumpel.appointments.directory import Directory
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
from kumpel.errors import NotBookableError


class BookingLink:
    """Names the booking page of a service; see `AppointmentDesk` for the methods.

    Whatever would book raises `NotBookableError`. The dialogue looks at
    `capabilities` first, and so is the same for every system.
    """

    def __init__(self, directory: Directory, default_url: str | None = None) -> None:
        """Takes what knows the links.

        Args:
            directory: Knows the booking pages of services and offices.
            default_url: Where citizens book what has no page of its own.
        """
        self._directory = directory
        self._default_url = default_url

    @property
    def capabilities(self) -> Capabilities:
        """What this desk can do: nothing but `link`."""
        return Capabilities(False, False)

    def within(self, seconds: float) -> BookingLink:
        """Returns the same desk for one citizen's answer, with its time limit."""
        limited = copy.copy(self)
        limited._directory = self._directory.within(seconds)
        return limited

    def link(self, service: str, office: str | None = None) -> BookingTarget:
        """Returns where a citizen books."""
        target = self._directory.target(service, office)
        return replace(target, url=target.url or self._default_url)

    def is_bookable(self, service: str) -> bool:
        """Tells that nothing is booked here."""
        return False

    def service(self, slug: str) -> BookableService:
        """Raises, as nothing is booked here."""
        self._refuse()

    def free_days(self, wish: Wish) -> tuple[FreeDay, ...]:
        """Raises, as nothing is booked here."""
        self._refuse()

    def free_slots(self, wish: Wish, most_days: int = 3) -> tuple[Slot, ...]:
        """Raises, as nothing is booked here."""
        self._refuse()

    def reserve(self, slot: Slot, service: str, persons: int, key: str) -> Reservation:
        """Raises, as nothing is booked here."""
        self._refuse()

    def update(self, reservation: Reservation, person: Person) -> Reservation:
        """Raises, as nothing is booked here."""
        self._refuse()

    def preconfirm(self, reservation: Reservation) -> Appointment:
        """Raises, as nothing is booked here."""
        self._refuse()

    def confirm(self, reservation: Reservation) -> Appointment:
        """Raises, as nothing is booked here."""
        self._refuse()

    def find(self, credentials: Credentials) -> Appointment:
        """Raises, as nothing is booked here."""
        self._refuse()

    def cancel(self, credentials: Credentials) -> Appointment:
        """Raises, as nothing is booked here."""
        self._refuse()

    def move(
        self, credentials: Credentials, slot: Slot, key: str, mail: str | None = None
    ) -> Move:
        """Raises, as nothing is booked here."""
        self._refuse()

    def mail_way(self) -> MailWay:
        """Tells that whatever mails there are come from the other system."""
        return "elsewhere"

    def pages(self, credentials: Credentials) -> AppointmentPages | None:
        """Returns None: nobody but the system's own mails knows such a page."""
        return None

    def join_waiting_list(self, wish: WaitingWish) -> WaitingPlace:
        """Raises, as nothing is booked here."""
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise NotBookableError("Citizens book on their own here: KUMPEL_APPOINTMENTS.")
