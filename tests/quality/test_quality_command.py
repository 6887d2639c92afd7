"""`python -m kumpel.quality` from the arguments to files and exit code."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from quality_samples import RUN, Fake, write_inputs

from kumpel.clock import fixed_clock
from kumpel.evaluation.conversation import Assistant
from kumpel.quality import command_line
from kumpel.quality.measuring import Understands


@contextlib.contextmanager
def open_fake(model: Path) -> Iterator[tuple[Assistant, Understands]]:
    yield Fake(), Fake()


@pytest.fixture
def arguments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setenv("KUMPEL_VAR", str(tmp_path / "var"))
    model = tmp_path / f"{RUN.model}.tar.gz"
    model.write_bytes(b"")
    return [*write_inputs(tmp_path), "--model", str(model)]


def run(arguments: list[str]) -> int:
    return command_line.main(arguments, open_fake, fixed_clock(RUN.moment))


def test_a_run_writes_page_and_figures(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 0

    assert "Wie gut versteht Kumpel" in (tmp_path / "page.html").read_text()
    kept = tmp_path / "var" / "quality" / f"20261124-101500-{RUN.model}.json"
    assert json.loads(kept.read_text())["figures"]["direct"] == 0.4
    assert not (tmp_path / "published").exists()
    assert str(tmp_path / "page.html") in capsys.readouterr().out


def test_a_published_run_is_what_the_next_one_is_compared_with(
    arguments: list[str], tmp_path: Path
) -> None:
    assert run([*arguments, "--publish"]) == 0
    assert "Dies ist der erste" in (tmp_path / "page.html").read_text()
    assert [p.name for p in (tmp_path / "published").iterdir()] == [RUN.file_name]

    assert run(arguments) == 0

    assert "Heute und in veröffentlichten" in (tmp_path / "page.html").read_text()


def _change(arguments: list[str], option: str, value: str) -> list[str]:
    place = arguments.index(option) + 1
    return [*arguments[:place], value, *arguments[place + 1 :]]


def _fails(
    arguments: list[str], capsys: pytest.CaptureFixture[str], *reasons: str
) -> None:
    assert run(arguments) == 2
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 1
    assert all(reason in said for reason in reasons), said


def test_a_missing_file_is_named(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = str(tmp_path / "missing.jsonl")

    _fails(_change(arguments, "--questions", missing), capsys, missing, "No such file")


def test_a_malformed_line_is_named_with_its_number(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(path.read_text() + "\n{oops")

    _fails(arguments, capsys, f"{path}, Zeile 6", "kein gültiges JSON")


def test_a_missing_model_is_named(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = str(tmp_path / "missing.tar.gz")

    _fails(_change(arguments, "--model", missing), capsys, missing, "make train")


@pytest.mark.usefixtures("arguments")
def test_a_file_that_is_no_model_is_named(tmp_path: Path) -> None:
    from kumpel.errors import KumpelError
    from kumpel.quality.product import product_understander

    model = tmp_path / f"{RUN.model}.tar.gz"

    with pytest.raises(KumpelError, match="unlesbar") as caught:
        product_understander(model)

    assert str(model) in str(caught.value)


def test_an_output_that_cannot_be_written_is_told_before_anything_is_asked(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    output = str(tmp_path / "file" / "page.html")

    assert command_line.main(_change(arguments, "--output", output), None) == 2

    assert f"{output}: nicht beschreibbar" in capsys.readouterr().err


def test_a_folder_as_output_is_refused_and_left_alone(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _fails(_change(arguments, "--output", str(tmp_path)), capsys, "nicht beschreibbar")


def test_a_damaged_published_file_is_named(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "published").mkdir()
    (tmp_path / "published" / "a.json").write_text("{")

    _fails(arguments, capsys, "a.json, Zeile 1")
