"""The appointment desk behind ZMS's citizen API, of either generation."""

from __future__ import annotations

import copy
import logging
import time
from dataclasses import replace
from datetime import timedelta

from kumpel.appointments.credentials import token_of
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
from kumpel.appointments.person import fields_of
from kumpel.appointments.zms_calendar import (
    MAXIMUM_RANGE,
    Calendar,
    Search,
    generation_of,
)
from kumpel.appointments.zms_steps import ZmsSteps
from kumpel.errors import (
    InvalidInputError,
    NotBookableError,
    NotCancellableError,
    PortalError,
    TooManyPersonsError,
    UncertainError,
)

logger = logging.getLogger(__name__)

#: Whether mails are sent changes with a restart of the portal only.
_MAIL_WAY_KEPT_FOR_SECONDS = 60.0


class ZmsClient(ZmsSteps):
    """Books at ZMS; see `AppointmentDesk` for what each method promises."""

    @property
    def capabilities(self) -> Capabilities:
        """What this desk can do."""
        return Capabilities(True, self._extras is not None)

    def within(self, seconds: float) -> ZmsClient:
        """Returns the same desk for one citizen's answer, with its time limit."""
        limited = copy.copy(self)
        limited._deadline = time.monotonic() + seconds
        limited._directory = self._directory.within(seconds)
        return limited

    def is_bookable(self, service: str) -> bool:
        """Tells whether `service` would find a slug."""
        id_ = self._directory.service_id(service)
        offered = self._catalogue().services.get(id_ or "")
        return offered is not None and bool(offered.slots_by_office)

    def service(self, slug: str) -> BookableService:
        """Returns a service and the offices at which it is booked."""
        id_ = self._directory.service_id(slug)
        catalogue = self._catalogue()
        offered = catalogue.services.get(id_ or "")
        if offered is None or not offered.slots_by_office:
            raise NotBookableError(f"ZMS gives no appointments for {slug}.")
        return BookableService(
            slug=slug,
            id=offered.id,
            name=offered.name,
            most_persons=catalogue.most_persons(offered),
            offices=tuple(
                self._known_office(catalogue.offices[office].office)
                for office in offered.slots_by_office
            ),
        )

    def free_days(self, wish: Wish) -> tuple[FreeDay, ...]:
        """Returns all days of the wish with something free, earliest first."""
        search = self._search(wish)
        return self._calendar().days(search).days if search else ()

    def free_slots(self, wish: Wish, most_days: int = 3) -> tuple[Slot, ...]:
        """Returns the slots of the earliest days of a wish, earliest first."""
        search = self._search(wish)
        if search is None:
            return ()
        calendar, now = self._calendar(), self._clock()
        found = calendar.days(search)
        slots: list[Slot] = []
        days_left = most_days
        # A day may be taken while we ask; a few more are tried then, not all.
        for free in found.days[: 2 * most_days]:
            if not days_left:
                break
            # A page of ZMS holds the slots of one day only.
            on_day = found.slots.get(free.day) or calendar.slots(search, free.day)
            ahead = [slot for slot in on_day if slot.starts_at > now]
            slots += ahead
            days_left -= bool(ahead)
        return tuple(slots)

    def reserve(self, slot: Slot, service: str, persons: int, key: str) -> Reservation:
        """Keeps a slot for some minutes."""
        found = self.service(service)
        office = found.office(slot.office)
        if office is None:
            raise NotBookableError(f"Office {slot.office} does not offer {service}.")
        if persons > found.most_persons:
            raise TooManyPersonsError(
                f"{persons} persons are too many for {service}.",
                most=found.most_persons,
            )
        services = ((found.id, persons),)
        return self._reserve(slot, services, office, key)[0]

    def update(self, reservation: Reservation, person: Person) -> Reservation:
        """Notes who comes, and returns the reservation with its new expiry."""
        self._step("update-appointment/", reservation, fields_of(person))
        minutes = reservation.office.reservation_minutes
        return replace(
            reservation, expires_at=self._clock() + timedelta(minutes=minutes)
        )

    def preconfirm(self, reservation: Reservation) -> Appointment:
        """Has the citizen confirm by a link in a mail."""
        return self._until_sure(
            reservation,
            lambda: self._step("preconfirm-appointment/", reservation)[0],
            ("preconfirmed", "confirmed"),
        )

    def confirm(self, reservation: Reservation) -> Appointment:
        """Makes a reservation certain. Confirming twice is harmless."""
        return self._until_sure(
            reservation,
            lambda: self._step("confirm-appointment/", reservation)[0],
            ("confirmed",),
        )

    def move(
        self, credentials: Credentials, slot: Slot, key: str, mail: str | None = None
    ) -> Move:
        """Moves a confirmed appointment to another slot."""
        old = self.find(credentials)
        if old.status != "confirmed" or old.slot.starts_at <= self._clock():
            raise NotCancellableError(f"An appointment that is {old.status} stays.")
        office = self._catalogue().offices.get(slot.office)
        if office is None:
            raise NotBookableError(f"Office {slot.office} gives no appointments.")
        services = ((old.service_id, old.persons), *old.further_services)
        new, is_ours = self._reserve(
            slot, services, self._known_office(office.office), key
        )
        try:
            person = replace(old.person, mail=mail) if mail else old.person
            confirmed, is_replaced = self._confirm_for(new, person, credentials)
        except PortalError as error:
            # Only what is surely not confirmed, by us or in another tab, is given
            # back: rather two appointments than none. A mere reservation lapses.
            if is_ours and not isinstance(error, UncertainError):
                self._give_back(new.credentials)
            raise
        return Move(confirmed, is_replaced or self._is_cancelled(credentials))

    def mail_way(self) -> MailWay:
        """Tells what becomes of mails to citizens."""
        extras = self._extras
        if extras is None:
            return "elsewhere"
        try:
            is_sent = self._shared.mail.get(
                lambda: extras.sends_mail(self._deadline),
                time.monotonic() + _MAIL_WAY_KEPT_FOR_SECONDS,
            )
        except PortalError as error:
            logger.info("Nobody says whether mails are sent: %s", error)
            return "unknown"
        if is_sent is None:
            return "unknown"
        return "sent" if is_sent else "kept"

    def pages(self, credentials: Credentials) -> AppointmentPages | None:
        """Returns where the citizen sees the appointment, if there is such a page."""
        if self._site.public_url is None:
            return None
        token = token_of(credentials)
        if not self._site.is_own_portal:
            url = f"{self._site.public_url}#/appointment/{token}"
            return AppointmentPages(url, None)
        url = f"{self._site.public_url}/terminvereinbarung/appointment/{token}"
        return AppointmentPages(url, f"{url}/termin.ics")

    def link(self, service: str, office: str | None = None) -> BookingTarget:
        """Returns where a citizen books on their own."""
        target = self._directory.target(service, office)
        if self._site.is_own_portal or self._site.public_url is None:
            return target
        # ZMS's front end: the address says what was chosen already.
        url = f"{self._site.public_url}#/services/{self._directory.service_id(service)}"
        found = self.service(service).office(office) if office else None
        return replace(target, url=f"{url}/locations/{found.id}" if found else url)

    def join_waiting_list(self, wish: WaitingWish) -> WaitingPlace:
        """Has a citizen told by mail when something earlier becomes free."""
        if self._extras is None:
            raise NotBookableError("This system has no waiting list.")
        found = self.service(wish.service)
        offices = _chosen(found, wish.offices)
        return self._extras.join(wish, found.id, offices, self._deadline)

    # --- Catalogue and calendar

    def _calendar(self) -> Calendar:
        generation = self._shared.generation.get(
            lambda: generation_of(self._transport, self._deadline), float("inf")
        )
        return Calendar(self._transport, generation, self._deadline)

    def _search(self, wish: Wish) -> Search | None:
        """Returns a wish in ZMS's terms; None where it lies in the past."""
        found = self.service(wish.service)
        offices = _chosen(found, wish.offices)
        if wish.persons < 1:
            raise InvalidInputError("An appointment is for one person at least.")
        if wish.persons > found.most_persons:
            raise TooManyPersonsError(
                f"{wish.persons} persons are too many for {wish.service}.",
                most=found.most_persons,
            )
        first = max(wish.first, self._clock().date())
        last = min(wish.last, first + MAXIMUM_RANGE)
        if last < first:
            return None
        return Search(found.id, wish.persons, offices, first, last)


def _chosen(service: BookableService, offices: tuple[str, ...]) -> tuple[str, ...]:
    """Returns the numbers of the offices that are asked for.

    Raises:
        NotBookableError: One of them does not offer the service.
    """
    if not offices:
        return tuple(office.id for office in service.offices)
    found = [service.office(name) for name in offices]
    if None in found:
        raise NotBookableError(f"Not all of {offices} offer {service.slug}.")
    return tuple(office.id for office in found if office)
