"""Rules that find "so bald wie möglich" and "egal wann" in a coded message."""

from __future__ import annotations

import re

from kumpel.dates.rules import Rules
from kumpel.dates.values import When


def _soonest(*_: object) -> When:
    return When(is_soonest=True)


def _anything(*_: object) -> When:
    return When(is_anything=True)


_RULES: Rules[When] = Rules(
    [
        (
            "moglich|bald|schnell|EARLY|zeitnah|rasch|fruh|kurzfristig|freie|verfugbar|"
            "beste|soon|possible|asap|available|sofort",
            r"\b(?:so (?:bald|EARLY|schnell|zeitnah|rasch|fruhzeitig) (?:wie|als) "
            r"(?:nur )?(?:moglich|(?:es )?geht|irgend moglich)|"
            r"(?:moglichst|am|so) (?:bald|schnell|schnellsten|zeitnah|EARLY|fruhesten|"
            r"rasch|kurzfristig)\b(?! als)|"
            r"schnellstmoglich\w*|schnellstens|baldmoglichst\w*|baldigst|"
            r"fruhestmoglich\w*|nachstmoglich\w*|"
            r"(?:NEXT|fruheste[nrs]?|1\.) (?:freie[nrs]?|mogliche[nrs]?|"
            r"verfugbare[nrs]?|beste[nrs]?)|as soon as possible|as EARLY as possible|"
            r"asap|earliest (?:possible|available)|1\. available|soonest|ab sofort|"
            r"sofort einen?)\b",
            _soonest,
        ),
        (
            "egal|gleich|wann auch|flexibel|any|ever|immer",
            r"\b(?:egal,? (?:wann|welcher DAYS|um wie\w*|welche \w+)|"
            r"wann (?:ist |ware )?(?:mir )?(?:ist )?egal|"
            r"(?:zeit|uhrzeit|DAYS|datum|zeitpunkt) (?:ist |ware )?"
            r"(?:mir |ganz |vollig )*egal|"
            r"ganz gleich,? wann|wann auch immer|zeitlich (?:ganz )?flexibel|"
            r"(?:bin|sind) (?:da |ganz |sehr |zeitlich )*flexibel|any ?time|whenever|"
            r"ich (?:kann|hab|habe) immer(?: zeit)?)\b",
            _anything,
        ),
    ]
)
_ANYTHING_AS_ANSWER = re.compile(
    r"^\W*(?:(?:das |es )?ist )?(?:mir |ganz |vollig |total |ist )*"
    r"(?:egal|gleich|wurscht|wurst|jederzeit|irgendwann|flexibel|immer|any|"
    r"(?:it )?does ?n['’o]?t matter)\W*$"
)


def find_flags(coded: str, *, is_answer: bool) -> list[tuple[int, int, When]]:
    """Returns start, end and meaning of each, at most one of a kind.

    Args:
        coded: Text as `kumpel.dates.words.encode` codes it.
        is_answer: Whether the citizen was just asked when: then a bare "egal" counts.
    """
    found: dict[When, tuple[int, int]] = {}
    for rule in _RULES.applicable(coded):
        match = rule.pattern.search(coded)
        when = rule.read(match, None) if match else None
        if match and when:
            found[when] = match.span()
    answer = _ANYTHING_AS_ANSWER.search(coded) if is_answer else None
    if answer:
        found.setdefault(When(is_anything=True), answer.span())
    return [(start, end, when) for when, (start, end) in found.items()]
