"""Fitting the thresholds between the decisions."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from small_understanding import EXAMPLES, LIMITS, WASTE_QUESTION, written

from kumpel.evaluation import fitting
from kumpel.evaluation.fitting import fit, main, read_lines
from kumpel.nlu.training import train
from kumpel.nlu.understanding import Tuning, Understander


@pytest.fixture(scope="module")
def understander() -> Understander:
    return train(EXAMPLES, Tuning(), LIMITS)


def test_thresholds_stay_where_a_change_gains_no_more_than_one_question(
    understander: Understander, tmp_path: Path
) -> None:
    lines = read_lines(understander, [written(tmp_path, WASTE_QUESTION)])
    fitted = fit(understander, lines)
    for name in ("answer_confidence", "answer_margin", "sensitive_offer_evidence"):
        assert fitted[name] == getattr(LIMITS, name)


def test_a_line_that_asks_back_too_often_is_lowered(
    understander: Understander, tmp_path: Path
) -> None:
    strict = replace(LIMITS, answer_evidence=2.0)
    asking = train(EXAMPLES, Tuning(), strict)
    lines = read_lines(asking, [written(tmp_path, *[WASTE_QUESTION] * 5)])
    assert fit(asking, lines)["answer_evidence"] < 0.1


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
