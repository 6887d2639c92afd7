"""Reads the thefts that somebody has looked at and found to be right as they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from kumpel.errors import InvalidInputError
from kumpel.evaluation.records import Record
from kumpel.quality.overmatch import Theft
from kumpel.validation.language_data import Utterance
from kumpel.validation.yaml_lines import Sequence as Items
from kumpel.validation.yaml_lines import read_yaml


@dataclass(frozen=True)
class Judged:
    """An utterance that stays where it is although another label steals it."""

    file: str
    utterance: str
    reason: str
    place: str
    """Where the entry itself stands."""

    @property
    def key(self) -> tuple[str, str]:
        """What tells utterances apart: lines move, so they do not count."""
        return self.file, self.utterance


def read_exceptions(path: Path, kind: str) -> list[Judged]:
    """Reads the entries for one kind of check.

    Args:
        path: A YAML file.
        kind: The list in it: ``cross_validated`` or ``in_sample``.

    Raises:
        InvalidInputError: The file cannot be read or has a mistake.
    """
    try:
        content = read_yaml(path.read_text(encoding="utf-8")).content
    except OSError as error:
        raise InvalidInputError(f"{path}: nicht lesbar ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise InvalidInputError(f"{path}: kein UTF-8.") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise InvalidInputError(
            f"{path}, Zeile {line}: kein gültiges YAML ({error.problem})."
        ) from error
    entries = Record(content, str(path)).value(kind)
    if entries is None:
        return []
    if not isinstance(entries, Items):
        raise InvalidInputError(f"{path}: unter {kind!r} muss eine Liste stehen.")
    return [_judged(value, f"{path}, Zeile {line}") for line, value in entries.items()]


def _judged(value: object, place: str) -> Judged:
    record = Record(value, place)
    return Judged(
        record.text("file"), record.text("utterance"), record.text("reason"), place
    )


def without(thefts: Sequence[Theft], judged: Sequence[Judged]) -> list[Theft]:
    """Returns the thefts that nobody has judged yet."""
    keys = {each.key for each in judged}
    return [theft for theft in thefts if _key(theft.utterance) not in keys]


def outdated(
    judged: Sequence[Judged], thefts: Sequence[Theft], utterances: Sequence[Utterance]
) -> Iterator[tuple[Judged, str]]:
    """Yields entries that no longer apply, with the reason in German."""
    stolen = {_key(theft.utterance) for theft in thefts}
    existing = {_key(utterance) for utterance in utterances}
    for each in judged:
        if each.key not in existing:
            yield each, f"Der Satz „{each.utterance}“ steht nicht mehr in {each.file}."
        elif each.key not in stolen:
            yield each, f"„{each.utterance}“ wird nicht mehr gestohlen."


def _key(utterance: Utterance) -> tuple[str, str]:
    return utterance.place.path.as_posix(), utterance.text
