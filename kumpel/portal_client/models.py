"""What the portal tells, as typed values (schema.org shapes with our own keys)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Generic, Literal, TypeVar

Confidence = Literal["high", "medium", "low"]
AppointmentNeed = Literal["required", "optional", "none"]
HoursMode = Literal["walkIn", "appointmentOnly", "phone"]
T = TypeVar("T")


@dataclass(frozen=True)
class Fetched(Generic[T]):
    """A value with the moment at which the portal last confirmed it."""

    value: T
    fetched_at: datetime
    """When the portal sent or confirmed the value (aware, Europe/Berlin)."""
    is_stale: bool
    """Whether the portal was out of reach and these are the last known facts."""


@dataclass(frozen=True)
class Source:
    """Where a fact comes from."""

    urls: tuple[str, ...]
    """Pages, best first; may also hold plain names of places without an address."""
    as_of: str | None
    """Date of the fact as its source gives it (``2026-02``, ``2019``), or None."""
    retrieved: str | None
    """Month in which the fact was compiled (``2026-11``)."""
    confidence: Confidence
    """How sure the fact is; ``low`` must be said."""


@dataclass(frozen=True)
class Fee:
    """One line of a service's prices."""

    label: str
    amount: Decimal | None
    """Fixed price in EUR; 0 means free; None where unknown or a range."""
    minimum: Decimal | None
    maximum: Decimal | None
    is_known: bool
    """False where the amount is not known and must not be guessed."""
    legal_basis: str | None
    as_of: str | None
    note: str | None


@dataclass(frozen=True)
class Link:
    """A named address."""

    title: str
    url: str | None
    kind: str
    """``form``, ``portal`` or ``download``."""


@dataclass(frozen=True)
class ExternalBody:
    """An authority outside the city that is in charge."""

    name: str
    url: str | None


class Titled:
    """What has an official name and perhaps one that citizens use."""

    name: str
    short_name: str | None

    @property
    def title(self) -> str:
        """The name to tell a citizen."""
        return self.short_name or self.name


@dataclass(frozen=True)
class OfficeReference(Titled):
    """An office as a service names it."""

    id: str
    """Slug of the office, e.g. ``buergerbuero-mitte``."""
    name: str
    short_name: str | None = None


@dataclass(frozen=True)
class Form:
    """A form assistant."""

    id: str
    title: str
    service: str
    """Slug of the service."""
    url: str
    """Where a citizen opens it (absolute)."""
    is_demonstration: bool
    """Whether the embedded portal shows its own demonstration form."""
    system: str
    """``form-solutions``, ``link`` or ``demonstration``."""


@dataclass(frozen=True)
class ServiceSummary:
    """A service in a list."""

    slug: str
    identifier: str
    name: str
    category: str


@dataclass(frozen=True)
class Service(Titled):
    """Everything that is known about one Leistung."""

    slug: str
    identifier: str
    """The ZMS integer, as text."""
    name: str
    category: str
    synonyms: tuple[str, ...]
    offices: tuple[OfficeReference, ...]
    external_bodies: tuple[ExternalBody, ...]
    documents: tuple[str, ...]
    fees: tuple[Fee, ...]
    processing_time: str | None
    validity: str | None
    deadline: str | None
    facts: tuple[str, ...]
    unverified: tuple[str, ...]
    """Statements that no source confirmed; never told as certain."""
    related: tuple[str, ...]
    """Slugs."""
    legal_basis: tuple[str, ...]
    appointment: AppointmentNeed
    appointment_note: str | None
    appointment_confirmed: bool | None
    booking_url: str | None
    online: tuple[Link, ...]
    forms: tuple[Form, ...]
    is_krefeld_specific: bool
    source: Source
    short_name: str | None = None


@dataclass(frozen=True)
class Phone:
    """A telephone number."""

    number: str
    note: str | None


@dataclass(frozen=True)
class Interval:
    """Opening time of one day; ``24:00`` may end it."""

    opens: str
    closes: str
    mode: HoursMode


@dataclass(frozen=True)
class DayHours:
    """One resolved day."""

    day: date
    is_open: bool
    intervals: tuple[Interval, ...]
    reason_kind: str | None
    """``special``, ``holiday`` or ``regular`` where the day is closed or unusual."""
    reason: str | None
    """Reason in German for citizens."""
    is_known: bool = True
    """False where no source says whether it is open on that day."""


@dataclass(frozen=True)
class OfficeHours:
    """Resolved days of one office."""

    office: str
    are_known: bool
    """False where no source gives opening hours: then `days` is empty."""
    days: tuple[DayHours, ...]
    source: Source
    is_outdated: bool
    """Whether the source is older than the portal's limit."""


@dataclass(frozen=True)
class OfficeStatus:
    """Whether an office is open at a moment."""

    office: str
    at: datetime
    are_hours_known: bool
    is_open: bool | None
    """None where the hours are unknown."""
    mode: HoursMode | None
    next_change_at: datetime | None
    next_change_to: Literal["open", "closed"] | None
    reason_kind: str | None
    reason: str | None
    source: Source
    is_outdated: bool


@dataclass(frozen=True)
class OfficeQueue:
    """How full an office is at a moment."""

    at: datetime
    waiting: int | None
    estimated_minutes: int | None
    is_demonstration: bool
    """Whether the figures are invented for a demonstration; must be said."""


@dataclass(frozen=True)
class Office(Titled):
    """A Dienststelle."""

    id: str
    """Slug, e.g. ``buergerbuero-mitte``."""
    identifier: str
    """The ZMS integer, as text."""
    name: str
    aliases: tuple[str, ...]
    department: str | None
    street: str | None
    postcode: str | None
    city: str | None
    district: str | None
    """Stadtteil, where known."""
    phones: tuple[Phone, ...]
    emails: tuple[str, ...]
    website: str | None
    appointment_url: str | None
    is_by_appointment_only: bool | None
    hours_note: str | None
    payment: str | None
    accessibility: str | None
    transport: str | None
    tasks: tuple[str, ...]
    notes: tuple[str, ...]
    latitude: float | None
    longitude: float | None
    source: Source
    short_name: str | None = None
    is_external: bool = False
    """Whether it is not the city's, such as the local court."""


@dataclass(frozen=True)
class Holiday:
    """A public holiday of North Rhine-Westphalia."""

    day: date
    name: str


@dataclass(frozen=True)
class OfficeSummary:
    """An office in a list: what is needed to find the one that is meant."""

    id: str
    name: str
    aliases: tuple[str, ...]
    district: str | None


@dataclass(frozen=True)
class EmergencyNumber:
    """A number for an emergency or a crisis."""

    number: str
    name: str
    purpose: str | None
    topics: tuple[str, ...]
    """What it is for: ``fire``, ``medical``, ``suicide`` …"""


@dataclass(frozen=True)
class DogWasteStation:
    """A dispenser of dog-waste bags."""

    place: str
    district: str | None
    as_of: str | None


@dataclass(frozen=True)
class DogWasteStations:
    """The stations that are known by name, and whom to tell about an empty one."""

    stations: tuple[DogWasteStation, ...]
    report: str | None
    source: Source


@dataclass(frozen=True)
class Street:
    """A street with its district."""

    name: str
    district: str | None
    postcode: str | None
