"""What the outcomes of development lines are worth."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from small_understanding import EXAMPLES, LIMITS, WASTE_QUESTION, summaries, written

from kumpel.evaluation.fitting import read_lines
from kumpel.evaluation.worth import is_clearly_better, worths
from kumpel.nlu.training import train
from kumpel.nlu.understanding import Tuning, Understander


@pytest.fixture(scope="module")
def understander() -> Understander:
    return train(EXAMPLES, Tuning(), LIMITS)


def test_a_death_where_none_was_told_costs_more_than_any_other_wrong_answer(
    understander: Understander, tmp_path: Path
) -> None:
    rash = replace(
        LIMITS, answer_confidence=0, answer_margin=0, answer_evidence=-9,
        sensitive_evidence=-9, short_message_gap=0,
    )  # fmt: skip
    wrong = [
        {"text": "Oma gestorben", "service": ["abfallkalender"]},
        {"text": "wann Tonne raus", "service": ["sterbefall"]},
    ]
    death, waste = (
        worths(lines, summaries(understander, lines), rash).sum()
        for lines in (read_lines(understander, [written(tmp_path, w)]) for w in wrong)
    )
    assert death < waste < 0


def test_a_death_among_the_choices_costs_where_nobody_died(tmp_path: Path) -> None:
    unsure = replace(
        LIMITS,
        answer_evidence=9,
        choice_evidence=-9,
        choice_share=0.0,
        sensitive_offer_evidence=-9,
    )
    offering = train(EXAMPLES, Tuning(), unsure)
    lines = read_lines(offering, [written(tmp_path, WASTE_QUESTION)])
    offered = summaries(offering, lines)
    harmless = replace(unsure, sensitive_services=frozenset())
    assert worths(lines, offered, unsure) < worths(lines, offered, harmless)


def test_an_emergency_counts_where_it_is_called_one(
    understander: Understander, tmp_path: Path
) -> None:
    fire = {"text": "es brennt im Keller", "kind": "sensitive_emergency"}
    lines = read_lines(understander, [written(tmp_path, fire)])
    seen = replace(LIMITS, emergency_confidence=0.1, emergency_lead=0.0)
    missed = replace(LIMITS, emergency_confidence=1.1)
    found = summaries(understander, lines)
    assert worths(lines, found, seen) > 1 > worths(lines, found, missed)


def test_a_further_choice_costs_where_the_first_one_is_right(tmp_path: Path) -> None:
    few = replace(
        LIMITS, answer_evidence=9, choice_evidence=-9, choice_share=1.0,
        bare_word_evidence=9, sensitive_services=frozenset(),
    )  # fmt: skip
    many = replace(few, choice_share=0.0)
    asking = train(EXAMPLES, Tuning(), many)
    lines = read_lines(asking, [written(tmp_path, WASTE_QUESTION)])
    found = summaries(asking, lines)
    assert 0 < worths(lines, found, many) < worths(lines, found, few) == 0.5


@pytest.mark.parametrize(
    ("gains", "is_better"),
    [
        ([], False),
        ([0.5, 0.5], True),
        # Seven that now rightly ask back for four that need not have: chance.
        ([0.4] * 7 + [-0.5] * 4, False),
        ([0.4] * 17 + [-0.5] * 4, True),
        ([-0.5, -0.5], False),
    ],
)
def test_only_a_gain_above_its_standard_error_moves_a_threshold(
    gains: list[float], is_better: bool
) -> None:
    now = np.ones(len(gains), dtype=np.float32)
    tried = now + np.array(gains, dtype=np.float32)
    assert is_clearly_better(tried, now) is is_better
