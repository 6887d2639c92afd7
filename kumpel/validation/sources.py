"""Finds and reads the project's files; what cannot be read is a problem itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from kumpel.validation.problem import Place, Problem
from kumpel.validation.yaml_lines import Document, Mapping, read_yaml

_TOP_FILES = ("domain.yml", "config.yml", "endpoints.yml", "credentials.yml")
_FOLDERS = ("data", "portal/seed")
#: Marks that git leaves where two changes met.
CONFLICT = re.compile(r"<{7}( |$)|={7}$|>{7}( |$)")


@dataclass(frozen=True)
class Source:
    """One YAML file of the project."""

    path: Path
    """Relative to the project's folder."""
    text: str
    document: Document | None
    """None where the file cannot be read."""
    problem: Problem | None = None
    """Why it cannot be read."""

    @property
    def content(self) -> Mapping:
        """The file's top level; empty where it is no mapping."""
        found = self.document.content if self.document else None
        return found if isinstance(found, Mapping) else Mapping(1)

    @cached_property
    def lines(self) -> list[str]:
        """The lines without their ends."""
        return self.text.split("\n")

    def at(self, line: int) -> Place:
        """Returns a place in this file."""
        return Place(self.path, line)


def read_sources(root: Path) -> Iterator[Source]:
    """Reads all YAML files that staff edit, and hidden ones never.

    Args:
        root: The project's folder.
    """
    for name in _TOP_FILES:
        if (root / name).is_file():
            yield read_source(root, root / name)
    for folder in _FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in {".yml", ".yaml"} and not path.name.startswith("."):
                yield read_source(root, path)


def read_source(root: Path, path: Path) -> Source:
    """Reads one file."""
    relative = path.relative_to(root)
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        return _unreadable(
            relative, "", line, "Die Datei ist nicht in UTF-8 gespeichert. Bitte im "
            "Editor „Speichern mit Kodierung UTF-8“ wählen.",
        )  # fmt: skip
    except OSError as error:
        return _unreadable(
            relative, "", 1, f"Die Datei ist nicht lesbar ({error.strerror})."
        )
    try:
        return Source(relative, text, read_yaml(text))
    except yaml.YAMLError as error:
        mark: Any = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        sentence = f"{_hint(error, text, line)} {_begin(error, line)}"
        return _unreadable(relative, text, line, sentence)


def _unreadable(path: Path, text: str, line: int, sentence: str) -> Source:
    return Source(path, text, None, Problem(Place(path, line), sentence))


def _hint(error: yaml.YAMLError, text: str, line: int) -> str:
    lines = text.split("\n")
    here = lines[line - 1] if line <= len(lines) else ""
    reason = f"{getattr(error, 'context', '')} {getattr(error, 'problem', '')}"
    if any(CONFLICT.match(each) for each in lines):
        return (
            "In der Datei stehen Reste vom Zusammenführen zweier Fassungen "
            "(<<<<<<<, =======, >>>>>>>)."
        )
    if "\t" in here[: len(here) - len(here.lstrip())] or "\\t" in reason:
        hint = "Am Zeilenanfang steht ein Tabulator: bitte durch Leerzeichen ersetzen."
    elif "mapping values are not allowed" in reason:
        hint = (
            "Hier steht ein Doppelpunkt zu viel, oder die Zeile ist zu weit "
            "eingerückt. Ein Text mit Doppelpunkt gehört in Anführungszeichen."
        )
    elif "could not find expected ':'" in reason:
        hint = (
            "Hier oder in den Zeilen davor fehlt ein Doppelpunkt, oder ein "
            "Listenpunkt ohne „- “ am Anfang."
        )
    elif "did not find expected '-' indicator" in reason:
        hint = (
            "Hier fehlt das „- “ vor dem Listenpunkt, oder die Einrückung "
            "passt nicht zu den Zeilen darüber."
        )
    elif "did not find expected key" in reason:
        hint = (
            "Die Einrückung passt nicht zu den Zeilen darüber, oder ein "
            "Anführungszeichen ist nicht geschlossen."
        )
    elif "quoted scalar" in reason:
        hint = "Ein Anführungszeichen wurde geöffnet und nicht geschlossen."
    elif "start any token" in reason:
        hint = (
            "Die Zeile beginnt mit einem Sonderzeichen: bitte den Text in "
            "Anführungszeichen setzen."
        )
    else:
        hint = f"Das ist kein gültiges YAML ({reason.strip()})."
    return hint


def _begin(error: yaml.YAMLError, line: int) -> str:
    """Names the line where the reader began to go astray: the cause is often there."""
    mark: Any = getattr(error, "context_mark", None)
    first = mark.line + 1 if mark else line
    where = f" (der Abschnitt beginnt in Zeile {first})" if first < line else ""
    return f"So kann die Datei nicht gelesen werden{where}."
