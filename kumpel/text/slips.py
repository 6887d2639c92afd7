"""Finds the known word that a mistyped one is a slip away from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA


class NearWords:
    """Known words, found by slips that change the length by one letter at most."""

    def __init__(self, words: Iterable[str]) -> None:
        """Takes the folded words."""
        by_length: dict[int, list[str]] = defaultdict(list)
        for word in words:
            for length in range(len(word) - 1, len(word) + 2):
                by_length[length].append(word)
        # Most words are of another length than nearly all that is known.
        self._by_length = dict(by_length)

    def nearest(self, word: str, most: int) -> tuple[str, int] | None:
        """Returns the nearest known word and its distance, or None.

        Args:
            word: A folded word.
            most: Most slips (letters left out, added, changed, or two swapped).
        """
        near = self._by_length.get(len(word), ())
        found = process.extractOne(word, near, scorer=OSA.distance, score_cutoff=most)
        return None if found is None else (found[0], int(found[1]))
