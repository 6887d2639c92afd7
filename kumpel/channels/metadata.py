"""Which metadata a caller may attach to a message.

Rasa stores metadata with the message and turns that of the first one into a slot,
so that everything not named here stays outside.
"""

from __future__ import annotations

from typing import Any

from kumpel.channels.page_context import SERVICE, known_services

_LANGUAGES = frozenset({"de", "en"})


def allowed_metadata(metadata: object) -> dict[str, Any]:
    """Returns the entries of a caller's metadata that are allowed.

    These are `language`, `service` (the page that the citizen comes from) and `easy`
    (whether answers are wanted in Leichte Sprache).
    """
    if not isinstance(metadata, dict):
        return {}
    allowed: dict[str, Any] = {}
    if _is_one_of(metadata.get("language"), _LANGUAGES):
        allowed["language"] = metadata["language"]
    if _is_one_of(metadata.get(SERVICE), known_services()):
        allowed[SERVICE] = metadata[SERVICE]
    if metadata.get("easy") is True:
        allowed["easy"] = True
    return allowed


def _is_one_of(value: object, allowed: frozenset[str]) -> bool:
    return isinstance(value, str) and value in allowed
