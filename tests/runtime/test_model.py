from __future__ import annotations

import os
import tarfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from filelock import FileLock

from kumpel.errors import StartError
from kumpel.runtime import model as models
from kumpel.runtime.fingerprint import frame_hash, training_hash
from kumpel.runtime.model import ensure_model, is_usable, newest_model, train


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
    (tmp_path / "kumpel" / "text" / "dialect.txt").write_text("ich: ech\n")
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
        "kumpel/text/dialect.txt",
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
    assert {path.name for path in (project / "models").iterdir()} <= {".training.lock"}


def test_utterances_are_no_part_of_the_frame_and_all_else_is(project: Path) -> None:
    before = frame_hash(project)
    greet = project / "data" / "nlu" / "greet.yml"
    greet.write_text("nlu: [1]\n")
    assert frame_hash(project) == before
    # A rule that is taken away again must not stay in a copied model.
    greet.write_text("nlu: [1]\nrules: [1]\n")
    assert frame_hash(project) != before
    greet.write_text("nlu: [1]\n")
    assert frame_hash(project) == before
    for name in ("config.yml", "domain.yml", "data/rules.yml", "kumpel/nlu/helper.py"):
        (project / name).write_text("changed: 1\n")
        assert frame_hash(project) != before
        before = frame_hash(project)


class _Trainings:
    """Stands in for the processes: notes the commands, and writes models."""

    def __init__(self, codes: dict[str, int]) -> None:
        self._codes = codes
        self.started: list[str] = []

    def __call__(
        self,
        command: Sequence[str],
        root: Path,
        cache: str,
        log: Path,
        say: Callable[[str], None],
    ) -> int:
        """Ends with the code that was told for the module."""
        module = command[2]
        self.started.append(module)
        self.is_forced = "--force" in command
        with log.open("a") as file:
            file.write(f"{module}\nInvalidInputError: greet.yml is no good\n")
        code = self._codes.get(module, 0)
        if code == 0:
            new = _write_model(root, "draft")
            is_rasa = module == "rasa"
            name = command[command.index("--fixed-model-name") + 1] if is_rasa else ""
            new.rename(root / "models" / ".training" / name if name else command[-1])
        return code


REFRESH = "kumpel.nlu.refreshed_model"


@pytest.mark.parametrize(
    ("code", "expected"),
    [(0, [REFRESH]), (os.EX_TEMPFAIL, [REFRESH, "rasa"]), (1, [REFRESH, "rasa"])],
)
def test_few_changed_utterances_need_no_rasa_but_may(
    project: Path, monkeypatch: pytest.MonkeyPatch, code: int, expected: list[str]
) -> None:
    trainings, said = _Trainings({REFRESH: code}), list[str]()
    monkeypatch.setattr(models, "run_training", trainings)
    _write_model(project, f"{frame_hash(project)}-{'0' * 12}")
    model = train(said.append, project / "log", project)

    assert trainings.started == expected
    assert model.is_file()
    assert training_hash(project) in model.name
    is_trouble = any("greet.yml is no good" in line for line in said)
    assert is_trouble == (code == 1)


@pytest.mark.parametrize("kind", ["none", "other frame", "cut", "forced"])
def test_without_a_whole_model_of_the_same_frame_rasa_trains(
    project: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    trainings = _Trainings({})
    monkeypatch.setattr(models, "run_training", trainings)
    if kind != "none":
        frame = "f" * 12 if kind == "other frame" else frame_hash(project)
        older = _write_model(project, f"{frame}-{'0' * 12}")
        if kind == "cut":
            older.write_bytes(older.read_bytes()[:-20])
    train(lambda _: None, project / "log", project, starts_anew=kind == "forced")
    assert trainings.started == ["rasa"]
    assert trainings.is_forced == (kind == "forced")


def test_a_bad_file_is_named_without_starting_rasa(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trainings = _Trainings({REFRESH: os.EX_DATAERR})
    monkeypatch.setattr(models, "run_training", trainings)
    _write_model(project, f"{frame_hash(project)}-{'0' * 12}")
    with pytest.raises(StartError, match=r"greet\.yml is no good"):
        train(lambda _: None, project / "log", project)
    assert trainings.started == [REFRESH]
    assert not (project / "models" / ".training").exists()


def test_the_log_keeps_why_a_refresh_was_not_possible(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(models, "run_training", _Trainings({REFRESH: os.EX_TEMPFAIL}))
    _write_model(project, f"{frame_hash(project)}-{'0' * 12}")
    log = project / "log"
    log.write_text("of an older training\n")
    train(lambda _: None, log, project)
    lines = log.read_text().splitlines()
    assert (lines[0], lines[2]) == (REFRESH, "rasa")


def test_a_second_training_waits_says_so_and_uses_what_the_first_one_made(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = list[str]()
    made: list[Path] = []

    def made_by_another(waiting: str) -> None:
        said.append(waiting)
        made.append(_write_model(project, training_hash(project)))
        first.release()

    monkeypatch.setattr(models, "run_training", _fail)
    first = FileLock(project / "models" / ".training.lock")
    with first:
        assert ensure_model(made_by_another, project / "log", project) == made[0]
    assert "Ein anderes Training läuft gerade" in said[0]


def test_a_training_that_blocks_all_others_is_named(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(models, "_LONGEST_WAIT_IN_SECONDS", 0.1)
    lock = project / "models" / ".training.lock"
    with FileLock(lock), pytest.raises(StartError, match=str(lock)):
        train(lambda _: None, project / "log", project)


def test_the_lock_is_free_after_a_training_that_failed(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(models, "run_training", _Trainings({"rasa": 1}))
    for _ in range(2):
        with pytest.raises(StartError, match="Das Training ist gescheitert"):
            train(_fail_to_wait, project / "log", project)


def _fail_to_wait(line: str) -> None:
    assert "anderes Training" not in line
