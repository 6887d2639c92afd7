"""Rules and stories, as steps with their lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from kumpel.validation.problem import Place
from kumpel.validation.sources import Source
from kumpel.validation.yaml_lines import Mapping, Sequence


@dataclass(frozen=True)
class Step:
    """One step of a rule or story."""

    kind: str
    """``intent``, ``action``, ``slots``, ``loop``, ``checkpoint``, or ``other``."""
    name: str
    """Name of the intent, action, form or checkpoint."""
    place: Place
    values: tuple[tuple[str, Any], ...] = ()
    """Slots of a `slot_was_set`, or entities of an intent, with their values."""

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two steps the same."""
        return (self.kind, self.name, tuple(sorted(map(repr, self.values))))


@dataclass(frozen=True)
class Story:
    """A rule or a story."""

    name: str
    is_rule: bool
    place: Place
    condition: tuple[Step, ...]
    steps: tuple[tuple[Step, ...], ...]
    """Each step with its alternatives (`or`)."""
    options: tuple[str, ...] = field(default=())
    """What else the rule says, e.g. that it begins a conversation."""

    def all_steps(self) -> Iterator[Step]:
        """Yields all steps, those of the condition first."""
        yield from self.condition
        for alternatives in self.steps:
            yield from alternatives

    def paths(self) -> Iterator[tuple[Step, ...]]:
        """Yields the story once for each choice of alternatives."""
        return product(*self.steps)


def stories(source: Source) -> Iterator[Story]:
    """Yields the rules and stories of a file."""
    for key, kind in (("rules", "rule"), ("stories", "story")):
        for item in _mappings(source.content.get(key)):
            yield Story(
                name=str(item.get(kind, "")),
                is_rule=kind == "rule",
                place=source.at(item.line),
                condition=tuple(
                    _step(source, step) for step in _mappings(item.get("condition"))
                ),
                steps=tuple(
                    _alternatives(source, step) for step in _mappings(item.get("steps"))
                ),
                options=tuple(
                    f"{name}={item[name]}"
                    for name in ("conversation_start", "wait_for_user_input")
                    if name in item
                ),
            )


def _mappings(value: Any) -> list[Mapping]:
    items = value if isinstance(value, Sequence) else ()
    return [item for item in items if isinstance(item, Mapping)]


def _alternatives(source: Source, item: Mapping) -> tuple[Step, ...]:
    if "or" in item:
        return tuple(_step(source, step) for step in _mappings(item["or"]))
    return (_step(source, item),)


def _step(source: Source, item: Mapping) -> Step:
    place = source.at(item.line)
    if "intent" in item:
        return Step("intent", str(item["intent"]), place, _pairs(item.get("entities")))
    if "slot_was_set" in item:
        return Step("slots", "", place, _pairs(item["slot_was_set"]))
    for key, kind in (
        ("action", "action"),
        ("active_loop", "loop"),
        ("checkpoint", "checkpoint"),
    ):
        if key in item:
            name = item[key]
            return Step(kind, "" if name is None else str(name), place)
    return Step("other", " ".join(item), place)


def _pairs(value: Any) -> tuple[tuple[str, Any], ...]:
    """Returns names with values; a bare name has the value Ellipsis (any)."""
    found: list[tuple[str, Any]] = []
    for one in value if isinstance(value, Sequence) else (value,):
        if isinstance(one, Mapping):
            found.extend((key, _plain(inner)) for key, inner in one.items())
        elif one is not None:
            found.append((str(one), ...))
    return tuple(found)


def _plain(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
