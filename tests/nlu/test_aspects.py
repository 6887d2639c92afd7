"""Ranking what is asked about a service."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kumpel.nlu.aspects import AspectModel, AspectWeights, habits_of
from kumpel.nlu.features import SparseRow
from kumpel.nlu.linear_model import LinearModel

ASPECTS = ["deadline", "fee", "overview"]
WEIGHTS = AspectWeights(sharpness=3.0, habit=1.0, overview=0.0)
ROW: SparseRow = (np.array([0]), np.array([1.0], np.float32))


@pytest.fixture
def model() -> AspectModel:
    """Its one word speaks for a fee, a little less for a deadline."""
    linear = LinearModel.of_weights(
        ASPECTS, np.array([[0.4, 0.5, 0.1]]), np.zeros(len(ASPECTS))
    )
    asked = [("abfall", "deadline")] * 90 + [("abfall", "fee")] * 10
    others = [("pass", "fee")] * 90 + [("pass", "overview")] * 10
    return AspectModel(linear, habits_of(asked + others, ASPECTS))


def ranked(
    model: AspectModel, service: str | None, weights: AspectWeights = WEIGHTS
) -> list[tuple[str, float]]:
    return model.ranked(model.linear.scores(ROW), weights, service)


def first(model: AspectModel, service: str | None, weights: AspectWeights) -> str:
    return ranked(model, service, weights)[0][0]


def test_what_is_usually_asked_about_a_service_decides_in_doubt(
    model: AspectModel,
) -> None:
    assert first(model, "abfall", WEIGHTS) == "deadline"
    assert first(model, "pass", WEIGHTS) == "fee"


def test_a_follow_up_is_ranked_by_its_words_alone(model: AspectModel) -> None:
    assert first(model, None, WEIGHTS) == "fee"


def test_a_service_without_utterances_has_no_habit(model: AspectModel) -> None:
    assert first(model, "ganz-neu", WEIGHTS) == "fee"


def test_an_overview_is_given_its_margin_only_where_a_service_is_named(
    model: AspectModel,
) -> None:
    leaning = replace(WEIGHTS, habit=0.0, overview=0.45)
    assert first(model, "pass", leaning) == "overview"
    assert first(model, None, leaning) == "fee"


def test_confidences_add_up_to_one(model: AspectModel) -> None:
    found = ranked(model, "abfall")
    assert {aspect for aspect, _ in found} == set(ASPECTS)
    assert sum(confidence for _, confidence in found) == pytest.approx(1)


def test_a_model_without_overview_ranks_too(model: AspectModel) -> None:
    linear = model.linear.only({"deadline", "fee"})
    assert ranked(AspectModel(linear, {}), "pass")[0][0] == "fee"


def test_few_questions_hardly_make_a_habit() -> None:
    many = [("pass", "fee"), ("pass", "deadline")] * 50
    once = habits_of([*many, ("neu", "fee")], ASPECTS)["neu"]
    often = habits_of([*many, *[("neu", "fee")] * 200], ASPECTS)["neu"]
    fee = ASPECTS.index("fee")
    assert 0 < once[fee] < 0.05 < often[fee]


def test_what_nobody_ever_asks_is_no_habit() -> None:
    gains = habits_of([("pass", "fee")], ASPECTS)["pass"]
    assert np.isfinite(gains).all()
    assert gains[ASPECTS.index("overview")] == 0


def test_it_is_read_as_it_was_written(model: AspectModel, tmp_path: Path) -> None:
    model.persist(tmp_path)
    again = AspectModel.load(tmp_path)
    assert ranked(again, "abfall") == [
        (aspect, pytest.approx(confidence, abs=0.01))
        for aspect, confidence in ranked(model, "abfall")
    ]
