"""The whole comparison, for real and small."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from small_data import write_out_of_scope, write_questions, write_training_data

from bench.understanding.child import Usage
from bench.understanding.command_line import main
from bench.understanding.contestants import CONTESTANTS
from bench.understanding.training import Serving, Workspace
from bench.understanding.training_data import read_blocks, subset


class _Run(NamedTuple):
    code: int
    folder: Path
    data: Path
    report: dict[str, Any]

    def contestant(self, name: str) -> dict[str, Any]:
        return next(c for c in self.report["contestants"] if c["name"] == name)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> _Run:
    folder = tmp_path_factory.mktemp("bench")
    data = write_training_data(folder / "nlu")
    code = main(
        [
            *("--data", str(data)),
            *("--questions", str(write_questions(folder / "questions.jsonl"))),
            *("--out-of-scope", str(write_out_of_scope(folder / "others.jsonl"))),
            *("--out", str(folder / "out")),
            *("--contestants", "kumpel,rasa-init"),
            *("--epochs", "1"),
        ]
    )
    report = json.loads((folder / "out" / "results.json").read_text(encoding="utf-8"))
    return _Run(code, folder / "out", data, report)


def test_both_are_trained_and_asked(run: _Run) -> None:
    assert run.code == 0
    assert run.report["data"] == {
        "utterances": 40,
        "intents": 4,
        "utterances_per_intent": None,
        "questions": 3,
        "out_of_scope": 1,
    }
    for name in ("kumpel", "rasa-init"):
        found = run.contestant(name)
        acts = ("direct", "asked_back", "wrong", "unanswered")
        assert sum(found[act] for act in acts) == pytest.approx(1)
        assert 0 < found["latency_ms"]["p50"] <= found["latency_ms"]["p95"]
        assert found["training_seconds"] > 1
        assert found["load_seconds"] < found["start_seconds"]
        assert 100 < found["serving_peak_mb"] < 10_000
        assert found["model_mb"] > 0
        assert not found["is_resumed"]
    assert (run.folder / "chart.svg").is_file()


def test_our_pipeline_learns_even_three_services(run: _Run) -> None:
    assert run.contestant("kumpel")["accuracy"] == 1


def test_a_finished_training_is_taken_again(run: _Run) -> None:
    blocks = subset(read_blocks(run.data), None)
    workspace = Workspace(run.folder, CONTESTANTS["rasa-init"], blocks, 1)
    training = workspace.train(lambda _: None, resume=True)
    assert training.is_resumed
    before = run.contestant("rasa-init")["training_seconds"]
    assert training.usage.seconds == pytest.approx(before)


def test_other_data_or_epochs_are_not_taken_for_finished(run: _Run) -> None:
    blocks = subset(read_blocks(run.data), None)
    stock = CONTESTANTS["rasa-init"]
    assert Workspace(run.folder, stock, blocks, 1).is_trained()
    assert not Workspace(run.folder, stock, blocks, 2).is_trained()
    assert not Workspace(run.folder, stock, subset(blocks, 9), 1).is_trained()


def test_the_middle_round_counts_for_each_question() -> None:
    def serving(*milliseconds: float) -> Serving:
        answers = [{"act": "other", "milliseconds": each} for each in milliseconds]
        return Serving(Usage(milliseconds[0], 100 * milliseconds[0]), 1.0, 2.0, answers)

    found = Serving.middle([serving(1, 9), serving(3, 2), serving(2, 4)])

    assert [each["milliseconds"] for each in found.answers] == [2, 4]
    assert found.usage == Usage(2, 300)
    assert (found.import_seconds, found.load_seconds) == (1.0, 2.0)
