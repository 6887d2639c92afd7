"""Sparse features of a message: words, word pairs, letters, parts of compounds."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from kumpel.text.fold import tokens

Floats = npt.NDArray[np.float32]
SparseRow = tuple[npt.NDArray[np.int64], Floats]

_SHORTEST_PART = 4
_LETTERS = (2, 3, 4, 5)
#: Length of the word block beside the letter block's 1: letters generalise better from
#: few utterances a service. 1.5 and 1.0 were worse in cross-validation.
_WORDS_LENGTH = 0.7


def word_features(words: Sequence[str], parts: frozenset[str]) -> Iterator[str]:
    """Yields words, neighbouring pairs, and parts of compounds.

    Args:
        words: Folded words of one message.
        parts: Words of the training data that may stand inside a compound, so that
            "hundesteueranmeldung" also counts as "hundesteur" and "anmeldung".
    """
    shaped = [_shape(word) for word in words]
    for position, word in enumerate(shaped):
        yield word
        if position + 1 < len(shaped):
            yield f"{word} {shaped[position + 1]}"
        if len(word) >= 2 * _SHORTEST_PART:
            yield from (f"+{part}" for part in _parts_of(word, parts))
        elif word in parts:
            yield f"+{word}"


def letter_features(words: Sequence[str]) -> Iterator[str]:
    """Yields the letter n-grams of each word with its borders marked by spaces.

    They carry misspelled and inflected words: "fürerschein" shares most of its
    letters with "Führerschein".
    """
    for word in words:
        bordered = f" {_shape(word)} "
        for length in _LETTERS:
            for start in range(len(bordered) - length + 1):
                yield bordered[start : start + length]


def _shape(word: str) -> str:
    """Hides the value of a number: which year somebody was born in names no service."""
    return "0" * len(word) if word.isdigit() else word


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

    @classmethod
    def fit(cls, texts: Sequence[str], *, rarest_letters: int = 2) -> Vectorizer:
        """Learns vocabulary and document frequencies.

        Args:
            texts: Training texts.
            rarest_letters: Letter n-grams in fewer texts are left out; single ones
                only store the spelling of one text.
        """
        word_lists = [tokens(text) for text in texts]
        in_texts = Counter(word for words in word_lists for word in set(words))
        parts = frozenset(
            word
            for word, count in in_texts.items()
            if count >= 2 and len(word) >= _SHORTEST_PART and word.isalpha()
        )
        frequencies: Counter[str] = Counter()
        for words in word_lists:
            frequencies.update({f"w{f}" for f in word_features(words, parts)})
            frequencies.update({f"l{f}" for f in letter_features(words)})
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

    def row(self, text: str) -> SparseRow:
        """Returns columns and weights of one text; empty where nothing is known."""
        words = tokens(text)
        blocks = [
            self._block("w", word_features(words, self.parts), _WORDS_LENGTH),
            self._block("l", letter_features(words), 1.0),
        ]
        columns = np.concatenate([block[0] for block in blocks])
        weights = np.concatenate([block[1] for block in blocks])
        return columns, weights

    def matrix(self, texts: Iterable[str]) -> csr_matrix:
        """Returns the rows of many texts as one sparse matrix."""
        rows = [self.row(text) for text in texts]
        borders = np.cumsum([0] + [len(columns) for columns, _ in rows])
        columns = np.concatenate([columns for columns, _ in rows])
        weights = np.concatenate([weights for _, weights in rows])
        shape = (len(rows), len(self.idf))
        return csr_matrix((weights, columns, borders), shape=shape)

    def _block(self, prefix: str, features: Iterable[str], length: float) -> SparseRow:
        counts: dict[int, int] = {}
        for feature in features:
            column = self.vocabulary.get(prefix + feature)
            if column is not None:
                counts[column] = counts.get(column, 0) + 1
        columns = np.fromiter(counts.keys(), dtype=np.int64, count=len(counts))
        tf = 1 + np.log(
            np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
        )
        weights = (tf * self.idf[columns]).astype(np.float32)
        norm = float(np.sqrt((weights**2).sum()))
        return columns, weights * (length / norm) if norm else weights
