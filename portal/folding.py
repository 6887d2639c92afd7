"""German folding, so that `Muell`, `Müll` and `MÜLL` are the same search."""

from __future__ import annotations

import unicodedata

# ä = ae = a. Folding `ae` everywhere also touches words such as "Israel" or
# "Steuer"; that does no harm, because question and text go the same way.
_PAIRS = (("ß", "ss"), ("ae", "a"), ("oe", "o"), ("ue", "u"))


def fold(text: str) -> str:
    """Returns the text in the form in which texts are compared.

    Args:
        text: Any text.

    Returns:
        Lower case, without accents, `ae` like `ä` like `a`, words one blank apart.
    """
    lowered = unicodedata.normalize("NFKC", text).casefold()
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFD", lowered)
        if not unicodedata.combining(letter)
    )
    for pair, letter in _PAIRS:
        plain = plain.replace(pair, letter)
    return " ".join(
        "".join(letter if letter.isalnum() else " " for letter in plain).split()
    )
