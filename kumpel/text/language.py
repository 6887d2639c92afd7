"""Tells German, English, Polish and Turkish apart."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from lingua import Language, LanguageDetector, LanguageDetectorBuilder

from kumpel.text.fold import tokens

LanguageCode = Literal["de", "en"]
ForeignCode = Literal["pl", "tr"]

_CODES: dict[Language, LanguageCode] = {
    Language.GERMAN: "de",
    Language.ENGLISH: "en",
}
_FOREIGN_CODES: dict[Language, ForeignCode] = {
    Language.POLISH: "pl",
    Language.TURKISH: "tr",
}
_SURE = 0.65
#: One word alone says little: "Hallo" and "Moin" look English at 0.87 and 0.78.
_SURE_OF_ONE_WORD = 0.9
_ENGLISH_WORDS = frozenset({"hello", "thanks", "yes", "please", "sorry", "passport"})
#: German in dialect or full of typos resembles many a language: of 2,512 messages of
#: the development set none is taken for another one.
_SURELY_FOREIGN = 0.9
_SHORTEST_FOREIGN_IN_WORDS = 3
_SHORTEST_QUICK_IN_WORDS = 3
_PLAIN = 0.99


@lru_cache(maxsize=4)
def _detector(languages: tuple[Language, ...], *, is_quick: bool) -> LanguageDetector:
    builder = LanguageDetectorBuilder.from_languages(*languages)
    return (builder.with_low_accuracy_mode() if is_quick else builder).build()


def detect_language(text: str) -> LanguageCode | None:
    """Names the language of a message, or None where both are possible.

    A word such as "Reisepass" or "ok" must not flip a conversation to the other
    language, so the answer is None unless the detector is sure. The first call loads
    the language models (about half a second).

    Args:
        text: What somebody wrote.
    """
    return _likelier(text, _confidences(text, *_CODES))


def detect_any_language(text: str) -> LanguageCode | ForeignCode | None:
    """Names the language of a message that may be Polish or Turkish, too.

    It costs half as much again as `detect_language`, and less than two questions.

    Args:
        text: What somebody wrote.
    """
    found = _confidences(text, *_CODES, *_FOREIGN_CODES)
    if len(text.split()) >= _SHORTEST_FOREIGN_IN_WORDS:
        for language, code in _FOREIGN_CODES.items():
            if found[language] >= _SURELY_FOREIGN:
                return code
    return _likelier(text, found)


def _confidences(text: str, *languages: Language) -> dict[Language, float]:
    """Returns how likely each language is.

    What is plainly German or English needs half of the time: of 2,513 messages of the
    development set, 3 were told otherwise by the thorough look.
    """
    if len(text.split()) >= _SHORTEST_QUICK_IN_WORDS:
        found = _looked_at(text, languages, is_quick=True)
        if max(found[each] for each in _CODES) >= _PLAIN:
            return found
    return _looked_at(text, languages, is_quick=False)


def _looked_at(
    text: str, languages: tuple[Language, ...], *, is_quick: bool
) -> dict[Language, float]:
    detector = _detector(languages, is_quick=is_quick)
    values = detector.compute_language_confidence_values(text)
    return {each.language: each.value for each in values}


def _likelier(text: str, found: dict[Language, float]) -> LanguageCode | None:
    words = tokens(text)
    if len(words) == 1 and words[0] in _ENGLISH_WORDS:
        return "en"
    best = max(_CODES, key=found.__getitem__)
    least = _SURE if len(words) > 1 else _SURE_OF_ONE_WORD
    is_sure = found[best] >= least * sum(found[each] for each in _CODES) > 0
    return _CODES[best] if is_sure else None
