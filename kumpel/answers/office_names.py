"""Finds the office that a citizen names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kumpel.portal_client.models import OfficeSummary
from kumpel.text.fold import fold

_IN_BRACKETS = re.compile(r"\([^)]*\)")
_SHORTEST_NAME = 5


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


def _names(office: OfficeSummary) -> Iterator[str]:
    for name in (office.name, *office.aliases):
        for part in _IN_BRACKETS.sub("", name).split(" / "):
            folded = fold(part)
            if len(folded) >= _SHORTEST_NAME:
                yield folded
