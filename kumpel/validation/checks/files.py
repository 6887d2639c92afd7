"""Files as such: readable, in the right place, without leftovers."""

from __future__ import annotations

from collections.abc import Iterator

from kumpel.validation.problem import Problem
from kumpel.validation.project import Project
from kumpel.validation.sources import CONFLICT
from kumpel.validation.yaml_lines import Mapping

_DATA_KEYS = {"nlu", "rules", "stories"}
_OTHER_KEYS = {"version"}


def unreadable_files(project: Project) -> Iterator[Problem]:
    """Finds files that are no valid YAML or not UTF-8."""
    for source in project.sources:
        if source.problem:
            yield source.problem
    if not project.domain_source.text and not project.domain_source.problem:
        yield Problem(
            project.in_domain(1),
            "Die Datei fehlt oder ist leer. Mit `git restore domain.yml` kommt der "
            "letzte Stand zurück.",
        )


def merge_leftovers(project: Project) -> Iterator[Problem]:
    """Finds the marks that git leaves where two changes met."""
    for source in project.sources:
        for number, line in enumerate(source.lines, 1):
            if CONFLICT.match(line):
                yield Problem(
                    source.at(number),
                    f"„{line[:12]}“ ist ein Rest vom Zusammenführen zweier Fassungen. "
                    "Bitte eine der beiden behalten und die Zeilen mit <<<<<<<, "
                    "======= und >>>>>>> löschen.",
                )


def keys_that_stand_twice(project: Project) -> Iterator[Problem]:
    """Finds keys of which YAML would silently drop the first."""
    for source in project.sources:
        for line, key in source.document.doubled_keys if source.document else ():
            yield Problem(
                source.at(line),
                f"„{key}“ steht hier zweimal im selben Abschnitt, nur das letzte würde "
                "gelten. Bitte beides zusammenführen oder eins löschen.",
            )


def test_files_in_data(project: Project) -> Iterator[Problem]:
    """Finds files that Rasa takes for tests and leaves out of the training (V4)."""
    for source in project.data_sources:
        if source.path.name.startswith("test_"):
            yield Problem(
                source.at(1),
                "Dateien, deren Name mit „test_“ beginnt, werden nicht trainiert. "
                "Bitte umbenennen, oder nach tests/ verschieben, wenn es ein Test ist.",
            )


def other_files_in_data(project: Project) -> Iterator[Problem]:
    """Finds what is no training data below data/ (V4), and texts there (V2)."""
    for source in project.data_sources:
        if source.path.suffix != ".yml":
            yield Problem(source.at(1), "Bitte auf die Endung .yml umbenennen.")
        if source.document is None:
            continue
        content = source.document.content
        if not isinstance(content, Mapping) or not _DATA_KEYS & set(content):
            yield Problem(
                source.at(1),
                "Unter data/ gehören nur Dateien mit „nlu:“, „rules:“ oder „stories:“. "
                "Bitte den Abschnitt ergänzen oder die Datei verschieben.",
            )
            continue
        for key in content:
            if key == "responses":
                yield Problem(
                    source.at(content.line_of(key)),
                    "Antworttexte gehören in domain.yml: hier würde jede Änderung ein "
                    "neues Training auslösen.",
                )
            elif key not in _DATA_KEYS | _OTHER_KEYS:
                yield Problem(
                    source.at(content.line_of(key)),
                    f"Den Abschnitt „{key}“ gibt es nicht. Erlaubt sind nlu, rules, "
                    "stories und version.",
                )
