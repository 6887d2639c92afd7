"""Compares how sure the understanding is with how often it is right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

COUNT_OF_BINS = 10


@dataclass(frozen=True)
class Guess:
    """The service that the understanding holds for the most probable."""

    confidence: float
    """From 0 to 1."""
    is_right: bool


@dataclass(frozen=True)
class Bin:
    """Guesses of about the same confidence."""

    low: float
    high: float
    n: int
    confidence: float
    """Mean confidence; 0 where the bin is empty."""
    right: float
    """Share of right guesses; 0 where the bin is empty."""


def bins_of(guesses: Sequence[Guess], count: int = COUNT_OF_BINS) -> list[Bin]:
    """Sorts guesses into bins of the same width.

    Args:
        guesses: Any number.
        count: Number of bins.
    """
    sorted_in: list[list[Guess]] = [[] for _ in range(count)]
    for guess in guesses:
        # A confidence of exactly 1 belongs to the last bin.
        sorted_in[min(int(guess.confidence * count), count - 1)].append(guess)
    return [
        Bin(
            low=i / count,
            high=(i + 1) / count,
            n=len(inside),
            confidence=_mean([guess.confidence for guess in inside]),
            right=_mean([float(guess.is_right) for guess in inside]),
        )
        for i, inside in enumerate(sorted_in)
    ]


def expected_calibration_error(bins: Sequence[Bin]) -> float:
    """Returns the mean distance between confidence and share of right guesses.

    Weighted by the size of the bins (Naeini, Cooper and Hauskrecht, AAAI 2015); 0 is
    perfect, and so is no guess at all.
    """
    n = sum(each.n for each in bins)
    distances = sum(each.n * abs(each.confidence - each.right) for each in bins)
    return distances / n if n else 0.0


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
