"""`kumpel evaluate` from the arguments to report, table and exit code."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_assistant import FakeAssistant, answered, asked_back, outcome

from kumpel.cli.main import main as kumpel
from kumpel.errors import InvalidInputError
from kumpel.evaluation import command_line
from kumpel.evaluation.conversation import Assistant, Turn

QUESTIONS = [
    {
        "text": text,
        "service": ["reisepass"],
        "aspect": ["fee"],
        "style": "standard",
        "hard": False,
    }
    for text in ("Was kostet ein Reisepass?", "falsch", "zurück", "verloren")
]
FAKE = {
    "Was kostet ein Reisepass?": answered("reisepass", texts=("37,50 Euro",)),
    "falsch": answered("wohngeld"),
    "zurück": asked_back("reisepass", "wohngeld"),
    "verloren": outcome("fallback"),
    "Es brennt": outcome("emergency", "112"),
}


def evaluate(*arguments: object, turns: dict[str, Turn] | None = None) -> FakeAssistant:
    fake = FakeAssistant(FAKE if turns is None else turns)

    @contextlib.contextmanager
    def open_fake() -> Iterator[Assistant]:
        yield fake

    assert command_line.main([str(each) for each in arguments], open_fake) == 0
    return fake


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(json.dumps(each) for each in QUESTIONS))
    return path


def test_questions_are_reported_and_shown(
    questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report_path = tmp_path / "report.json"

    evaluate("questions", questions, "--report", report_path)

    report = json.loads(report_path.read_text())
    assert (report["n"], report["direct"], report["wrong"]) == (4, 0.25, 0.25)
    output = capsys.readouterr()
    assert "25.0 %" in output.out
    assert "falsch" in output.out
    # No progress bar where nobody looks.
    assert output.err == ""


def test_the_columns_of_the_table_are_aligned(
    questions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    evaluate("questions", questions)

    header, rule, total, style = capsys.readouterr().out.splitlines()[:4]
    assert header.split() == ["Stil", "n", "direkt", "Rückfrage", "falsch", "verloren"]
    assert len({len(each) for each in (header, rule, total, style)}) == 1


def test_messages_out_of_scope_are_reported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text(
        '{"text": "Es brennt", "kind": "sensitive_emergency", '
        '"must_contain_any": ["112"]}\n{"text": "falsch", "kind": "weather"}\n'
    )

    evaluate("out-of-scope", path, "--report", tmp_path / "r.json")

    report = json.loads((tmp_path / "r.json").read_text())
    assert report["emergencies"] == {"n": 1, "correct": 1.0}
    assert report["false_answers"] == 0.5
    assert "Notfälle richtig: 100.0 % von 1" in capsys.readouterr().out


@pytest.fixture
def dialogues(tmp_path: Path) -> Path:
    path = tmp_path / "dialogues.yaml"
    path.write_text(
        "- id: a\n  turns:\n  - user: falsch\n    expect: {service: reisepass}\n"
        "- id: b\n  turns:\n  - user: Was kostet ein Reisepass?\n"
        "    expect: {service: reisepass, must_contain_any: ['37,50']}\n"
    )
    return path


def test_dialogues_are_reported_with_reasons(
    dialogues: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    evaluate("dialogues", dialogues, "--report", tmp_path / "r.json")

    report = json.loads((tmp_path / "r.json").read_text())
    assert (report["n"], report["passed"]) == (2, 1)
    assert "service ist wohngeld, erwartet reisepass" in capsys.readouterr().out


def test_only_one_dialogue_is_held(dialogues: Path) -> None:
    fake = evaluate("dialogues", dialogues, "--only", "b")

    assert [text for _, text in fake.asked] == ["Was kostet ein Reisepass?"]


def test_an_unknown_dialogue_is_refused(dialogues: Path) -> None:
    with pytest.raises(InvalidInputError, match="'c' gibt es nicht, nur a, b"):
        evaluate("dialogues", dialogues, "--only", "c")


def test_a_report_that_cannot_be_written_is_told_before_the_work(
    questions: Path, tmp_path: Path
) -> None:
    with pytest.raises(InvalidInputError, match="--report"):
        evaluate("questions", questions, "--report", tmp_path / "missing" / "r.json")
    with pytest.raises(InvalidInputError, match="--report"):
        evaluate("questions", questions, "--report", tmp_path)


def test_a_malformed_line_ends_the_command_with_2(
    questions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    questions.write_text(questions.read_text() + "\n{")

    assert kumpel(["evaluate", "questions", str(questions)]) == 2
    assert f"{questions}, Zeile 5" in capsys.readouterr().err


def test_a_missing_model_says_what_to_do(
    questions: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("kumpel.evaluation.harness.newest_model", lambda: None)

    assert kumpel(["evaluate", "questions", str(questions)]) == 1
    assert "make train" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [[], ["answers", "x"], ["questions"], ["questions", "a", "--only", "b"]],
)
def test_a_wrong_call_ends_with_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        kumpel(["evaluate", *arguments])

    assert caught.value.code == 2
