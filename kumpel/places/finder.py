"""Finds places in a message, also mistyped ones, and invents none.

The city's list of streets is not complete. So a near name counts as meant only where
nothing but a slip lies between, and no other name is as near; else it is offered, and
a street that nobody knows stays unknown.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from rapidfuzz import process
from rapidfuzz.distance import OSA

from kumpel.places.keys import STREET_ENDINGS, Word, key_of, words_of
from kumpel.places.places import Place, PlaceKind, PlaceMention

#: Behind that a name of a street or office cannot start anew; it bounds the work.
_LONGEST_IN_WORDS = 6
_LONGEST_SLIP_IN_WORDS = 3
_MOST_WORDS = 300
_REMARK = re.compile(r"\s*\([^)]*\)")
_HOUSE_NUMBER = re.compile(
    r"\.?[ ,]{0,3}(?:(?:haus)?(?:nr\.?|nummer) ?)?"
    r"(\d{1,3}(?: ?[a-h](?![\w-]))?(?: ?[-–/] ?\d{1,3}(?: ?[a-h](?![\w-]))?)?)"
    r"(?![\d€%]|[.,:]\d)"
    r"(?! ?(?:uhr|euro|eur|jahr|tag|woche|monat|minute|stunde|hund|kind|person|leute|"
    r"meter|km|m\b|h\b|grad|prozent|mal\b|std))",
    re.IGNORECASE,
)
_BEFORE_A_NUMBER = frozenset({"nr", "nummer", "hausnr", "hausnummer"})
#: Before a mistyped name without number these say that a place follows.
_PLACE_WORDS = frozenset(
    "in im am an auf aus bei der von vom zur zum ecke nach at on of near fur".split()
)
#: Words that look like a place and are none.
_NO_DISTRICT = frozenset(
    "bochum fischen fischer opium linner verbergen diesem diesen dieser diesel".split()
)
_NO_STREET = frozenset(
    """ostwald parkplatz marktplatz spielplatz arbeitsplatz sportplatz bolzplatz
    stellplatz liegeplatz kitaplatz studienplatz ausbildungsplatz heimweg umweg radweg
    fussweg gehweg schulweg hinweg ausweg rundweg rechtsweg wochenmarkt supermarkt
    weihnachtsmarkt baumarkt flohmarkt arbeitsmarkt ring ohrring ehering hauptstr
    bundesstr landstr einbahnstr spielstr nebenstr seitenstr fahrradstr querstr
    parallelstr wohnstr einkaufsstr anliegerstr hauptverkehrsstr kreisstr zufahrtsstr
    durchgangsstr platz weg markt allee damm wall str""".split()
)
_SHORTEST_SLIP: dict[PlaceKind, int] = {"street": 5, "district": 5, "office": 8}
_LONG = 12
_VERY_LONG = 14
_SHORT_WORD = 5
_SHORTEST_STEM = 5
#: Only behind these a dot belongs to the name.
_ABBREVIATED = re.compile(r"(?:str|pl|st)$", re.IGNORECASE)
_CACHED = 8192
#: Kind, number of words or 0, a first letter, and length of keys to look at.
_Look: TypeAlias = tuple[PlaceKind, int, str, int]


class _Message(NamedTuple):
    """A message, with what each look at one of its words would ask again."""

    text: str
    words: list[Word]
    numbered: frozenset[int]
    """Words behind which a house number stands."""
    streetlike: frozenset[int]
    """These, and words that end like the name of a street."""

    @classmethod
    def of(cls, text: str) -> _Message:
        words = words_of(text)[:_MOST_WORDS]
        numbered = frozenset(
            index
            for index, (word, following) in enumerate(pairwise(words))
            if (following.key.isdigit() or following.key in _BEFORE_A_NUMBER)
            and _house_number(word.end, text)
        )
        named = {i for i, word in enumerate(words) if word.key.endswith(STREET_ENDINGS)}
        return cls(text, words, numbered, numbered | named)


class PlaceFinder:
    """Knows the places of a city and finds them in messages."""

    def __init__(self, places: Iterable[Place]) -> None:
        """Takes all names; of one key the first kind wins.

        Args:
            places: Names in the order district, street, office. A remark in
                parentheses is part of the portal's name and not of the key: streets
                that only differ there are offered both.
        """
        self._exact: dict[str, tuple[PlaceKind, tuple[str, ...]]] = {}
        self._words: dict[str, tuple[str, ...]] = {}
        for place in places:
            written = _REMARK.sub("", place.written)
            key = key_of(written)
            if key:
                kind, names = self._exact.get(key, (place.kind, ()))
                if kind == place.kind:
                    self._exact[key] = (kind, _with_name(kind, names, place.name))
                self._words.setdefault(key, tuple(w.key for w in words_of(written)))
        self._beginnings = {key[:3] for key in self._exact}
        self._alike: dict[_Look, list[str]] = defaultdict(list)
        for key, (kind, _) in self._exact.items():
            # Streets are written in one word or two, offices as they are called.
            count = len(self._words[key]) if kind == "office" else 0
            for letter in {key[0], key[1:2]}:
                self._alike[kind, count, letter, len(key)].append(key)
        # Where a short word may stand in names of so many words: most groups of words
        # hold another one and need no search.
        self._short_words: dict[tuple[int, int], set[str]] = defaultdict(set)
        for key, (kind, _) in self._exact.items():
            names = self._words[key] if kind == "office" else ()
            for position, word in enumerate(names):
                self._short_words[len(names), position].add(word)
        self._short_beginnings = {
            word
            for (_, position), words in self._short_words.items()
            for word in words
            if position == 0 and len(word) < _SHORT_WORD
        }
        self._near_keys = lru_cache(_CACHED)(self._search)

    def find(self, text: str) -> list[PlaceMention]:
        """Finds all places that a message names, in order.

        Args:
            text: What somebody wrote.
        """
        message = _Message.of(text)
        found: list[PlaceMention] = []
        index = 0
        while index < len(message.words):
            count, mention = self._at(message, index)
            if mention is not None:
                found.append(mention)
            index += count
        return found

    def _at(self, message: _Message, index: int) -> tuple[int, PlaceMention | None]:
        """Returns how many words are taken from one on, and the place they name."""
        words = message.words
        if words[index].key.isdigit():
            return 1, None
        exact = self._exactly(words, index)
        if exact is not None:
            count, kind, names = exact
            part = words[index : index + count]
            return count, _mention(part, kind, names, message.text)
        return self._nearly(message, index)

    def _exactly(
        self, words: Sequence[Word], index: int
    ) -> tuple[int, PlaceKind, tuple[str, ...]] | None:
        best = None
        key = ""
        for count, word in enumerate(words[index : index + _LONGEST_IN_WORDS], 1):
            key += word.key
            if len(key) >= 3 and key[:3] not in self._beginnings:
                break
            if key in self._exact:
                best = (count, *self._exact[key])
        return best

    def _nearly(self, message: _Message, index: int) -> tuple[int, PlaceMention | None]:
        """Looks for a name that is a slip away from one to three words."""
        words, text = message.words, message.text
        first = words[index].key
        if first in _PLACE_WORDS:
            return 1, None
        has_lead = len(words) <= 2 or (
            index > 0 and words[index - 1].key in _PLACE_WORDS
        )
        reach = range(index, index + _LONGEST_SLIP_IN_WORDS)
        is_long = len(first) >= _SHORT_WORD
        if not (is_long or has_lead or first in self._short_beginnings) and (
            message.streetlike.isdisjoint(reach)
        ):
            return 1, None  # as most words
        key = ""
        keys: list[str] = []
        for word in words[index : index + _LONGEST_SLIP_IN_WORDS]:
            if word.key.isdigit() and keys:
                break
            key += word.key
            keys.append(key)
        for count in range(len(keys), 0, -1):
            part, key = words[index : index + count], keys[count - 1]
            last = index + count - 1
            mention = None
            if last in message.numbered or (
                last in message.streetlike
                and (has_lead or len(key) >= _LONG or key.endswith("str"))
            ):
                mention = self._near_street(part, key, text)
            if has_lead and count == 1:
                mention = mention or self._near_district(part, key, text)
            if len(key) >= _SHORTEST_SLIP["office"]:
                mention = mention or self._near_office(part, key, text)
            if mention is not None:
                return count, mention
        return 1, None

    def _near_street(
        self, part: Sequence[Word], key: str, text: str
    ) -> PlaceMention | None:
        if len(key) < _SHORTEST_SLIP["street"] or key in _NO_STREET:
            return None
        near = self._near_keys("street", 0, key, 1 if len(_stem(key)) < 8 else 2)
        if near:
            names = tuple(name for each, _ in near for name in self._exact[each][1])
            is_sure = len(near) == 1 and _is_sure(key, *near[0])
            return _mention(part, "street", names, text, is_sure=is_sure)
        return self._unknown_street(part, key, text) if key.endswith("str") else None

    def _unknown_street(
        self, part: Sequence[Word], key: str, text: str
    ) -> PlaceMention | None:
        """Keeps "Moerser Str. 5", and offers the Moerser Landstraße."""
        stem = _stem(key)
        is_one_name = len(part) == 1 or (len(part) == 2 and part[-1].key == "str")
        if len(stem) < _SHORTEST_STEM or not is_one_name:
            return None
        alike = tuple(
            name
            for other, (kind, names) in self._exact.items()
            if kind == "street" and other.startswith(stem)
            for name in names
        )
        if alike or _house_number(part[-1].end, text):
            return _mention(part, "street", alike, text, is_sure=False)
        return None

    def _near_district(
        self, part: Sequence[Word], key: str, text: str
    ) -> PlaceMention | None:
        if key in _NO_DISTRICT or len(key) < _SHORT_WORD:
            return None
        near = self._near_keys("district", 0, key, 1)
        if len(near) != 1:
            return None
        return _mention(part, "district", self._exact[near[0][0]][1], text)

    def _near_office(
        self, part: Sequence[Word], key: str, text: str
    ) -> PlaceMention | None:
        for position, word in enumerate(part):
            if len(word.key) < _SHORT_WORD and word.key not in self._short_words.get(
                (len(part), position), ()
            ):
                return None
        most = 2 if len(key) >= _VERY_LONG else 1
        near = self._near_keys("office", len(part), key, most)
        if len(near) != 1 or not _are_alike(part, self._words[near[0][0]]):
            return None
        return _mention(part, "office", self._exact[near[0][0]][1], text)

    def _search(
        self, kind: PlaceKind, count: int, key: str, most: int
    ) -> tuple[tuple[str, int], ...]:
        """Returns the nearest keys of a kind, several where they are equally near."""
        choices = {
            each
            for letter in {key[0], key[1:2]}
            for length in range(len(key) - most, len(key) + most + 1)
            for each in self._alike.get((kind, count, letter, length), ())
        }
        if not choices:
            return ()
        found = [
            (other, int(distance))
            for other, distance, _ in process.extract(
                key, choices, scorer=OSA.distance, score_cutoff=most, limit=5
            )
            # "str" is no part of what tells streets apart.
            if kind != "street"
            or (
                key.endswith("str") == other.endswith("str")
                and min(len(_stem(key)), len(_stem(other))) > 3
            )
        ]
        nearest = min((distance for _, distance in found), default=0)
        return tuple(sorted(each for each in found if each[1] == nearest))


def _with_name(kind: PlaceKind, names: tuple[str, ...], name: str) -> tuple[str, ...]:
    """Adds a name to those of one key; of offices the one without remark counts."""
    if name in names:
        return names
    if kind == "street" or not names:
        return (*names, name)
    return (name,) if _REMARK.search(names[0]) and not _REMARK.search(name) else names


def _mention(
    words: Sequence[Word],
    kind: PlaceKind,
    names: tuple[str, ...],
    text: str,
    *,
    is_sure: bool = True,
) -> PlaceMention:
    start, end = words[0].start, words[-1].end
    if text[end : end + 1] == "." and _ABBREVIATED.search(words[-1].text):
        end += 1
    number = _house_number(words[-1].end, text) if kind == "street" else None
    is_one = len(names) == 1 and is_sure
    return PlaceMention(
        kind,
        start,
        end if number is None else number.end(),
        text[start:end],
        names[0] if is_one else None,
        () if is_one else names,
        None if number is None else " ".join(number[1].split()),
    )


def _house_number(end: int, text: str) -> re.Match[str] | None:
    return _HOUSE_NUMBER.match(text, end)


def _stem(key: str) -> str:
    return key[:-3] if key.endswith("str") else key


def _is_sure(key: str, other: str, distance: int) -> bool:
    """Says whether a slip leaves no doubt: in a short name, one makes another."""
    stem, meant = _stem(key), _stem(other)
    is_swapped = sorted(stem) == sorted(meant) and len(stem) >= _SHORT_WORD
    shortest = 7 if stem != key else 6  # without "str", more of the name is its own
    return is_swapped or distance <= (len(stem) >= shortest) + (len(stem) >= _LONG)


def _are_alike(part: Sequence[Word], name: Sequence[str]) -> bool:
    """Says whether word by word only slips differ: "Bürgerbüro in" is no "… Linn"."""
    return len(part) == len(name) and all(
        word.key == other
        or (
            min(len(word.key), len(other)) >= _SHORT_WORD
            and OSA.distance(word.key, other) <= 2
        )
        for word, other in zip(part, name, strict=True)
    )
