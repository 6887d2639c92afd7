"""What each kind of feature is worth, on data that is learnt in seconds."""

import json
from pathlib import Path

import pytest
from small_data import write_training_data

from bench.ablation import VARIANTS, DevelopmentSet, main, measure, read_examples
from kumpel.errors import InvalidInputError
from kumpel.nlu import features

SERVICES = frozenset({"reisepass", "hundesteuer-anmelden", "sperrmuell"})


def write_lines(path: Path, *lines: dict[str, object]) -> None:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))


@pytest.fixture
def heldout(tmp_path: Path) -> Path:
    asked = {"aspect": ["overview"], "style": "plain"}
    write_lines(
        tmp_path / "dev_questions.jsonl",
        {"text": "Ich brauche den Reisepass", "service": ["reisepass"], **asked},
        {"text": "Sperrmüll abholen", "service": ["sperrmuell"], **asked},
    )
    write_lines(
        tmp_path / "dev_hard_questions.jsonl",
        {"text": "Spermül wegg", "service": ["sperrmuell"], **asked},
    )
    write_lines(
        tmp_path / "dev_out_of_scope.jsonl",
        {"text": "Wie wird das Wetter?", "kind": "weather", "must_contain_any": []},
    )
    return tmp_path


@pytest.mark.parametrize("name", list(VARIANTS))
def test_each_variant_is_measured(name: str, heldout: Path, tmp_path: Path) -> None:
    examples = read_examples(write_training_data(tmp_path / "nlu"))

    row = measure(name, examples, DevelopmentSet.read(heldout, SERVICES))

    assert len(examples) == 40
    assert row.plain == 1.0
    assert row.beyond == 0.0
    assert row.row_in_ms > 0
    assert row.as_markdown().startswith(f"| {name} | 1.000 |")


def test_letters_carry_what_is_misspelled(heldout: Path, tmp_path: Path) -> None:
    examples = read_examples(write_training_data(tmp_path / "nlu"))
    on = DevelopmentSet.read(heldout, SERVICES)

    assert measure("all", examples, on).hard == 1.0
    assert measure("without letter n-grams", examples, on).hard == 0.0


def test_the_features_are_whole_again_afterwards(heldout: Path, tmp_path: Path) -> None:
    before = {
        name: vars(features)[name] for patch in VARIANTS.values() for name in patch
    }
    examples = read_examples(write_training_data(tmp_path / "nlu"))

    for name in VARIANTS:
        measure(name, examples, DevelopmentSet.read(heldout, SERVICES))

    assert before == {name: vars(features)[name] for name in before}


def test_the_table_is_printed(
    heldout: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = str(write_training_data(tmp_path / "nlu"))

    main(["--data", data, "--heldout", str(heldout), "--only", "all"])

    assert capsys.readouterr().out.splitlines()[2].startswith("| all | 1.000 |")


def test_a_folder_without_a_development_set_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match="dev_hard_questions"):
        DevelopmentSet.read(tmp_path, SERVICES)
