"""The steps of an appointment at ZMS, each of which may end in doubt."""

from __future__ import annotations

import hashlib
import json
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from kumpel.appointments import zms_parse
from kumpel.appointments.directory import Directory
from kumpel.appointments.kept import Kept
from kumpel.appointments.models import (
    Appointment,
    BookableOffice,
    Credentials,
    Person,
    Reservation,
    Slot,
)
from kumpel.appointments.person import fields_of
from kumpel.appointments.portal_extras import PortalExtras
from kumpel.appointments.transport import Answer, Transport
from kumpel.appointments.zms_calendar import (
    Generation,
)
from kumpel.clock import Clock
from kumpel.errors import (
    AppointmentNotFoundError,
    PortalError,
    ReservationLapsedError,
    UncertainError,
    WrongCodeError,
)

logger = logging.getLogger(__name__)

#: What can be booked changes seldom; asking again later costs little.
_CATALOGUE_KEPT_FOR_SECONDS = 300.0


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


class ZmsSteps:
    """Reserves, updates, confirms and cancels; `ZmsClient` is the desk made of it."""

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
            extras: Waiting list and mails, where the portal has them.
        """
        self._transport = transport
        self._directory = directory
        self._clock = clock
        self._site = site
        self._extras = extras
        self._deadline: float | None = None
        self._shared = _Shared()

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
        body = body_of(credentials)
        try:
            self._post("cancel-appointment/", body)
        except UncertainError:
            if not self._is_gone(credentials):
                raise
        # ZMS's answer has lost the office; what stood there before is of more use.
        return replace(before, status="cancelled", auth_key="", calendar=None)

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
        body = {**body_of(reservation.credentials), **(fields or {})}
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
        replaces = {"replaces": body_of(old)} if self._site.is_own_portal else {}
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
            self._post("cancel-appointment/", body_of(credentials))
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


def body_of(credentials: Credentials) -> dict[str, Any]:
    """Returns number and code as every step sends them."""
    return {
        "processId": int(credentials.process_id),
        "authKey": credentials.auth_key,
    }


class _Shared:
    """What all copies of a client have in common."""

    def __init__(self) -> None:
        self.catalogue: Kept[zms_parse.Catalogue] = Kept()
        self.generation: Kept[Generation] = Kept()
        self.mail: Kept[bool | None] = Kept()
