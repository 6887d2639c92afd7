"""What is found out about a known assistant."""

from __future__ import annotations

from quality_samples import NAMES, measured

from kumpel.quality.measuring import (
    by_aspect,
    by_category,
    category_matrix,
    confused_aspects,
    confused_services,
    failures_by_service,
)


def test_outcomes_are_those_of_kumpel_evaluate() -> None:
    found = measured()

    shares = {key: found.questions[key] for key in ("n", "direct", "asked_back")}
    assert shares == {"n": 5, "direct": 0.4, "asked_back": 0.2}
    outcomes = [each.outcome for each in found.asked]
    assert outcomes == ["direct", "direct", "wrong", "asked_back", "lost"]
    assert found.out_of_scope["emergencies"] == {"n": 1, "correct": 1.0}
    assert found.dialogues == {}


def test_the_best_guess_is_compared_with_the_label() -> None:
    guesses = [(each.confidence, each.is_right) for each in measured().guesses]

    assert guesses == [
        (0.95, True), (1.0, True), (0.85, False), (0.45, True), (0.05, False),
    ]  # fmt: skip


def test_categories_are_counted_by_what_was_asked_and_what_came() -> None:
    counts = category_matrix(measured().asked, NAMES.category_of)

    assert counts == {
        ("ausweise", "ausweise"): 2,
        ("soziales", "ausweise"): 1,
        ("umwelt", "asked_back"): 1,
        ("umwelt", "lost"): 1,
    }
    assert by_category(measured().asked, NAMES.category_of)["umwelt"] == {
        "asked_back": 1,
        "lost": 1,
    }


def test_confusions_name_an_example() -> None:
    asked = measured().asked

    assert confused_services(asked) == [
        ("wohngeld", "reisepass", 1, "Hilfe bei der Miete <b>&")
    ]
    assert confused_aspects(asked) == [("documents", "fee", 1, "pass unterlagen")]
    assert by_aspect(asked)["documents"] == {"n": 1, "right": 0.0}


def test_the_worst_service_comes_first_and_asking_back_is_no_failure() -> None:
    worst = failures_by_service(measured().asked)

    assert [(slug, n, len(failed)) for slug, n, failed in worst] == [
        ("wohngeld", 1, 1),
        ("laerm", 2, 1),
    ]
