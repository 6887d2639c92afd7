"""Words around a day or time that make a bound of it: "ab", "vor", "nicht"."""

from __future__ import annotations

import re
from typing import Literal

Bound = Literal["from", "after", "week_after", "before", "until", "since", "not"]

_PARTICLES = (
    r"(?: (?:ab|am|um|an|im|in|zu|zum|dem|den|der|die|das|on|at|the|wieder|noch))*"
)
_Rows = tuple[tuple[str, Bound], ...]
_WORDS_BEFORE: _Rows = (
    (r"(?:nicht|not|nie|bloss nicht) (?:vor|before|fruher als|EARLY als)", "from"),
    (r"(?:nicht|not|nie) (?:nach|after|spater als|langer als)", "until"),
    (r"(?:in der |die |der )?WEEK (?:nach|after)", "week_after"),
    (r"seit|schon seit|erst seit|since", "since"),
    (r"(?:erst |FINISH )?(?:nach|after|hinter)", "after"),
    (
        r"ab|fruhestens|erst|erst ab|fruhestens ab|from|starting|as of|"
        r"nur ab|ab sofort|spater als|later than|not until",
        "from",
    ),
    (r"(?:noch |kurz )?(?:vor|before|bevor)|fruher als|earlier than", "before"),
    (
        r"bis|spatestens|bis spatestens|spatestens bis|by|until|till|"
        r"no later than|bis einschliesslich|bis maximal|langstens",
        "until",
    ),
    (
        r"nicht|ausser|kein|keine[nrms]?|nur nicht|statt|anstatt|not|except|"
        r"instead of|ohne|ungern|nie|bloss nicht|aber nicht|jedoch nicht|"
        r"(?:can['’]?t|cannot|don['’]t)(?: \w+){0,2}",
        "not",
    ),
)
_WORDS_AFTER: _Rows = (
    (
        r"^ (?:oder|und|or|and) (?:spater|danach|later|after)\b|^ aufwarts\b",
        "from",
    ),
    (r"^ (?:oder|or) (?:fruher|davor|earlier|vorher)\b", "until"),
    (r"^ (?:wird |ware )?(?:fruhestens|at the earliest)\b", "from"),
    (r"^ (?:spatestens|at the latest)\b", "until"),
    (
        r"^,? ?(?:(?:kann|konnen|konnte|geht|gehts|ginge|passt|klappt|will|mag|"
        r"mochte|arbeite|ist|ware|hab|habe|haben|bin|sind|da|ich|wir|es|mir|uns|bei|"
        r"leider|aber|gar|auch|uberhaupt|das|dann|der|doch|so) )*"
        r"(?:nicht\b(?! (?:vor|nach|fruher|spater|nur|so|mehr als|before|after))|"
        r"schlecht\b|keine zeit\b|verhindert\b|im urlaub\b|unmoglich\b|"
        r"zu (?:EARLY|spat|weit)\b)",
        "not",
    ),
    (
        r"^ (?:(?:i|we|it|is|does|do|at all) )*(?:can['’]?t|cannot|doesn['’]?t|"
        r"won['’]?t|don['’]t|is bad|is not|isn['’]t|not)\b",
        "not",
    ),
    (r"^ an\b(?=$|[ ,.!?])(?! (?:de|ei|wen|was))", "from"),
)
_BEFORE = tuple(
    (re.compile(rf"(?:^|[^\w])(?:{words}){_PARTICLES} $"), bound)
    for words, bound in _WORDS_BEFORE
)
_AFTER = tuple((re.compile(words), bound) for words, bound in _WORDS_AFTER)
_ROUGH_BEFORE = re.compile(
    r"\b(?:so|gegen|ca\.?|circa|zirka|etwa|ungefahr|around|about|um de[nm])"
    r"(?: (?:um|am|den|gegen))* $"
)
_ROUGH_AFTER = re.compile(r"^(?: OCLOCK)? (?:rum|herum|ungefahr|oder so|or so|ish)\b")
#: "von Dienstag an": only then is "von" a bound.
_FROM_ON = re.compile(r"\b(?:von|vom) (?:de[mnr] )?$")
_LOOK_IN_CHARACTERS = 48


def bound_of(coded: str, start: int, end: int) -> tuple[Bound | None, int]:
    """Returns the bound that stands around a find, and where its words begin.

    Args:
        coded: The message in codes.
        start: Where the find begins.
        end: Where it ends.
    """
    before = coded[max(0, start - _LOOK_IN_CHARACTERS) : start]
    after = coded[end : end + _LOOK_IN_CHARACTERS]
    for pattern, bound in _BEFORE:
        match = pattern.search(before)
        if match:
            skipped = not match[0][:1].isalnum() and bool(match[0])
            begin = start - len(before) + match.start() + skipped
            return bound, begin
    for pattern, bound in _AFTER:
        if pattern.search(after):
            if "^ an" in pattern.pattern and not _FROM_ON.search(before):
                continue
            return bound, start
    return None, start


def is_rough(coded: str, start: int, end: int) -> bool:
    """Says whether a find is said roughly: "so gegen 10", "um den 5. herum"."""
    before = coded[max(0, start - _LOOK_IN_CHARACTERS) : start]
    after = coded[end : end + _LOOK_IN_CHARACTERS]
    return bool(_ROUGH_BEFORE.search(before) or _ROUGH_AFTER.search(after))
