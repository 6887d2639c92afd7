"""Finds personal data in texts and takes it out.

Only what a pattern or a checksum tells for sure is found: e-mail addresses, phone
numbers, codes of appointments, IBANs, card numbers, tax ids, numbers of identity
cards and passports, number plates, and dates of birth that are called so. Streets,
names and plain dates stay: they are what the next answers are about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from typing import Any, NamedTuple

import phonenumbers
from stdnum import iban, luhn
from stdnum.de import idnr

#: The city's own numbers and addresses are answers, not personal data.
_CITY_NUMBER_PREFIX = "215186"
_CITY_MAIL_DOMAINS = ("krefeld.de",)

_EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)*\.\w{2,}")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]){11,30}", re.IGNORECASE)
_CARD = re.compile(r"(?<![\d,.])\d(?:[ -]?\d){12,18}(?![\d,.]\d)")
_TAX_ID = re.compile(r"(?<!\d)\d{2} ?\d{3} ?\d{3} ?\d{3}(?!\d)")
# Letters that documents use, without vowels and others that are easily misread
# (Passverwaltungsvorschrift; ICAO 9303).
_DOCUMENT = re.compile(
    r"\b[CFGHJKLMNPRTVWXYZ](?=(?:\w*\d){3})[CFGHJKLMNPRTVWXYZ0-9]{8}(?:\dD?)?\b",
    re.IGNORECASE,
)
_PLATE = re.compile(r"\b(?!DIN-)[A-ZÄÖÜ]{1,3}-[A-Z]{1,2}[ -]?[1-9]\d{0,3}[EH]?\b")
_BIRTH = re.compile(
    r"\b(?:geboren(?: bin ich)?|geb\.?|geburtsdatum|geburtstag|born(?: on)?)"
    r"(?:\s+(?:am|ist|ist der|is))?[:\s]*"
    r"(\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{2,4}|\d{4}-\d{2}-\d{2})",
    re.IGNORECASE,
)
#: Digits that a phone number would be seen in: dates, times and sums of money.
_NO_PHONE = re.compile(
    r"\d{1,2}\.\s?\d{1,2}\.\s?\d{2,4}|\d{4}-\d{2}-\d{2}"
    r"|\d{1,2}[.:]\d{2}\s?(?:-|–|bis)\s?\d{1,2}[.:]\d{2}"
    r"|\d+[.,]\d{2}\s?(?:€|eur)",
    re.IGNORECASE,
)
#: Code of an appointment, or the end of its link, which holds the code in base64.
_CODE = re.compile(
    r"(?<![\w-])eyJ[\w+/-]{20,400}={0,2}|(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])",
    re.IGNORECASE,
)
_WORTH_A_LOOK = re.compile(r"@|\d\D{0,3}\d|eyJ", re.IGNORECASE)
_MIN_PHONE_DIGITS = 7


class Finding(NamedTuple):
    """A piece of personal data in a text."""

    start: int
    end: int
    label: str
    """What stands in its place, without brackets."""


def find(text: str) -> list[Finding]:
    """Returns the personal data in a text, in order and without overlaps."""
    if not _WORTH_A_LOOK.search(text):
        return []
    findings: list[Finding] = []
    for finder in _FINDERS:
        for finding in finder(text):
            if not any(_overlap(finding, other) for other in findings):
                findings.append(finding)
    return sorted(findings)


def redact(text: str) -> str:
    """Returns the text with `[E-Mail]` and the like in place of personal data."""
    for finding in reversed(find(text)):
        text = f"{text[: finding.start]}[{finding.label}]{text[finding.end :]}"
    return text


def redact_all(value: Any) -> Any:
    """Returns a copy of a JSON value in which every text is redacted."""
    return _with_each_text(value, redact)


def personal_parts(text: str) -> dict[str, str]:
    """Returns each piece of personal data in a text with its label."""
    return {text[f.start : f.end]: f.label for f in find(text)}


def redact_parts(value: Any, parts: dict[str, str]) -> Any:
    """Returns a copy of a JSON value without the given pieces.

    This is for what the assistant says: its own phone numbers and addresses stay,
    and what it repeats of the citizen's goes.
    """
    if not parts:
        return value

    def without(text: str) -> str:
        for part, label in parts.items():
            text = text.replace(part, f"[{label}]")
        return text

    return _with_each_text(value, without)


def _with_each_text(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _with_each_text(item, change) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_with_each_text(item, change) for item in value]
    return value


def _overlap(one: Finding, other: Finding) -> bool:
    return one.start < other.end and other.start < one.end


def _emails(text: str) -> Iterator[Finding]:
    for match in _EMAIL.finditer(text):
        if not _is_of(match.group().rpartition("@")[2].lower(), _CITY_MAIL_DOMAINS):
            yield Finding(match.start(), match.end(), "E-Mail")


def _is_of(host: str, domains: Collection[str]) -> bool:
    return any(host == domain or host.endswith("." + domain) for domain in domains)


def _codes(text: str) -> Iterator[Finding]:
    for match in _CODE.finditer(text):
        yield Finding(match.start(), match.end(), "Code")


def _ibans(text: str) -> Iterator[Finding]:
    for match in _IBAN.finditer(text):
        candidate = match.group()
        # The pattern runs on into the next words: the longest valid beginning counts.
        for length in range(len(candidate), 14, -1):
            is_whole = candidate[length - 1].isalnum()
            if is_whole and iban.is_valid(candidate[:length]):
                yield Finding(match.start(), match.start() + length, "IBAN")
                break


def _cards(text: str) -> Iterator[Finding]:
    for match in _CARD.finditer(text):
        if luhn.is_valid(re.sub(r"\D", "", match.group())):
            yield Finding(match.start(), match.end(), "Kartennummer")


def _tax_ids(text: str) -> Iterator[Finding]:
    for match in _TAX_ID.finditer(text):
        if idnr.is_valid(match.group()):
            yield Finding(match.start(), match.end(), "Steuer-ID")


def _documents(text: str) -> Iterator[Finding]:
    for match in _DOCUMENT.finditer(text):
        yield Finding(match.start(), match.end(), "Ausweisnummer")


def _plates(text: str) -> Iterator[Finding]:
    for match in _PLATE.finditer(text):
        yield Finding(match.start(), match.end(), "Kennzeichen")


def _births(text: str) -> Iterator[Finding]:
    for match in _BIRTH.finditer(text):
        yield Finding(match.start(1), match.end(1), "Geburtsdatum")


def _phones(text: str) -> Iterator[Finding]:
    # Blanked at equal length, so that positions stay true.
    masked = _NO_PHONE.sub(lambda match: "x" * len(match.group()), text)
    for match in phonenumbers.PhoneNumberMatcher(masked, "DE"):
        if _is_personal_number(match.raw_string, match.number):
            yield Finding(match.start, match.end, "Telefonnummer")


def _is_personal_number(written: str, number: phonenumbers.PhoneNumber) -> bool:
    # A number without 0 or + in front may as well be a postcode or a file number.
    if written.lstrip("(")[:1] not in {"0", "+"}:
        return False
    if sum(character.isdigit() for character in written) < _MIN_PHONE_DIGITS:
        return False
    is_city = number.country_code == 49 and str(number.national_number).startswith(
        _CITY_NUMBER_PREFIX
    )
    kind = phonenumbers.number_type(number)
    return not is_city and kind != phonenumbers.PhoneNumberType.TOLL_FREE


_FINDERS = (
    _codes,
    _emails,
    _ibans,
    _cards,
    _tax_ids,
    _documents,
    _plates,
    _births,
    _phones,
)
