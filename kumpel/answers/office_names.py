"""Finds the office that a citizen names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kumpel.portal_client.models import OfficeSummary
from kumpel.text.fold import fold

_IN_BRACKETS = re.compile(r"\([^)]*\)")
_SHORTEST_NAME = 5
_CITIZENS_OFFICE = "burgerburo"
_TOWN_HALL = "rathaus"
#: What people call the office for ID cards and addresses, or the house it is in.
_CIVIC = re.compile(
    rf"\b(?:(?P<hall>{_TOWN_HALL}(?:es|s)?|(?:town|city) hall)|{_CITIZENS_OFFICE}s?|"
    r"burgeramt(?:es|s)?|burgeramter|burgerservice|einwohnermeldeamt(?:es|s)?|"
    r"meldeamt(?:es|s)?|meldestelle|meldebehorde|registration office|"
    r"citizens? (?:s )?(?:office|centre|center))\b"
)


def office_named(name: str, offices: Sequence[OfficeSummary]) -> str | None:
    """Returns the slug of the office that is called exactly so, or None."""
    wanted = fold(name)
    for office in offices:
        if wanted in {fold(office.id), *map(fold, (office.name, *office.aliases))}:
            return office.id
    return None


def office_in(text: str, offices: Sequence[OfficeSummary]) -> str | None:
    """Returns the slug of the office that a message names, or None.

    "Bürgerservice / Bürgerbüro Mitte (Rathaus)" is found by each of its names; the
    longest name in the message wins.
    """
    said = f" {fold(text)} "
    found = [
        (len(name), office.id)
        for office in offices
        for name in _names(office)
        if f" {name} " in said
    ]
    return max(found)[1] if found else None


@dataclass(frozen=True)
class CivicOffice:
    """What "das nächste Bürgerbüro" or "das Rathaus" means."""

    id: str | None
    """Slug; None where the portal has no such office."""
    is_elsewhere: bool
    """Whether a district was named that has no such office."""
    other_areas: tuple[str, ...]
    """Where the further ones are, if no district was asked for."""


def without_office_words(text: str) -> str:
    """Returns the folded message without general words such as "Bürgerbüro"."""
    return _CIVIC.sub(" ", fold(text))


def is_civic(name: str) -> bool:
    """Tells whether a name means a Bürgerbüro or a town hall."""
    return _CIVIC.search(fold(name)) is not None


def civic_office(
    text: str, district: str | None, offices: Sequence[OfficeSummary]
) -> CivicOffice | None:
    """Returns the Bürgerbüro or town hall that a general word means, or None.

    Args:
        text: The message.
        district: District that it names, if any.
        offices: All offices of the portal.
    """
    match = _CIVIC.search(fold(text))
    if match is None:
        return None
    branches = [o for o in offices if _CITIZENS_OFFICE in fold(o.name).split()]
    main = next((o for o in branches if "mitte" in fold(o.name).split()), None)
    near = [o for o in branches if district and _lies_in(o, district)]
    if near:
        return CivicOffice(near[0].id, False, ())
    if match["hall"] and not district:
        main = next((o for o in offices if o.id == _TOWN_HALL), main)
    others = [] if match["hall"] or district else [o for o in branches if o is not main]
    areas = tuple(_area(o) for o in others if "geschlossen" not in o.name)
    return CivicOffice(main.id if main else None, bool(district), areas)


def _area(office: OfficeSummary) -> str:
    """Returns "Hüls" for "Bürgerbüro Hüls"."""
    return _IN_BRACKETS.sub("", office.name).replace("Bürgerbüro", "").strip()


def _lies_in(office: OfficeSummary, district: str) -> bool:
    parts = {fold(part) for part in (office.district or "").split("/")}
    names = {fold(district), *(fold(part) for part in district.split("/"))}
    return bool(parts & names)


def _names(office: OfficeSummary) -> Iterator[str]:
    for name in (office.name, *office.aliases):
        for part in _IN_BRACKETS.sub("", name).split(" / "):
            folded = fold(part)
            if len(folded) >= _SHORTEST_NAME:
                yield folded
