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

_IN_BRACKETS = re.compile(r"\s*\([^)]*\)")
#: Words as `fold` writes them; the place counts from 0, -1 is the last.
_ORDINALS = (
    (r"(?:erste[nrsm]?|erstens|eins|1|first|one|obere[nrs]?|oberste[nrs]?)", 0),
    (r"(?:zweite[nrsm]?|zweitens|zwei|2|second|two|mittlere[nrs]?)", 1),
    (r"(?:dritte[nrsm]?|drittens|drei|3|third|three)", 2),
    (r"(?:letzte[nrsm]?|untere[nrs]?|unterste[nrs]?|last)", -1),
)
_SHORTEST_WORD = 3
_SHORTEST_PREFIX = 4


@dataclass(frozen=True)
class Choice:
    """A service that is offered."""

    slug: str
    name: str
    synonyms: tuple[str, ...]


def choice_of(service: Service) -> Choice:
    """Makes a choice of a service."""
    return Choice(service.slug, service.name, service.synonyms)


def titles(choices: Sequence[Choice]) -> list[str]:
    """Returns short titles: what stands in brackets only where it tells them apart."""
    short = [_IN_BRACKETS.sub("", choice.name).strip() for choice in choices]
    return [
        choice.name if short.count(title) > 1 or not title else title
        for choice, title in zip(choices, short, strict=True)
    ]


def question(
    choices: Sequence[Choice], wording: Wording, name: str = "utter_ask_back"
) -> str:
    """Asks which choice is meant, naming them all.

    The names stand in the text and not only on the buttons, because not every
    channel shows buttons, and a citizen may want to answer in words.
    """
    quoted = [formats.quoted(title, wording.language) for title in titles(choices)]
    return wording.text(name, choices=formats.listing(quoted, wording.language))


def chosen(text: str, choices: Sequence[Choice]) -> Choice | None:
    """Returns the choice that a free answer names, or None.

    Understands places ("das zweite", "2", "the last one") and words of the name or
    its synonyms ("Hund"), if they point to exactly one choice.
    """
    if not choices:
        return None
    return _by_place(fold(text), choices) or _by_words(text, choices)


def _by_place(text: str, choices: Sequence[Choice]) -> Choice | None:
    for words, place in _ORDINALS:
        if re.search(rf"\b{words}\b", text):
            return choices[place] if place < len(choices) else None
    return None


def _by_words(text: str, choices: Sequence[Choice]) -> Choice | None:
    said = [word for word in tokens(text) if len(word) >= _SHORTEST_WORD]
    scores = [_score(said, choice) for choice in choices]
    best = max(scores)
    if best == 0 or scores.count(best) > 1:
        return None
    return choices[scores.index(best)]


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


def _alike(said: str, known: str) -> bool:
    if said == known:
        return True
    shorter = min(len(said), len(known))
    return shorter >= _SHORTEST_PREFIX and (
        said.startswith(known) or known.startswith(said)
    )
