"""What a seed file may contain, checked key by key.

Every model refuses keys that it does not know: a misspelt `procesing_time` must
not be dropped in silence.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Literal

from pydantic import BaseModel, Extra, Field, validator

Confidence = Literal["high", "medium", "low"]
Weekday = Literal["mo", "di", "mi", "do", "fr", "sa", "so"]
Mode = Literal["walkIn", "appointmentOnly", "phone"]

WEEKDAYS: tuple[Weekday, ...] = ("mo", "di", "mi", "do", "fr", "sa", "so")

_TIMES = re.compile(r"^([01]\d|2[0-3]):([0-5]\d)-(([01]\d|2[0-3]):([0-5]\d)|24:00)$")
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
URL = r"^https?://[^\s]+$"
_MONTH_DAY = r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"
_DATE = r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"


class Strict(BaseModel):
    """Refuses unknown keys and never changes after it was read."""

    class Config:
        """Settings of pydantic."""

        extra = Extra.forbid
        frozen = True
        anystr_strip_whitespace = True
        min_anystr_length = 1


class Source(Strict):
    """Where the facts of a file come from."""

    urls: list[str] = []
    """Pages, best first; a place without an address stands as plain text."""
    as_of: str | None = None
    """Date as the source gives it: `2026-02`, `2018`, `undatiert`."""
    retrieved: str = Field(..., regex=r"^\d{4}-(0[1-9]|1[0-2])$")
    confidence: Confidence
    check_urls: list[str] = []


class Link(Strict):
    """A named address on another site."""

    kind: Literal["form", "portal", "download"]
    title: str
    url: str | None = Field(None, regex=URL)
    url_basis: Literal["source", "home_page", "own_knowledge"] | None = None


class Fee(Strict):
    """One line of a price list."""

    label: str
    amount_eur: Decimal | None = Field(None, ge=0)
    minimum_eur: Decimal | None = Field(None, ge=0)
    maximum_eur: Decimal | None = Field(None, ge=0)
    is_known: bool = True
    legal_basis: str | None = None
    as_of: str | None = None
    note: str | None = None
    is_read_on_a_page: bool = False

    @validator("maximum_eur")
    def _maximum_is_not_below_minimum(
        cls, value: Decimal | None, values: dict[str, Any]
    ) -> Decimal | None:
        minimum = values.get("minimum_eur")
        if value is not None and minimum is not None and value < minimum:
            raise ValueError(f"is less than minimum_eur ({minimum})")
        return value


class ExternalBody(Strict):
    """An authority outside the city."""

    name: str
    url: str | None = Field(None, regex=URL)


class Appointment(Strict):
    """Whether a citizen needs an appointment."""

    need: Literal["required", "optional", "none"]
    is_confirmed: bool | None = None
    note: str | None = None
    booking_url: str | None = Field(None, regex=URL)


class ServiceSeed(Strict):
    """One Leistung: `services/<category>/<slug>.yml`."""

    identifier: int = Field(..., ge=30000, le=39999)
    slug: str = Field(..., regex=SLUG)
    name: str
    short_name: str | None = Field(None, max_length=50)
    """What citizens call it, where the official name is long or has slashes."""
    category: str = Field(..., regex=SLUG)
    synonyms: list[str] = []
    offices: list[str] = []
    external_bodies: list[ExternalBody] = []
    appointment: Appointment
    documents: list[str] = []
    fees: list[Fee] = []
    processing_time: str | None = None
    validity: str | None = None
    deadline: str | None = None
    online: list[Link] = []
    legal_basis: list[str] = []
    facts: list[str] = []
    unverified: list[str] = []
    related: list[str] = []
    leika_key: str | None = Field(None, regex=r"^\d{14}$")
    is_krefeld_specific: bool
    source: Source


class Phone(Strict):
    """A telephone number."""

    number: str = Field(..., regex=r"^[0-9][0-9 \-/]{2,24}$")
    note: str | None = None


class Coordinates(Strict):
    """A place in WGS 84 degrees."""

    latitude: float = Field(..., ge=51.2, le=51.5)
    longitude: float = Field(..., ge=6.4, le=6.8)
    is_estimated: bool


def _minutes(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def check_times(times: list[str]) -> list[str]:
    """Checks `08:00-12:30` texts of one day.

    Args:
        times: Opening times in the order of the day; `24:00` may end one.

    Returns:
        The same times.

    Raises:
        ValueError: A time is malformed, ends before it begins, or overlaps another.
    """
    last_end = 0
    for text in sorted(times):
        if not _TIMES.match(text):
            raise ValueError(f"{text!r} is no time: write it as 08:00-12:30")
        opens, closes = (_minutes(part) for part in text.split("-"))
        if closes <= opens:
            raise ValueError(
                f"{text!r} ends before it begins; split times past midnight at 24:00"
            )
        if opens < last_end:
            raise ValueError(f"{text!r} overlaps the time before it")
        last_end = closes
    return times


class WeeklyTimes(Strict):
    """Times that hold on some days of every week."""

    days: list[Weekday] = Field(..., min_items=1)
    mode: Mode
    times: list[str] = Field(..., min_items=1)

    _times_are_times = validator("times", allow_reuse=True)(check_times)


class Season(Strict):
    """Part of the year in which the weekly times hold, both days included."""

    first: str = Field(..., alias="from", regex=_MONTH_DAY)
    last: str = Field(..., alias="through", regex=_MONTH_DAY)


class SpecialDay(Strict):
    """Days on which the regular hours do not hold.

    Exactly one of `month_day` (every year), `easter_offset` (days after Easter
    Sunday, negative before it) and `date` (one year only) gives the first day.
    """

    id: str = Field(..., regex=SLUG)
    name: str
    month_day: str | None = Field(None, regex=_MONTH_DAY)
    easter_offset: int | None = Field(None, ge=-100, le=100)
    date: str | None = Field(None, regex=_DATE)
    length_in_days: int = Field(1, ge=1, le=31)
    scopes: list[str] = []
    """Groups of offices (see `closing_days` of an office) that it concerns."""
    times: list[str] = []
    """Opening times on that day; none means closed."""
    mode: Mode = "walkIn"
    text: str
    """The reason in German, as a citizen reads it."""
    source: Source

    _times_are_times = validator("times", allow_reuse=True)(check_times)

    @validator("date", always=True)
    def _has_one_rule(cls, value: str | None, values: dict[str, Any]) -> str | None:
        rules = (value, values.get("month_day"), values.get("easter_offset"))
        if sum(rule is not None for rule in rules) != 1:
            raise ValueError("give exactly one of month_day, easter_offset, date")
        return value


class Hours(Strict):
    """When an office is open."""

    as_of: str | None = None
    note: str | None = None
    suspended: str | None = None
    """Reason in German why it is closed until further notice."""
    season: Season | None = None
    on_public_holidays: Literal["closed", "as_usual", "unknown"]
    closing_days: list[str]
    """Scopes of `special_days.yml` that concern this office."""
    weekly: list[WeeklyTimes] = []
    special_days: list[SpecialDay] = []
    """Special days of this office alone; they go before the common ones."""

    @validator("weekly")
    def _days_do_not_overlap(cls, rows: list[WeeklyTimes]) -> list[WeeklyTimes]:
        for day in WEEKDAYS:
            try:
                check_times(
                    [text for row in rows if day in row.days for text in row.times]
                )
            except ValueError as error:
                raise ValueError(f"on {day}: {error}") from error
        return rows


class OfficeSeed(Strict):
    """One Dienststelle: `offices/<id>.yml`."""

    identifier: int = Field(..., ge=20000, le=29999)
    id: str = Field(..., regex=SLUG)
    name: str
    short_name: str | None = Field(None, max_length=50)
    """What citizens call it, where the official name is long."""
    is_external: bool = False
    """Whether it is not the city's, such as the local court or the GSAK."""
    aliases: list[str] = []
    department: str
    street: str | None = None
    postcode: str | None = Field(None, regex=r"^\d{5}$")
    city: str
    district: str | None = None
    coordinates: Coordinates | None = None
    phones: list[Phone] = []
    emails: list[str] = []
    website: str | None = Field(None, regex=URL)
    appointment_url: str | None = Field(None, regex=URL)
    is_by_appointment_only: bool | None = None
    hours: Hours
    payment: str | None = None
    accessibility: str | None = None
    transport: str | None = None
    tasks: list[str] = []
    notes: list[str] = []
    source: Source


class SpecialDaysSeed(Strict):
    """`special_days.yml`."""

    scopes: dict[str, str]
    """Name of each group of offices and what it means."""
    special_days: list[SpecialDay]


class EmergencyNumber(Strict):
    """A number for an emergency or a crisis."""

    id: str = Field(..., regex=SLUG)
    number: str = Field(..., regex=r"^[0-9][0-9 \-]{2,19}$")
    name: str
    purpose: str
    availability: str
    is_free_of_charge: bool | None = None
    topics: list[str] = []
    source: Source


class EmergencyNumbersSeed(Strict):
    """`emergency_numbers.yml`."""

    emergency_numbers: list[EmergencyNumber]
