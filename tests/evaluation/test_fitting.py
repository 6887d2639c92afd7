"""Fitting the thresholds between the decisions."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kumpel.evaluation import fitting
from kumpel.evaluation.fitting import fit, is_clearly_better, main, read_lines, worths
from kumpel.nlu.decision import Summary, Thresholds
from kumpel.nlu.training import train
from kumpel.nlu.understanding import Example, Tuning, Understander

WASTE, DEATH, FIRE = "service/abfallkalender", "service/sterbefall", "emergency/fire"
LIMITS = Thresholds(sensitive_services=frozenset({"sterbefall"}))
EXAMPLES = [
    *(Example(f"Tonne {w}", WASTE, "deadline") for w in ("heute", "wann", "raus")),
    *(Example(f"{w} gestorben", DEATH, "overview") for w in ("Oma", "Opa", "Vater")),
    *(
        Example(f"es brennt {w}", FIRE, None)
        for w in ("hier", "im Keller", "lichterloh")
    ),
    *(Example(f"schönes {w}", "greet", None) for w in ("Wetter", "Wochenende")),
]
WASTE_QUESTION = {"text": "wann Tonne raus", "service": ["abfallkalender"]}


@pytest.fixture(scope="module")
def understander() -> Understander:
    return train(EXAMPLES, Tuning(), LIMITS)


def written(folder: Path, *records: dict[str, Any]) -> Path:
    path = folder / "dev.jsonl"
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    return path


def test_thresholds_stay_where_a_change_gains_no_more_than_one_question(
    understander: Understander, tmp_path: Path
) -> None:
    lines = read_lines(understander, [written(tmp_path, WASTE_QUESTION)])
    fitted = fit(understander, lines)
    for name in ("answer_confidence", "answer_margin", "sensitive_offer_evidence"):
        assert fitted[name] == getattr(LIMITS, name)


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


def test_a_line_that_asks_back_too_often_is_lowered(
    understander: Understander, tmp_path: Path
) -> None:
    strict = replace(LIMITS, answer_evidence=2.0)
    asking = train(EXAMPLES, Tuning(), strict)
    lines = read_lines(asking, [written(tmp_path, *[WASTE_QUESTION] * 5)])
    assert fit(asking, lines)["answer_evidence"] < 0.1


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


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "kein gültiges JSON"),
        ('{"service": ["reisepass"]}', "'text' fehlt"),
        ('{"text": "x", "service": ["mondpass"]}', "'mondpass' ist unbekannt"),
        ('{"text": "x", "service": []}', "'service' ist leer"),
        ('{"text": "x", "service": ["reisepass"], "topic": "y"}', "'y' ist unbekannt"),
    ],
)
def test_a_bad_line_is_named_with_file_line_and_reason(
    understander: Understander, tmp_path: Path, line: str, reason: str,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    path = tmp_path / "dev.jsonl"
    path.write_text(f"{json.dumps(WASTE_QUESTION)}\n{line}\n", encoding="utf-8")
    monkeypatch.setattr(fitting, "newest_model", lambda: path)
    monkeypatch.setattr(fitting, "trained_understander", lambda _: understander)

    assert main([str(path)]) == 1
    error = capsys.readouterr().err
    assert f"{path}, Zeile 2: " in error
    assert reason in error


def test_without_a_model_it_says_how_to_make_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(fitting, "newest_model", lambda: None)
    assert main(["dev.jsonl"]) == 1
    assert "run make train" in capsys.readouterr().err


def summaries(understander: Understander, lines: list[fitting.Line]) -> list[Summary]:
    return [
        Summary.of(
            understander.rank(line.scores, understander.tuning.sharpness),
            line.count_of_words,
            line.main_aspect,
            line.with_topic,
        )
        for line in lines
    ]
