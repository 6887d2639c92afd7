"""Turns what lies under `geo/` into rows of the table `place`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from portal.seed_geo_models import Located, Site
from portal.seed_reader import Geo

Document = dict[str, Any]
#: Collection, name, district, further texts to search, document.
Place = tuple[str, str, str | None, list[str | None], Document]


def places(
    geo: Geo, coordinates: Callable[[Located], Document | None]
) -> Iterator[Place]:
    """Yields all places in the order of their files.

    Args:
        geo: The checked files.
        coordinates: Gives the coordinates of a place as the API shows them.
    """
    boroughs = {
        name: row.name for row in geo.districts.boroughs for name in row.districts
    }
    for district in geo.districts.districts:
        yield (
            "district",
            district.name,
            district.name,
            [district.borough, *district.quarters],
            {
                "id": district.id,
                "name": district.name,
                "borough": district.borough,
                "postcodes": district.postcodes,
                "quarters": district.quarters,
                "geo": coordinates(district),
                "coordinatesFrom": district.coordinates_from,
                "confidence": district.confidence,
            },
        )
    for quarter in geo.districts.quarters:
        yield (
            "quarter",
            quarter.name,
            quarter.district,
            [],
            {
                "name": quarter.name,
                "district": quarter.district,
                "geo": coordinates(quarter),
                "confidence": quarter.confidence,
            },
        )
    for area in geo.districts.postcodes:
        yield (
            "postcode",
            area.postcode,
            None,
            list(area.areas),
            {
                "postcode": area.postcode,
                "areas": area.areas,
                "confidence": area.confidence,
            },
        )
    for street in geo.streets.streets:
        yield (
            "street",
            street.name,
            street.district,
            [],
            {
                "name": street.name,
                "district": street.district,
                "borough": boroughs.get(street.district or ""),
                "postcode": street.postcode,
                "basis": street.basis,
                "confidence": street.confidence,
            },
        )
    for station in geo.dog_waste.stations:
        yield (
            "dog_waste_station",
            station.place,
            station.district,
            [],
            {
                "place": station.place,
                "district": station.district,
                "asOf": station.as_of,
                "geo": coordinates(station),
            },
        )
    for market in geo.markets.markets:
        yield (
            "market",
            market.place,
            market.district,
            [],
            {
                "place": market.place,
                "days": market.days,
                "district": market.district,
                "asOf": market.as_of,
                "confidence": market.confidence,
            },
        )
    yield from _sites("recycling_site", geo.recycling.sites, coordinates)
    for stop in geo.recycling.mobile_stops:
        document = {"name": stop, "kind": "Haltepunkt des Schadstoffmobils"}
        yield "hazardous_waste_stop", stop, None, [], document
    yield from _sites("cemetery", geo.cemeteries.cemeteries, coordinates)
    yield from _sites("pool", geo.pools.pools, coordinates)
    yield from _sites("landmark", geo.landmarks.landmarks, coordinates)


def _sites(
    collection: str,
    sites: Iterable[Site],
    coordinates: Callable[[Located], Document | None],
) -> Iterator[Place]:
    for site in sites:
        yield (
            collection,
            site.name,
            site.district,
            [site.street, site.kind],
            {
                "name": site.name,
                "kind": site.kind,
                "street": site.street,
                "postcode": site.postcode,
                "district": site.district,
                "geo": coordinates(site),
                "phone": site.phone,
                "hours": site.hours,
                "status": site.status,
                "note": site.note,
                "confidence": site.confidence,
            },
        )
