"""Finds places, times, ages, dogs and vehicles in a message."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.nlu.utils.spacy_utils import SpacyModel
from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_END,
    ENTITY_ATTRIBUTE_START,
    ENTITY_ATTRIBUTE_TYPE,
    ENTITY_ATTRIBUTE_VALUE,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message

from kumpel.clock import Clock, system_clock
from kumpel.dates.resolve import resolve
from kumpel.dates.values import Mention
from kumpel.dates.words import encode
from kumpel.nlu.entity_rules import find_ages, find_dogs, find_vehicles
from kumpel.places.finder import PlaceFinder
from kumpel.places.places import PlaceMention
from kumpel.runtime.gazetteer import read_places
from kumpel.settings import PROJECT_ROOT, Settings
from kumpel.text.fold import fold

if TYPE_CHECKING:
    from spacy.language import Language

_RULER = "entity_ruler"
_WORD = re.compile(r"\w+")
_GAZETTEER_LABELS = ("DISTRICT", "STREET", "OFFICE")
_SEED = PROJECT_ROOT / "portal" / "seed"
DISTRICT = "district"
OFFICE = "office"
TIME = "time"
DAY = "day"
AGE = "age"
DOG_COUNT = "dog_count"
VEHICLE = "vehicle"
#: Names of no office of its own where a district is named: "das Rathaus in Hüls".
_GENERAL_NAMES = frozenset({"rathaus", "town hall", "city hall"})
_LONGEST_IN_CHARACTERS = 2000

Entity = dict[str, Any]


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR,
    is_trainable=False,
    model_from="LazySpacyNLP",
)
class CityEntityExtractor(GraphComponent, EntityExtractorMixin):
    """Turns what a message names into entities (`docs/entities.md`).

    The value of a place is its canonical name ("uerdingen" becomes "Uerdingen"), or
    None where it has to be asked: then `alternatives` holds the names. A time carries
    its meanings in `options`; without an office nothing is closed yet.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Default config (see parent class for full docstring)."""
        return {
            # Labels of the spaCy entity ruler that become entities.
            "labels": list(_GAZETTEER_LABELS),
        }

    @staticmethod
    def required_packages() -> list[str]:
        """Lists required dependencies (see parent class for full docstring)."""
        return ["spacy", "rapidfuzz", "holidays"]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> CityEntityExtractor:
        """Creates the component (see parent class for full docstring)."""
        settings = Settings.from_environment()
        return cls(config, PlaceFinder(read_places(_SEED)), settings.clock)

    def __init__(
        self,
        config: dict[str, Any],
        finder: PlaceFinder | None = None,
        clock: Clock = system_clock,
    ) -> None:
        """Takes the city's places and the clock.

        Args:
            config: Names the labels of the spaCy pipeline that count besides.
            finder: Finds places; None knows no place of its own.
            clock: Gives the moment that "morgen" starts from.
        """
        self._labels = frozenset(config["labels"])
        self._finder = finder or PlaceFinder(())
        self._clock = clock

    def process(
        self, messages: list[Message], model: SpacyModel | None = None
    ) -> list[Message]:
        """Adds the entities of each message; leaves buttons alone.

        Args:
            messages: Messages.
            model: The spaCy pipeline that Rasa hands over, or None.
        """
        for message in messages:
            text = message.get(TEXT) or ""
            if text.startswith("/"):
                continue
            found = self._entities(text[:_LONGEST_IN_CHARACTERS])
            if model is not None:
                found += _apart(self._gazetteer(text, model.model), found)
            found = _without_general_offices(found, text)
            entities = [*message.get(ENTITIES, []), *self.add_extractor_name(found)]
            message.set(ENTITIES, entities, add_to_output=True)
        return messages

    def _entities(self, text: str) -> list[Entity]:
        places = [_place(mention) for mention in self._finder.find(text)]
        coded = encode(text)
        times = [
            entity
            for mention in resolve(coded, self._clock()).mentions
            for entity in _time(mention)
            # "Ostwall 12" and "am Markt 3" are no times.
            if not _overlaps(entity, places)
        ]
        counted = [
            *(
                _entity(AGE, find.start, find.end, find.value)
                | ({"is_becoming": True} if find.is_becoming else {})
                for find in find_ages(coded)
            ),
            *(_entity(DOG_COUNT, *find[:3]) for find in find_dogs(coded)),
            *(_entity(VEHICLE, *find[:3]) for find in find_vehicles(coded)),
        ]
        return places + times + counted

    def _gazetteer(self, text: str, nlp: Language) -> list[Entity]:
        """Finds what the pipeline's ruler knows; most messages need no look."""
        if _telling_words(nlp).isdisjoint(_WORD.findall(text.lower())):
            return []
        return [
            _entity(
                span.label_.lower(),
                span.start_char,
                span.end_char,
                span.ent_id_ or span.text,
            )
            for span in nlp(text).ents
            if span.label_ in self._labels
        ]


@lru_cache(maxsize=1)
def _telling_words(nlp: Language) -> frozenset[str]:
    """Returns the longest word of each name: no message names the place without it."""
    if not nlp.has_pipe(_RULER):
        return frozenset()
    names = [str(each["pattern"]).lower() for each in nlp.get_pipe(_RULER).patterns]
    return frozenset(max(_WORD.findall(name), key=len, default=name) for name in names)


def _entity(name: str, start: int, end: int, value: Any) -> Entity:
    return {
        ENTITY_ATTRIBUTE_TYPE: name,
        ENTITY_ATTRIBUTE_VALUE: value,
        ENTITY_ATTRIBUTE_START: start,
        ENTITY_ATTRIBUTE_END: end,
    }


def _place(mention: PlaceMention) -> Entity:
    entity = _entity(mention.kind, mention.start, mention.end, mention.name)
    entity["written"] = mention.text
    if mention.alternatives:
        entity["alternatives"] = list(mention.alternatives)
    if mention.house_number:
        entity["house_number"] = mention.house_number
    return entity


def _time(mention: Mention) -> Iterator[Entity]:
    """Yields the expression, and the one day that it clearly means."""
    entity = _entity(TIME, mention.start, mention.end, mention.text)
    entity["options"] = [when.to_json() for when in mention.options]
    if mention.is_excluded:
        entity["is_excluded"] = True
    if mention.problem:
        entity["problem"] = mention.problem.kind
    yield entity
    day = mention.when.day
    is_clear = not (mention.is_ambiguous or mention.is_excluded or mention.problem)
    if day is not None and is_clear:
        yield _entity(DAY, mention.start, mention.end, day.isoformat())


def _overlaps(entity: Entity, others: Iterable[Entity]) -> bool:
    return any(
        entity[ENTITY_ATTRIBUTE_START] < other[ENTITY_ATTRIBUTE_END]
        and other[ENTITY_ATTRIBUTE_START] < entity[ENTITY_ATTRIBUTE_END]
        for other in others
    )


def _apart(entities: list[Entity], others: list[Entity]) -> list[Entity]:
    return [entity for entity in entities if not _overlaps(entity, others)]


def _without_general_offices(entities: list[Entity], text: str) -> list[Entity]:
    if not any(each[ENTITY_ATTRIBUTE_TYPE] == DISTRICT for each in entities):
        return entities
    return [
        each
        for each in entities
        if each[ENTITY_ATTRIBUTE_TYPE] != OFFICE
        or fold(text[each[ENTITY_ATTRIBUTE_START] : each[ENTITY_ATTRIBUTE_END]])
        not in _GENERAL_NAMES
    ]
