"""Names, mail addresses and the like, as citizens type them."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from kumpel.appointments.person import is_mail

NameProblem = Literal["empty", "digits", "long", "signs"]

#: ZMS keeps 50 characters of a family name; we send first and last name in it.
LONGEST_NAME = 50
LONGEST_REMARK = 100
_BEFORE_NAME = re.compile(
    r"^\W*(?:(?:ja|nein|ok|also|gern|hallo|bitte|doch|sorry|entschuldigung)[,.! ]+)*"
    r"(?:(?:auf|für|unter) (?:den )?namen?|auf|mein(?:e)? name (?:ist|lautet|war)|"
    r"(?:der )?name ?(?:ist|lautet|:)|ich (?:bin|hei(?:ß|ss)e?)(?: (?:doch|aber|die|"
    r"der))?|(?:bin|hei(?:ß|ss)e?) ich|hei(?:ß|ss)e?"
    r"|(?:my )?name(?:'s| is)|i am|i'm|für|richtig ist|sondern|frau|herrn?|mr|mrs|ms)"
    r"\b[:,\s]*",
    re.IGNORECASE,
)
_TITLE = re.compile(r"^(?:frau|herrn?)\s+", re.IGNORECASE)
_AFTER_NAME = re.compile(
    r"[,\s]*(?:hei(?:ß|ss)e? ich|ist (?:mein|der) name|bitte|mein name)?[.,!\s]*$",
    re.IGNORECASE,
)
_MAIL_LIKE = re.compile(r"[^\s<>(),;:\"]+@[^\s<>(),;:\"]+")
_SPOKEN = (
    (re.compile(r"\s*[\[(]?\s*\b(?:ät|aet|at)\b\s*[\])]?\s*", re.IGNORECASE), "@"),
    (re.compile(r"\s*[\[(]?\s*\b(?:punkt|dot)\b\s*[\])]?\s*", re.IGNORECASE), "."),
)
_TELEPHONE = re.compile(r"\+?\d[\d\s/().\-–]{5,22}\d")


#: No name is a sentence.
_IN_SENTENCES = frozenset(
    "ich meinte mochte nicht termin lieber brauche brauch habe hab quatsch keine kein "
    "warum wieso wozu bitte danke moment i want need why don't please".split()
)
_SHORTEST_SENTENCE_IN_WORDS = 3


def name_in(text: str) -> tuple[str, NameProblem | None]:
    """Reads a name from a message that answers the question for it.

    Returns:
        The name, and what is wrong with it: nothing in it, digits, more than 50
        characters, or signs that no name has.
    """
    found = unicodedata.normalize("NFC", " ".join(text.split()))
    found = _TITLE.sub("", _BEFORE_NAME.sub("", found))
    found = _AFTER_NAME.sub("", found).strip(" .,;:!\"'„“”")
    letters = sum(character.isalpha() for character in found)
    if any(character.isdigit() for character in found):
        return found, "digits"
    if letters < 2:
        return found, "signs" if found else "empty"
    if len(found) > LONGEST_NAME:
        return found, "long"
    said = re.findall(r"[\w']+", found.lower().replace("ö", "o"))
    is_sentence = len(said) >= _SHORTEST_SENTENCE_IN_WORDS
    if is_sentence and not _IN_SENTENCES.isdisjoint(said):
        return found, "empty"
    if not all(_may_be_in_a_name(character) for character in found):
        return found, "signs"
    return found, None


def _may_be_in_a_name(character: str) -> bool:
    # Marks: names of Vietnamese or Arabic origin that have no composed form.
    is_letter = unicodedata.category(character)[0] in "LM"
    return is_letter or character in " -'’.,"


def mail_in(text: str) -> tuple[str | None, bool]:
    """Reads a mail address.

    Returns:
        The address or None; and whether the desk takes it.
    """
    found = _MAIL_LIKE.search(text)
    if found is None:
        spoken = text
        for pattern, sign in _SPOKEN:
            spoken = pattern.sub(sign, spoken)
        found = _MAIL_LIKE.search(spoken)
    if found is None:
        return None, False
    address = found[0].strip(".!?'")
    return address, is_mail(address) and address.isascii()


def has_mail(text: str) -> bool:
    """Tells whether a message holds something like a mail address."""
    return "@" in text and _MAIL_LIKE.search(text) is not None


def telephone_in(text: str) -> str | None:
    """Reads a telephone number of 7 to 15 digits, None where there is none."""
    found = _TELEPHONE.search(text)
    if found is None:
        return None
    digits = re.sub(r"\D", "", found[0])
    return found[0].strip() if 7 <= len(digits) <= 15 else None


def remark_in(text: str) -> str | None:
    """Reads a remark; None where it says nothing."""
    found = " ".join(text.split())[:LONGEST_REMARK]
    return found if sum(character.isalnum() for character in found) >= 2 else None
