"""Recognises messages in languages that Kumpel does not understand."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from lingua import Language, LanguageDetector, LanguageDetectorBuilder

OTHER = "other"

#: Somebody writes in another script when most letters are of one.
_MOST = 0.5
_FEWEST_LETTERS = 2
#: Where the letters of other scripts begin; no text below needs a closer look.
_BEYOND_LATIN = "\u0250"
#: Letters that Russian does not have, and such that Arabic does not have.
_UKRAINIAN = frozenset("іїєґ")
_NOT_ARABIC = frozenset("پچژگٹڈڑںےکی")
_LATIN_CODES = {Language.POLISH: "pl", Language.TURKISH: "tr"}
#: German in dialect or full of typos resembles many a language: of 2,512 messages of
#: the development set none is taken for another one.
_SURE = 0.9
_SHORTEST_IN_WORDS = 3


@lru_cache(maxsize=1)
def _detector() -> LanguageDetector:
    known = (Language.GERMAN, Language.ENGLISH, *_LATIN_CODES)
    return LanguageDetectorBuilder.from_languages(*known).build()


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


def other_language(text: str) -> str | None:
    """Names the language of a message in Latin letters: ``pl``, ``tr`` or None.

    The first call loads the models (about half a second).
    """
    if len(text.split()) < _SHORTEST_IN_WORDS:
        return None
    best = _detector().compute_language_confidence_values(text)[0]
    return _LATIN_CODES.get(best.language) if best.value >= _SURE else None
