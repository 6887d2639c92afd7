"""Sparse features of a message: words, word pairs, letters."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from kumpel.text.dialect import krefeld_dialect
from kumpel.text.fold import tokens

Floats = npt.NDArray[np.float32]
Columns = npt.NDArray[np.int64]
SparseRow = tuple[Columns, Floats]

_LETTERS = (3, 4)
_WORD, _LETTER = "w", "l"
_HELP_NUMBERS = frozenset({"110", "112", "115", "116117"})
_REMEMBERED_WORDS = 20_000
_NO_COLUMNS: Columns = np.empty(0, dtype=np.int64)
_NO_WEIGHTS: Floats = np.empty(0, dtype=np.float32)
#: What occurs often counts more, though not so many times as much.
_WEIGHTS_OF_COUNTS: Floats = (1 + np.log(np.maximum(np.arange(1000), 1))).astype(
    np.float32
)
#: Lengths of the letter block and the word block: letters generalise better from few
#: utterances a service. 1.5 and 1.0 for words were worse in cross-validation.
_LENGTHS = np.array([1.0, 0.7])
_SMALLEST = 1e-12


def word_features(words: Sequence[str]) -> Iterator[str]:
    """Yields the words, and neighbouring ones together: "nicht mehr", "wie lange"."""
    yield from words
    for first, second in pairwise(words):
        yield f"{first} {second}"


def letter_features(word: str) -> list[str]:
    """Returns the letter n-grams of a word with its borders marked by spaces.

    They carry misspelled and inflected words, and the parts of compounds:
    "fürerschein" shares most of its letters with "Führerschein".
    """
    bordered = f" {word} "
    return [
        bordered[start : start + length]
        for length in _LETTERS
        for start in range(len(bordered) - length + 1)
    ]


def words_of(text: str) -> list[str]:
    """Splits a text into folded words of standard German.

    Of numbers only the length is kept: which year somebody was born in names no
    service; whom to call in need does.
    """
    return [
        "0" * len(word) if word.isdigit() and word not in _HELP_NUMBERS else word
        for word in krefeld_dialect().in_standard_german(tokens(text))
    ]


class Vectorizer:
    """Turns texts into TF-IDF rows of a word block and a letter block.

    Each block has a fixed length, so that long words do not drown short sentences.

    Attributes:
        idf: Inverse document frequency per column.
    """

    def __init__(self, features: Iterable[str], idf: Floats) -> None:
        """Takes the features in the order of their columns.

        Args:
            features: Words with the prefix "w", letters with "l".
            idf: 1-D array of shape (features,).
        """
        self.idf = idf
        # Two tables without prefixes: half of the time went into making the keys.
        self._words: dict[str, int] = {}
        self._letters: dict[str, int] = {}
        for column, feature in enumerate(features):
            table = self._words if feature[0] == _WORD else self._letters
            table[feature[1:]] = column
        # 1 for words and pairs of them, 0 for letters.
        self._is_spoken = np.zeros(len(idf), dtype=np.uint8)
        self._is_spoken[list(self._words.values())] = 1
        self._letters_of = lru_cache(_REMEMBERED_WORDS)(self._look_up)

    @property
    def features(self) -> list[str]:
        """All features in the order of their columns."""
        named = [
            *((column, _WORD + word) for word, column in self._words.items()),
            *((column, _LETTER + letters) for letters, column in self._letters.items()),
        ]
        return [feature for _, feature in sorted(named)]

    @classmethod
    def fit(cls, texts: Sequence[str], *, rarest_letters: int = 2) -> Vectorizer:
        """Learns vocabulary and document frequencies.

        Args:
            texts: Training texts.
            rarest_letters: Letter n-grams in fewer texts are left out; single ones
                only store the spelling of one text.
        """
        word_lists = [words_of(text) for text in texts]
        letters = {
            word: {_LETTER + each for each in letter_features(word)}
            for words in word_lists
            for word in set(words)
        }
        frequencies: Counter[str] = Counter()
        for words in word_lists:
            frequencies.update({_WORD + each for each in word_features(words)})
            frequencies.update(set().union(*(letters[word] for word in words)))
        kept = sorted(
            feature
            for feature, count in frequencies.items()
            if count >= rarest_letters or feature[0] == _WORD
        )
        idf = np.array(
            [math.log((1 + len(texts)) / (1 + frequencies[f])) + 1 for f in kept],
            dtype=np.float32,
        )
        return cls(kept, idf)

    def extended(self, texts: Sequence[str]) -> Vectorizer:
        """Returns one that also knows what is new in a few further texts.

        The columns and frequencies known so far stay as they are.
        """
        new: Counter[str] = Counter()
        for text in texts:
            words = words_of(text)
            spoken = set(word_features(words)) - self._words.keys()
            letters = {each for word in words for each in letter_features(word)}
            new.update(_WORD + each for each in spoken)
            new.update(_LETTER + each for each in letters - self._letters.keys())
        kept = sorted(f for f, count in new.items() if count >= 2 or f[0] == _WORD)
        # As rare as what stood in a single text so far.
        idf = np.full(len(kept), self.idf.max(initial=1.0), dtype=np.float32)
        return Vectorizer([*self.features, *kept], np.concatenate([self.idf, idf]))

    def row(self, text: str) -> SparseRow:
        """Returns columns and weights of one text; empty where nothing is known."""
        words = words_of(text)
        letters = [self._letters_of(word) for word in words]
        spoken = _known(self._words, word_features(words))
        columns, counts = _counted(np.concatenate([*letters, spoken]))
        weights = _WEIGHTS_OF_COUNTS.take(counts, mode="clip") * self.idf[columns]
        is_spoken = self._is_spoken[columns]
        squares = np.bincount(is_spoken, weights * weights, 2)
        shares = _LENGTHS / np.sqrt(np.maximum(squares, _SMALLEST))
        return columns, weights * shares.astype(np.float32)[is_spoken]

    def matrix(self, texts: Iterable[str]) -> csr_matrix:
        """Returns the rows of many texts as one sparse matrix."""
        rows = [self.row(text) for text in texts]
        borders = np.cumsum([0] + [len(columns) for columns, _ in rows])
        columns = np.concatenate([_NO_COLUMNS, *(columns for columns, _ in rows)])
        weights = np.concatenate([_NO_WEIGHTS, *(weights for _, weights in rows)])
        shape = (len(rows), len(self.idf))
        return csr_matrix((weights, columns, borders), shape=shape)

    def _look_up(self, word: str) -> Columns:
        """Returns the columns of the letters of a word."""
        return _known(self._letters, letter_features(word))


def _known(table: Mapping[str, int], features: Iterable[str]) -> Columns:
    found = [column for column in map(table.get, features) if column is not None]
    return np.array(found, dtype=np.int64)


def _counted(columns: Columns) -> tuple[Columns, Columns]:
    """Returns each column once, rising, and how often it occurs.

    As `np.unique` does, whose checks took half of the time that a row takes.
    """
    columns = np.sort(columns)
    is_first = np.ones(len(columns) + 1, dtype=np.bool_)
    np.not_equal(columns[1:], columns[:-1], out=is_first[1:-1])
    borders = np.flatnonzero(is_first)
    return columns[borders[:-1]], borders[1:] - borders[:-1]
