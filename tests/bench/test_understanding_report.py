"""Scores, table and document."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bench.understanding import report as reports
from bench.understanding.command_line import CHART, DOCUMENT, RESULTS
from bench.understanding.contestants import CONTESTANTS
from bench.understanding.scoring import score
from bench.understanding.serving import answer_of
from kumpel.errors import InvalidInputError
from kumpel.evaluation.input_files import OutOfScopeMessage, Question


def _question(*services: str) -> Question:
    return Question("?", services, ("overview",), "standard")


def _answer(act: str, *services: str) -> dict[str, Any]:
    return {"act": act, "services": list(services), "milliseconds": 2.0}


def test_outcomes_follow_from_act_and_rank() -> None:
    found = score(
        [_question("a", "b")] * 6,
        [OutOfScopeMessage("?", "weather", ())] * 2,
        [
            _answer("answer", "b", "c"),
            _answer("answer", "c", "a"),
            _answer("ask_back", "c", "d", "a"),
            _answer("ask_back", "c", "d", "e", "a"),
            _answer("other", "a"),
            _answer("other"),
            _answer("answer", "a"),
            _answer("ask_back", "a"),
        ],
    )
    assert found["accuracy"] == pytest.approx(2 / 6)
    assert found["direct"] == found["wrong"] == found["asked_back"] == 1 / 6
    assert found["unanswered"] == 3 / 6
    assert found["false_answers"] == 1 / 2


def test_a_plain_intent_below_the_threshold_keeps_its_rank() -> None:
    parsed = {
        "intent": {"name": "nlu_fallback", "confidence": 0.3},
        "intent_ranking": [
            {"name": "nlu_fallback"},
            {"name": "out_of_scope__weather"},
            {"name": "service__reisepass"},
            {"name": "greet"},
            {"name": "service__personalausweis"},
        ],
    }
    services = ["reisepass", "personalausweis"]
    assert answer_of(parsed) == {"services": services, "act": "other"}


@pytest.mark.parametrize(
    ("intent", "act"),
    [("service", "answer"), ("service_unclear", "ask_back"), ("aspect", "other")],
)
def test_our_answer_is_read_from_understanding(intent: str, act: str) -> None:
    understanding = {"services": [{"slug": "reisepass", "confidence": 0.5}]}
    parsed = {"intent": {"name": intent}, "understanding": understanding}
    assert answer_of(parsed) == {"services": ["reisepass"], "act": act}


def test_the_stock_pipeline_is_rasas_own_default() -> None:
    config = CONTESTANTS["rasa-init"].config_with(None)
    assert config["language"] == "de"
    assert [each["name"] for each in config["pipeline"]] == [
        "WhitespaceTokenizer",
        "RegexFeaturizer",
        "LexicalSyntacticFeaturizer",
        "CountVectorsFeaturizer",
        "CountVectorsFeaturizer",
        "DIETClassifier",
        "EntitySynonymMapper",
        "ResponseSelector",
        "FallbackClassifier",
    ]


def test_our_own_pipeline_is_trained_from_scratch_as_the_others_are() -> None:
    pipeline = CONTESTANTS["kumpel"].config_with(None)["pipeline"]
    ours = next(c for c in pipeline if c["name"].endswith("UnderstandingClassifier"))
    assert ours["sharpness"] > 0
    assert "memory" not in ours


@pytest.mark.parametrize(
    ("name", "epochs"), [("kumpel", None), ("rasa-init", 100), ("buerokratt", 30)]
)
def test_epochs_are_the_authors_unless_told(name: str, epochs: int | None) -> None:
    assert CONTESTANTS[name].epochs() == epochs
    assert CONTESTANTS[name].epochs(2) == (2 if epochs else None)


def _report(**changes: Any) -> dict[str, Any]:
    ours = {
        **{"name": "kumpel", "title": "Kumpel", "epochs": None, "authors_epochs": None},
        **{"accuracy": 0.97, "direct": 0.9, "asked_back": 0.06, "wrong": 0.01},
        **{"unanswered": 0.03, "false_answers": 0.02, "training_seconds": 100.0},
        **{"latency_ms": {"p50": 4.0, "p95": 8.0}, "by_style": {"standard": 0.97}},
        **{"training_peak_mb": 700.0, "model_mb": 9.0, "load_seconds": 5.0},
        **{"start_seconds": 12.0, "is_resumed": False, "serving_peak_mb": 900.0},
    }
    stock = ours | {"name": "rasa-init", "title": "`rasa init`", "accuracy": 0.81}
    stock["latency_ms"] = {"p50": 24.0, "p95": 40.0}
    machine = {"cpus": 2, "cpu": "X", "memory_gb": 8.0, "load": 0.1, "system": "Linux"}
    versions = {"python": "3.10", "rasa": "3.6.21", "tensorflow": "2.12.0"}
    data = {"utterances": 10, "intents": 2, "utterances_per_intent": None}
    return {
        "date": "2026-11-24",
        "command": "python -m bench.understanding",
        "machine": machine | versions,
        "data": data | {"questions": 3, "out_of_scope": 1},
        "contestants": [ours, stock | changes],
    }


def test_the_table_says_who_leads_and_by_how_much() -> None:
    text = reports.as_markdown(_report(), "images/chart.svg")
    assert "+16.0 points" in text
    assert "6.0 times as fast" in text
    assert "| 97.0 % |" in " ".join(text.split())
    assert "](images/chart.svg)" in text


def test_fewer_epochs_or_utterances_than_all_are_not_kept_quiet() -> None:
    report = _report(epochs=5, authors_epochs=100)
    report["data"]["utterances_per_intent"] = 20
    text = reports.as_markdown(report)
    assert "5 (author: 100)" in text
    assert "**With 20 utterances an intent, not all.**" in text


def test_a_failed_contestant_is_shown_with_its_reason() -> None:
    report = _report()
    head: dict[str, Any] = {"name": "rasa-init", "title": "`rasa init`"}
    head |= {"epochs": 100, "authors_epochs": 100}
    report["contestants"][1] = head | {"failure": "der Speicher reicht nicht"}
    text = reports.as_markdown(report)
    assert "`rasa init` failed: der Speicher reicht nicht" in text
    assert "97.0 %" in text


def test_only_what_stands_between_the_markers_is_written(tmp_path: Path) -> None:
    document = tmp_path / "benchmarks.md"
    document.write_text(f"before\n{reports.BEGIN}\nold\n{reports.END}\nafter\n")
    for text in ("new", "newer"):
        reports.publish(document, text)
    written = document.read_text()
    assert "old" not in written
    assert written.startswith("before\n")
    assert written.endswith("after\n")
    assert "newer" in written


def test_a_document_without_markers_is_refused(tmp_path: Path) -> None:
    document = tmp_path / "benchmarks.md"
    with pytest.raises(InvalidInputError, match="nicht lesbar"):
        reports.publish(document, "new")
    document.write_text("nothing\n")
    with pytest.raises(InvalidInputError, match="Es fehlen die Zeilen"):
        reports.publish(document, "new")


def test_the_published_figures_are_those_of_the_results() -> None:
    reports.around_markers(DOCUMENT)
    if RESULTS.is_file():
        report = json.loads(RESULTS.read_text(encoding="utf-8"))
        link = str(CHART.relative_to(DOCUMENT.parent))
        assert reports.as_markdown(report, link) in DOCUMENT.read_text(encoding="utf-8")
        assert CHART.is_file()
