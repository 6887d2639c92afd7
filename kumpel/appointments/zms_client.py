"""The appointment desk behind ZMS's citizen API, of either generation."""

from __future__ import annotations

import copy
import hashlib
import json
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from kumpel.appointments import zms_parse
from kumpel.appointments.credentials import token_of
from kumpel.appointments.directory import Directory
from kumpel.appointments.kept import Kept
from kumpel.appointments.models import (
    Appointment,
    AppointmentPages,
    BookableOffice,
    BookableService,
    BookingTarget,
    Capabilities,
    Credentials,
    FreeDay,
    MailWay,
    Move,
    Person,
    QueueState,
    Reservation,
    Slot,
    WaitingPlace,
    WaitingWish,
    Wish,
)
from kumpel.appointments.person import fields_of
from kumpel.appointments.portal_extras import PortalExtras
from kumpel.appointments.transport import Answer, Transport
from kumpel.appointments.zms_calendar import (
    MAXIMUM_RANGE,
    Calendar,
    Generation,
    Search,
    generation_of,
)
from kumpel.clock import Clock
from kumpel.errors import (
    AppointmentNotFoundError,
    InvalidInputError,
    NotBookableError,
    NotCancellableError,
    PortalError,
    ReservationLapsedError,
    TooManyPersonsError,
    UncertainError,
    WrongCodeError,
)

logger = logging.getLogger(__name__)

#: What can be booked changes seldom; asking again later costs little.
_CATALOGUE_KEPT_FOR_SECONDS = 300.0
#: Whether mails are sent changes with a restart of the portal only.
_MAIL_WAY_KEPT_FOR_SECONDS = 60.0


@dataclass(frozen=True)
class ZmsSite:
    """What one installation has besides the plain citizen API.

    Attributes:
        is_own_portal: Whether it is our own portal. It knows the header
            `Idempotency-Key`, so that a lost reservation can be asked for again, and
            has pages for appointments.
        public_url: The portal's address for citizens, or the page of ZMS's front end
            (`…/terminvereinbarung.html`); None where there is none.
    """

    is_own_portal: bool
    public_url: str | None


class ZmsClient:
    """Books at ZMS; see `AppointmentDesk` for what each method promises."""

    def __init__(
        self,
        transport: Transport,
        directory: Directory,
        clock: Clock,
        site: ZmsSite,
        extras: PortalExtras | None = None,
    ) -> None:
        """Takes its parts; asks nothing yet.

        Args:
            transport: To the citizen API, with `zms_errors.error_from`.
            directory: Knows which service has which number.
            clock: Tells which slots lie ahead, and when a reservation lapses.
            site: What the installation has besides.
            extras: Waiting list and queue state, where the portal has them.
        """
        self._transport = transport
        self._directory = directory
        self._clock = clock
        self._site = site
        self._extras = extras
        self._deadline: float | None = None
        self._shared = _Shared()

    @property
    def capabilities(self) -> Capabilities:
        """What this desk can do."""
        has_extras = self._extras is not None
        return Capabilities(True, has_extras, has_extras)

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

    def find(self, credentials: Credentials) -> Appointment:
        """Looks an appointment up."""
        query = {
            "processId": credentials.process_id,
            "authKey": credentials.auth_key,
        }
        answer = self._transport.get("appointment/", query, deadline=self._deadline)
        return self._appointment(answer, credentials)

    def cancel(self, credentials: Credentials) -> Appointment:
        """Cancels an appointment, or gives a reservation back, and returns it."""
        before = self.find(credentials)
        body = _body_of(credentials)
        try:
            self._post("cancel-appointment/", body)
        except UncertainError:
            if not self._is_gone(credentials):
                raise
        # ZMS's answer has lost the office; what stood there before is of more use.
        return replace(before, status="cancelled", auth_key="", calendar=None)

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

    def queue(self, office: str) -> QueueState | None:
        """Returns how full an office is, or None where nobody tells."""
        return self._extras.queue(office, self._deadline) if self._extras else None

    # --- Catalogue and calendar

    def _catalogue(self) -> zms_parse.Catalogue:
        return self._shared.catalogue.get(
            lambda: zms_parse.catalogue(
                zms_parse.unwrapped(
                    self._transport.get(
                        "offices-and-services/", deadline=self._deadline
                    ).document
                )
            ),
            time.monotonic() + _CATALOGUE_KEPT_FOR_SECONDS,
        )

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

    def _known_office(self, office: BookableOffice) -> BookableOffice:
        facts = self._directory.office(office.id)
        if facts is None:
            return office
        return replace(office, slug=facts.slug, district=facts.district)

    # --- Steps of an appointment

    def _reserve(
        self,
        slot: Slot,
        services: tuple[tuple[str, int], ...],
        office: BookableOffice,
        key: str,
    ) -> tuple[Reservation, bool]:
        """Reserves, and tells whether it was done just now and not by a repetition."""
        body = {
            "timestamp": int(slot.starts_at.timestamp()),
            "officeId": int(slot.office),
            "serviceId": [id_ for id_, _ in services],
            "serviceCount": [count for _, count in services],
        }
        # Hashed, as the key may name a conversation, which is none of the system's
        # business; with the body, as a key with another body would be refused.
        whole = json.dumps([key, body], sort_keys=True)
        headers = {"Idempotency-Key": hashlib.sha256(whole.encode()).hexdigest()}
        try:
            answer = self._post("reserve-appointment/", body, headers)
        except UncertainError:
            if not self._site.is_own_portal:
                raise
            answer = self._post("reserve-appointment/", body, headers)
        found = zms_parse.appointment(zms_parse.unwrapped(answer.document))
        is_repeated = "Idempotency-Replayed" in answer.headers
        if is_repeated:
            self._check_still_there(found.credentials)
        expires_at = self._clock() + timedelta(minutes=office.reservation_minutes)
        reservation = Reservation(
            found.process_id, found.auth_key, slot, office, expires_at
        )
        return reservation, not is_repeated

    def _check_still_there(self, credentials: Credentials) -> None:
        """Makes sure that a reservation which is told again has not lapsed."""
        try:
            self.find(credentials)
        except (AppointmentNotFoundError, WrongCodeError) as error:
            raise ReservationLapsedError(
                "The reservation with this key lapsed: take another key."
            ) from error

    def _step(
        self, path: str, reservation: Reservation, fields: Any = None
    ) -> tuple[Appointment, Any]:
        """Takes a step; returns the appointment, and the whole answer."""
        body = {**_body_of(reservation.credentials), **(fields or {})}
        try:
            answer = self._post(path, body)
        except AppointmentNotFoundError as error:
            # ZMS sweeps what lapsed: to the citizen it is the same.
            raise ReservationLapsedError(str(error)) from error
        found = self._appointment(answer, reservation.credentials)
        return found, zms_parse.unwrapped(answer.document)

    def _until_sure(
        self,
        reservation: Reservation,
        step: Callable[[], Appointment],
        wanted: tuple[str, ...],
    ) -> Appointment:
        """Takes a step; where its outcome is in doubt, looks before it repeats it."""
        try:
            return step()
        except ReservationLapsedError:
            found = self._found_or_none(reservation.credentials)
            if found is None or found.status not in wanted:
                raise
        except UncertainError as error:
            try:
                found = self.find(reservation.credentials)
            except AppointmentNotFoundError as gone:
                raise ReservationLapsedError(str(gone)) from error
            except PortalError:
                # The doubt is what has to be told, not that looking failed as well.
                raise error from None
            if found.status not in wanted:
                return step()
        return found

    def _confirm_for(
        self, reservation: Reservation, person: Person, old: Credentials
    ) -> tuple[Appointment, bool]:
        """Confirms a reservation in place of an appointment.

        Our own portal does not count the old one against the limit of a mail address,
        and cancels it in the same transaction. ZMS knows no such thing.

        Returns:
            The new appointment, and whether the old one is cancelled with it.
        """
        replaces = {"replaces": _body_of(old)} if self._site.is_own_portal else {}
        answers: list[Any] = []

        def step() -> Appointment:
            made, whole = self._step("confirm-appointment/", reservation, replaces)
            answers.append(whole)
            return made

        try:
            self._step(
                "update-appointment/", reservation, {**fields_of(person), **replaces}
            )
        except ReservationLapsedError:
            # Another tab may have confirmed it meanwhile.
            found = self._found_or_none(reservation.credentials)
            if found is None or found.status != "confirmed":
                raise
            return found, False
        made = self._until_sure(reservation, step, ("confirmed",))
        is_told = any(isinstance(a, Mapping) and a.get("replaced") for a in answers)
        return made, is_told

    def _found_or_none(self, credentials: Credentials) -> Appointment | None:
        try:
            return self.find(credentials)
        except PortalError:
            return None

    def _is_gone(self, credentials: Credentials) -> bool:
        """Tells whether a cancellation without an answer was done."""
        try:
            return self.find(credentials).status == "cancelled"
        except (WrongCodeError, AppointmentNotFoundError):
            return True
        except PortalError:
            return False

    def _is_cancelled(self, credentials: Credentials) -> bool:
        """Cancels, and tells whether it is cancelled then, whoever did it."""
        try:
            self.cancel(credentials)
        except (WrongCodeError, AppointmentNotFoundError):
            return True
        except PortalError as error:
            logger.warning("A moved appointment was not cancelled: %s", error)
            return False
        return True

    def _give_back(self, credentials: Credentials) -> None:
        try:
            self._post("cancel-appointment/", _body_of(credentials))
        except PortalError as error:
            logger.warning("A reservation was not given back; it lapses: %s", error)

    def _post(
        self, path: str, body: dict[str, Any], headers: dict[str, str] | None = None
    ) -> Answer:
        return self._transport.post(
            path, body, headers=headers, deadline=self._deadline
        )

    def _appointment(self, answer: Answer, credentials: Credentials) -> Appointment:
        found = zms_parse.appointment(zms_parse.unwrapped(answer.document))
        offered = self._catalogue().offices.get(found.slot.office)
        office = offered.office if offered else found.office
        return replace(
            found,
            auth_key=found.auth_key or credentials.auth_key,
            service=self._directory.service_slug(found.service_id),
            office=self._known_office(office) if office else None,
        )


def _body_of(credentials: Credentials) -> dict[str, Any]:
    return {
        "processId": int(credentials.process_id),
        "authKey": credentials.auth_key,
    }


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


class _Shared:
    """What all copies of a client have in common."""

    def __init__(self) -> None:
        self.catalogue: Kept[zms_parse.Catalogue] = Kept()
        self.generation: Kept[Generation] = Kept()
        self.mail: Kept[bool | None] = Kept()
