"""Reads one record of an input file and names its mistakes with their place."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from kumpel.errors import InvalidInputError

#: How the patterns of all input files are applied.
PATTERN_FLAGS = re.IGNORECASE | re.DOTALL


class Record:
    """A mapping of an input file together with the place where it stands."""

    def __init__(self, values: object, place: str) -> None:
        """Takes what was read.

        Args:
            values: Anything; only a mapping is a record.
            place: File and line, as every message begins.

        Raises:
            InvalidInputError: `values` is no mapping.
        """
        self.place = place
        if not isinstance(values, Mapping):
            raise self.mistake(f"Schlüssel mit Werten erwartet, nicht {_shown(values)}")
        self._values: Mapping[Any, Any] = values

    def mistake(self, text: str) -> InvalidInputError:
        """Makes the error for this record."""
        return InvalidInputError(f"{self.place}: {text}.")

    def value(self, key: str) -> Any:
        """Returns a value that must be there.

        Raises:
            InvalidInputError: The key is missing.
        """
        if key not in self._values:
            raise self.mistake(f"{key!r} fehlt")
        return self._values[key]

    def __contains__(self, key: str) -> bool:
        """Tells whether a key is there."""
        return key in self._values

    def count(self, key: str) -> int:
        """Returns a whole number from 0; 0 where the key is missing.

        Raises:
            InvalidInputError: It is no such number.
        """
        value = self._values.get(key, 0)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise self.mistake(f"{key!r} muss eine Zahl ab 0 sein")
        return value

    def text(self, key: str) -> str:
        """Returns a text that must be there and not be empty.

        Raises:
            InvalidInputError: It is missing, empty, or no text.
        """
        value = self.value(key)
        if not isinstance(value, str):
            raise self.mistake(f"{key!r} muss Text sein, nicht {_shown(value)}")
        if not value:
            raise self.mistake(f"{key!r} ist leer")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Returns a list of texts; none where the key is missing or null.

        Raises:
            InvalidInputError: It is no list of texts.
        """
        value = self._values.get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            message = f"{key!r} muss eine Liste von Texten sein, nicht {_shown(value)}"
            raise self.mistake(message)
        return tuple(value)

    def names(self, key: str, known: Collection[str]) -> tuple[str, ...]:
        """Returns a list of known names; none where the key is missing or null.

        Raises:
            InvalidInputError: It is no list of texts, or names something unknown.
        """
        names = self.texts(key)
        for name in names:
            self._check_known(key, name, known)
        return names

    def some_names(self, key: str, known: Collection[str]) -> tuple[str, ...]:
        """Returns a list of at least one known name.

        Raises:
            InvalidInputError: It is missing, empty, or names something unknown.
        """
        self.value(key)
        names = self.names(key, known)
        if not names:
            raise self.mistake(f"{key!r} ist leer: mindestens ein Eintrag ist nötig")
        return names

    def name_or_none(self, key: str, known: Collection[str]) -> str | None:
        """Returns a known name; None where the key is missing or null.

        Raises:
            InvalidInputError: It is no text, or unknown.
        """
        if self._values.get(key) is None:
            return None
        name = self.text(key)
        self._check_known(key, name, known)
        return name

    def patterns(self, key: str) -> tuple[re.Pattern[str], ...]:
        """Returns a list of regular expressions; none where the key is missing.

        Raises:
            InvalidInputError: It is no list of texts, or one is no expression.
        """
        return tuple(self._pattern(key, text) for text in self.texts(key))

    def _pattern(self, key: str, text: str) -> re.Pattern[str]:
        try:
            return re.compile(text, PATTERN_FLAGS)
        except re.error as error:
            raise self.mistake(
                f"{key!r}: der Ausdruck {text!r} ist falsch ({error})"
            ) from error

    def _check_known(self, key: str, name: str, known: Collection[str]) -> None:
        if name not in known:
            raise self.mistake(f"{key!r}: {name!r} ist unbekannt")


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:40]}…"
