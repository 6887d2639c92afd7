"""Cleans what arrives before any other component of the pipeline sees it."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.constants import INTENT_MESSAGE_PREFIX
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from kumpel.nlu.button_payload import verify
from kumpel.settings import Settings

#: Key of a message that was cut, with the length in characters that it had.
MESSAGE_ORIGINAL_LENGTH = "original_length"

_WHITESPACE_CONTROLS = "\t\n\v\f\r\x85\u2028\u2029"
#: With any kind of space between: Rasa strips those before it looks for a slash.
_LEADING_SLASHES = re.compile(rf"^[\s{INTENT_MESSAGE_PREFIX}]+")
_UNSEEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co"})


# The recipe runs a classifier that is not trainable at prediction only and in the
# order of the pipeline, so that it may stand first. A tokenizer or featurizer
# would have to pass the training data on as well.
@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False
)
class MessageGuard(GraphComponent):
    """Lets only signed buttons name an intent and removes what nobody can see.

    Rasa's `RegexMessageHandler` gives every text that begins with a slash full
    confidence. It runs after the whole pipeline, so that this component, as the
    first of the pipeline, decides what it gets to see.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The component's default config (see parent class for full docstring)."""
        return {
            # longer messages are cut, and marked with the length they had
            "max_length_in_characters": 1000,
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> MessageGuard:
        """Creates the component when a model is loaded (see parent class)."""
        return cls(config, Settings.from_environment().secret())

    def __init__(self, config: dict[str, Any], secret: str) -> None:
        """Creates the guard.

        Args:
            config: The configuration.
            secret: The key that signs the buttons.
        """
        self._config = {**self.get_default_config(), **config}
        self._secret = secret

    def process(self, messages: list[Message]) -> list[Message]:
        """Cleans the text of each message, in place.

        A valid button token becomes `/intent{"key": "value"}`. From all other
        texts leading slashes and unseen characters are removed; long ones are cut.
        """
        for message in messages:
            text = message.get(TEXT) or ""
            button = verify(text, self._secret)
            if button is None:
                self._clean(message, text)
            else:
                intent, values = button
                entities = json.dumps(values, ensure_ascii=False) if values else ""
                message.set(TEXT, f"{INTENT_MESSAGE_PREFIX}{intent}{entities}")
        return messages

    def _clean(self, message: Message, text: str) -> None:
        seen = _LEADING_SLASHES.sub("", _without_unseen(text)).rstrip()
        limit = self._config["max_length_in_characters"]
        if len(seen) > limit:
            message.set(MESSAGE_ORIGINAL_LENGTH, len(seen), add_to_output=True)
        message.set(TEXT, seen[:limit].rstrip())


def _without_unseen(text: str) -> str:
    # Composed form: some keyboards send ü as u and a diaeresis.
    composed = unicodedata.normalize("NFC", text)
    if composed.isprintable():
        return composed
    characters = (" " if c in _WHITESPACE_CONTROLS else c for c in composed)
    return "".join(
        c for c in characters if unicodedata.category(c) not in _UNSEEN_CATEGORIES
    )
