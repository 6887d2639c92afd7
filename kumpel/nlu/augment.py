"""Misspells training utterances the way people do, so that typos are no surprise."""

from __future__ import annotations

import random
import re

#: How German sounds are written by ear; each pair is applied in that direction.
_BY_EAR = (
    ("ie", "i"), ("ei", "ai"), ("ai", "ei"), ("tz", "z"), ("ck", "k"), ("ss", "s"),
    ("ß", "s"), ("v", "f"), ("ph", "f"), ("äu", "eu"), ("eu", "oi"), ("ä", "e"),
    ("dt", "t"), ("ah", "a"), ("eh", "e"), ("oh", "o"), ("uh", "u"), ("üh", "ü"),
    ("mm", "m"), ("nn", "n"), ("ll", "l"), ("tt", "t"), ("rr", "r"), ("ff", "f"),
    ("sch", "sh"), ("chs", "x"), ("qu", "kw"), ("c", "k"), ("y", "i"), ("m", "mm"),
    ("t", "d"), ("d", "t"), ("g", "k"), ("b", "p"), ("er", "a"), ("en", "n"),
)  # fmt: skip
_NEIGHBOURS = {
    "q": "wa", "w": "qes", "e": "wrd", "r": "etf", "t": "rzg", "z": "tuh", "u": "zij",
    "i": "uok", "o": "ipl", "p": "oü", "a": "qsy", "s": "awdx", "d": "sefc",
    "f": "drgv", "g": "fthb", "h": "gzjn", "j": "huk", "k": "jil", "l": "koö",
    "y": "asx", "x": "ysdc", "c": "xdfv", "v": "cfgb", "b": "vghn", "n": "bhjm",
    "m": "nk",
}  # fmt: skip
_WORD = re.compile(r"\w{4,}")


def misspell(text: str, chance: random.Random, *, share_of_words: float = 0.4) -> str:
    """Returns the text with slips of finger and ear in some of its longer words.

    Args:
        text: A correct utterance.
        chance: Source of randomness; the same seed gives the same slips.
        share_of_words: Share of words of four letters and more that get one slip.
    """

    def slip(match: re.Match[str]) -> str:
        word = match.group()
        return _slip(word, chance) if chance.random() < share_of_words else word

    return _WORD.sub(slip, text.lower())


def _slip(word: str, chance: random.Random) -> str:
    if chance.random() < 0.5:
        by_ear = [(old, new) for old, new in _BY_EAR if old in word[1:]]
        if by_ear:
            old, new = chance.choice(by_ear)
            return word[0] + word[1:].replace(old, new, 1)
    at = chance.randrange(1, len(word) - 1)
    kind = chance.randrange(5)
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == 2:
        return word[:at] + word[at] + word[at:]
    if kind == 3 and len(word) > 9:
        middle = len(word) // 2
        return f"{word[:middle]} {word[middle:]}"
    neighbour = chance.choice(_NEIGHBOURS.get(word[at], word[at]))
    return word[:at] + neighbour + word[at + 1 :]
