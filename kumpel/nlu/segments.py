"""Cuts a message into the pieces that may each ask something."""

from __future__ import annotations

import re

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
#: An "und" that starts a second question: "… und was kostet das", "… and where".
_JOINT = re.compile(
    r"[,;]?\s+(?:und|sowie|außerdem|ausserdem|and)\s+"
    r"(?=(?:wie|was|wo|wann|wer|welche\w*|wieviel|ob|bis|ab|muss|kann|darf|brauch\w*|"
    r"ich|habt|haben|gibt|how|what|where|when|who|do|can|is|i)\b)",
    re.IGNORECASE,
)


def sentences(text: str) -> list[str]:
    """Splits at sentence ends and line breaks; never returns an empty piece."""
    return [piece.strip() for piece in _SENTENCE_END.split(text) if piece.strip()]


def requests(text: str) -> list[str]:
    """Splits a message into sentences and these at an "und" before a new question.

    "Ich bin umgezogen, was muss ich mitbringen und wann habt ihr offen?" gives
    ["Ich bin umgezogen, was muss ich mitbringen", "wann habt ihr offen?"].
    """
    return [
        piece.strip()
        for sentence in sentences(text)
        for piece in _JOINT.split(sentence)
        if piece.strip()
    ]
