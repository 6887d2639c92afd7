"""Reads labelled questions, messages out of scope and dialogues.

Nothing is repaired: a mistake in a label would make every score wrong. The first one
is named with file and line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml

from kumpel.aspects import ASPECTS
from kumpel.errors import InvalidInputError
from kumpel.evaluation.records import Record

T = TypeVar("T")


@dataclass(frozen=True)
class Question:
    """A question with its acceptable answers."""

    text: str
    services: tuple[str, ...]
    """Acceptable slugs, the best first."""
    aspects: tuple[str, ...]
    """Acceptable aspects."""
    style: str


@dataclass(frozen=True)
class OutOfScopeMessage:
    """A message that no service answers."""

    text: str
    kind: str
    must_contain_any: tuple[re.Pattern[str], ...]


@dataclass(frozen=True)
class TuningLine:
    """A line that thresholds are fitted on: a question, or a message out of scope."""

    text: str
    services: frozenset[str]
    """Acceptable slugs; empty where the line is out of scope."""
    aspects: frozenset[str]
    kind: str | None
    """What a message out of scope is, or None for a question."""
    topic: str | None
    """Slug of the service under discussion before, or None."""
    must_ask: bool
    """Whether several services share this bare word."""


@dataclass(frozen=True)
class Expectation:
    """What a turn is compared with."""

    service: str | None
    """None is not asserted."""
    aspects: tuple[str, ...] | None
    """None is not asserted."""
    must_contain_any: tuple[re.Pattern[str], ...]
    must_not: tuple[re.Pattern[str], ...]


@dataclass(frozen=True)
class DialogueTurn:
    """What a citizen says, and what is expected then."""

    user: str
    """What is written; with `is_press` how the title of a button begins."""
    expect: Expectation
    is_press: bool = False
    """Whether a button below the last answer is pressed."""
    minutes_later: int = 0
    """For how long the citizen was silent before."""


@dataclass(frozen=True)
class Dialogue:
    """Turns of one conversation."""

    id: str
    turns: tuple[DialogueTurn, ...]


def known_services() -> frozenset[str]:
    """Returns the slugs of all services that the project has facts about."""
    from portal.seed_reader import SEED_DIR

    return frozenset(path.stem for path in (SEED_DIR / "services").glob("*/*.yml"))


def read_questions(path: Path, services: Collection[str]) -> list[Question]:
    """Reads questions, one JSON object per line.

    Args:
        path: A file like ``sample_questions.jsonl``.
        services: Slugs that labels may name.

    Raises:
        InvalidInputError: The file cannot be read, is empty, or has a wrong line.
    """

    def question(record: Record) -> Question:
        return Question(
            text=record.text("text"),
            services=record.some_names("service", services),
            aspects=record.some_names("aspect", ASPECTS),
            style=record.text("style"),
        )

    return _json_lines(path, question)


def read_out_of_scope(path: Path) -> list[OutOfScopeMessage]:
    """Reads messages that no service answers, one JSON object per line.

    Args:
        path: A file like ``sample_out_of_scope.jsonl``.

    Raises:
        InvalidInputError: The file cannot be read, is empty, or has a wrong line.
    """

    def message(record: Record) -> OutOfScopeMessage:
        return OutOfScopeMessage(
            text=record.text("text"),
            kind=record.text("kind"),
            must_contain_any=record.patterns("must_contain_any"),
        )

    return _json_lines(path, message)


def read_tuning_lines(path: Path, services: Collection[str]) -> list[TuningLine]:
    """Reads a development file of questions or of messages out of scope.

    Args:
        path: A file like ``dev_questions.jsonl`` or those in ``tests/tuning``.
        services: Slugs that labels may name.

    Raises:
        InvalidInputError: The file cannot be read, is empty, or has a wrong line.
    """

    def line(record: Record) -> TuningLine:
        if "kind" in record:
            none: frozenset[str] = frozenset()
            kind = record.text("kind")
            return TuningLine(record.text("text"), none, none, kind, None, False)
        return TuningLine(
            text=record.text("text"),
            services=frozenset(record.some_names("service", services)),
            aspects=frozenset(record.names("aspect", ASPECTS)),
            kind=None,
            topic=record.name_or_none("topic", services),
            must_ask="must_ask" in record and record.value("must_ask") is True,
        )

    return _json_lines(path, line)


def read_dialogues(path: Path, services: Collection[str]) -> list[Dialogue]:
    """Reads dialogues from YAML.

    Args:
        path: A file like ``sample_dialogues.yaml``.
        services: Slugs that expectations may name.

    Raises:
        InvalidInputError: The file cannot be read, is empty, or has a mistake.
    """
    try:
        # A SafeLoader that also notes lines: it makes plain values only.
        values = yaml.load(_text(path), Loader=_LineLoader)  # noqa: S506
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise InvalidInputError(
            f"{path}, Zeile {line}: kein gültiges YAML ({error.problem})."
        ) from error
    except yaml.YAMLError as error:
        raise InvalidInputError(f"{path}: kein gültiges YAML ({error}).") from error
    if not isinstance(values, list) or not values:
        raise InvalidInputError(f"{path}: enthält keine Liste von Dialogen.")
    dialogues: dict[str, Dialogue] = {}
    for value in values:
        dialogue = _dialogue(value, path, services)
        if dialogue.id in dialogues:
            place = _place(path, value)
            raise InvalidInputError(f"{place}: id {dialogue.id!r} gibt es schon.")
        dialogues[dialogue.id] = dialogue
    return list(dialogues.values())


def _dialogue(value: object, path: Path, services: Collection[str]) -> Dialogue:
    record = Record(value, _place(path, value))
    turns = record.value("turns")
    if not isinstance(turns, list) or not turns:
        raise record.mistake("'turns' muss eine Liste mit mindestens einem Zug sein")
    return Dialogue(
        id=record.text("id"),
        turns=tuple(_turn(turn, path, record, services) for turn in turns),
    )


def _turn(
    value: object, path: Path, dialogue: Record, services: Collection[str]
) -> DialogueTurn:
    place = _place(path, value) if isinstance(value, _Mapping) else dialogue.place
    record = Record(value, place)
    expected = record.value("expect")
    expect = Record(expected, _place(path, expected) if expected else place)
    is_press = "press" in record
    return DialogueTurn(
        user=record.text("press" if is_press else "user"),
        is_press=is_press,
        minutes_later=record.count("minutes_later"),
        expect=Expectation(
            service=expect.name_or_none("service", services),
            aspects=expect.names("aspect", ASPECTS) or None,
            must_contain_any=expect.patterns("must_contain_any"),
            must_not=expect.patterns("must_not"),
        ),
    )


def _json_lines(path: Path, read: Callable[[Record], T]) -> list[T]:
    items = [read(record) for record in _records(path)]
    if not items:
        raise InvalidInputError(f"{path}: enthält keine Zeilen.")
    return items


def _records(path: Path) -> Iterator[Record]:
    # Split at line feeds only: JSON may hold other separators such as U+2028.
    for number, line in enumerate(_text(path).split("\n"), start=1):
        if not line.strip():
            continue
        place = f"{path}, Zeile {number}"
        try:
            values = json.loads(line)
        except json.JSONDecodeError as error:
            raise InvalidInputError(
                f"{place}: kein gültiges JSON ({error.msg}, Spalte {error.colno})."
            ) from error
        yield Record(values, place)


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InvalidInputError(f"{path}: nicht lesbar ({error.strerror}).") from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise InvalidInputError(f"{path}, Zeile {line}: kein UTF-8.") from error


class _Mapping(dict[Any, Any]):
    """A mapping of a YAML file that knows its line."""

    line = 1


class _LineLoader(yaml.SafeLoader):
    """Notes the line of each mapping, and refuses a key that stands there twice."""


def _mapping(loader: _LineLoader, node: yaml.MappingNode) -> _Mapping:
    _check_keys(key for key, _ in node.value)
    mapping = _Mapping(loader.construct_mapping(node, deep=True))
    mapping.line = node.start_mark.line + 1
    return mapping


def _check_keys(keys: Iterable[yaml.Node]) -> None:
    seen = set()
    for key in keys:
        if key.value in seen:
            problem = f"{key.value!r} steht doppelt"
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=key.start_mark)
        if isinstance(key, yaml.ScalarNode):
            seen.add(key.value)


_LineLoader.add_constructor("tag:yaml.org,2002:map", _mapping)


def _place(path: Path, value: object) -> str:
    return f"{path}, Zeile {value.line}" if isinstance(value, _Mapping) else str(path)
