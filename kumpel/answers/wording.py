"""The texts of `domain.yml`, in one language, with facts filled in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from kumpel.errors import ConfigurationError

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


class Wording:
    """Picks and fills the variations of the responses.

    Rasa's own rule decides: a variation whose condition holds wins over one without
    condition. Only the condition ``slot language`` is known here, because that is
    all the texts need.
    """

    def __init__(self, responses: Mapping[str, Any], language: str) -> None:
        """Takes the `responses` of a domain.

        Args:
            responses: Variations by name of the response.
            language: ``de`` or ``en``.
        """
        self._responses = responses
        self.language = language

    def has(self, name: str) -> bool:
        """Says whether the domain holds a response of this name."""
        return name in self._responses

    def text(self, name: str, turn: int = 0, /, **facts: object) -> str:
        """Returns a response with its facts.

        A sentence whose fact is missing would be wrong, so the text is then empty:
        a citizen never reads a placeholder or ``None``.

        Args:
            name: Name of the response.
            turn: Which of several variations to take, counted round.
            **facts: Values of the placeholders; None or an empty text is missing.

        Raises:
            ConfigurationError: The domain has no such response.
        """
        variations = self._variations(name)
        text = str(variations[turn % len(variations)].get("text") or "")
        missing = [
            key for key in PLACEHOLDER.findall(text) if facts.get(key) in (None, "")
        ]
        if missing:
            return ""
        return PLACEHOLDER.sub(lambda match: str(facts[match[1]]), text).strip()

    def first(self, names: Iterable[str]) -> str:
        """Returns the text of the first name that the domain holds."""
        for name in names:
            if self.has(name):
                return self.text(name)
        raise ConfigurationError("None of the responses stands in domain.yml.")

    def count(self, name: str) -> int:
        """Returns how many variations there are in this language."""
        return len(self._variations(name))

    def _variations(self, name: str) -> list[Mapping[str, Any]]:
        variations = self._responses.get(name)
        if not variations:
            raise ConfigurationError(f"domain.yml has no response {name!r}: add it.")
        matching = [v for v in variations if self._holds(v)]
        return (
            matching
            or [v for v in variations if not v.get("condition")]
            or list(variations)
        )

    def _holds(self, variation: Mapping[str, Any]) -> bool:
        conditions = variation.get("condition") or ()
        return bool(conditions) and all(
            condition.get("type") == "slot"
            and condition.get("name") == "language"
            and condition.get("value") == self.language
            for condition in conditions
        )
