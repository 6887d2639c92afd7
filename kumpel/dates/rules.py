"""A rule of the grammar: a pattern on coded words, and what its match means."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar

T = TypeVar("T")
_NUMBER = re.compile(r"(?<![A-Z\d])\d")
#: Stands for any number in what a rule needs.
NUMBER = "#N"


@dataclass(frozen=True)
class Rule(Generic[T]):
    """A pattern, what its match means, and what must occur for a look at all."""

    needs: tuple[str, ...]
    """One of these occurs in every match: most messages skip most patterns so."""
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], Any], T | None]


class Rules(Generic[T]):
    """An ordered set of rules."""

    def __init__(
        self, rows: Iterable[tuple[str, str, Callable[[re.Match[str], Any], T | None]]]
    ) -> None:
        """Compiles rows of needs ("WEEK|DAYS"; `NUMBER` for any), pattern, function."""
        self._rules = tuple(
            Rule(tuple(needs.split("|")), re.compile(pattern), read)
            for needs, pattern, read in rows
        )
        # Those that match without any code or number: all that most messages need.
        self._plain = tuple(
            rule for rule in self._rules if any(need.islower() for need in rule.needs)
        )

    def applicable(self, coded: str) -> list[Rule[T]]:
        """Returns those of which a match may stand in a coded message, in order."""
        possible, where = self._rules, haystack(coded)
        if is_plain(coded):
            possible = self._plain
        return [rule for rule in possible if any(need in where for need in rule.needs)]


@lru_cache(maxsize=1)
def haystack(coded: str) -> str:
    """Returns where to look for what rules need: with `NUMBER` if there is one."""
    return coded + NUMBER if _NUMBER.search(coded) else coded


def is_plain(coded: str) -> bool:
    """Says whether a coded message holds neither a code nor a number."""
    return haystack(coded).islower()
