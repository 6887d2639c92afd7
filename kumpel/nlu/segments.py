"""Cuts a message into the pieces that may each ask something."""

from __future__ import annotations

import re

from kumpel.text.fold import tokens

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
#: Up to three words before the first mark, and something after it.
_OPENING = re.compile(
    r"\s*(?P<clause>[^\s,.!?;:–-]+(?:\s+[^\s,.!?;:–-]+){0,2})\s*[,.!?;:–-]+\s+"
    r"(?P<rest>\S.*)",
    re.DOTALL,
)
#: "Nein, ich meinte nur …", "quatsch, …", "no I mean …"
_DENIAL = r"(?:nein|nee|ne|nö|noe|no|quatsch|falsch|moment|sorry)\b[\s,.!:–-]*"
_MEANING = (
    r"(?:(?:das war falsch|nicht das|doch)[\s,.!:–-]+)?"
    r"(?:ich\s+(?:meine|meinte|wollte|mein)|i\s+(?:mean|meant))\b[\s,:]*"
)
_ONLY = r"(?:(?:nur|bloß|bloss|doch|eigentlich|ja|lieber|just|only)\s+)*"
_CORRECTION = re.compile(
    rf"\s*(?:(?:{_DENIAL})?{_MEANING}|(?P<bare>{_DENIAL})){_ONLY}(?P<rest>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
#: "No, I mean the renewal again" is no wish to hear the same once more.
_AGAIN = re.compile(r"\s*\b(?:again|nochmal|noch\s?mal|noch einmal)\b", re.IGNORECASE)
#: "Nein abmelden" corrects; "nein ich habe noch keinen Termin" answers.
_LONGEST_BARE_CORRECTION_IN_WORDS = 3
#: An "und" that starts a second question: "… und was kostet das", "… and where".
_JOINT = re.compile(
    r"[,;]?\s+(?:und|sowie|außerdem|ausserdem|and)\s+"
    r"(?=(?:wie|was|wo|wann|wer|welche\w*|wieviel|ob|bis|ab|muss|kann|darf|brauch\w*|"
    r"ich|wir|habt|haben|gibt|möchte|moechte|will|würde|how|what|where|when|who|do|can|is|i|we)\b)",
    re.IGNORECASE,
)
#: Words of a clause that says nothing about the matter, as `fold` writes them.
_INTERJECTIONS = frozenset(
    tokens(
        "ach ah aha also alles äh ähm bitte doch gut gute hm hmm ja jetzt klar lieb "
        "moment na naja ne nee nein no nun oh ok okay prima schade schön so sorry "
        "super tja tut mir leid leider und verstehe warte well please yes right good "
        "great nice fine hang on wait oops ups"
    )
)


def sentences(text: str) -> list[str]:
    """Splits at sentence ends and line breaks; never returns an empty piece."""
    return [piece.strip() for piece in _SENTENCE_END.split(text) if piece.strip()]


def opening(text: str) -> tuple[str, str]:
    """Splits off a short first clause: ("Danke", "und wie lange dauert das?").

    Returns:
        The clause and the rest; the clause is empty where none stands apart.
    """
    match = _OPENING.match(text)
    return (match["clause"], match["rest"]) if match else ("", text)


def correction(text: str) -> str | None:
    """Returns what somebody says instead: "Nein, ich meinte nur die Adresse".

    Returns:
        The rest ("die Adresse"), or None where nothing is corrected.
    """
    match = _CORRECTION.match(text)
    if match is None:
        return None
    rest = _AGAIN.sub("", match["rest"]) or match["rest"]
    is_long = len(rest.split()) > _LONGEST_BARE_CORRECTION_IN_WORDS
    return None if match["bare"] and is_long else rest


def is_interjection(clause: str) -> bool:
    """Says whether a clause is mere talk: "Sorry", "na gut", "ach so"."""
    words = tokens(clause)
    return bool(words) and _INTERJECTIONS.issuperset(words)


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
