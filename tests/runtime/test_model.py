from __future__ import annotations

import os
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kumpel.errors import StartError
from kumpel.runtime.model import (
    ensure_model,
    is_usable,
    newest_model,
    train,
    training_hash,
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with the files that a training reads."""
    for folder in ("data/nlu", "kumpel/nlu", "kumpel/text", "models"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "config.yml").write_text("language: de\npipeline: []\npolicies: []\n")
    (tmp_path / "domain.yml").write_text("intents: [greet]\n")
    (tmp_path / "data" / "nlu" / "greet.yml").write_text("nlu: []\n")
    (tmp_path / "kumpel" / "nlu" / "helper.py").write_text("A = 1\n")
    (tmp_path / "kumpel" / "text" / "fold.py").write_text("B = 1\n")
    return tmp_path


def _write_model(project: Path, model_hash: str, day: int = 1) -> Path:
    path = project / "models" / f"kumpel-202601{day:02d}-000000-{model_hash}.tar.gz"
    member = project / "metadata.json"
    member.write_text("{}")
    with tarfile.open(path, "w:gz") as archive:
        archive.add(member, "metadata.json")
    os.utime(path, (day, day))
    return path


def _fail(text: str) -> None:
    pytest.fail(f"nothing to say, but: {text}")


@pytest.mark.parametrize(
    "name",
    [
        "config.yml",
        "domain.yml",
        "data/nlu/greet.yml",
        "kumpel/nlu/helper.py",
        "kumpel/text/fold.py",
    ],
)
def test_v3_each_input_of_a_training_counts(project: Path, name: str) -> None:
    before = training_hash(project)
    (project / name).write_text("changed: 1\n")
    assert training_hash(project) != before


@pytest.mark.parametrize(
    "change",
    [
        lambda root: (root / "data" / "new.yml").write_text(""),
        lambda root: (root / "data" / "nlu" / "greet.yml").unlink(),
        lambda root: (root / "data" / "nlu").rename(root / "data" / "other"),
    ],
)
def test_new_missing_and_moved_files_count(
    project: Path, change: Callable[[Path], object]
) -> None:
    before = training_hash(project)
    change(project)
    assert training_hash(project) != before


def test_what_no_training_reads_does_not_count(project: Path) -> None:
    before = training_hash(project)
    (project / "README.md").write_text("new")
    (project / "data" / ".greet.yml.swp").write_text("an editor's backup")
    (project / "kumpel" / "nlu" / "__pycache__").mkdir()
    (project / "kumpel" / "nlu" / "__pycache__" / "helper.pyc").write_bytes(b"1")
    assert training_hash(project) == before


def test_a_model_of_the_same_data_is_used_again(project: Path) -> None:
    model = _write_model(project, training_hash(project))
    assert ensure_model(_fail, project / "log", project) == model


def test_going_back_to_older_data_makes_its_model_the_newest(project: Path) -> None:
    older = _write_model(project, training_hash(project), day=1)
    later = _write_model(project, "0" * 12, day=2)
    assert newest_model(project / "models") == later
    assert ensure_model(_fail, project / "log", project) == older
    assert newest_model(project / "models") == older


def test_a_cut_archive_is_not_usable(project: Path) -> None:
    model = _write_model(project, "0" * 12)
    assert is_usable(model)
    model.write_bytes(model.read_bytes()[:-20])
    assert not is_usable(model)
    assert not is_usable(project / "domain.yml")
    assert not is_usable(project / "nothing.tar.gz")


def test_a_broken_model_is_named_and_trained_anew(project: Path) -> None:
    model = _write_model(project, training_hash(project))
    model.write_bytes(b"half")
    said: list[str] = []
    # The data of this project is no good, so that the new training fails.
    with pytest.raises(StartError):
        ensure_model(said.append, project / "log", project)
    assert f"{model.name} ist beschädigt" in said[0]
    assert not model.exists()


def test_a_failed_training_names_reason_and_log_and_leaves_no_model(
    project: Path,
) -> None:
    (project / "config.yml").write_text("pipeline: [\n")
    log = project / "var" / "training.log"
    with pytest.raises(StartError, match="Training ist gescheitert") as failure:
        train(lambda _: None, log, project)
    assert str(log) in str(failure.value)
    assert "\n" not in str(failure.value)
    assert log.read_text()
    assert list((project / "models").iterdir()) == []
