"""Fits how aspects are weighed; part of `make fit-thresholds`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

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
    asked = []
    for record in (
        json.loads(line)
        for path in paths
        for line in path.read_text(encoding="utf-8").splitlines()
    ):
        is_asked = record.get("aspect") and not record.get("topic")
        if not is_asked or is_mere_name(record["text"]):
            continue
        services = understander.understand(record["text"]).services
        service = services[0].name if services else ""
        if service in record["service"]:
            aspects = frozenset(record["aspect"])
            asked.append(AskedAspect(record["text"], service, aspects))
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
