"""Ranks labels by their scores: services, groups of labels, and the best of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from kumpel.nlu.linear_model import Floats

SERVICE = "service"
MOST_SERVICES = 5


@lru_cache(maxsize=1024)
def _split(label: str) -> list[str]:
    return label.split("/", 1)


class Candidate(NamedTuple):
    """One fine label with its probability and the linear model's margin."""

    label: str
    """``service/<slug>``, ``aspect/<aspect>``, ``out_of_scope/<kind>``, ``greet`` …"""
    confidence: float
    evidence: float

    @property
    def group(self) -> str:
        """The part before the slash; a dialogue intent is a group of its own."""
        return _split(self.label)[0]

    @property
    def name(self) -> str:
        """The part after the slash: slug, aspect or kind."""
        return _split(self.label)[-1]


@dataclass(frozen=True)
class Ranking:
    """What a message may mean, in short."""

    mass: Mapping[str, float]
    """Joint probability of each group."""
    best: Mapping[str, Candidate]
    """Most probable candidate of each group."""
    services: Sequence[Candidate]
    """The most probable services, at most five, the best first."""


class Ranker:
    """Ranks one set of labels.

    Only the few candidates that anybody looks at are made: two hundred of them for
    each message took a fifth of the understanding.
    """

    def __init__(self, labels: Sequence[str]) -> None:
        """Takes the labels, in the order of the scores."""
        groups = [_split(label)[0] for label in labels]
        self._labels = labels
        self._groups = list(dict.fromkeys(groups))
        numbers = {group: number for number, group in enumerate(self._groups)}
        self._group_of = np.array([numbers[group] for group in groups])
        self._services = np.array(
            [i for i, group in enumerate(groups) if group == SERVICE], dtype=np.int64
        )

    def ranking(self, confidences: Floats, evidence: Floats) -> Ranking:
        """Sums up one message.

        Args:
            confidences: 1-D array of shape (labels,).
            evidence: 1-D array of shape (labels,) of margins; a label at minus
                infinity is left out.
        """
        mass = np.bincount(self._group_of, confidences, len(self._groups))
        # The last one that is written stays: the best, and of equals the first.
        order = np.argsort(-evidence, kind="stable")[::-1]
        best = np.empty(len(self._groups), dtype=np.int64)
        best[self._group_of[order]] = order
        candidates = self._candidates(best, confidences, evidence)
        return Ranking(
            dict(zip(self._groups, mass.tolist(), strict=True)),
            dict(zip(self._groups, candidates, strict=True)),
            self.services(confidences, evidence, MOST_SERVICES),
        )

    def services(
        self, confidences: Floats, evidence: Floats, most: int | None = None
    ) -> list[Candidate]:
        """Returns the services, the best first; none at minus infinity.

        Args:
            confidences: 1-D array of shape (labels,).
            evidence: 1-D array of shape (labels,) of margins.
            most: How many to return; None returns all.
        """
        order = np.argsort(-evidence[self._services], kind="stable")[:most]
        found = self._candidates(self._services[order], confidences, evidence)
        return [each for each in found if each.evidence > -np.inf]

    def _candidates(
        self, rows: np.ndarray[tuple[int], np.dtype[np.int64]], *numbers: Floats
    ) -> list[Candidate]:
        # Plain numbers at once: one by one, numpy's take several times as long.
        columns = (each[rows].tolist() for each in numbers)
        labels = [self._labels[row] for row in rows.tolist()]
        return [Candidate(*each) for each in zip(labels, *columns, strict=True)]
