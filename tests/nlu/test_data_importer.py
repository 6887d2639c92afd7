"""Reading the language data for a training."""

from pathlib import Path

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.importers.rasa import RasaFileImporter

from kumpel.errors import InvalidInputError
from kumpel.nlu.data_importer import LanguageDataImporter
from kumpel.nlu.understanding_classifier import examples_of
from kumpel.settings import PROJECT_ROOT

FILE = """\
version: "3.1"
nlu:
- intent: service/sperrmuell
  metadata:
    aspect: fee
  examples: |
    - Was kostet die Abholung?
    - Sofa weg - was macht das
- intent: greet
  examples: |
    - Hallo
    - Hallo
"""


def imported(cls: type[RasaFileImporter], folder: Path) -> set[object]:
    data = cls(training_data_paths=[str(folder)]).get_nlu_data()
    return {each for block in data.training_examples for each in examples_of(block)}


def test_it_reads_what_rasas_own_importer_reads(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(FILE, encoding="utf-8")

    ours = imported(LanguageDataImporter, tmp_path)

    assert len(ours) == 3
    assert ours == imported(RasaFileImporter, tmp_path)


def test_it_reads_the_projects_domain_as_rasas_own_importer_does() -> None:
    path = str(PROJECT_ROOT / "domain.yml")

    ours = LanguageDataImporter(domain_path=path).get_domain()

    assert ours.as_dict() == Domain.load(path).as_dict()


def test_what_rasa_copies_between_its_parts_is_blocks(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(FILE, encoding="utf-8")

    data = LanguageDataImporter(training_data_paths=[str(tmp_path)]).get_nlu_data()

    assert len(data.training_examples) == 2
    assert data.intents == {"service", "greet"}


def test_a_changed_utterance_changes_the_fingerprint(tmp_path: Path) -> None:
    prints = []
    for text in (FILE, FILE.replace("Sofa", "Couch")):
        (tmp_path / "a.yml").write_text(text, encoding="utf-8")
        importer = LanguageDataImporter(training_data_paths=[str(tmp_path)])
        prints.append(importer.get_nlu_data().fingerprint())

    assert prints[0] != prints[1]


def test_merging_and_copying_loses_and_doubles_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(FILE, encoding="utf-8")
    data = LanguageDataImporter(training_data_paths=[str(tmp_path)]).get_nlu_data()

    merged = data.merge(data)

    assert merged.training_examples == data.training_examples
    assert merged.fingerprint() == data.fingerprint()


def test_a_changed_copy_leaves_the_original_alone(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(FILE, encoding="utf-8")
    data = LanguageDataImporter(training_data_paths=[str(tmp_path)]).get_nlu_data()
    first = data.training_examples[0]
    before = first.fingerprint()
    copied = data.merge(data).training_examples[0]

    copied.set("intent", "other")

    assert first.get("intent") != "other"
    assert first.fingerprint() == before
    assert copied.fingerprint() != before


@pytest.mark.parametrize(
    "text",
    [
        "nlu: [",
        "nlu: greet\n",
        "- nlu\n",
        "nlu:\n\t- intent: a\n",
        "nlu:\n- greet\n",
        "nlu:\n- intent: greet\n",
        "nlu:\n- intent: greet\n  examples: [Hallo]\n",
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "nlu.yml"
    path.write_text(text, encoding="utf-8")
    importer = LanguageDataImporter()
    importer._nlu_files = [str(path)]

    with pytest.raises(InvalidInputError, match=r"nlu\.yml"):
        importer.get_nlu_data()


def test_a_broken_domain_is_named(tmp_path: Path) -> None:
    path = tmp_path / "domain.yml"
    path.write_text("intents: [", encoding="utf-8")

    with pytest.raises(InvalidInputError, match=r"domain\.yml"):
        LanguageDataImporter(domain_path=str(path)).get_domain()
