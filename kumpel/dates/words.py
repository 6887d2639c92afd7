"""Turns what people type into the few codes that the rules for days and times read.

"Dienstach nachmittags um drei" becomes "W1 AFTERNOON um 3": weekdays, months and
other words of time become capitals, number words become digits, all else is folded.
A code remembers where it stood, so that a find can be shown in the message.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kumpel.text.fold import fold, fold_word
from kumpel.text.slips import NearWords

_TOKEN = re.compile(r"[^\W\d_]+|\d+|\s+|[^\w\s]|_")

_WEEKDAYS = (
    "montag monday",
    "dienstag tuesday",
    "mittwoch wednesday",
    "donnerstag thursday",
    "freitag friday",
    "samstag saturday sonnabend",
    "sonntag sunday",
)
#: As the Lower Rhine says them.
_DIALECT = (
    "mondag maandag",
    "dinsdag dingsdag dienstdag",
    "middeweek gonsdag gunsdag",
    "donnersdag donnerschdag",
    "fridag vriedag",
    "samsdag",
    "sondag sonndag sunndag",
)
_MONTHS = (
    "januar january jan janner",
    "februar february feb feber",
    "marz march mar",
    "april apr",
    "mai",
    "juni june jun juno",
    "juli july jul",
    "august aug",
    "september sept sep",
    "oktober october okt oct",
    "november nov",
    "dezember december dez dec",
)
_WORDS = {
    "TODAY": "heute heut hoide hude hute today huck",
    "TOMORROW": "tomorrow tommorow tomorow",
    "MORGEN": "morgen morjen morjn morje morgn",
    "OVERMORROW": "ubermorgen ubermorjen ubermorje ubermorgn",
    "YESTERDAY": "gestern yesterday",
    "EREYESTERDAY": "vorgestern",
    "NEXT": "nachste nachsten nachster nachstes nachstem nachst next folgende "
    "folgenden folgender folgendes",
    "COMING": "kommende kommenden kommender kommendes kommendem coming upcoming",
    "THIS": "diese diesen dieser dieses diesem this",
    "AFTERNEXT": "ubernachste ubernachsten ubernachster ubernachstes",
    "LAST": "letzte letzten letzter letztes letztem vorige vorigen voriger voriges "
    "vergangene vergangenen vergangener vergangenes last",
    "WEEK": "woche week wochen weeks",
    "DAYS": "tag tage tagen day days",
    "MONTH": "monat monats monate monaten month months",
    "YEAR": "jahr jahres jahre jahren year years",
    "HOURS": "stunde stunden std hour hours",
    "MINUTES": "minute minuten min minutes",
    "WEEKEND": "wochenende weekend",
    "WEEKENDS": "wochenends weekends",
    "WORKDAYS": "werktags wochentags werktage werktagen wochentage wochentagen "
    "weekdays workdays",
    "BEGIN": "anfang anfangs beginn start beginning early",
    "MIDDLE": "mitte middle mid",
    "FINISH": "ende end",
    "EARLY": "fruh fruhs fru",
    "MORNING": "morning mornings",
    "MORGENS": "morgens morjens",
    "FORENOON": "vormittag vormittags vormittage forenoon vormittach",
    "NOON": "mittag mittags noon midday mittach",
    "AFTERNOON": "nachmittag nachmittags nachmittage afternoon afternoons nachmittach "
    "nomittag nomeddag namiddag",
    "EVENING": "abend abends evening evenings",
    "NIGHT": "nacht nachts night",
    "LATEAFTERNOON": "spatnachmittag spatnachmittags",
    "AFTERWORK": "feierabend",
    "OCLOCK": "uhr clock",
    "HALF": "halb halba",
    "QUARTER": "viertel quarter",
    "THREEQUARTER": "dreiviertel",
}
#: The end of the month in one word, and its like.
_COMPOUNDS = {
    "monatsende": "FINISH MONTH",
    "monatsanfang": "BEGIN MONTH",
    "monatsmitte": "MIDDLE MONTH",
    "wochenanfang": "BEGIN WEEK",
    "wochenmitte": "MIDDLE WEEK",
    "jahresende": "FINISH YEAR",
    "jahresanfang": "BEGIN YEAR",
    "tonight": "TODAY EVENING",
    "may": "MAY",
}
_PARTS = {
    "morgen": "MORGEN",
    "fruh": "EARLY",
    "vormittag": "FORENOON",
    "mittag": "NOON",
    "nachmittag": "AFTERNOON",
    "abend": "EVENING",
    "nacht": "NIGHT",
}
_UNITS = "ein zwei drei vier funf sechs sieben acht neun".split()
_CARDINALS = (
    "null eins zwei drei vier funf sechs sieben acht neun zehn elf zwolf dreizehn "
    "vierzehn funfzehn sechzehn siebzehn achtzehn neunzehn"
).split()
_ENGLISH = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen "
    "fourteen fifteen"
).split()
_ENGLISH_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
).split()
_IRREGULAR_ORDINALS = {1: "erst", 3: "dritt", 7: "siebt", 8: "acht"}
_TENS = dict(
    zip(
        range(20, 100, 10),
        "zwanzig dreissig vierzig funfzig sechzig siebzig achtzig neunzig".split(),
        strict=True,
    )
)
_DAYS_IN_A_MONTH = 31
#: Written after digits: "der 24te".
_ORDINAL_ENDINGS = frozenset({"te", "ten", "ter", "tes", "tem", "er"})

#: Real words that a slip away from a word of time stands.
_NO_SLIPS = frozenset(
    """nichts
    montage montagen dienste diensten dienstes mittage mittwochs freitage sonntage
    samstage sonstige sorgen morden mergen borgen orgel norgen worten augusta augustin
    antrage abende nachte nachts nachsten januars nachstes kommend kommende kommenden
    kommender komme kommen kommt nehmen nennen wochenende machen sachen suchen buchen
    machte mochte mochten nachte rechte beste sonstiges kontakt dienst gestellt gesten
    lesen heiten leute haute heuer freistag freizeit freien freitags juniors septemper
    vormittag nachmittag vortrag nachtrag beitrag mitglied mittel mitteln mittleren
    mietung mitten mitte abendlich letzter letzten letzte setzte jetzige samtlich
    samtag""".split()
) - {"septemper", "samtag", "nachsten", "nachstes", "kommende", "kommenden"}
_SHORTEST_SLIP = 6
_LONG = 8


def _lexicon() -> dict[str, str]:
    codes: dict[str, str] = {}
    for number, names in enumerate(_MONTHS, start=1):
        codes.update(dict.fromkeys(names.split(), f"M{number}"))
    for code, names in _WORDS.items():
        codes.update(dict.fromkeys(names.split(), code))
    codes.update(_COMPOUNDS)
    for number, names in enumerate(_WEEKDAYS):
        for name in names.split():
            codes[fold(name)] = f"W{number}"
            codes[fold(name) + "s"] = f"R{number}"
        # "Dienstagnachmittag" and, every week, "dienstagnachmittags".
        for name in names.split()[:2]:
            for part, code in _PARTS.items():
                codes[name + part] = f"W{number} {code}"
                codes[f"{name}{part}s"] = f"R{number} {code}"
        codes.update(dict.fromkeys(_DIALECT[number].split(), f"W{number}"))
    codes.update(_numbers())
    return codes


def _numbers() -> Iterator[tuple[str, str]]:
    cardinals = dict(enumerate(_CARDINALS))
    for ten, name in _TENS.items():
        cardinals[ten] = name
        cardinals.update({ten + n: f"{u}und{name}" for n, u in enumerate(_UNITS, 1)})
    for number, name in cardinals.items():
        yield name, str(number)
        if 0 < number <= _DAYS_IN_A_MONTH:
            ending = "st" if number >= min(_TENS) else "t"
            stem = _IRREGULAR_ORDINALS.get(number, name + ending)
            yield from ((stem + e, f"{number}.") for e in ("e", "en", "er", "es", "em"))
    yield from ((name, str(number)) for number, name in enumerate(_ENGLISH))
    for number, name in enumerate(_ENGLISH_ORDINALS, start=1):
        yield name, f"{number}."


_LEXICON = _lexicon()
_SLIPPED = NearWords(
    sorted(
        {
            word
            for word, code in _LEXICON.items()
            if len(word) >= _SHORTEST_SLIP
            and not code[0].isdigit()
            and word not in " ".join(_DIALECT).split()
        }
        | {"fronleichnam", "rosenmontag", "karfreitag", "himmelfahrt", "pfingsten"}
        | {"weihnachten", "silvester", "aschermittwoch", "ostermontag"}
    )
)


#: "siebzehnjährig"
_AGED = re.compile(r"([a-z]+)(jahrige?[nrsm]?)$")


@lru_cache(maxsize=16384)
def code_of(word: str) -> str:
    """Returns the code of a word, for a slip too; else the folded word.

    Args:
        word: One word as somebody typed it.
    """
    folded = fold_word(word)
    if folded == "neun" and word.lower() != "neun":
        return "neuen"  # `fold` takes its "ue" for an umlaut
    if folded.endswith(("tach", "tachs")):
        folded = folded.replace("tach", "tag")  # "Dienstach"
    known = _LEXICON.get(folded)
    if known is not None:
        return known
    aged = _AGED.match(folded)
    if aged and aged[1] in _LEXICON:
        return f"{_LEXICON[aged[1]]} {aged[2]}"
    if len(folded) < _SHORTEST_SLIP or folded in _NO_SLIPS:
        return folded
    slip = _slip(folded)
    return folded if slip is None else _LEXICON.get(slip, slip)


def _slip(folded: str) -> str | None:
    """Returns the word of time that is nearest to a slip of it, or None."""
    most = 2 if len(folded) > _LONG else 1
    found = _SLIPPED.nearest(folded, most)
    if found is None:
        return None
    # Who slips twice still gets the beginning right.
    return found[0] if found[1] < 2 or found[0][0] == folded[0] else None


@dataclass(frozen=True)
class Coded:
    """A message in codes."""

    text: str
    original: str
    _starts: tuple[int, ...]
    """Where each token begins in `text`."""
    _spans: tuple[tuple[int, int], ...]
    """Where each token stands in `original`."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Returns where a part of `text` stands in the message."""
        first = bisect_right(self._starts, start) - 1
        last = bisect_right(self._starts, max(start, end - 1)) - 1
        return self._spans[first][0], self._spans[last][1]


#: "Di" and "so" are words too: days only before a date, a time or another of them.
_SHORT_DAY = re.compile(
    r"(?:[.,]{0,2} ?(?:d(?:en|er) )?\d{1,2}(?:\. ?\d|:\d\d| ?uhr)|"
    r"\.?,? ?(?:-|–|bis|und|oder|/) ?(?:mo|di|mi|do|fr|sa|so)\b)",
    re.IGNORECASE,
)
_SHORT_DATE = re.compile(r"[.,]{0,2} ?\d{1,2}\. ?\d")
_SHORT_DAYS = {"mo": 0, "di": 1, "mi": 2, "do": 3, "fr": 4, "sa": 5, "so": 6}
_SHORT_DAY_BEFORE = re.compile(
    r"(?:mo|di|mi|do|fr|sa|so)\.? ?(?:-|–|bis|und|oder|/) ?$", re.IGNORECASE
)
_SHORT_ENGLISH = {
    **{"mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3},
    **{"thurs": 3, "fri": 4, "sat": 5, "sun": 6},
}
_BEFORE_SHORT_ENGLISH = re.compile(
    r"\b(?:on|next|this|by|until|from|before|after|coming) $", re.IGNORECASE
)


def encode(text: str) -> Coded:
    """Writes a message in codes.

    Args:
        text: What somebody wrote.
    """
    written: list[str] = []
    starts: list[int] = []
    spans: list[tuple[int, int]] = []
    length = 0
    last = " "
    is_number_word = False
    for match in _TOKEN.finditer(text):
        piece = match[0]
        if piece.isspace():
            code = " "
            if last == " ":
                continue
        elif piece.isalpha():
            code = _word(piece, match, text, last)
        else:
            code = _SIGNS.get(piece, piece)
            if code == "." and is_number_word:
                code = " ."  # "bis vier." ends a sentence; only "4." counts days
            if not code.isascii() and code.isdigit():
                code = "?"  # another script's digits are digits to Python too
        if code:
            is_number_word = piece.isalpha() and code.isdigit()
            written.append(code)
            starts.append(length)
            spans.append(match.span())
            length += len(code)
            last = code
    if not written:
        return Coded("", text, (0,), ((0, 0),))
    return Coded("".join(written), text, tuple(starts), tuple(spans))


_SIGNS = {"–": "-", "—": "-"}
_LONGEST_ABBREVIATION = 5


def _word(piece: str, match: re.Match[str], text: str, last: str) -> str:
    if len(piece) <= _LONGEST_ABBREVIATION:
        lowered = piece.lower()
        if last[-1].isdigit() and lowered in _ORDINAL_ENDINGS:
            return "."
        if lowered in _SHORT_DAYS and _is_short_day(lowered, match, text):
            return f"W{_SHORT_DAYS[lowered]}"
        if lowered in _SHORT_ENGLISH and _BEFORE_SHORT_ENGLISH.search(
            text[: match.start()][-9:]
        ):
            return f"W{_SHORT_ENGLISH[lowered]}"
    return code_of(piece)


def _is_short_day(word: str, match: re.Match[str], text: str) -> bool:
    if not (
        _SHORT_DAY.match(text, match.end())
        or _SHORT_DAY_BEFORE.search(text[: match.start()][-8:])
    ):
        return False
    is_word = word in ("so", "do", "di", "mi") and match[0].islower()
    return not is_word or bool(_SHORT_DATE.match(text, match.end()))
