"""Folds German as people type it into one plain spelling."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TOKEN = re.compile(r"[a-z0-9]+")
_DIGRAPHS = (("ä", "a"), ("ö", "o"), ("ü", "u"), ("ß", "ss"))
_TYPED_OUT = (("ae", "a"), ("oe", "o"), ("ue", "u"))


def fold(text: str) -> str:
    """Folds case, umlauts and accents: "Müll", "Muell" and "mull" become "mull".

    Writing ae for ä is folded everywhere, also inside words such as "neue" where it
    is no umlaut: the same rule meets every text alike, and a list of exceptions
    would be wrong for typos.

    Args:
        text: What somebody wrote, in any case and normal form.

    Returns:
        Words of a-z and 0-9, joined by single spaces.
    """
    return " ".join(tokens(text))


#: For a single word: several steps of the pipeline fold the same ones again.
fold_word = lru_cache(maxsize=16384)(fold)


def tokens(text: str) -> list[str]:
    """Splits a text into its folded words (see `fold`)."""
    lowered = unicodedata.normalize("NFC", text).lower()
    for umlaut, plain in _DIGRAPHS:
        lowered = lowered.replace(umlaut, plain)
    stripped = lowered if lowered.isascii() else _without_accents(lowered)
    for digraph, plain in _TYPED_OUT:
        stripped = stripped.replace(digraph, plain)
    return _TOKEN.findall(stripped)


def _without_accents(text: str) -> str:
    parts = unicodedata.normalize("NFD", text)
    return "".join(each for each in parts if not unicodedata.combining(each))
