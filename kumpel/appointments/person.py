"""What citizens tell of themselves, in the form in which ZMS takes it."""

from __future__ import annotations

import re
from typing import Any

from kumpel.appointments.models import Person

#: ZMS's own pattern: it knows no plus sign.
_MAIL = re.compile(
    r"(?!.*\.\.)(?!\.)(?!.*\.$)[^\s@+]+(?<!\.)@(?!\.)[^\s@+]+\.[^\s@]{2,}"
)
#: RFC 5321, 4.5.3.1.3.
_MAXIMUM_MAIL = 254
_TELEPHONE = re.compile(r"\+?[0-9]{7,15}")
_TRUNK_ZERO = re.compile(r"^(\+|00)(\d{1,3}) ?\(0\)")
_INTERNATIONAL = re.compile(r"^00(?=[1-9])")
_BETWEEN_DIGITS = re.compile(r"[\s/().\-–—]")


def is_mail(text: str) -> bool:
    """Tells whether the desk takes a mail address; one with a plus sign it refuses."""
    return len(text) <= _MAXIMUM_MAIL and _MAIL.fullmatch(text.strip()) is not None


def normal_telephone(text: str) -> str | None:
    """Returns ``02151861610`` for ``0 21 51 / 86-16 10``; None if it is no number."""
    found = _BETWEEN_DIGITS.sub("", _TRUNK_ZERO.sub(r"\1\2", text.strip()))
    found = _INTERNATIONAL.sub("+", found)
    return found if _TELEPHONE.fullmatch(found) else None


def fields_of(person: Person) -> dict[str, Any]:
    """Returns the fields of `/update-appointment/`; what is not told is left out.

    A telephone that is no number is sent as it is, for ZMS to refuse it.
    """
    told = {
        "familyName": person.name.strip(),
        "email": (person.mail or "").strip(),
        "telephone": normal_telephone(person.telephone or "") or person.telephone,
        "customTextfield": (person.remark or "").strip(),
    }
    return {name: value for name, value in told.items() if value}
