"""Sparse features of a message: words, word pairs, letters, parts of compounds."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from kumpel.text.cities import AMBIGUOUS_CITIES, BEFORE_A_CITY, OTHER_CITIES
from kumpel.text.fold import tokens

Floats = npt.NDArray[np.float32]
Columns = npt.NDArray[np.int64]
SparseRow = tuple[Columns, Floats]

_SHORTEST_PART = 4
_LETTERS = (2, 3, 4, 5)
_CITY = "@city"
_HELP_NUMBERS = frozenset({"110", "112", "115", "116117"})
_REMEMBERED_WORDS = 20_000
_NO_COLUMNS: Columns = np.empty(0, dtype=np.int64)
_NO_WEIGHTS: Floats = np.empty(0, dtype=np.float32)
#: Length of the word block beside the letter block's 1: letters generalise better from
#: few utterances a service. 1.5 and 1.0 were worse in cross-validation.
_WORDS_LENGTH = 0.7


def word_features(word: str, parts: frozenset[str]) -> Iterator[str]:
    """Yields a word and the parts of a compound.

    Args:
        word: One folded word.
        parts: Words of the training data that may stand inside a compound, so that
            "hundesteueranmeldung" also counts as "hundesteur" and "anmeldung".
    """
    yield word
    if word in OTHER_CITIES:
        yield _CITY
    if len(word) >= 2 * _SHORTEST_PART:
        yield from (f"+{part}" for part in _parts_of(word, parts))
    elif word in parts:
        yield f"+{word}"


def pair_features(words: Sequence[str]) -> Iterator[str]:
    """Yields neighbouring words together: "nicht mehr", "wie lange".

    Any other town counts as one and the same, so that "in Leipzig" says what "in
    Bremen" said in training: that another city is asked.
    """
    for first, second in pairwise(words):
        yield f"{first} {second}"
        if second in OTHER_CITIES or (
            second in AMBIGUOUS_CITIES and first in BEFORE_A_CITY
        ):
            yield f"{first} {_CITY}"
        elif first in OTHER_CITIES:
            yield f"{_CITY} {second}"


def letter_features(word: str) -> Iterator[str]:
    """Yields the letter n-grams of a word with its borders marked by spaces.

    They carry misspelled and inflected words: "fürerschein" shares most of its
    letters with "Führerschein".
    """
    bordered = f" {word} "
    for length in _LETTERS:
        for start in range(len(bordered) - length + 1):
            yield bordered[start : start + length]


def words_of(text: str) -> list[str]:
    """Splits a text into folded words; of numbers only the length is kept.

    Which year somebody was born in names no service; whom to call in need does.
    """
    return [
        "0" * len(word) if word.isdigit() and word not in _HELP_NUMBERS else word
        for word in tokens(text)
    ]


def _parts_of(word: str, parts: frozenset[str]) -> Iterator[str]:
    for start in range(len(word) - _SHORTEST_PART + 1):
        for end in range(start + _SHORTEST_PART, len(word) + 1):
            if word[start:end] in parts:
                yield word[start:end]


class Vectorizer:
    """Turns texts into TF-IDF rows of a word block and a letter block.

    Each block has a fixed length, so that long words do not drown short sentences.

    Attributes:
        vocabulary: Column of each feature; words carry the prefix "w", letters "l".
        idf: Inverse document frequency per column.
        parts: Words that may stand inside a compound.
    """

    def __init__(
        self, vocabulary: dict[str, int], idf: Floats, parts: frozenset[str]
    ) -> None:
        self.vocabulary = vocabulary
        self.idf = idf
        self.parts = parts
        self._columns_of = lru_cache(_REMEMBERED_WORDS)(self._look_up)

    @classmethod
    def fit(cls, texts: Sequence[str], *, rarest_letters: int = 2) -> Vectorizer:
        """Learns vocabulary and document frequencies.

        Args:
            texts: Training texts.
            rarest_letters: Letter n-grams in fewer texts are left out; single ones
                only store the spelling of one text.
        """
        word_lists = [words_of(text) for text in texts]
        in_texts = Counter(word for words in word_lists for word in set(words))
        parts = frozenset(
            word
            for word, count in in_texts.items()
            if count >= 2 and len(word) >= _SHORTEST_PART and word.isalpha()
        )
        features = {word: features_of(word, parts) for word in in_texts}
        frequencies: Counter[str] = Counter()
        for words in word_lists:
            frequencies.update({f"w{pair}" for pair in pair_features(words)})
            frequencies.update(set().union(*(features[word] for word in words)))
        kept = sorted(
            feature
            for feature, count in frequencies.items()
            if count >= rarest_letters or feature[0] == "w"
        )
        idf = np.array(
            [math.log((1 + len(texts)) / (1 + frequencies[f])) + 1 for f in kept],
            dtype=np.float32,
        )
        return cls({feature: i for i, feature in enumerate(kept)}, idf, parts)

    def extended(self, texts: Sequence[str]) -> Vectorizer:
        """Returns one that also knows what is new in a few further texts.

        The columns, frequencies and compound parts known so far stay as they are.
        """
        new: Counter[str] = Counter()
        for text in texts:
            words = words_of(text)
            found = {f"w{pair}" for pair in pair_features(words)}
            found.update(*(features_of(word, self.parts) for word in words))
            new.update(found - self.vocabulary.keys())
        kept = sorted(f for f, count in new.items() if count >= 2 or f[0] == "w")
        vocabulary = self.vocabulary | {
            feature: len(self.vocabulary) + i for i, feature in enumerate(kept)
        }
        # As rare as what stood in a single text so far.
        idf = np.full(len(kept), self.idf.max(initial=1.0), dtype=np.float32)
        return Vectorizer(vocabulary, np.concatenate([self.idf, idf]), self.parts)

    def row(self, text: str) -> SparseRow:
        """Returns columns and weights of one text; empty where nothing is known."""
        words = words_of(text)
        known = [self._columns_of(word) for word in words]
        pairs = self._look_up_all(f"w{pair}" for pair in pair_features(words))
        # Letters come first in the vocabulary: so the columns of a row rise.
        blocks = [
            self._block([letters for _, letters in known], 1.0),
            self._block([*(word for word, _ in known), pairs], _WORDS_LENGTH),
        ]
        columns = np.concatenate([block[0] for block in blocks])
        weights = np.concatenate([block[1] for block in blocks])
        return columns, weights

    def matrix(self, texts: Iterable[str]) -> csr_matrix:
        """Returns the rows of many texts as one sparse matrix."""
        rows = [self.row(text) for text in texts]
        borders = np.cumsum([0] + [len(columns) for columns, _ in rows])
        columns = np.concatenate([_NO_COLUMNS, *(columns for columns, _ in rows)])
        weights = np.concatenate([_NO_WEIGHTS, *(weights for _, weights in rows)])
        shape = (len(rows), len(self.idf))
        return csr_matrix((weights, columns, borders), shape=shape)

    def _look_up(self, word: str) -> tuple[Columns, Columns]:
        """Returns the columns of a word in the word block and in the letter block."""
        return (
            self._look_up_all(f"w{each}" for each in word_features(word, self.parts)),
            self._look_up_all(f"l{each}" for each in letter_features(word)),
        )

    def _look_up_all(self, features: Iterable[str]) -> Columns:
        found = (self.vocabulary.get(feature) for feature in features)
        return np.array([c for c in found if c is not None], dtype=np.int64)

    def _block(self, found: Sequence[Columns], length: float) -> SparseRow:
        all_columns = np.concatenate([_NO_COLUMNS, *found])
        columns, counts = np.unique(all_columns, return_counts=True)
        weights = ((1 + np.log(counts)) * self.idf[columns]).astype(np.float32)
        norm = float(np.sqrt((weights**2).sum()))
        return columns, weights * np.float32(length / norm) if norm else weights


def features_of(word: str, parts: frozenset[str]) -> set[str]:
    """Names the features of a word as in `Vectorizer.vocabulary`."""
    named = {f"w{each}" for each in word_features(word, parts)}
    named.update(f"l{each}" for each in letter_features(word))
    return named
