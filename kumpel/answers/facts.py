"""The facts that one answer stands on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from kumpel.portal_client.models import (
    Office,
    OfficeHours,
    OfficeQueue,
    OfficeReference,
    Service,
)

#: The exchange of the town hall: the last resort of every answer.
HOTLINE = "02151 86-0"


@dataclass(frozen=True)
class Question:
    """What a citizen named besides service and aspect."""

    district: str | None = None
    """Stadtteil, as the citizens say it."""
    office: str | None = None
    """Slug or name of an office."""
    day: date | None = None
    age_in_years: int | None = None


@dataclass(frozen=True)
class OfficeFacts:
    """One office with its hours."""

    office: Office
    hours: OfficeHours | None
    """None where the hours could not be had."""
    queue: OfficeQueue | None = None
    """How full it is right now, while it is open and somebody tells."""

    @property
    def phone(self) -> str:
        """The number to call."""
        phones = self.office.phones
        return phones[0].number if phones else HOTLINE


@dataclass(frozen=True)
class ServiceFacts:
    """A service with the office under discussion."""

    service: Service
    place: OfficeFacts | None
    """The office that fits the question best; None where none could be had."""
    other_offices: tuple[OfficeReference, ...]
    """The further offices of the service."""
    now: datetime
    question: Question
    is_in_district: bool
    """Whether `place` lies in the district of the question."""
    stale_since: datetime | None
    """When the facts were last confirmed, if the portal is out of reach now."""
    is_booked_here: bool = False
    """Whether the chat itself books appointments for it."""

    @property
    def phone(self) -> str:
        """The number to call about this service."""
        return self.place.phone if self.place else HOTLINE

    @property
    def office_name(self) -> str | None:
        """The responsible office, or None where none is known."""
        return self.place.office.title if self.place else None
