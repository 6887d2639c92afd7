"""Letters that look right and are not, and characters nobody types."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from kumpel.validation.problem import Problem
from kumpel.validation.project import Project
from kumpel.validation.sources import Source

_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
#: Cyrillic and Greek. U+03BC is left out: "µm" is written with it.
_LOOK_ALIKE = re.compile(r"[\u0370-\u03bb\u03bd-\u03ff\u0400-\u052f]")
#: Control characters, soft hyphen, zero-width and direction marks, byte order mark,
#: the replacement character. Zero-width joiners (U+200D) belong to emoji.
_UNSEEN = re.compile(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\xad\u200b\u200c\u200e\u200f\u2028-\u202e"
    "\u2060-\u2064\ufeff\ufffd]"
)


def look_alike_letters(project: Project) -> Iterator[Problem]:
    """Finds words that mix Latin with Cyrillic or Greek letters ("Kоsten")."""
    for source in project.sources:
        if source.text.isascii():
            continue
        for number, line in _suspicious_lines(source, _LOOK_ALIKE):
            for word in _WORD.findall(line):
                strange = _LOOK_ALIKE.search(word)
                if strange and _LATIN.search(word):
                    yield Problem(
                        source.at(number),
                        f"Im Wort „{word}“ sieht „{strange[0]}“ nur wie ein "
                        f"lateinischer Buchstabe aus ({_name(strange[0])}). Bitte neu "
                        "tippen.",
                    )


def unseen_characters(project: Project) -> Iterator[Problem]:
    """Finds characters that cannot be seen, as pasted text often brings along."""
    for source in project.sources:
        for number, line in _suspicious_lines(source, _UNSEEN):
            found = _UNSEEN.search(line)
            if found:
                yield Problem(
                    source.at(number),
                    f"An Stelle {found.start() + 1} steht ein unsichtbares Zeichen "
                    f"({_name(found[0])}). Bitte löschen und neu tippen.",
                )


def decomposed_umlauts(project: Project) -> Iterator[Problem]:
    """Finds umlauts of two characters, which are another word to a computer."""
    for source in project.sources:
        if unicodedata.is_normalized("NFC", source.text):
            continue
        for number, line in enumerate(source.lines, 1):
            if not unicodedata.is_normalized("NFC", line):
                yield Problem(
                    source.at(number),
                    "Ein Umlaut oder Akzent ist aus zwei Zeichen zusammengesetzt. "
                    "Bitte den Buchstaben neu tippen.",
                )


def _suspicious_lines(
    source: Source, pattern: re.Pattern[str]
) -> Iterator[tuple[int, str]]:
    if pattern.search(source.text):
        for number, line in enumerate(source.lines, 1):
            if pattern.search(line):
                yield number, line


def _name(character: str) -> str:
    return unicodedata.name(character, f"U+{ord(character):04X}")
