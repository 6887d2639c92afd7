"""Fitting how aspects are weighed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kumpel.evaluation.aspect_fitting import (
    AskedAspect,
    aspect_table,
    fit_aspects,
    read_asked,
)
from kumpel.nlu.aspects import AspectWeights
from kumpel.nlu.thresholds import Thresholds
from kumpel.nlu.training import train
from kumpel.nlu.understanding import Example, Tuning, Understander

WASTE, PASSPORT = "service/abfallkalender", "service/reisepass"
EXAMPLES = [
    *(
        Example(f"Tonne {when}", WASTE, "deadline")
        for when in ("heute", "wann", "raus")
    ),
    *(Example(f"Pass {cost}", PASSPORT, "fee") for cost in ("teuer", "Preis", "Euro")),
    Example("ich brauche einen neuen Pass für die Reise", PASSPORT, "overview"),
    Example("was muss ich zur Tonne wissen bitte", WASTE, "overview"),
]


@pytest.fixture(scope="module")
def understander() -> Understander:
    return train(EXAMPLES, Tuning(), Thresholds())


def asked(text: str, service: str, *aspects: str) -> AskedAspect:
    return AskedAspect(text, service, frozenset(aspects))


def test_it_leans_to_an_overview_where_that_is_what_is_wanted(
    understander: Understander,
) -> None:
    wanted = [asked("ich Pass teuer", "reisepass", "overview")]
    details = [asked("ich Pass teuer", "reisepass", "fee")]
    leaning = fit_aspects(understander, wanted).overview
    assert leaning > fit_aspects(understander, details).overview == 0


def test_questions_of_another_service_follow_ups_and_mere_names_do_not_count(
    understander: Understander, tmp_path: Path
) -> None:
    lines = [
        {"text": "ist ein Pass teuer", "service": ["reisepass"], "aspect": ["fee"]},
        {
            "text": "ist ein Pass teuer",
            "service": ["abfallkalender"],
            "aspect": ["fee"],
        },
        {"text": "Pass teuer", "service": ["reisepass"], "aspect": ["overview"]},
        {
            "text": "teuer",
            "service": ["reisepass"],
            "aspect": ["fee"],
            "topic": "reisepass",
        },
        {"text": "Wetter", "kind": "weather"},
    ]
    path = tmp_path / "dev.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    found = [asked("ist ein Pass teuer", "reisepass", "fee")]
    assert read_asked(understander, [path]) == found


def test_the_table_shows_what_an_overview_gains_and_what_it_takes_from_details(
    understander: Understander,
) -> None:
    both = [
        asked("ich Pass teuer", "reisepass", "overview"),
        asked("ist der Pass teuer", "reisepass", "fee"),
    ]
    rows = aspect_table(understander, both, AspectWeights(habit=0.0, overview=9.0))
    assert rows[2] == "| 0.0 | 0.0 | 0.500 | 1.000 |"
    assert rows[3] == "| 0.0 | 9.0 | 0.500 | 0.000 |"
    assert aspect_table(understander, [], AspectWeights())[2].endswith("none | none |")
