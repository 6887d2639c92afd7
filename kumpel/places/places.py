"""Places and how they are found in a message: exactly, or a slip away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PlaceKind = Literal["district", "street", "office"]


@dataclass(frozen=True)
class Place:
    """One name of a place."""

    kind: PlaceKind
    written: str
    """A name that people use, such as "Rathaus Fischeln"."""
    name: str
    """The name as the portal writes it."""


@dataclass(frozen=True)
class PlaceMention:
    """A place in a message."""

    kind: PlaceKind
    start: int
    end: int
    text: str
    """The words themselves, without the house number."""
    name: str | None
    """The name as the portal writes it; None where it is unknown or has to be asked."""
    alternatives: tuple[str, ...] = ()
    """Names to ask about: two near ones, or one that is not near enough."""
    house_number: str | None = None
