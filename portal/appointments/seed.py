"""Reads and checks `seed/appointments/booking.yml`."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field

from kumpel.errors import ConfigurationError
from portal.seed_models import Hours, Strict
from portal.seed_reader import SEED_DIR, checked, read_file

#: Most slots of one appointment, whatever an office allows (ZMS: MAX_SLOTS).
MAXIMUM_SLOTS = 25

Wanted = Literal["no", "offered", "required"]


class Release(Strict):
    """When new days become bookable."""

    first: str = Field(..., regex=r"^\d{4}-\d\d-\d\d$")
    """Any day on which days were released."""
    time: str = Field(..., regex=r"^\d\d:\d\d$")
    every_days: int = Field(..., ge=1, le=366)
    days_ahead: int = Field(..., ge=1, le=366)
    """From the day of a release to the last day that it opens."""


class DemonstrationHours(Strict):
    """Hours in which may be booked where opening hours are unknown."""

    is_demonstration: Literal[True]
    hint: str
    hours: Hours


class Load(Strict):
    """Invented demand, so that a demonstration is not an empty calendar."""

    booked_out_days: float = Field(..., ge=0, le=1)
    taken: float = Field(..., ge=0, le=1)
    """Share of the seats that are taken on other days."""


class OfficeBooking(Strict):
    """How appointments at an office are given."""

    seats: int = Field(..., ge=1, le=9)
    slot_minutes: int = Field(..., ge=5, le=60)
    load: Load
    slots_per_appointment: int = Field(..., ge=1, le=MAXIMUM_SLOTS)
    appointments_per_mail: int = Field(..., ge=1, le=99)
    whitelisted_mails: tuple[str, ...] = ()
    email_required: bool
    telephone: Wanted
    remark: Wanted
    remark_label: str
    shared_pool: str | None = None
    """Name of a pool of seats that several offices share."""
    uses_demonstration_hours: bool = False
    """Whether the known opening hours are not those for appointments."""


class BookingSeed(Strict):
    """`booking.yml`, with the defaults filled in at each office."""

    release: Release
    lead_minutes: int = Field(..., ge=0, le=10080)
    reservation_minutes: int = Field(..., ge=1, le=120)
    activation_minutes: int = Field(..., ge=1, le=10080)
    demonstration_hours: DemonstrationHours
    default: OfficeBooking
    offices: dict[str, OfficeBooking]
    not_bookable: dict[str, str]
    """Offices without appointments, and why."""
    default_slots: int = Field(..., ge=1, le=MAXIMUM_SLOTS)
    service_slots: dict[str, int]
    service_max_quantity: dict[str, int]
    combinable_categories: list[list[str]]

    def office(self, slug: str) -> OfficeBooking:
        """Returns the rules of an office."""
        return self.offices.get(slug, self.default)


class _Draft(Strict):
    """The file as it is written: an office names only what differs."""

    class Config:
        """Settings of pydantic."""

        extra = "allow"

    default: dict[str, object]
    offices: dict[str, dict[str, object]]


def read_booking_seed(seed_dir: Path = SEED_DIR) -> BookingSeed:
    """Reads the rules of appointments.

    Args:
        seed_dir: Folder of the seed files.

    Raises:
        ConfigurationError: The file is missing or malformed; the message names key
            and reason.
    """
    path = seed_dir / "appointments" / "booking.yml"
    draft = read_file(path, _Draft).dict()
    draft["offices"] = {
        slug: {**draft["default"], **differences}
        for slug, differences in draft["offices"].items()
    }
    seed = checked(path, BookingSeed, draft)
    pools: dict[str, tuple[int, int]] = {}
    for slug, office in seed.offices.items():
        if office.shared_pool:
            size = (office.seats, office.slot_minutes)
            if pools.setdefault(office.shared_pool, size) != size:
                raise ConfigurationError(
                    f"{path}: offices.{slug}: offices of the pool "
                    f"{office.shared_pool!r} need the same seats and slot_minutes."
                )
    return seed
