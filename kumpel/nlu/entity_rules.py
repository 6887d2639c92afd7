"""Rules for a person's age, a number of dogs and a vehicle: pure functions.

They read the coded text of `kumpel.dates.words`, in which number words are digits and
"Jahre" is YEAR, so that "siebzehn" and "17" are one case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from kumpel.dates.words import Coded
from kumpel.text.slips import NearWords

_OLDEST = 120
_MOST_DOGS = 30


class Find(NamedTuple):
    """A value and where it stands in the message."""

    start: int
    end: int
    value: int | str
    is_becoming: bool = False
    """For an age: whether the birthday is still to come ("wird im Mai 16")."""


_BETWEEN = (
    r"(?: (?:schon|erst|jetzt|noch|nun|auch|ja|doch|bald|grad|gerade|mittlerweile|"
    r"inzwischen|only|just|im|am|in|NEXT|COMING|THIS|WEEK|MONTH|YEAR|MORGEN|TOMORROW|"
    r"OVERMORROW|TODAY|M\d+|W\d|\d{1,2}\. ?(?:M\d+|\d{1,2}\.)))*"
)
_UNITS = (
    r"(?! ?(?:OCLOCK|euro\b|eur\b|€|%|prozent|km\b|kilo|meter|m\b|MONTH|WEEK|DAYS|"
    r"HOURS|MINUTES|[.:]\d|-?zimmer|personen|leute|kinder|hunde?|stuck|mal\b|\d))"
)
_PERSON = (
    r"(?:bin|ist|is|sohn|tochter|kind|kinder|enkel|enkelin|mutter|vater|oma|opa|bruder|"
    r"schwester|junge|madchen|son|daughter|child|ab|unter|erst|schon)"
)
_AGES = re.compile(
    r"(?<![\d,.])\b(?:(?P<becoming>wird|werde|werd|wirst|turns|turning)|bin|bist|ist|war|"
    rf"alter|i am|i['’]m|she['’]s|he['’]s|is){_BETWEEN} (?<!am )(?<!im )"
    rf"(?P<stated>\d{{1,3}})\b{_UNITS}"
    r"|(?P<years>\d{1,3}) ?-? ?(?:YEAR\b(?= (?:alt|old|jung))|-?jahrige?[nrsm]?\b|j\.|"
    r"YEAR-old|-YEAR-old)"
    rf"|\b{_PERSON}(?: [a-z]+)? (?P<bare>\d{{1,3}}) YEAR\b"
    r"(?! (?:gultig|lang|her|spater|zuruck|ago|frist|dauer|nicht|in\b|mit\b))"
    r"|\bmit (?P<with>\d{1,2})(?= ?$| ?[?!;]|[.,](?: ?$)| (?:YEAR|darf|kann|muss|"
    r"brauch\w*|schon|noch|allein\w*|einen?)\b)(?! YEAR (?:er|ver))"
    r"|\((?P<bracketed>\d{1,2})\)"
)
_DIGIT = re.compile(r"\d")
_DATIVE = re.compile(r"jahren", re.IGNORECASE)


def find_ages(coded: Coded) -> Iterator[Find]:
    """Yields the ages of persons; "seit 17 Jahren" is none, nor is one above 120."""
    if not _DIGIT.search(coded.text):
        return
    for match in _AGES.finditer(coded.text):
        name = str(match.lastgroup if match.lastgroup != "becoming" else "stated")
        years = int(match[name])
        start, end = coded.span(*match.span())
        if name == "bare" and _DATIVE.search(coded.original[start:end]):
            continue
        if years <= _OLDEST:
            is_becoming = match["becoming"] is not None
            yield Find(start, end, years, is_becoming=is_becoming)


_DOG = r"(?:hunde?n?|hundchen|dogs?|welpen?|puppy|puppies|vierbeiner[ns]?)\b"
_DOGS = re.compile(
    rf"(?<![\d.,-])\b(?P<count>\d{{1,2}}) ?(?:[a-z]+e[nrs]? )?{_DOG}"
    rf"|(?<![\d,-])\b(?P<ordinal>\d{{1,2}})\. (?:[a-z]+e[nrs]? )?{_DOG}"
    r"|\b(?P<one>ein(?:e[nrms]?)?|one|a) "
    r"(?:(?:klein|gross|neu|jung|alt|lieb)e?[nrs]? )?"
    rf"{_DOG}"
    r"|\b(?P<place>zweit|dritt|viert)(?:hund|dog)\w*"
)
#: One of these stands in every match: most messages need no further look.
_DOG_HINTS = ("hund", "dog", "welpe", "pupp", "vierbeiner")
_PLACES = {"zweit": 2, "dritt": 3, "viert": 4}


def find_dogs(coded: Coded) -> Iterator[Find]:
    """Yields how many dogs somebody has: "zwei Hunde", "unser zweiter Hund"."""
    if not any(hint in coded.text for hint in _DOG_HINTS):
        return
    for match in _DOGS.finditer(coded.text):
        name = str(match.lastgroup)
        count = {"one": 1, "place": _PLACES.get(match["place"] or "", 0)}.get(name)
        count = int(match[name]) if count is None else count
        if 0 < count <= _MOST_DOGS:
            yield Find(*coded.span(*match.span()), count)


_VEHICLES = {
    "Auto": "auto autos pkw wagen kfz karre car cars kombi cabrio cabriolet kleinwagen "
    "neuwagen gebrauchtwagen suv elektroauto oldtimer fahrzeug vehicle",
    "Motorrad": "motorrad motorrader motorrads krad motorbike motorcycle",
    "Moped": "moped mofa motorroller vespa kleinkraftrad roller",
    "E-Scooter": "escooter elektroroller elektroscooter eroller scooter",
    "Anhänger": "anhanger hanger trailer pferdeanhanger pferdehanger bootsanhanger "
    "autoanhanger anhangers",
    "Wohnwagen": "wohnwagen caravan wohnanhanger",
    "Wohnmobil": "wohnmobil wohnmobile wohnmobils camper campervan motorhome womo",
    "LKW": "lkw lkws laster lastwagen truck lorry lastkraftwagen sattelzug",
    "Transporter": "transporter lieferwagen sprinter kastenwagen kleintransporter",
    "Traktor": "traktor trecker tractor schlepper",
    "Fahrrad": "fahrrad fahrrader bicycle ebike pedelec lastenrad",
}
_KINDS = {word: kind for kind, words in _VEHICLES.items() for word in words.split()}
_SPLIT = re.compile(r"\be[ -](scooter|roller|bike)s?\b")
_COMPOUND = re.compile(
    r"^(auto|kfz|pkw|motorrad|lkw|wohnmobil|wohnwagen|anhanger|moped|roller|traktor)s?"
    r"(?:an|ab|um)?(?:meldung|meldungen|melden|zulassung|kennzeichen|schein|papiere|"
    r"steuer|schild|schilder|schildern|verkauf|kauf|brief|stelle|umschreibung)$"
)
_WORD = re.compile(r"[a-z]{3,}")
_SHORTEST_SLIP = 7
_SLIPPED = NearWords(word for word in _KINDS if len(word) >= _SHORTEST_SLIP)
_NO_VEHICLES = frozenset("fahrzeit fahrrads fahrzeuge autoren automat anfanger".split())


def find_vehicles(coded: Coded) -> Iterator[Find]:
    """Yields the kinds of vehicles: "Auto", "Motorrad", "Anhänger"."""
    taken: list[tuple[int, int]] = []
    for match in _SPLIT.finditer(coded.text):
        taken.append(match.span())
        yield Find(*coded.span(*match.span()), _KINDS["e" + match[1]])
    for match in _WORD.finditer(coded.text):
        kind = vehicle(match[0])
        if kind and not any(a <= match.start() < b for a, b in taken):
            yield Find(*coded.span(*match.span()), kind)


@lru_cache(maxsize=8192)
def vehicle(word: str) -> str | None:
    """Returns the kind of vehicle that a folded word names, or None."""
    if word in _KINDS:
        return _KINDS[word]
    compound = _COMPOUND.match(word)
    if compound:
        return _KINDS[compound[1]]
    if len(word) < _SHORTEST_SLIP or word in _NO_VEHICLES:
        return None
    near = _SLIPPED.nearest(word, 1)
    return _KINDS[near[0]] if near else None
