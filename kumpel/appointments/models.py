"""Values of the appointment desk. What identifies a citizen never shows in a `repr`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from kumpel.clock import TIME_ZONE
from kumpel.errors import InvalidInputError

Wanted = Literal["no", "offered", "required"]
MailWay = Literal["sent", "kept", "elsewhere", "unknown"]
"""What becomes of mails to citizens: sent by the portal; only kept in its outbox, for a
demonstration; sent by another system, if by anybody; or nobody could say just now."""
Status = Literal[
    "reserved", "preconfirmed", "confirmed", "called", "finished", "missed", "cancelled"
]


@dataclass(frozen=True)
class Capabilities:
    """What a desk can do; the dialogue offers nothing else."""

    can_book: bool
    """Reserve, confirm, look up, move and cancel. Else `link` is all there is."""
    has_waiting_list: bool


@dataclass(frozen=True)
class BookableOffice:
    """An office that gives appointments, and what it wants to know."""

    id: str
    """The number by which the desk knows it (ZMS: an integer, as text)."""
    slug: str | None
    """The portal's slug, e.g. ``buergerbuero-mitte``; None where it has none."""
    name: str
    street: str | None
    """With house number."""
    postcode: str | None
    city: str | None
    district: str | None
    """Stadtteil, where the portal knows it."""
    needs_mail: bool
    telephone: Wanted
    remark: Wanted
    remark_label: str | None
    """What the remark is for, in German."""
    hint: str | None
    """What every citizen must be told, e.g. that the calendar is a demonstration."""
    reservation_minutes: int
    """How long a reservation is kept."""
    is_demonstration: bool = False
    """Whether the hint says that the hours of this calendar are examples."""

    @property
    def address(self) -> str | None:
        """The address in one line, or None."""
        town = " ".join(filter(None, (self.postcode, self.city)))
        return ", ".join(filter(None, (self.street, town))) or None


@dataclass(frozen=True)
class BookableService:
    """A service for which appointments are given."""

    slug: str
    id: str
    """The number by which the desk knows it."""
    name: str
    most_persons: int
    """For how many persons one appointment can be."""
    offices: tuple[BookableOffice, ...]

    def office(self, name: str) -> BookableOffice | None:
        """Returns the office with a number or slug, if it offers the service."""
        return next((o for o in self.offices if name in (o.id, o.slug)), None)


@dataclass(frozen=True)
class Wish:
    """What a citizen looks for."""

    service: str
    """Slug."""
    first: date
    last: date
    """Both ends belong to it. At most 365 days, more are cut off."""
    offices: tuple[str, ...] = ()
    """Numbers of offices; none means all that offer the service."""
    persons: int = 1


@dataclass(frozen=True)
class FreeDay:
    """A day with something free."""

    day: date
    offices: tuple[str, ...]
    """Numbers of the offices with something free on that day."""


@dataclass(frozen=True, order=True)
class Slot:
    """A moment at which an appointment can begin at an office."""

    starts_at: datetime
    """Aware, Europe/Berlin."""
    office: str
    """Number of the office."""

    @property
    def day(self) -> date:
        """The local day."""
        return self.starts_at.date()

    @property
    def token(self) -> str:
        """A short text for a button or a stored state: ``1796108400@20101``."""
        return f"{int(self.starts_at.timestamp())}@{self.office}"

    @classmethod
    def from_token(cls, token: str) -> Slot:
        """Reads a `token`.

        Raises:
            InvalidInputError: It is none.
        """
        seconds, _, office = token.partition("@")
        try:
            starts_at = datetime.fromtimestamp(int(seconds), TIME_ZONE)
        except (ValueError, OverflowError, OSError) as error:
            raise InvalidInputError(f"{token!r} names no slot.") from error
        if not office:
            raise InvalidInputError(f"{token!r} names no office.")
        return cls(starts_at, office)


@dataclass(frozen=True)
class Credentials:
    """Number and code: who has both may see, change and cancel an appointment."""

    process_id: str
    auth_key: str = field(repr=False)


@dataclass(frozen=True)
class Person:
    """Who comes."""

    name: str = field(repr=False)
    """First and last name, as one text."""
    mail: str | None = field(default=None, repr=False)
    telephone: str | None = field(default=None, repr=False)
    """As the citizen wrote it: blanks and hyphens are taken out when it is sent."""
    remark: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Reservation:
    """A slot that is kept for one citizen until `expires_at`."""

    process_id: str
    auth_key: str = field(repr=False)
    slot: Slot
    office: BookableOffice
    expires_at: datetime
    """Aware, Europe/Berlin. `update` puts it off."""

    @property
    def credentials(self) -> Credentials:
        """What later steps ask for."""
        return Credentials(self.process_id, self.auth_key)


@dataclass(frozen=True)
class Appointment:
    """An appointment as the desk has it."""

    process_id: str
    """The number to give when looking it up."""
    auth_key: str = field(repr=False)
    """The code; a new, useless one once it is cancelled."""
    status: Status
    number: str
    """What is called out at the office; the `process_id` where there is no other."""
    service: str | None
    """Slug; None where the portal does not know the service."""
    service_id: str
    """The number by which the desk knows it."""
    service_name: str
    persons: int
    further_services: tuple[tuple[str, int], ...]
    """Numbers and counts of what else is done in the same appointment."""
    slot: Slot
    """Its office is ``0`` where the desk does not say (ZMS, once cancelled)."""
    office: BookableOffice | None
    person: Person
    calendar: str | None = field(default=None, repr=False)
    """iCalendar text."""

    @property
    def credentials(self) -> Credentials:
        """What later steps ask for."""
        return Credentials(self.process_id, self.auth_key)


@dataclass(frozen=True)
class Move:
    """What came of moving an appointment."""

    new: Appointment
    is_old_cancelled: bool
    """False where the old one still stands, though the new one is sure: the citizen
    must be asked to cancel it."""


@dataclass(frozen=True)
class AppointmentPages:
    """Where a citizen finds an appointment. The addresses hold the code: never log."""

    show_url: str = field(repr=False)
    calendar_url: str | None = field(repr=False)
    """An iCalendar file to download."""


@dataclass(frozen=True)
class BookingTarget:
    """Where people book, where we cannot do it for them."""

    url: str | None
    phone: str | None


@dataclass(frozen=True)
class WaitingWish:
    """Who wants to hear of an earlier date."""

    service: str
    """Slug."""
    before: datetime
    """Only earlier moments are of interest: the date they have, or the last day."""
    person: Person
    """With a mail address."""
    offices: tuple[str, ...] = ()
    """Numbers of offices; none means all that offer the service."""
    persons: int = 1


@dataclass(frozen=True)
class WaitingPlace:
    """A place on the waiting list."""

    token: str = field(repr=False)
    """With it the citizen can leave the list."""
    before: datetime
    position: int
    """How many stand in front, plus one."""
    offered_until: datetime | None = None
    """Set where something is free already: the offer is in the mail, until then."""
