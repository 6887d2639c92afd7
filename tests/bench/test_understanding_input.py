"""Bad input is named before anything is trained."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_data import write_out_of_scope, write_questions, write_training_data

from bench.understanding.command_line import main
from bench.understanding.training_data import (
    as_rasa_file,
    count_utterances,
    read_blocks,
    subset,
)
from kumpel.errors import InvalidInputError


@pytest.fixture
def arguments(tmp_path: Path) -> dict[str, str]:
    return {
        "--data": str(write_training_data(tmp_path / "nlu")),
        "--questions": str(write_questions(tmp_path / "questions.jsonl")),
        "--out-of-scope": str(write_out_of_scope(tmp_path / "others.jsonl")),
        "--out": str(tmp_path / "out"),
    }


def _complaint(
    arguments: dict[str, str], capsys: pytest.CaptureFixture[str], **changes: str
) -> str:
    changed = {f"--{name.replace('_', '-')}": text for name, text in changes.items()}
    pairs = arguments | changed
    assert main([word for pair in pairs.items() for word in pair]) == 1
    assert not Path(arguments["--out"]).exists(), "something was trained"
    return capsys.readouterr().err


def test_a_broken_question_file_is_named_with_its_line(
    arguments: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = write_questions(tmp_path / "broken.jsonl")
    with broken.open("a", encoding="utf-8") as stream:
        stream.write('{"text": "Wo ist \n')
    told = _complaint(arguments, capsys, questions=str(broken))
    assert f"{broken}, Zeile 4: kein gültiges JSON" in told


def test_a_label_that_is_no_service_is_named(
    arguments: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = tmp_path / "wrong.jsonl"
    text = Path(arguments["--questions"]).read_text(encoding="utf-8")
    wrong.write_text(text.replace("sperrmuell", "sperrmull"), encoding="utf-8")
    told = _complaint(arguments, capsys, questions=str(wrong))
    assert f"{wrong}, Zeile 2" in told
    assert "'sperrmull' ist unbekannt" in told


def test_a_missing_file_is_named(
    arguments: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = str(tmp_path / "none.jsonl")
    told = _complaint(arguments, capsys, out_of_scope=missing)
    assert f"{missing}: nicht lesbar" in told


def test_a_folder_without_training_data_is_named(
    arguments: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = _complaint(arguments, capsys, data=str(tmp_path / "empty"))
    assert "enthält keine Trainingsdaten" in told


def test_an_unknown_contestant_is_named_with_the_known_ones(
    arguments: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    told = _complaint(arguments, capsys, contestants="kumpel,spacy")
    assert "kumpel, rasa-init, buerokratt" in told


@pytest.mark.parametrize(
    "text", ["nlu: [", "- no mapping", "nlu:\n- intent: greet\n  examples: [Hallo]"]
)
def test_a_broken_training_file_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "broken.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInputError, match=str(path)):
        read_blocks(tmp_path)


def test_a_subset_is_the_same_in_every_run_and_covers_each_intent(
    tmp_path: Path,
) -> None:
    blocks = read_blocks(write_training_data(tmp_path / "nlu"))
    taken = subset(blocks, 3)
    assert taken == subset(blocks, 3)
    assert count_utterances(taken) == 3 * 4
    everything = {u for block in blocks for u in block.utterances}
    assert {u for block in taken for u in block.utterances} < everything


def test_flat_intents_lose_slash_and_metadata_but_no_utterance(tmp_path: Path) -> None:
    blocks = read_blocks(write_training_data(tmp_path / "nlu"))
    own, flat = tmp_path / "own", tmp_path / "flat"
    for folder, is_flat in ((own, False), (flat, True)):
        folder.mkdir()
        text = as_rasa_file(blocks, has_flat_intents=is_flat)
        (folder / "nlu.yml").write_text(text, encoding="utf-8")
    assert read_blocks(own) == blocks
    found = read_blocks(flat)
    assert [block.utterances for block in found] == [b.utterances for b in blocks]
    assert {"service__reisepass", "out_of_scope__weather"} < {b.intent for b in found}
    assert not any(block.metadata for block in found)
