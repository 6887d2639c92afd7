"""Putting what a changed file teaches into an older model, without Rasa."""

from __future__ import annotations

import json
import os
import tarfile
from pathlib import Path

import pytest

from kumpel.errors import InvalidInputError, KumpelError
from kumpel.nlu.data_files import read_examples
from kumpel.nlu.data_layout import utterance_files
from kumpel.nlu.refreshed_model import main, refreshed, write_model
from kumpel.nlu.thresholds import Thresholds
from kumpel.nlu.training import code_version, train
from kumpel.nlu.understanding import Tuning

COMPONENT = "components/train_kumpel.nlu.x.UnderstandingClassifier1"
CONFIG = """\
pipeline:
  - name: kumpel.nlu.understanding_classifier.UnderstandingClassifier
    memory: .rasa/understanding
"""
VERBS = ("anmelden", "abmelden", "kaufen", "suchen", "finden", "holen", "bringen")
WORDS = {
    "service/hundesteuer-anmelden": (
        "Hund",
        "Welpe",
        "Dackel",
        "Terrier",
        "Vierbeiner",
    ),
    "service/reisepass": ("Reisepass", "Pass", "Passbild", "Dokument", "Ausweis"),
}


def data(label: str, *more: str) -> str:
    lines = [f"{word} {verb}" for word in WORDS[label] for verb in VERBS]
    listed = "".join(f"    - {line}\n" for line in [*lines, *more])
    fees = "".join(f"    - was kostet {word}\n" for word in WORDS[label])
    return (
        f"nlu:\n- intent: {label}\n  examples: |\n{listed}"
        f"- intent: {label}\n  metadata:\n    aspect: fee\n  examples: |\n{fees}"
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project that was trained from scratch."""
    for label in WORDS:
        path = tmp_path / "data" / "nlu" / f"{label.partition('/')[2]}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(data(label), encoding="utf-8")
    (tmp_path / "data" / "rules.yml").write_text("rules: []\n")
    (tmp_path / "config.yml").write_text(CONFIG)
    train(
        read_examples(utterance_files(tmp_path)),
        Tuning(),
        Thresholds(),
        tmp_path / ".rasa" / "understanding",
        code_version(),
    )
    return tmp_path


def teach(project: Path, *sentences: str) -> None:
    path = project / "data" / "nlu" / "hundesteuer-anmelden.yml"
    path.write_text(data("service/hundesteuer-anmelden", *sentences), encoding="utf-8")


def archive(folder: Path, component: str = COMPONENT) -> Path:
    """An archive as Rasa writes it."""
    content = folder / "content"
    for name in (component, "components/domain_provider"):
        (content / name).mkdir(parents=True)
    (content / component / "labels.json").write_text("[]")
    (content / "components/domain_provider/domain.yml").write_text("intents: []\n")
    metadata = {
        "model_id": "old",
        "trained_at": "2026-01-01T00:00:00",
        "language": "de",
    }
    (content / "metadata.json").write_text(json.dumps(metadata))
    path = folder / "old.tar.gz"
    with tarfile.open(path, "w:gz") as packed:
        packed.add(content, arcname="")
    return path


def test_a_new_sentence_is_understood(project: Path) -> None:
    teach(project, "Wuffi Wuffi")
    understander = refreshed(project)
    assert understander
    assert understander.understand("wuffi wuffi").services[0].name == (
        "hundesteuer-anmelden"
    )


def test_without_a_training_to_start_from_rasa_has_to_train(project: Path) -> None:
    rows = project / ".rasa" / "understanding" / "rows.npz"
    rows.write_bytes(rows.read_bytes()[:-9])
    assert refreshed(project) is None


def test_a_large_change_is_left_to_rasa(project: Path) -> None:
    teach(project, *(f"Wuffi Nummer {number}" for number in range(20)))
    assert refreshed(project) is None


def test_utterances_outside_their_folder_count_as_they_do_for_rasa(
    project: Path,
) -> None:
    content = "nlu:\n- intent: service/reisepass\n  examples: |\n    - Zack weg\n"
    (project / "data" / "other.yaml").write_text(content, encoding="utf-8")
    understander = refreshed(project)
    assert understander
    assert understander.understand("zack weg").services[0].name == "reisepass"


def test_an_intent_that_gets_its_first_group_is_left_to_rasa(project: Path) -> None:
    content = "nlu:\n- intent: chitchat/joke\n  examples: |\n    - Ein Witz\n"
    (project / "data" / "nlu" / "chitchat.yml").write_text(content, encoding="utf-8")
    assert refreshed(project) is None


def test_a_configuration_without_memory_is_left_to_rasa(project: Path) -> None:
    (project / "config.yml").write_text(CONFIG.replace("    memory", "    other"))
    assert refreshed(project) is None


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("nlu:\n- intent: greet\n", "block 1"),
        ("nlu:\n- intent: a/b/c\n  examples: |\n    - x\n", "more than one slash"),
    ],
)
def test_a_broken_file_is_named_in_the_last_line(
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    content: str,
    reason: str,
) -> None:
    (project / "data" / "nlu" / "bad.yml").write_text(content)
    with pytest.raises(InvalidInputError, match=rf"bad\.yml.*{reason}"):
        refreshed(project)
    monkeypatch.chdir(project)
    monkeypatch.setattr("sys.argv", ["refreshed_model", "old.tar.gz", "new.tar.gz"])
    assert main() == os.EX_DATAERR
    assert reason in capsys.readouterr().out.splitlines()[-1]


def test_an_editors_lock_and_backup_are_no_data(project: Path) -> None:
    (project / "data" / "nlu" / ".#reisepass.yml").symlink_to("somebody@host.1")
    (project / "data" / "nlu" / ".bad.yml.swp").write_text("nlu: half a")
    assert refreshed(project)


def test_the_new_archive_differs_in_understanding_and_identity(
    project: Path, tmp_path: Path
) -> None:
    old, new = archive(tmp_path), tmp_path / "new.tar.gz"
    understander = refreshed(project)
    assert understander
    write_model(old, new, understander)

    with tarfile.open(new) as packed:
        packed.extractall(tmp_path / "unpacked")
    unpacked = tmp_path / "unpacked"
    metadata = json.loads((unpacked / "metadata.json").read_text())
    assert metadata["language"] == "de"
    assert metadata["model_id"] != "old"
    assert metadata["trained_at"] > "2026-01-01"
    assert "+" not in metadata["trained_at"]
    assert (unpacked / "components/domain_provider/domain.yml").exists()
    assert len(json.loads((unpacked / COMPONENT / "labels.json").read_text())) == 2


def test_an_archive_without_our_classifier_is_refused(
    project: Path, tmp_path: Path
) -> None:
    old = archive(tmp_path, "components/train_DIETClassifier1")
    understander = refreshed(project)
    assert understander
    with pytest.raises(KumpelError, match="make train"):
        write_model(old, tmp_path / "new.tar.gz", understander)
