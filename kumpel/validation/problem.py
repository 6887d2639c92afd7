"""What a check finds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, order=True)
class Place:
    """A line of a file."""

    path: Path
    """Relative to the project's folder."""
    line: int
    """Counted from 1."""

    def __str__(self) -> str:
        """Returns the place as editors and terminals make it clickable."""
        return f"{self.path.as_posix()}:{self.line}"


@dataclass(frozen=True, order=True)
class Problem:
    """A mistake in a file, for staff who edit it."""

    place: Place
    sentence: str
    """German: what is wrong, and what to do."""

    def __str__(self) -> str:
        """Returns one line of the report."""
        return f"{self.place}: {self.sentence}"
