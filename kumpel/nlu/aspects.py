"""Ranks what a message asks about its service, such as fee, documents, deadline."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path

import numpy as np

from kumpel.nlu.decision import OVERVIEW
from kumpel.nlu.linear_model import Floats, LinearModel

_NAME = "aspects"
_HABITS = "habits.json"
_DECIMALS = 3
_NO_HABITS = np.float32(0)
_confidence = itemgetter(1)
#: Questions of the average service that each service is given on top: one with few
#: utterances of its own is taken for an average one.
_QUESTIONS_LENT = 80.0


@dataclass(frozen=True)
class AspectWeights:
    """How the ranking of aspects is weighed; each field is fitted, see docs."""

    sharpness: float = 3.0
    """Inverse temperature that turns margins into probabilities."""
    habit: float = 0.7
    """Weight of what is usually asked about a service."""
    overview: float = 0.2
    """Margin that an overview is given: it tells something of each aspect."""


@dataclass(frozen=True)
class AspectModel:
    """A linear model of the words, and what is usually asked about each service."""

    linear: LinearModel
    habits: Mapping[str, Floats]
    """For each slug a 1-D array of shape (aspects,): the logarithm of how much more
    often than of other services each aspect is asked."""

    def ranked(
        self, scores: Floats, weights: AspectWeights, service: str | None = None
    ) -> list[tuple[str, float]]:
        """Returns all aspects with their probabilities, the likeliest first.

        Args:
            scores: 1-D array of shape (aspects,): what `linear` makes of a message.
            weights: How to weigh words and habits.
            service: Slug of the service that the message names; None ranks by the
                words alone, as for "und was kostet das?".
        """
        # So few that plain numbers are several times as fast as numpy's.
        margins = self.margins(scores, weights, service).tolist()
        top = max(margins)
        shares = [math.exp(weights.sharpness * (margin - top)) for margin in margins]
        total = sum(shares)
        ranked = [
            (aspect, share / total)
            for aspect, share in zip(self.linear.labels, shares, strict=True)
        ]
        return sorted(ranked, key=_confidence, reverse=True)

    def margins(
        self, scores: Floats, weights: AspectWeights, service: str | None
    ) -> Floats:
        """Returns a 1-D array of shape (aspects,); arguments as for `ranked`."""
        if service is None:
            return scores
        margins = scores + weights.habit * self.habits.get(service, _NO_HABITS)
        if OVERVIEW in self.linear.labels:
            margins[self.linear.labels.index(OVERVIEW)] += weights.overview
        return margins

    def persist(self, folder: Path) -> None:
        """Writes the model's files into a folder."""
        self.linear.persist(folder, _NAME)
        habits = {
            slug: [round(float(gain), _DECIMALS) for gain in gains]
            for slug, gains in self.habits.items()
        }
        (folder / _HABITS).write_text(json.dumps(habits))

    @classmethod
    def load(cls, folder: Path) -> AspectModel:
        """Reads what `persist` wrote."""
        habits = json.loads((folder / _HABITS).read_text())
        return cls(
            LinearModel.load(folder, _NAME),
            {slug: np.array(gains, np.float32) for slug, gains in habits.items()},
        )


def habits_of(
    questions: Iterable[tuple[str, str]], aspects: Sequence[str]
) -> dict[str, Floats]:
    """Learns what is usually asked about each service.

    Args:
        questions: Slug and aspect of each training utterance that asks something.
        aspects: Names in the order of the gains.
    """
    counts = Counter(questions)
    by_aspect = np.array(
        [sum(n for (_, of), n in counts.items() if of == aspect) for aspect in aspects]
    )
    average = by_aspect / max(by_aspect.sum(), 1)
    habits = {}
    for slug in sorted({slug for slug, _ in counts}):
        own = np.array([counts[slug, aspect] for aspect in aspects])
        shares = (own + _QUESTIONS_LENT * average) / (own.sum() + _QUESTIONS_LENT)
        gains = np.zeros(len(aspects), np.float32)
        np.log(shares / np.maximum(average, 1e-9), out=gains, where=average > 0)
        habits[slug] = gains
    return habits
