"""Fits how aspects are weighed; part of `make fit-thresholds`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kumpel.evaluation.input_files import known_services, read_tuning_lines
from kumpel.nlu.aspects import AspectWeights
from kumpel.nlu.decision import OVERVIEW
from kumpel.nlu.understanding import Understander, is_mere_name

_HABITS = [round(0.1 * i, 1) for i in range(11)]
_OVERVIEWS = [round(0.05 * i, 2) for i in range(11)]
#: What an overview takes away again from somebody who asked for a detail. Without it
#: the fit answers nearly everything with an overview, which rarely is outright wrong.
_PRICE_OF_AN_OVERVIEW = 0.85


@dataclass(frozen=True)
class AskedAspect:
    """A question whose likeliest service is right, and what it may ask about that."""

    text: str
    service: str
    aspects: frozenset[str]


def read_asked(understander: Understander, paths: Iterable[Path]) -> list[AskedAspect]:
    """Reads the questions of the development files that get the right service.

    A mere name is left out: the understanding takes it for an overview by rule, and
    counted here it would make all other messages lean to one.
    """
    services, asked = known_services(), []
    lines = (line for path in paths for line in read_tuning_lines(path, services))
    for line in lines:
        if not line.aspects or line.topic or is_mere_name(line.text):
            continue
        found = understander.understand(line.text).services
        service = found[0].name if found else ""
        if service in line.services:
            asked.append(AskedAspect(line.text, service, line.aspects))
    return asked


def fit_aspects(
    understander: Understander, asked: Sequence[AskedAspect]
) -> AspectWeights:
    """Returns the weights by which most is answered that was asked."""
    now = understander.tuning.aspect_weights
    scores = [understander.aspect_scores(each.text) for each in asked]

    def worth(weights: AspectWeights) -> float:
        total = 0.0
        for each, own in zip(asked, scores, strict=True):
            aspect, _ = understander.aspects.ranked(own, weights, each.service)[0]
            if aspect in each.aspects:
                total += 1
            elif aspect == OVERVIEW:
                total -= _PRICE_OF_AN_OVERVIEW
        return total

    grid = (
        replace(now, habit=habit, overview=overview)
        for habit in _HABITS
        for overview in _OVERVIEWS
    )
    return max(grid, key=worth)


def aspect_table(
    understander: Understander, asked: Sequence[AskedAspect], fitted: AspectWeights
) -> list[str]:
    """Returns the rows of a table: what is right without and with each weight."""
    details = [each for each in asked if OVERVIEW not in each.aspects]

    def right(among: Sequence[AskedAspect], weights: AspectWeights) -> str:
        found = [_main_aspect(understander, each, weights) for each in among]
        hits = sum(a in each.aspects for a, each in zip(found, among, strict=True))
        return f"{hits / len(among):.3f}" if among else "none"

    rows = [
        "| habit | overview | all | those that ask a detail only |",
        "|---|---|---|---|",
    ]
    for habit in (0.0, fitted.habit):
        for overview in (0.0, fitted.overview):
            weights = replace(fitted, habit=habit, overview=overview)
            shares = f"{right(asked, weights)} | {right(details, weights)}"
            rows.append(f"| {habit} | {overview} | {shares} |")
    return rows


def _main_aspect(
    understander: Understander, asked: AskedAspect, weights: AspectWeights
) -> str:
    scores = understander.aspect_scores(asked.text)
    return understander.aspects.ranked(scores, weights, asked.service)[0][0]
