"""What the understanding says about a message; its shape is parsed only here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kumpel.answers.choices import MOST_CHOICES
from kumpel.aspects import ASPECTS
from kumpel.errors import InvalidInputError

LANGUAGES = ("de", "en")
_MOST_PARTS = 2
#: Words such as "zahlt" or "Foto" name an aspect with nearly 1. Above this, "Was kostet
#: es, den Termin abzusagen?" asks for the price.
_CLEAR_ASPECT_CONFIDENCE = 0.6


@dataclass(frozen=True)
class Part:
    """One of two requests in one message."""

    text: str
    service: str
    aspects: tuple[str, ...]


@dataclass(frozen=True)
class Understanding:
    """A message as it was understood."""

    text: str
    intent: str
    services: tuple[str, ...]
    """Slugs, the most probable first."""
    choices: tuple[str, ...]
    """Those of them that are worth offering."""
    aspects: tuple[str, ...]
    """Aspects asked, the main one first; may be empty."""
    words_ask: str | None
    """What the words alone ask, whatever is usually asked about the service."""
    aspect_confidence: float
    """Confidence of that, from 0 to 1; 1 for a button."""
    kind: str | None
    """Kind of an emergency or of what is out of scope."""
    parts: tuple[Part, ...]
    """Two requests for different services, else empty."""
    language: str | None
    entities: Mapping[str, tuple[str, ...]]
    """Values by name of the entity."""
    evidence: Mapping[str, float] = field(default_factory=dict)
    """What the words speak for each service; above 0 they name it."""
    may_be_emergency: bool = False
    """Whether somebody may be in danger, though too little speaks for it."""

    def entity(self, name: str) -> str | None:
        """Returns the first value of an entity, or None."""
        return next(iter(self.entities.get(name, ())), None)

    @property
    def clear_aspect(self) -> str | None:
        """What the words ask, if they surely ask it, else None."""
        is_clear = self.aspect_confidence >= _CLEAR_ASPECT_CONFIDENCE
        return self.words_ask if is_clear else None

    @property
    def age_in_years(self) -> int | None:
        """The age that was named, or None."""
        text = self.entity("age") or ""
        return int(text) if text.isdigit() else None


def read_understanding(message: Mapping[str, Any] | None) -> Understanding:
    """Reads the tracker's latest message.

    A pressed button has an intent and entities, but no `understanding`: its values
    stand in the entities `service` and `aspect`.

    Raises:
        InvalidInputError: The message does not have the shape that was agreed on.
    """
    message = message or {}
    try:
        found = message.get("understanding") or {}
        entities = _entities(message.get("entities") or [])
        services = tuple(str(each["slug"]) for each in found.get("services") or [])
        aspects = _known(str(each["aspect"]) for each in found.get("aspects") or [])
        aspects = aspects or _known(entities.get("aspect", ()))
        ranked = [found.get("words_ask"), *(found.get("aspects") or [])]
        words_ask: Mapping[str, Any] = next(filter(None, ranked), {})
        return Understanding(
            text=str(message.get("text") or ""),
            # In an open dialogue the intent says no more than that.
            intent=str(
                found.get("intent") or (message.get("intent") or {}).get("name") or ""
            ),
            services=services or entities.get("service", ()),
            # A model trained before there were any names none.
            choices=tuple(map(str, found.get("choices") or services[:MOST_CHOICES])),
            aspects=aspects,
            words_ask=words_ask.get("aspect") or next(iter(aspects), None),
            aspect_confidence=float(words_ask.get("confidence", 1.0)),
            kind=found.get("kind"),
            parts=_parts(found.get("parts") or []),
            language=_language(found, entities),
            entities=entities,
            evidence={
                str(each["slug"]): float(each["evidence"])
                for each in found.get("services") or []
                if "evidence" in each
            },
            may_be_emergency=bool(found.get("may_be_emergency")),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InvalidInputError(
            f"The message's `understanding` has not the agreed shape: {error!r}."
        ) from error


def _entities(values: list[Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    entities: dict[str, tuple[str, ...]] = {}
    for each in values:
        name, value = str(each["entity"]), each.get("value")
        if value not in (None, ""):
            entities[name] = (*entities.get(name, ()), str(value))
    return entities


def _known(aspects: Any) -> tuple[str, ...]:
    return tuple(aspect for aspect in aspects if aspect in ASPECTS)


def _parts(values: list[Mapping[str, Any]]) -> tuple[Part, ...]:
    parts = tuple(
        Part(
            str(each.get("text") or ""),
            str(each["service"]),
            _known(each.get("aspects") or []) or ("overview",),
        )
        for each in values
        if each.get("service")
    )
    return parts[:_MOST_PARTS] if len(parts) > 1 else ()


def _language(
    found: Mapping[str, Any], entities: Mapping[str, tuple[str, ...]]
) -> str | None:
    named = found.get("language") or next(iter(entities.get("language", ())), None)
    return named if named in LANGUAGES else None
