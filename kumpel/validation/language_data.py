"""The training data for understanding: utterances, synonyms and lookup tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kumpel.validation.problem import Place
from kumpel.validation.sources import Source
from kumpel.validation.yaml_lines import Block, Mapping, Sequence

#: Folders of data/nlu whose files are no services.
OTHER_FOLDERS = frozenset(
    {"aspects", "dialogue", "emergency", "out_of_scope", "lookups", "synonyms", "regex"}
)
NLU_FOLDER = Path("data/nlu")

_ANNOTATION = re.compile(
    r"\[(?P<text>[^\]\[]+)\]" r"(?:\((?P<short>[^)]+)\)|\{(?P<long>[^}]+)\})"
)
_LONG_FIELD = re.compile(r'"(entity|value)"\s*:\s*"([^"]*)"')


@dataclass(frozen=True)
class Annotation:
    """A marked entity: `[Fischeln](district)`."""

    text: str
    entity: str
    value: str | None


@dataclass(frozen=True)
class Utterance:
    """One sentence of the training data."""

    raw: str
    """As it stands in the file, without the dash."""
    place: Place
    intent: str
    """With its label: `service/reisepass`."""
    aspect: str | None

    @cached_property
    def text(self) -> str:
        """The sentence without marks of entities."""
        return _ANNOTATION.sub(lambda match: match["text"], self.raw)

    @cached_property
    def annotations(self) -> tuple[Annotation, ...]:
        """The marked entities."""
        return tuple(_annotation(match) for match in _ANNOTATION.finditer(self.raw))


@dataclass(frozen=True)
class ListEntry:
    """An entry of a synonym or a lookup table."""

    owner: str
    """The value of the synonym, or the name of the table."""
    text: str
    place: Place


@dataclass(frozen=True)
class NluBlock:
    """One item below `nlu:`."""

    kind: str
    """``intent``, ``synonym``, ``lookup``, ``regex``, or empty."""
    name: str
    source: Source
    item: Mapping

    @property
    def place(self) -> Place:
        """Where the block begins."""
        return self.source.at(self.item.line)

    @property
    def aspect(self) -> str | None:
        """The aspect that its utterances ask for."""
        metadata = self.item.get("metadata")
        found = metadata.get("aspect") if isinstance(metadata, Mapping) else None
        return str(found) if found is not None else None

    def entries(self) -> Iterator[tuple[Place, str]]:
        """Yields the examples without their dash; empty lines are left out."""
        examples = self.item.get("examples")
        if isinstance(examples, Block):
            for line, text in examples.numbered():
                if text.strip():
                    yield self.source.at(line), text.strip().removeprefix("- ").strip()
        elif isinstance(examples, Sequence):
            for line, value in examples.items():
                text = value.get("text", "") if isinstance(value, Mapping) else value
                yield self.source.at(line), str(text).strip().removeprefix("- ")

    def utterances(self) -> Iterator[Utterance]:
        """Yields the sentences of an intent."""
        for place, text in self.entries():
            yield Utterance(text, place, self.name, self.aspect)


KINDS = ("intent", "synonym", "lookup", "regex")


def nlu_blocks(source: Source) -> Iterator[NluBlock]:
    """Yields what stands below `nlu:` in a file."""
    items = source.content.get("nlu")
    for item in items if isinstance(items, Sequence) else ():
        if isinstance(item, Mapping):
            kind = next((kind for kind in KINDS if kind in item), "")
            yield NluBlock(kind, str(item.get(kind, "")), source, item)


def _annotation(match: re.Match[str]) -> Annotation:
    if match["short"]:
        entity, _, value = match["short"].partition(":")
        return Annotation(match["text"], entity, value or None)
    fields = dict(_LONG_FIELD.findall(match["long"]))
    return Annotation(match["text"], fields.get("entity", ""), fields.get("value"))
