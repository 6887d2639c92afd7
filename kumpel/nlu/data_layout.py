"""Where the language data and our sources lie, and which files hold only utterances."""

from __future__ import annotations

import os
import re
from pathlib import Path

DATA = Path("data")

#: Packages that decide what a training becomes, and the kinds of their files.
_SOURCES = ("nlu", "text")
_SOURCE_KINDS = (".py", ".txt")

_YAML = (".yml", ".yaml")
_TOP_LEVEL_KEY = re.compile(rb"^(\w+):", re.MULTILINE)
_UTTERANCES, _VERSION = b"nlu", b"version"


def files_below(folder: Path) -> list[Path]:
    """Returns all files below a folder, in the order in which Rasa reads them.

    As Rasa does, it follows links to folders, and takes hidden YAML for data; the
    backups and locks of editors are none.
    """
    paths = (
        Path(place, name)
        for place, _, names in os.walk(folder, followlinks=True)
        for name in names
        if name.endswith(_YAML) or not name.startswith(".")
    )
    return sorted((path for path in paths if path.is_file()), key=str)


def source_files(root: Path) -> list[Path]:
    """Returns the files of our own code, with its word lists, that shape a model.

    Rasa's own fingerprint sees the module of a component alone (pitfall V3).

    Args:
        root: The project's folder.
    """
    paths = (path for name in _SOURCES for path in files_below(root / "kumpel" / name))
    return [path for path in paths if path.suffix in _SOURCE_KINDS]


def utterance_files(root: Path) -> list[Path]:
    """Returns the files of a project's data that hold utterances, perhaps with more."""
    paths = files_below(root / DATA)
    return [path for path in paths if _UTTERANCES in _top_level_keys(path)]


def holds_only_utterances(path: Path) -> bool:
    """Says whether a file teaches our classifier and nothing else.

    Rasa lets a file hold rules, stories and responses beside utterances.
    """
    keys = _top_level_keys(path)
    return _UTTERANCES in keys and keys <= {_UTTERANCES, _VERSION}


def _top_level_keys(path: Path) -> set[bytes]:
    if path.suffix not in _YAML:
        return set()
    return set(_TOP_LEVEL_KEY.findall(path.read_bytes()))
