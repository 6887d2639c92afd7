"""Recognises messages in other scripts than Latin."""

from __future__ import annotations

import unicodedata

OTHER = "other"

#: Somebody writes in another script when most letters are of one.
_MOST = 0.5
_FEWEST_LETTERS = 2
#: Where the letters of other scripts begin; no text below needs a closer look.
_BEYOND_LATIN = "\u0250"
#: Letters that Russian does not have, and such that Arabic does not have.
_UKRAINIAN = frozenset("іїєґ")
_NOT_ARABIC = frozenset("پچژگٹڈڑںےکی")


def other_script(text: str) -> str | None:
    """Names the language of a message in another script, which no fold keeps.

    Returns:
        ``ar``, ``ru`` or ``uk``; ``other`` for what else is not Latin; None where
        most letters are Latin, or where there are hardly any letters.
    """
    if max(text, default="") < _BEYOND_LATIN:
        return None
    letters = [character for character in text.lower() if character.isalpha()]
    scripts = [unicodedata.name(each, "LATIN").split()[0] for each in letters]
    count = sum(script != "LATIN" for script in scripts)
    if count < _FEWEST_LETTERS or count <= _MOST * len(letters):
        return None
    if "CYRILLIC" in scripts:
        return "ru" if _UKRAINIAN.isdisjoint(letters) else "uk"
    if "ARABIC" in scripts and _NOT_ARABIC.isdisjoint(letters):
        return "ar"
    return OTHER
