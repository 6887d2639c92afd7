"""One key for all spellings of a name: "St. Anton Strasse" and "Sankt-Anton-Str."."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from kumpel.text.fold import fold_word

_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_SAINT = frozenset({"sankt", "st", "sanct", "saint"})
_STREET = frozenset(
    {"strasse", "str", "strase", "stasse", "strass", "srtasse", "starsse"}
)
_STREET_END = re.compile(
    r"(?<=\w\w)(?:strass?e|stasse|strass|srtasse|starsse|strsse|strassse|str)$"
)
_WORDS = {
    "pl": "platz",
    "dr": "doktor",
    "prof": "professor",
    "kfz": "kfz",
    "gr": "grosse",
    "street": "str",
}
#: Endings that make a word look like a street.
STREET_ENDINGS = (
    "str",
    "wall",
    "platz",
    "ring",
    "weg",
    "allee",
    "markt",
    "dyk",
    "gath",
    "damm",
    "ufer",
)


class Word(NamedTuple):
    """A word of a message."""

    start: int
    end: int
    text: str
    key: str
    """Its key; digits as they stand."""


@lru_cache(maxsize=16384)
def key_of_word(word: str) -> str:
    """Returns the key of one word: folded, "strasse" as "str", "St" as "sankt"."""
    folded = fold_word(word)
    if folded in _SAINT:
        return "sankt"
    if folded in _STREET:
        return "str"
    return _WORDS.get(folded) or _STREET_END.sub("str", folded)


def words_of(text: str) -> list[Word]:
    """Splits a message into words with their keys."""
    return [
        Word(*match.span(), match[0], key_of_word(match[0]))
        for match in _TOKEN.finditer(text)
    ]


def key_of(name: str) -> str:
    """Returns the key of a whole name, without spaces and hyphens."""
    return "".join(word.key for word in words_of(name))
