"""Rasa's intent classifier of the project: service × aspect × kind of talk."""

from __future__ import annotations

import logging
from dataclasses import fields
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_TYPE,
    ENTITY_ATTRIBUTE_VALUE,
    EXTRACTOR,
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    METADATA,
    METADATA_INTENT,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from kumpel.nlu import data_files
from kumpel.nlu.decision import (
    EMERGENCY,
    OVERVIEW,
    Decision,
)
from kumpel.nlu.ranking import SERVICE, Ranking
from kumpel.nlu.thresholds import Thresholds
from kumpel.nlu.training import code_version, train
from kumpel.nlu.understanding import Example, Tuning, Understander, Understanding
from kumpel.text.language import detect_any_language, detect_language
from kumpel.text.script import other_script

logger = logging.getLogger(__name__)

UNDERSTANDING = "understanding"
LANGUAGE = "language"
CHOICES = "choices"
#: Intent of every message while a dialogue such as a booking is open, and the slot
#: that says so.
IN_DIALOGUE = "in_dialogue"
DIALOGUE = "dialogue"
#: In an open dialogue, less is a name, an address or a time, and of no language.
_SHORTEST_SENTENCE_IN_WORDS = 4
_LONGEST_NAME_IN_WORDS = 3
#: Margin above which even a name that was asked for is taken for an emergency: of 20
#: names the highest was -0.4, of 15 emergencies in a word or three the lowest -0.2.
_CLEAR_EMERGENCY = -0.3
#: Margin above which German or English words were surely recognised.
_UNDERSTOOD = 0.2
_UNDERSTOOD_LANGUAGES = frozenset({"de", "en"})
_COMMAND_PREFIX = "/"


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True
)
class UnderstandingClassifier(GraphComponent, IntentClassifier):
    """Names the service, the aspect and the decision whether to answer or ask back.

    Trains on the retrieval intents `service/<slug>`, `aspect/<aspect>`,
    `out_of_scope/<kind>`, `emergency/<kind>` and on the plain dialogue intents; the
    block's metadata key `aspect` labels what an utterance asks about its service.
    Sets the intent to the group (`service`, `service_unclear`, …), never to a slug, so
    that one rule serves all services, and puts the details under `understanding`.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Default config (see parent class for full docstring)."""
        return {
            # Cost of a wrong training example (C of the linear SVM).
            "penalty": Tuning.penalty,
            # Inverse temperatures that turn margins into probabilities.
            "sharpness": Tuning.sharpness,
            "aspect_sharpness": Tuning.aspect_sharpness,
            # What is usually asked about a service, and what an overview is ahead.
            "aspect_habit": Tuning.aspect_habit,
            "overview_leaning": Tuning.overview_leaning,
            # Least confidence of a further aspect, and of each of two requests.
            "second_aspect_confidence": Tuning.second_aspect_confidence,
            "part_confidence": Tuning.part_confidence,
            # Folder that keeps the last training from scratch, so that after a small
            # change only what it touches is trained; None trains all each time.
            "memory": None,
            # The lines between answer, choices, refusal and fallback.
            **{field.name: field.default for field in fields(Thresholds)},
            # Slugs that need more evidence, because a wrong answer would hurt.
            "sensitive_services": [],
            "helping_services": [],
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> UnderstandingClassifier:
        """Creates an untrained component (see parent class for full docstring)."""
        return cls(config, model_storage, resource)

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        understander: Understander | None = None,
    ) -> None:
        self._tuning = Tuning.from_config(config)
        self._limits = Thresholds.from_config(config)
        self._memory = config.get("memory")
        self._model_storage = model_storage
        self._resource = resource
        self._understander = understander

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Hashes our helper modules, which Rasa's own fingerprint does not see (V3)."""
        return code_version()

    def train(self, training_data: TrainingData) -> Resource:
        """Trains both linear models and stores them."""
        blocks = training_data.intent_examples
        examples = list(
            dict.fromkeys(e for block in blocks for e in examples_of(block))
        )
        logger.info("Training understanding on %d utterances.", len(examples))
        self._understander = train(
            examples,
            self._tuning,
            self._limits,
            memory=Path(self._memory) if self._memory else None,
            version=code_version(),
        )
        with self._model_storage.write_to(self._resource) as folder:
            self._understander.persist(folder)
        return self._resource

    def process(
        self, messages: list[Message], tracker: DialogueStateTracker | None = None
    ) -> list[Message]:
        """Sets intent, ranking, language entity and `understanding` on each message.

        The tracker names the service under discussion, so that a short follow-up is
        not taken for a new topic; Rasa hands it over because of the argument's name.
        While a dialogue is open, one rule takes all messages but emergencies; what
        they would mean without it stands in `understanding`.

        A text that starts with a slash is a verified button (the guard strips typed
        ones) and is left to Rasa's own RegexMessageHandler.
        """
        topic = tracker.get_slot(SERVICE) if tracker else None
        offered = (tracker.get_slot(CHOICES) if tracker else None) or ()
        dialogue = tracker.get_slot(DIALOGUE) if tracker else None
        for message in messages:
            text = message.get(TEXT) or ""
            if self._understander and not text.startswith(_COMMAND_PREFIX):
                found = self._understander.understand(text, topic, offered)
                language = _language(text, found, dialogue)
                if language and language not in _UNDERSTOOD_LANGUAGES:
                    found, language = _not_understood(language), None
                is_emergency = found.decision.intent == EMERGENCY and not (
                    _awaits_name(dialogue) and _may_be_a_name(text, found)
                )
                self._set(message, found, language, bool(dialogue), is_emergency)
        return messages

    def _set(
        self,
        message: Message,
        found: Understanding,
        language: str | None,
        is_open: bool,
        is_emergency: bool,
    ) -> None:
        if language:
            entity = {
                ENTITY_ATTRIBUTE_TYPE: LANGUAGE,
                ENTITY_ATTRIBUTE_VALUE: language,
                "start": 0,
                "end": len(message.get(TEXT) or ""),
                EXTRACTOR: self.__class__.__name__,
            }
            entities = [*message.get(ENTITIES, []), entity]
            message.set(ENTITIES, entities, add_to_output=True)
        name = found.decision.intent
        intent = {
            INTENT_NAME_KEY: IN_DIALOGUE if is_open and not is_emergency else name,
            PREDICTED_CONFIDENCE_KEY: found.decision.confidence,
        }
        message.set(INTENT, intent, add_to_output=True)
        message.set(INTENT_RANKING_KEY, [intent], add_to_output=True)
        message.set(UNDERSTANDING, as_dict(found, language), add_to_output=True)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> UnderstandingClassifier:
        """Loads the trained models (see parent class for full docstring)."""
        with model_storage.read_from(resource) as folder:
            understander = Understander.load(
                folder, Tuning.from_config(config), Thresholds.from_config(config)
            )
        # Loads the models of both now, not in the first answer.
        for text in ("Guten Tag", "Guten Tag, wie geht es Ihnen?"):
            detect_language(text)
            detect_any_language(text)
        return cls(config, model_storage, resource, understander)


def as_dict(found: Understanding, language: str | None) -> dict[str, Any]:
    """Returns the JSON that actions read from the tracker's latest message."""
    return {
        "services": [
            {
                "slug": service.name,
                "confidence": round(service.confidence, 4),
                "evidence": round(service.evidence, 4),
            }
            for service in found.services
        ],
        "choices": [service.name for service in found.choices],
        "aspects": [
            {"aspect": aspect, "confidence": round(confidence, 4)}
            for aspect, confidence in found.aspects
        ],
        "words_ask": {
            "aspect": found.words_ask[0],
            "confidence": round(found.words_ask[1], 4),
        },
        "intent": found.decision.intent,
        "kind": found.decision.kind,
        "may_be_emergency": found.decision.may_be_emergency,
        "parts": found.parts,
        "language": language,
    }


def _language(text: str, found: Understanding, dialogue: Any) -> str | None:
    """Names the language of a message; None where it says too little.

    A message in Latin letters may be Polish or Turkish only where little was
    understood; a name that was asked for is of no language.
    """
    is_name = _awaits_name(dialogue)
    code = None if is_name else other_script(text)
    if code:
        return code
    is_clear = found.decision.intent == EMERGENCY or found.evidence > _UNDERSTOOD
    language = (
        detect_language(text) if is_name or is_clear else detect_any_language(text)
    )
    says_little = dialogue and len(text.split()) < _SHORTEST_SENTENCE_IN_WORDS
    return None if says_little and language in _UNDERSTOOD_LANGUAGES else language


def _not_understood(code: str) -> Understanding:
    return Understanding(
        Ranking({}, {}, []), [(OVERVIEW, 1.0)], Decision(LANGUAGE, 1.0, kind=code)
    )


def _awaits_name(dialogue: Any) -> bool:
    """Says whether an open dialogue has just asked for a name."""
    return isinstance(dialogue, dict) and dialogue.get("step") == "name"


def _may_be_a_name(text: str, found: Understanding) -> bool:
    """Tells "Hans Brandt" from "es brennt": hardly anything speaks for a fire."""
    best = found.ranking.best.get(EMERGENCY)
    is_short = len(text.split()) <= _LONGEST_NAME_IN_WORDS
    return is_short and (best is None or best.evidence < _CLEAR_EMERGENCY)


def examples_of(message: Message) -> list[Example]:
    """Reads label, aspect and utterances of a block, one utterance a line."""
    metadata = (message.get(METADATA) or {}).get(METADATA_INTENT)
    lines = message.get(TEXT).splitlines()
    return data_files.examples_of(message.get_full_intent(), lines, metadata)
