"""Finds training utterances that another label steals.

An utterance that a model gives to another service than its author did is either filed
in the wrong place, or says too little, or the thief has swallowed a word that belongs
to many. Each of them makes both services worse.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from kumpel.nlu.features import Vectorizer
from kumpel.nlu.linear_model import LinearModel
from kumpel.nlu.understanding import Understander
from kumpel.text.fold import fold
from kumpel.validation.language_data import Utterance
from kumpel.validation.problem import Place

Floats = npt.NDArray[np.float32]

FOLDS = 4


@dataclass(frozen=True)
class Limits:
    """From where on a theft is sure, as margins of the linear SVM.

    A margin above 0 claims an utterance, below -1 it is surely another's.
    """

    least_thief_margin: float
    """The thief claims it at least as surely as this."""
    least_gap: float
    """And is this far ahead of its owner."""


#: Of a model that has not seen the utterance. Many good utterances are the only one of
#: their kind, so that a third is stolen when unseen; from here on the thief is sure and
#: the owner sure of the contrary. At 0.3 and 1.2 three times as many must be judged.
CROSS_VALIDATED = Limits(least_thief_margin=0.5, least_gap=1.6)
#: Of the product's own model, trained on the very utterance to give it to its owner:
#: where that fails, it contradicts others or says nothing that can be read. Happens to
#: fewer than 1 in 1,000. Smaller gaps come and go with each training.
IN_SAMPLE = Limits(least_thief_margin=float("-inf"), least_gap=0.3)


@dataclass(frozen=True)
class Theft:
    """An utterance whose best label is not its own."""

    utterance: Utterance
    own_margin: float
    thief: str
    """Full label, such as ``service/reisepass``."""
    thief_margin: float

    @property
    def place(self) -> Place:
        """Where the utterance stands."""
        return self.utterance.place

    @property
    def gap(self) -> float:
        """How far the thief is ahead."""
        return self.thief_margin - self.own_margin

    def is_sure(self, limits: Limits) -> bool:
        """Tells whether this is more than two labels lying close together."""
        return (
            self.thief_margin >= limits.least_thief_margin
            and self.gap >= limits.least_gap
        )


def cross_validated(
    utterances: Sequence[Utterance],
    penalty: float,
    progress: Callable[[Iterable[int]], Iterable[int]] = iter,
) -> list[Theft]:
    """Scores each utterance by a model that has not seen it; names all thefts.

    Same features and same SVM as the product's; document frequencies are those of the
    training folds alone.

    Args:
        utterances: All training utterances of all labels.
        penalty: C of the SVM, as in config.yml.
        progress: Wraps the numbers of the folds, for a progress bar.

    Returns:
        The surest theft first.
    """
    folds = np.array([fold_of(each) for each in utterances])
    thefts: list[Theft] = []
    for number in progress(range(FOLDS)):
        seen = [utterances[i] for i in np.flatnonzero(folds != number)]
        unseen = [utterances[i] for i in np.flatnonzero(folds == number)]
        if not unseen:
            continue
        texts = [each.text for each in seen]
        vectorizer = Vectorizer.fit(texts)
        rows = vectorizer.matrix(texts)
        model = LinearModel.train(rows, [e.intent for e in seen], penalty=penalty)
        thefts += _thefts(unseen, vectorizer, model)
    return _surest_first(thefts)


def in_sample(utterances: Sequence[Utterance], trained: Understander) -> list[Theft]:
    """Names the utterances that the trained product itself gives to another label.

    Args:
        utterances: The utterances that it was trained on.
        trained: The product's understanding.

    Returns:
        The surest theft first.
    """
    return _surest_first(_thefts(utterances, trained.vectorizer, trained.labels))


def fold_of(utterance: Utterance) -> int:
    """Returns the fold of an utterance, from 0.

    By its words and not by its line: a new line elsewhere must not move others into
    another fold, or each edit would change the whole list a little. Twins that differ
    in capitals or umlauts only share a fold, so that none is known by the other.
    """
    return zlib.crc32(fold(utterance.text).encode()) % FOLDS


def _thefts(
    utterances: Sequence[Utterance], vectorizer: Vectorizer, model: LinearModel
) -> Iterator[Theft]:
    scores = _scores(vectorizer.matrix(each.text for each in utterances), model)
    columns = {label: column for column, label in enumerate(model.labels)}
    for utterance, row in zip(utterances, scores, strict=True):
        best = int(np.argmax(row))
        own = columns.get(utterance.intent)
        # A label with utterances in one fold only is unknown to that fold's model.
        if own is not None and best != own:
            margins = float(row[own]), float(row[best])
            yield Theft(utterance, margins[0], model.labels[best], margins[1])


def _scores(rows: csr_matrix, model: LinearModel) -> Floats:
    scores: Floats = rows @ model.weights + model.bias
    return scores


def _surest_first(thefts: Iterable[Theft]) -> list[Theft]:
    return sorted(thefts, key=lambda theft: (-theft.gap, theft.place))
