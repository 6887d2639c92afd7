"""Ranking labels by their scores."""

import numpy as np

from kumpel.nlu.ranking import MOST_SERVICES, Ranker, Ranking

LABELS = ["emergency/fire", "emergency/police", "greet", "service/pass", "service/hund"]


def ranking(evidence: list[float]) -> Ranking:
    confidences = np.array([0.1, 0.2, 0.3, 0.15, 0.25], np.float32)
    return Ranker(LABELS).ranking(confidences, np.array(evidence, np.float32))


def test_a_group_has_the_joint_probability_of_its_labels() -> None:
    mass = ranking([0.1, 0.2, 0.3, 0.4, 0.5]).mass

    assert {group: round(each, 3) for group, each in mass.items()} == {
        "emergency": 0.3,
        "greet": 0.3,
        "service": 0.4,
    }


def test_the_best_of_each_group_is_the_one_with_the_greatest_margin() -> None:
    best = ranking([0.1, -0.2, 0.3, 0.4, 0.5]).best

    assert {group: each.name for group, each in best.items()} == {
        "emergency": "fire",
        "greet": "greet",
        "service": "hund",
    }


def test_of_equals_the_first_is_the_best() -> None:
    found = ranking([0.1, 0.1, 0.3, 0.5, 0.5])

    assert found.best["emergency"].name == "fire"
    assert found.best["service"].name == "pass"
    assert [each.name for each in found.services] == ["pass", "hund"]


def test_a_label_at_minus_infinity_is_no_service_to_offer() -> None:
    found = ranking([0.1, 0.2, 0.3, -np.inf, 0.5])

    assert [each.name for each in found.services] == ["hund"]


def test_only_the_likeliest_services_are_kept() -> None:
    ranker = Ranker([f"service/s{i}" for i in range(30)])
    evidence = np.linspace(0, 1, 30)

    found = ranker.ranking(np.full(30, 1 / 30), evidence)

    assert [each.name for each in found.services] == ["s29", "s28", "s27", "s26", "s25"]
    assert len(found.services) == MOST_SERVICES
    assert len(ranker.services(evidence, evidence)) == 30
