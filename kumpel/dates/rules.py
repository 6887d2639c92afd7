"""A rule of the grammar: a pattern on coded words, and what its match means."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
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

    is_plain: bool
    """Whether it matches without any code or number."""


def rules(
    rows: Iterable[tuple[str, str, Callable[[re.Match[str], Any], T | None]]],
) -> tuple[Rule[T], ...]:
    """Compiles rows of needs ("WEEK|DAYS"; `NUMBER` for any), pattern and function."""
    return tuple(
        Rule(
            tuple(needs.split("|")),
            re.compile(pattern),
            read,
            is_plain=any(need.islower() for need in needs.split("|")),
        )
        for needs, pattern, read in rows
    )


def haystack(coded: str) -> str:
    """Returns where to look for what rules need: with `NUMBER` if there is one."""
    return coded + NUMBER if _NUMBER.search(coded) else coded


def applicable(all_rules: Iterable[Rule[T]], coded: str) -> list[Rule[T]]:
    """Returns the rules of which a match may stand in a coded message, in order."""
    where = haystack(coded)
    if where.islower():
        # No code and no number: only rules that look for plain words are left.
        all_rules = (rule for rule in all_rules if rule.is_plain)
    return [rule for rule in all_rules if any(need in where for need in rule.needs)]
