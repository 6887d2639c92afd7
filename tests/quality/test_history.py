"""Figures on disk."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from quality_samples import NAMES, QUESTIONS, RUN, measured

from kumpel.errors import InvalidInputError
from kumpel.quality.history import as_json, digest_of, read_published


def _write(folder: Path, name: str, **changes: object) -> Path:
    path = folder / name
    path.write_text(json.dumps(as_json(RUN, measured(), NAMES.category_of) | changes))
    return path


def test_what_is_kept_can_be_read_again_and_the_newest_comes_first(
    tmp_path: Path,
) -> None:
    later = replace(RUN, moment=RUN.moment + timedelta(days=1), model="later")
    _write(tmp_path, "a.json")
    _write(tmp_path, "b.json", moment=later.moment.isoformat(), model="later")

    runs = read_published(tmp_path)

    assert [run.model for run in runs] == ["later", RUN.model]
    assert runs[1].figures["direct"] == 0.4


def test_no_question_is_kept(tmp_path: Path) -> None:
    text = _write(tmp_path, "a.json").read_text()

    assert not any(question in text for question, *_ in QUESTIONS)


def test_the_file_is_named_by_day_and_data() -> None:
    assert RUN.file_name == "2026-11-24-abc123.json"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"format": 2}, "'format' ist nicht 1"),
        ({"moment": "gestern"}, "'moment' ist kein Zeitpunkt"),
        ({"moment": "2026-11-24T10:15:00"}, "keine Zeitzone"),
        ({"figures": {"direct": "viel"}}, "'figures'"),
        ({"figures": {"direct": 7}}, "'figures'"),
        ({"figures": {"direct": True}}, "'figures'"),
        ({"model": None}, "'model' muss Text sein"),
    ],
)
def test_a_wrong_published_file_is_named(
    tmp_path: Path, changes: dict[str, object], reason: str
) -> None:
    path = _write(tmp_path, "a.json", **changes)

    with pytest.raises(InvalidInputError) as caught:
        read_published(tmp_path)

    assert str(caught.value).startswith(str(path))
    assert reason in str(caught.value)


def test_half_a_published_file_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{\n"format": 1,')

    with pytest.raises(InvalidInputError, match=r"a\.json, Zeile 2"):
        read_published(tmp_path)


def test_nothing_published_is_no_mistake(tmp_path: Path) -> None:
    assert read_published(tmp_path / "missing") == []


def test_other_questions_have_another_digest(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_text("a")
    other.write_text("b")

    assert digest_of([one]) != digest_of([other])
    assert digest_of([one]) == digest_of([one])


def test_what_is_published_with_the_project_can_be_read() -> None:
    from kumpel.quality.command_line import PUBLISHED

    read_published(PUBLISHED)
