"""Which metadata a caller may attach to a message.

Rasa stores metadata with the message and turns that of the first one into a slot,
so that everything not named here stays outside.
"""

from __future__ import annotations

_ALLOWED_VALUES = {"language": frozenset({"de", "en"})}


def allowed_metadata(metadata: object) -> dict[str, str]:
    """Returns the entries of a caller's metadata that are allowed."""
    if not isinstance(metadata, dict):
        return {}
    return {
        key: metadata[key]
        for key, values in _ALLOWED_VALUES.items()
        if isinstance(metadata.get(key), str) and metadata[key] in values
    }
