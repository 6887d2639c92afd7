"""Tells German from English."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from lingua import Language, LanguageDetector, LanguageDetectorBuilder

from kumpel.text.fold import tokens

LanguageCode = Literal["de", "en"]

_SURE = 0.65
#: One word alone says little: "Hallo" and "Moin" look English at 0.87 and 0.78.
_SURE_OF_ONE_WORD = 0.9
_ENGLISH_WORDS = frozenset({"hello", "thanks", "yes", "please", "sorry", "passport"})


@lru_cache(maxsize=1)
def _detector() -> LanguageDetector:
    languages = (Language.GERMAN, Language.ENGLISH)
    return LanguageDetectorBuilder.from_languages(*languages).build()


def detect_language(text: str) -> LanguageCode | None:
    """Names the language of a message, or None where both are possible.

    A word such as "Reisepass" or "ok" must not flip a conversation to the other
    language, so the answer is None unless the detector is sure. The first call loads
    the language models (about half a second).

    Args:
        text: What somebody wrote.
    """
    words = tokens(text)
    if len(words) == 1 and words[0] in _ENGLISH_WORDS:
        return "en"
    best = _detector().compute_language_confidence_values(text)[0]
    if best.value < (_SURE if len(words) > 1 else _SURE_OF_ONE_WORD):
        return None
    return "en" if best.language == Language.ENGLISH else "de"
