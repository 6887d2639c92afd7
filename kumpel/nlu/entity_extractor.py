"""Finds districts, streets, offices and ages in a message."""

from __future__ import annotations

import re
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_END,
    ENTITY_ATTRIBUTE_START,
    ENTITY_ATTRIBUTE_TYPE,
    ENTITY_ATTRIBUTE_VALUE,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message

_SPACY_DOC = "text_spacy_doc"
_GAZETTEER_LABELS = ("DISTRICT", "STREET", "OFFICE")
AGE = "age"
#: "ist 17", "bin 23 Jahre", "17-jährige", "(6)", "I am 30", "8 years old".
_AGE = re.compile(
    r"\b(?:bin|ist|wird|werde|war|alter|i am|i'm|is)\s+"
    r"(?:schon|erst|jetzt|noch|only)?\s*"
    r"(?P<stated>\d{1,3})\b(?!\s*(?:uhr|euro|€|prozent|km|monate|wochen|tage|stunden))"
    r"|\b(?P<years>\d{1,3})\s*-?\s*(?:jahre?\b|jährig|jaehrig|j\.|years?\s+old|year-old)"
    r"|\((?P<bracketed>\d{1,2})\)",
    re.IGNORECASE,
)
_OLDEST = 120


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR,
    is_trainable=False,
    model_from="SpacyNLP",
)
class CityEntityExtractor(GraphComponent, EntityExtractorMixin):
    """Turns the gazetteer's finds into entities and reads ages.

    The value of a gazetteer entity is its canonical name ("uerdingen" becomes
    "Uerdingen"). An age above 120 is none.
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
        return ["spacy"]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> CityEntityExtractor:
        """Creates the component (see parent class for full docstring)."""
        return cls(config)

    def __init__(self, config: dict[str, Any]) -> None:
        self._labels = frozenset(config["labels"])

    def process(self, messages: list[Message], model: Any = None) -> list[Message]:
        """Adds the entities of each message; leaves buttons alone.

        Args:
            messages: Messages whose spaCy document stands under `text_spacy_doc`.
            model: The spaCy model that Rasa hands over; the document is enough.
        """
        for message in messages:
            text = message.get(TEXT) or ""
            if text.startswith("/"):
                continue
            found = [*self._places(message.get(_SPACY_DOC)), *self._ages(text)]
            entities = [*message.get(ENTITIES, []), *self.add_extractor_name(found)]
            message.set(ENTITIES, entities, add_to_output=True)
        return messages

    def _places(self, document: Any) -> list[dict[str, Any]]:
        if document is None:
            return []
        return [
            {
                ENTITY_ATTRIBUTE_TYPE: span.label_.lower(),
                ENTITY_ATTRIBUTE_VALUE: span.ent_id_ or span.text,
                ENTITY_ATTRIBUTE_START: span.start_char,
                ENTITY_ATTRIBUTE_END: span.end_char,
            }
            for span in document.ents
            if span.label_ in self._labels
        ]

    def _ages(self, text: str) -> list[dict[str, Any]]:
        found = []
        for match in _AGE.finditer(text):
            years = int(next(group for group in match.groups() if group))
            if years <= _OLDEST:
                found.append(
                    {
                        ENTITY_ATTRIBUTE_TYPE: AGE,
                        ENTITY_ATTRIBUTE_VALUE: years,
                        ENTITY_ATTRIBUTE_START: match.start(),
                        ENTITY_ATTRIBUTE_END: match.end(),
                    }
                )
        return found
