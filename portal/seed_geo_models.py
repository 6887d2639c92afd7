"""What the seed files under `geo/` may contain."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from portal.seed_models import Confidence, Source, Strict

_POSTCODE = r"^\d{5}$"


class Located(Strict):
    """A thing that may have coordinates (WGS 84, degrees)."""

    latitude: float | None = Field(None, ge=51.2, le=51.5)
    longitude: float | None = Field(None, ge=6.4, le=6.8)


class District(Located):
    """A Stadtteil."""

    id: str = Field(..., regex=r"^\d{3}$")
    name: str
    borough: str
    """Stadtbezirk."""
    postcodes: list[str] = Field(default_factory=list)
    quarters: list[str] = Field(default_factory=list)
    coordinates_from: str | None = None
    confidence: Confidence


class Quarter(Located):
    """A quarter that people name instead of its Stadtteil."""

    name: str
    district: str | None = None
    confidence: Confidence


class PostcodeArea(Strict):
    """What lies in one postcode."""

    postcode: str = Field(..., regex=_POSTCODE)
    areas: list[str]
    confidence: Confidence


class Borough(Strict):
    """A Stadtbezirk."""

    number: int
    name: str
    districts: list[str]


class DistrictsSeed(Strict):
    """`districts.yml`."""

    districts: list[District]
    quarters: list[Quarter]
    postcodes: list[PostcodeArea]
    boroughs: list[Borough]
    source: Source


class Street(Strict):
    """A street."""

    name: str
    district: str | None = None
    postcode: str | None = Field(None, regex=_POSTCODE)
    basis: Literal["source", "remembered"]
    confidence: Confidence


class StreetsSeed(Strict):
    """`streets.yml`."""

    streets: list[Street]


class DogWasteStation(Located):
    """A dispenser of bags with a bin."""

    place: str
    district: str | None = None
    as_of: str


class DogWasteSeed(Strict):
    """`dog_waste_stations.yml`."""

    total: int
    total_as_of: str
    operator: str
    report: str
    map: str
    note: str
    stations: list[DogWasteStation]
    source: Source


class Market(Strict):
    """A weekly market."""

    place: str
    days: str
    district: str | None = None
    as_of: str
    confidence: Confidence


class MarketsSeed(Strict):
    """`markets.yml`."""

    markets: list[Market]


class Site(Located):
    """A named place with an address."""

    name: str
    kind: str | None = None
    street: str | None = None
    postcode: str | None = Field(None, regex=_POSTCODE)
    district: str | None = None
    phone: str | None = None
    hours: str | None = None
    status: str | None = None
    note: str | None = None
    confidence: Confidence


class RecyclingSeed(Strict):
    """`recycling.yml`."""

    sites: list[Site]
    mobile_stops: list[str]


class CemeteriesSeed(Strict):
    """`cemeteries.yml`."""

    operator: str
    hours: str
    cemeteries: list[Site]
    other: list[str]
    source: Source


class PoolsSeed(Strict):
    """`pools.yml`."""

    pools: list[Site]


class LandmarksSeed(Strict):
    """`landmarks.yml`."""

    landmarks: list[Site]


class ZonePractice(Strict):
    """A radius that was used in past years."""

    years: str
    radius_m: int = Field(..., gt=0)


class EvacuationZone(Strict):
    """What holds in one zone."""

    zone: str
    rule: str
    practice: list[ZonePractice]


class EvacuationContact(Strict):
    """Whom to call."""

    purpose: str
    number: str


class EvacuationSeed(Strict):
    """`evacuation.yml`: what holds when an old bomb is found."""

    defusing_authority: str
    evacuating_authority: str
    zones: list[EvacuationZone]
    timing: str
    notification: list[str]
    contacts: list[EvacuationContact]
    shelter: str
    tips: list[str]
    on_a_find: str
    note: str
    source: Source
