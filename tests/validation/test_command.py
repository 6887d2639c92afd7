from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kumpel.settings import PROJECT_ROOT
from kumpel.validation.__main__ import main


def test_a_good_project_ends_with_0_and_says_what_was_read(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(root)]) == 0
    assert "1 Leistungen, 31 Sätze, 3 Texte, 6 Regeln" in capsys.readouterr().out


def test_a_problem_ends_with_1_and_names_file_and_line(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    domain = root / "domain.yml"
    domain.write_text(domain.read_text().replace("  - human\n", "", 1))
    assert main([str(root)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "3 Probleme gefunden."
    assert lines[0].startswith(
        "data/nlu/dialogue/small_talk.yml:6: Die Absicht „human“"
    )


def test_a_broken_domain_hides_nothing_else_and_brings_no_followers(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "domain.yml").write_text("intents: [")
    (root / "data/rules/conversation.yml").write_text("rules:\n- rule: 'x\n")
    assert main([str(root)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in lines[:-1]] == [
        "data/rules/conversation.yml",
        "domain.yml",
    ]


def test_a_missing_domain_is_named(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "domain.yml").unlink()
    assert main([str(root)]) == 1
    assert "git restore domain.yml" in capsys.readouterr().out


def test_a_file_in_another_encoding_is_named(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = root / "data/nlu/lookups/places.yml"
    file.write_bytes(file.read_text(encoding="utf-8").encode("latin-1"))
    assert main([str(root)]) == 1
    assert "data/nlu/lookups/places.yml:7: " in capsys.readouterr().out


@pytest.mark.parametrize("content", ["", "- 1\n", "nlu: 5\n", "nlu: [5, [], {}]\n"])
def test_files_of_any_shape_are_survived(root: Path, content: str) -> None:
    for file in ("data/nlu/dialogue/small_talk.yml", "data/stories/topics.yml"):
        (root / file).write_text(content)
    assert main([str(root)]) == 1


@pytest.mark.parametrize(
    "content",
    [
        "[]",
        "intents: 5",
        "intents: [[]]",
        "responses: {utter_x: 5}",
        "responses: {utter_x: [5, {text: [1], condition: 3, buttons: [1]}]}",
        "slots: {a: 1, b: {mappings: [1, {type: from_text, conditions: 1}]}}",
        "forms: {a: 1, b: {required_slots: 1, ignored_intents: {a: 1}}}",
        "rules: 1",
    ],
)
def test_a_domain_of_any_shape_is_survived(root: Path, content: str) -> None:
    (root / "domain.yml").write_text(content)
    assert main([str(root)]) == 1


def test_a_wrong_call_ends_with_2(root: Path) -> None:
    assert main([str(root / "nowhere")]) == 2
    assert main([str(root), "more"]) == 2


def test_neither_rasa_nor_tensorflow_is_imported() -> None:
    program = (
        "import sys; from kumpel.validation.__main__ import main; main(); "
        "sys.exit(bool({'rasa', 'rasa_sdk', 'tensorflow', 'spacy'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=PROJECT_ROOT, check=False
    )
    assert done.returncode == 0
