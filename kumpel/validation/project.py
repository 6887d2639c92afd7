"""Everything that the checks look at, read once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from kumpel.aspects import ASPECTS
from kumpel.validation.code import Code, read_code
from kumpel.validation.dialogue_data import Step, Story, stories
from kumpel.validation.language_data import (
    NLU_FOLDER,
    OTHER_FOLDERS,
    NluBlock,
    Utterance,
    nlu_blocks,
)
from kumpel.validation.problem import Place
from kumpel.validation.sources import Source, read_sources
from kumpel.validation.yaml_lines import Mapping, Sequence

DOMAIN = Path("domain.yml")
SEED_FOLDER = Path("portal/seed/services")
PLACEHOLDER = re.compile(r"\{([a-z_0-9]+)\}")


@dataclass(frozen=True)
class Variation:
    """One wording of a response."""

    text: str
    language: str | None
    """What its condition asks for; None without condition."""
    item: Mapping
    place: Place

    @property
    def placeholders(self) -> set[str]:
        """Names in braces."""
        return set(PLACEHOLDER.findall(self.text))


@dataclass(frozen=True)
class Form:
    """A form of the domain."""

    name: str
    place: Place
    slots: tuple[str, ...]
    ignored_intents: frozenset[str]


@dataclass
class Project:
    """The project's files, read as they are on disk."""

    root: Path
    sources: tuple[Source, ...]
    code: Code = field(default_factory=Code)

    @classmethod
    def read(cls, root: Path) -> Project:
        """Reads a project.

        Args:
            root: Its folder.
        """
        return cls(root, tuple(read_sources(root)), read_code(root))

    # Files

    @cached_property
    def data_sources(self) -> tuple[Source, ...]:
        """The files of data/."""
        return tuple(s for s in self.sources if s.path.parts[0] == "data")

    @cached_property
    def seeds(self) -> dict[str, Source]:
        """The portal's services, by the slug that their file name says."""
        return {
            s.path.stem: s for s in self.sources if s.path.is_relative_to(SEED_FOLDER)
        }

    @cached_property
    def service_sources(self) -> dict[str, Source]:
        """The training files of services, by the slug that their name says."""
        return {
            s.path.stem: s
            for s in self.data_sources
            if s.path.is_relative_to(NLU_FOLDER)
            and len(s.path.parts) > len(NLU_FOLDER.parts) + 1
            and s.path.parent.name not in OTHER_FOLDERS
        }

    @cached_property
    def closed_values(self) -> dict[str, frozenset[str]]:
        """The values that the slots and entities of these names may have."""
        return {"service": frozenset(self.seeds), "aspect": frozenset(ASPECTS)}

    # Training data

    @cached_property
    def blocks(self) -> tuple[NluBlock, ...]:
        """All items below `nlu:`."""
        return tuple(block for s in self.data_sources for block in nlu_blocks(s))

    @cached_property
    def utterances(self) -> tuple[Utterance, ...]:
        """All sentences of all intents."""
        return tuple(
            u for block in self.blocks if block.kind == "intent"
            for u in block.utterances()
        )  # fmt: skip

    @cached_property
    def stories(self) -> tuple[Story, ...]:
        """All rules and stories."""
        return tuple(story for s in self.data_sources for story in stories(s))

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """All steps of all rules and stories."""
        return tuple(step for story in self.stories for step in story.all_steps())

    # Domain

    @cached_property
    def domain_source(self) -> Source:
        """domain.yml; an empty one where it is missing."""
        found = next((s for s in self.sources if s.path == DOMAIN), None)
        return found or Source(DOMAIN, "", None)

    @property
    def domain(self) -> Mapping:
        """The content of domain.yml."""
        return self.domain_source.content

    @cached_property
    def intents(self) -> dict[str, Place]:
        """The domain's intents with their places."""
        return dict(self._names("intents"))

    @cached_property
    def entities(self) -> dict[str, Place]:
        """The domain's entities with their places."""
        return dict(self._names("entities"))

    @cached_property
    def actions(self) -> dict[str, Place]:
        """The domain's actions with their places."""
        return dict(self._names("actions"))

    @cached_property
    def slots(self) -> Mapping:
        """The domain's slots."""
        return _mapping(self.domain.get("slots"))

    @cached_property
    def responses(self) -> dict[str, tuple[Variation, ...]]:
        """The domain's responses with their wordings."""
        found = _mapping(self.domain.get("responses"))
        return {name: tuple(self._variations(found[name])) for name in found}

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        """The domain's forms."""
        found = _mapping(self.domain.get("forms"))
        return tuple(
            Form(
                name,
                self.in_domain(found.line_of(name)),
                tuple(map(str, _sequence(_mapping(found[name]).get("required_slots")))),
                frozenset(
                    map(str, _sequence(_mapping(found[name]).get("ignored_intents")))
                ),
            )
            for name in found
        )

    def in_domain(self, line: int) -> Place:
        """Returns a place in domain.yml."""
        return self.domain_source.at(line)

    def response_place(self, name: str) -> Place:
        """Returns where a response begins."""
        return self.in_domain(_mapping(self.domain.get("responses")).line_of(name))

    def slot_place(self, name: str) -> Place:
        """Returns where a slot begins."""
        return self.in_domain(self.slots.line_of(name))

    def mappings(self, slot: str) -> list[Mapping]:
        """Returns the mappings of a slot."""
        found = _sequence(_mapping(self.slots.get(slot)).get("mappings"))
        return [one for one in found if isinstance(one, Mapping)]

    def _names(self, key: str) -> Iterator[tuple[str, Place]]:
        """Yields names of a list; one may stand alone or as `- name: {options}`."""
        for line, item in _sequence(self.domain.get(key)).items():
            name = next(iter(item)) if isinstance(item, Mapping) and item else item
            yield str(name), self.in_domain(line)

    def _variations(self, items: Any) -> Iterator[Variation]:
        for line, item in _sequence(items).items():
            if isinstance(item, Mapping):
                yield Variation(
                    str(item.get("text") or ""),
                    _language(item),
                    item,
                    self.in_domain(line),
                )


def _language(variation: Mapping) -> str | None:
    for condition in _sequence(variation.get("condition")):
        if isinstance(condition, Mapping) and condition.get("name") == "language":
            return str(condition.get("value"))
    return None


def _mapping(value: Any) -> Mapping:
    return value if isinstance(value, Mapping) else Mapping(1)


def _sequence(value: Any) -> Sequence:
    return value if isinstance(value, Sequence) else Sequence(1)
