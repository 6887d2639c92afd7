"""Choices that are offered, and which of them a citizen takes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kumpel.answers import formats
from kumpel.answers.wording import Wording
from kumpel.portal_client.models import Service
from kumpel.text.fold import fold, tokens

MOST_CHOICES = 3

#: Words as `fold` writes them; the place counts from 0, -1 is the last.
_ORDINALS = (
    (r"(?:erste[nrsm]?|erstens|first|obere[nrs]?|oberste[nrs]?)", 0),
    (r"(?:zweite[nrsm]?|zweitens|second|mittlere[nrs]?)", 1),
    (r"(?:dritte[nrsm]?|drittens|third)", 2),
    (r"(?:letzte[nrsm]?|untere[nrs]?|unterste[nrs]?|last)", -1),
)
_NUMBERS = (("1", "eins", "one"), ("2", "zwei", "two"), ("3", "drei", "three"))
#: "Ich habe zwei Hunde" is no choice; "Nummer zwei bitte" is.
_BESIDE_A_NUMBER = frozenset(
    "nummer nr punkt option number the die das den bitte please".split()
)
#: "Das war jetzt schon meine zweite Frage dazu" chooses nothing.
_LONGEST_PLACE_IN_WORDS = 5
_SHORTEST_WORD = 3
_SHORTEST_PREFIX = 4
_LONGEST_ENDING = 2
#: What one does with many things does not name one of them.
_DOING = frozenset(
    tokens(
        "melden melde anmelden abmelden ummelden beantragen bestellen abholen "
        "reservieren ändern nutzen verloren verlust bekommen abgeben machen einsehen "
        "genehmigen anzeigen brauche brauchen neu neue neuen "
        # Synonyms are whole phrases, too: "Wann kommt die Müllabfuhr".
        "wann wenn kommt kommen wird werden muss kann mein meine meinem meinen meiner "
        "dass auch noch hier dort auf wegen nach über unter alle alles etwas habe "
        "haben "
        "soll will möchte gibt geht sind eine einen einem einer was wie viel hoch "
        "what when where does need have with this that much"
    )
)
#: Words of services that ask an aspect when a citizen says them.
_GENERAL = frozenset(
    tokens(
        "online termin antrag formular kosten kostet preis gebühr wann adresse "
        "heute morgen übermorgen woche wochenende montag dienstag mittwoch "
        "donnerstag freitag samstag sonntag silvester heiligabend neujahr ostern "
        "weihnachten pfingsten rosenmontag offen geöffnet öffnungszeiten "
        "krefeld stadt der die das den dem ein eine einen und oder für von bei "
        "the and for from"
    )
)


@dataclass(frozen=True)
class Choice:
    """A service that is offered."""

    slug: str
    name: str
    synonyms: tuple[str, ...]


def choice_of(service: Service) -> Choice:
    """Makes a choice of a service; its official name is a synonym of its title."""
    return Choice(service.slug, service.title, (service.name, *service.synonyms))


def question(
    choices: Sequence[Choice], wording: Wording, name: str = "utter_ask_back"
) -> str:
    """Asks which choice is meant, naming them all.

    The names stand in the text and not only on the buttons, because not every
    channel shows buttons, and a citizen may want to answer in words.
    """
    quoted = [formats.quoted(choice.name, wording.language) for choice in choices]
    return wording.text(name, choices=formats.listing(quoted, wording.language))


def chosen(text: str, choices: Sequence[Choice]) -> Choice | None:
    """Returns the choice that a free answer names, or None.

    Understands places ("das zweite", "2", "the last one") and words of the name or
    its synonyms ("Hund"), if they point to exactly one choice.
    """
    if not choices:
        return None
    return _by_place(fold(text), choices) or _by_words(text, choices)


def named_in(text: str, choices: Sequence[Choice]) -> list[Choice]:
    """Returns the choices that a message names by a word of the name or a synonym."""
    said = [word for word in _telling(text) if word not in _DOING]
    return [
        choice
        for choice in choices
        if any(
            _same(word, known)
            for word in said
            for known in tokens(" ".join((choice.name, *choice.synonyms)))
        )
    ]


def _by_place(text: str, choices: Sequence[Choice]) -> Choice | None:
    words = text.split()
    if len(words) > _LONGEST_PLACE_IN_WORDS:
        return None
    rest = [word for word in words if word not in _BESIDE_A_NUMBER]
    place = next(
        (place for place, names in enumerate(_NUMBERS) if rest in [[n] for n in names]),
        None,
    )
    for ordinal, its_place in _ORDINALS:
        if re.search(rf"\b{ordinal}\b", text):
            place = its_place
    if place is None or place >= len(choices):
        return None
    return choices[place]


def _by_words(text: str, choices: Sequence[Choice]) -> Choice | None:
    said = _telling(text)
    scores = [_score(said, choice) for choice in choices]
    best = max(scores)
    if best == 0 or scores.count(best) > 1:
        return None
    return choices[scores.index(best)]


def _telling(text: str) -> list[str]:
    return [
        word
        for word in tokens(text)
        if len(word) >= _SHORTEST_WORD and word not in _GENERAL
    ]


def _score(said: Sequence[str], choice: Choice) -> int:
    """Counts words of the answer that occur in the name, twice, or a synonym."""
    name = tokens(choice.name)
    synonyms = tokens(" ".join(choice.synonyms))
    return sum(
        2
        if any(_alike(word, known) for known in name)
        else 1
        if any(_alike(word, known) for known in synonyms)
        else 0
        for word in said
    )


def _same(said: str, known: str) -> bool:
    """Says whether two words differ at most in their ending: "Passes", "Pass"."""
    difference = abs(len(said) - len(known))
    return difference <= _LONGEST_ENDING and _alike(said, known)


def _alike(said: str, known: str) -> bool:
    if said == known:
        return True
    shorter = min(len(said), len(known))
    return shorter >= _SHORTEST_PREFIX and (
        said.startswith(known) or known.startswith(said)
    )
