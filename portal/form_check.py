"""Checks what a citizen typed into a demonstration form."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

Field = Mapping[str, Any]

_GERMAN_DATE = re.compile(r"^(\d{1,2})\.(\d{1,2})\.(\d{4})$")
_EMAIL = re.compile(r"^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$")
_PHONE = re.compile(r"^\+?[0-9][0-9 ()/-]{3,30}$")
_NUMBER = re.compile(r"^\d{1,9}(,\d{1,2})?$")


def check(fields: list[Field], given: Mapping[str, str]) -> dict[str, str]:
    """Checks the values of a form.

    Args:
        fields: The form's fields as the catalogue describes them.
        given: Typed values by field name; unknown names are ignored.

    Returns:
        The mistake of each wrong field by its name, in German, in the form's order.
    """
    errors: dict[str, str] = {}
    for field in fields:
        error = _error(field, given.get(field["name"], "").strip())
        if error:
            errors[field["name"]] = error
    return errors


def _error(field: Field, value: str) -> str | None:
    label = field["label"]
    if not value:
        return _missing(field) if field["required"] else None
    if len(value) > field["maxLength"]:
        return f"{label}: Bitte höchstens {field['maxLength']} Zeichen eingeben."
    rule = _RULES.get(field["type"])
    reason = rule(field, value) if rule else None
    if (
        reason is None
        and field["pattern"]
        and not re.fullmatch(field["pattern"], value)
    ):
        reason = field["patternHint"] or "Bitte die Schreibweise prüfen."
    return f"{label}: {reason}" if reason else None


def _missing(field: Field) -> str:
    if field["type"] == "checkbox":
        return f"Bitte bestätigen: {field['label']}"
    verb = "auswählen" if field["type"] == "select" else "ausfüllen"
    return f"{field['label']}: Bitte {verb}."


def shown(field: Field, value: str) -> str:
    """Returns a value in the form in which its input shows it.

    Browsers leave a date input empty unless the value is written 2026-12-31.
    """
    day = _day(value.strip()) if field["type"] == "date" else None
    return day.isoformat() if day else value


def _day(value: str) -> date | None:
    found = _GERMAN_DATE.match(value)
    text = f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}" if found else value
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _date(_field: Field, value: str) -> str | None:
    day = _day(value)
    if day is None:
        return "Bitte ein Datum eingeben, zum Beispiel 31.12.2026."
    if not 1900 <= day.year <= 2100:
        return "Bitte ein Datum zwischen 1900 und 2100 eingeben."
    return None


def _by_pattern(
    pattern: re.Pattern[str], reason: str
) -> Callable[[Field, str], str | None]:
    def rule(_field: Field, value: str) -> str | None:
        return None if pattern.match(value) else reason

    return rule


def _select(field: Field, value: str) -> str | None:
    return None if value in field["options"] else "Bitte einen der Einträge auswählen."


def _checkbox(_field: Field, value: str) -> str | None:
    return None if value == "ja" else "Bitte ankreuzen oder frei lassen."


def _text(_field: Field, value: str) -> str | None:
    return "Bitte in einer Zeile schreiben." if "\n" in value else None


_RULES: Mapping[str, Callable[[Field, str], str | None]] = {
    "date": _date,
    "email": _by_pattern(
        _EMAIL, "Bitte eine E-Mail-Adresse eingeben, zum Beispiel name@beispiel.de."
    ),
    "tel": _by_pattern(_PHONE, "Bitte eine Telefonnummer nur aus Ziffern eingeben."),
    "plz": _by_pattern(re.compile(r"^\d{5}$"), "Bitte fünf Ziffern eingeben."),
    "number": _by_pattern(
        _NUMBER, "Bitte eine Zahl eingeben, zum Beispiel 12 oder 12,50."
    ),
    "select": _select,
    "checkbox": _checkbox,
    "text": _text,
}
