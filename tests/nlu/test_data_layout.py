"""Which files are language data."""

from __future__ import annotations

from pathlib import Path

import pytest

from kumpel.nlu.data_layout import files_below, holds_only_utterances, utterance_files


@pytest.mark.parametrize(
    ("content", "is_pure"),
    [
        ('version: "3.1"\nnlu:\n- intent: greet\n', True),
        ("nlu:\n- intent: greet\nrules:\n- rule: greet\n", False),
        ("rules:\n- rule: greet\n", False),
        ("nlu:\n- intent: greet\n  examples: |\n    - rules: keine\n", True),
    ],
)
def test_a_file_of_utterances_holds_nothing_else(
    tmp_path: Path, content: str, is_pure: bool
) -> None:
    path = tmp_path / "some.yml"
    path.write_text(content)
    assert holds_only_utterances(path) == is_pure


def test_text_that_is_no_yaml_holds_none(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("nlu: to do\n")
    assert not holds_only_utterances(path)


def test_files_come_in_rasas_order_and_links_to_folders_are_followed(
    tmp_path: Path,
) -> None:
    data, elsewhere = tmp_path / "data", tmp_path / "elsewhere"
    for path in (data / "a" / "x.yml", data / "a-b" / "x.yml", elsewhere / "y.yml"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("nlu: []\n")
    (data / "c").symlink_to(elsewhere)
    (data / "rules.yml").write_text("rules: []\n")
    (data / ".hidden.yml").write_text("nlu: []\n")
    names = [str(path.relative_to(data)) for path in utterance_files(tmp_path)]
    assert names == [".hidden.yml", "a-b/x.yml", "a/x.yml", "c/y.yml"]
    assert len(files_below(data)) == 5
