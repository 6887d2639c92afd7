"""Reads the fields of a request and names every one that is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.appointments.errors import ZmsError
from portal.appointments.process import Person

Fields = Mapping[str, Any]
#: Number and key of an appointment.
Credentials = tuple[int, str]

MAXIMUM_COUNT = 25
_MAXIMUM_RANGE_IN_DAYS = 365
_MAXIMUM_ID = 2**31 - 1
_DIGITS = re.compile(r"[0-9]{1,19}")
_KEY = re.compile(r"[0-9a-fA-F]{4}|[0-9a-fA-F]{64}")
_MAIL = re.compile(
    r"^(?!.*\.\.)(?!\.)(?!.*\.$)[^\s@+]+(?<!\.)@(?!\.)[^\s@+]+\.[^\s@]{2,}$"
)
_TELEPHONE = re.compile(r"^\+?[0-9]\d{6,14}$")
_TAG = re.compile(r"<[^>]*>")
_MAXIMUM_TEXT = 250
_MAXIMUM_RAW_TEXT = 2000
#: RFC 5321, 4.5.3.1.3; the pattern below would take long over longer texts.
_MAXIMUM_MAIL = 254

_PERSON = {
    "familyName": "family_name",
    "email": "email",
    "telephone": "telephone",
    "customTextfield": "custom_textfield",
    "customTextfield2": "custom_textfield2",
}


@dataclass(frozen=True)
class CalendarQuestion:
    """Fields of a question for free appointments."""

    offices: tuple[int, ...]
    services: tuple[tuple[int, int], ...]
    first: date
    last: date
    window: tuple[date, date] | None


@dataclass(frozen=True)
class Reservation:
    """Fields of a reservation; the first service is the main one."""

    office: int
    services: tuple[tuple[int, int], ...]
    timestamp: int


def number(value: Any) -> int | None:
    """Returns a positive 32-bit number, also from a numeric text, else None."""
    found = _whole(value)
    return found if found is not None and 0 < found <= _MAXIMUM_ID else None


def _whole(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, str) and _DIGITS.fullmatch(value):
        return int(value)
    return None


def day(value: Any) -> date | None:
    """Returns a day written as `YYYY-MM-DD`, else None."""
    try:
        found = date.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return found if found.isoformat() == value else None


def numbers(value: Any) -> tuple[int, ...] | None:
    """Returns the positive numbers of a comma-separated text, else None."""
    found = [number(part.strip()) for part in str(value or "").split(",")]
    return None if None in found else tuple(n for n in found if n is not None)


def _counts(values: Sequence[Any]) -> tuple[int, ...] | None:
    found = [_whole(value) for value in values]
    good = tuple(n for n in found if n is not None and 1 <= n <= MAXIMUM_COUNT)
    return good if good and len(good) == len(found) else None


def calendar_question(fields: Fields, is_legacy: bool = False) -> CalendarQuestion:
    """Reads the query of `/available-calendar/`.

    Args:
        fields: The query.
        is_legacy: Whether the names are those of generation A.

    Raises:
        ZmsError: With the code of each wrong field.
    """
    suffix = "" if is_legacy else "s"
    codes: list[str] = []
    offices = numbers(fields.get(f"officeId{suffix}"))
    services = numbers(fields.get(f"serviceId{suffix}"))
    codes += ["invalidOfficeId"] * (not offices) + ["invalidServiceId"] * (not services)
    first, last = _range(fields, codes)
    window = _window(fields, codes)
    count_text = str(fields.get(f"serviceCount{suffix}") or "")
    counts = _counts([part.strip() for part in count_text.split(",")])
    if is_legacy and services and counts:
        # Generation A takes a missing count for one.
        counts = counts + (1,) * (len(services) - len(counts))
    if counts is None:
        codes.append("invalidServiceCount")
    elif services and len(counts) != len(services):
        codes.append("MISMATCHED_ARRAYS")
    if codes or not (offices and services and counts and first and last):
        raise ZmsError(*codes)
    return CalendarQuestion(
        tuple(dict.fromkeys(offices)),
        tuple(zip(services, counts, strict=True)),
        first,
        last,
        window,
    )


def _range(fields: Fields, codes: list[str]) -> tuple[date | None, date | None]:
    first, last = day(fields.get("startDate")), day(fields.get("endDate"))
    if first is None:
        codes.append("invalidStartDate")
    is_order = (
        not (first and last) or 0 <= (last - first).days <= _MAXIMUM_RANGE_IN_DAYS
    )
    if last is None or not is_order:
        codes.append("invalidEndDate")
    return first, last


def _window(fields: Fields, codes: list[str]) -> tuple[date, date] | None:
    texts = [fields.get(name) or None for name in ("slotsStartDate", "slotsEndDate")]
    first, last = (day(text) for text in texts)
    if texts[0] and first is None:
        codes.append("invalidSlotsStartDate")
    if texts[1] and last is None:
        codes.append("invalidSlotsEndDate")
    if first and last and first > last:
        codes.append("slotsStartDateAfterEndDate")
    if not (first or last):
        return None
    return first or date.min, last or date.max


def reservation(fields: Fields, now: int) -> Reservation:
    """Reads the body of `/reserve-appointment/`.

    Args:
        fields: The body.
        now: The moment in unix seconds.

    Raises:
        ZmsError: With the code of each wrong field.
    """
    codes = []
    office = number(fields.get("officeId"))
    if office is None:
        codes.append("invalidOfficeId")
    ids = fields.get("serviceId")
    services = [number(id_) for id_ in ids] if isinstance(ids, list) else []
    if not services or None in services:
        codes.append("invalidServiceId")
    timestamp = _whole(fields.get("timestamp"))
    if timestamp is None or timestamp <= now:
        codes.append("invalidTimestamp")
    given = fields.get("serviceCount")
    given = [1] * len(services) if given is None else given
    counts = _counts(given) if isinstance(given, list) else None
    if counts is None and (services or fields.get("serviceCount") is not None):
        codes.append("invalidServiceCount")
    elif counts and services and len(counts) != len(services):
        codes.append("MISMATCHED_ARRAYS")
    if codes or office is None or timestamp is None:
        raise ZmsError(*codes)
    pairs = zip(services, counts or (), strict=True)
    return Reservation(
        office, tuple((id_, count) for id_, count in pairs if id_), timestamp
    )


def credentials(fields: Fields) -> Credentials:
    """Reads number and key of an appointment.

    Raises:
        ZmsError: With the code of each wrong field.
    """
    process_id, key = number(fields.get("processId")), fields.get("authKey")
    is_key = isinstance(key, str) and _KEY.fullmatch(key)
    codes = ["invalidProcessId"] * (process_id is None)
    codes += ["invalidAuthKey"] * (not is_key)
    if process_id is None or not isinstance(key, str) or codes:
        raise ZmsError(*codes)
    return process_id, key.lower()


def replaced(fields: Fields) -> Credentials | None:
    """Reads which appointment another one shall replace.

    The field `replaces` is our own; ZMS does not look at it. What cannot be read
    replaces nothing: then the appointment counts as any other, and stays.
    """
    given = fields.get("replaces")
    try:
        return credentials(given) if isinstance(given, Mapping) else None
    except ZmsError:
        return None


def person_told(fields: Fields, stored: Person, scope: Mapping[str, Any]) -> Person:
    """Reads what a citizen tells of themselves.

    Args:
        fields: The body; what is absent stays as it was, but for the name.
        stored: What was told before.
        scope: The scope whose flags say what is wanted.

    Raises:
        ZmsError: With the code of each wrong field.
    """
    texts = {
        name: _text(
            getattr(stored, attribute) if fields.get(name) is None else fields[name]
        )
        for name, attribute in _PERSON.items()
    }
    codes = []
    if not _text(fields.get("familyName")):
        codes.append("invalidFamilyName")
    if scope["emailRequired"] and not is_mail(texts["email"]):
        codes.append("invalidEmail")
    telephone = texts["telephone"]
    is_wrong = bool(telephone) and not _TELEPHONE.match(telephone)
    is_missing = scope["telephoneRequired"] and not telephone
    if scope["telephoneActivated"] and (is_wrong or is_missing):
        codes.append("invalidTelephone")
    for name in ("customTextfield", "customTextfield2"):
        # Looked at before tags are taken out, which takes long in a long text.
        is_long = len(texts[name]) > _MAXIMUM_RAW_TEXT
        texts[name] = "" if is_long else _TAG.sub("", texts[name]).strip()
        is_long = is_long or len(texts[name]) > _MAXIMUM_TEXT
        is_missing = scope[f"{name}Required"] and not texts[name]
        if scope[f"{name}Activated"] and (is_missing or is_long):
            codes.append(f"invalid{name[0].upper()}{name[1:]}")
    if codes:
        raise ZmsError(*codes)
    return Person(
        family_name=texts["familyName"],
        email=texts["email"] or None,
        telephone=texts["telephone"] or None,
        custom_textfield=texts["customTextfield"],
        custom_textfield2=texts["customTextfield2"],
    )


def is_mail(text: str) -> bool:
    """Tells whether a text is a mail address as ZMS takes it: without a plus sign."""
    return len(text) <= _MAXIMUM_MAIL and bool(_MAIL.match(text))


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""
