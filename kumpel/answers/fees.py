"""Prices in words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kumpel.answers import formats
from kumpel.answers.formats import plain
from kumpel.answers.wording import Wording
from kumpel.portal_client.models import Fee
from kumpel.text.fold import fold

#: Labels of the facts that end with "bis" or "etwa": the word belongs to the amount.
_QUALIFIER = re.compile(r",?\s+(bis|ab|etwa|mindestens)$")
_AGE_FROM = re.compile(r"\bab (\d{1,2})(?: Jahre|\b(?!\.|:|,\d))")
_AGE_BELOW = re.compile(r"\bunter (\d{1,2})\b")
#: Notes for those who keep the facts, not for citizens.
_INTERNAL_NOTE = re.compile(
    r"nicht (?:gefunden|recherchiert|geprüft|belegt)|vor Ausgabe|Widerspruch|überholt",
    re.I,
)
#: A label such as "Hebesatz in Prozent": the amount is no money.
_PERCENT = re.compile(r"\bProzent\b")
#: Money that the citizen gets.
_PAYMENT = re.compile(
    r"^(?:Leistung|Regelsatz|Regelbedarf|Kindersofortzuschlag)\b|Auszahlung|Zahlung an"
)
_OUTDATED = re.compile(r"überholt", re.I)


def told_fees(fees: tuple[Fee, ...]) -> list[Fee]:
    """Leaves out prices that the facts themselves call outdated."""
    return [
        fee for fee in fees if not (fee.is_known and _OUTDATED.search(fee.note or ""))
    ]


def has_payments(fees: Sequence[Fee]) -> bool:
    """Says whether citizens get some of the amounts instead of paying them."""
    return any(_PAYMENT.search(fee.label) for fee in fees)


def fits_age(fee: Fee, age_in_years: int) -> bool | None:
    """Says whether a price is for this age; None where age plays no part."""
    below = _AGE_BELOW.search(fee.label)
    if below:
        return age_in_years < int(below[1])
    from_age = _AGE_FROM.search(fee.label)
    if from_age:
        return age_in_years >= int(from_age[1])
    return None


def by_age(fees: list[Fee], age_in_years: int | None) -> list[Fee]:
    """Puts the prices that fit an age first and those that do not fit last."""
    if age_in_years is None:
        return fees
    rank = {True: 0, None: 1, False: 2}
    return sorted(fees, key=lambda fee: rank[fits_age(fee, age_in_years)])


def amount(fee: Fee, wording: Wording) -> str:
    """Writes the price of one line, an unknown one as unknown."""
    fixed, low, high = fee.amount, fee.minimum, fee.maximum
    money = formats.percent if _PERCENT.search(fee.label) else formats.money
    low = fixed if low is None else low
    if not fee.is_known or (low is None and high is None):
        return wording.text("utter_fee_unknown")
    if low is None and high is not None:
        return wording.text("utter_fee_up_to", amount=money(high))
    assert low is not None  # noqa: S101 - tells mypy what the two checks above mean
    if high is not None and low != high:
        return wording.text("utter_fee_range", minimum=money(low), maximum=money(high))
    if low == 0:
        return wording.text("utter_fee_free")
    text = money(low)
    if fixed is None and high is None:
        return wording.text("utter_fee_from", amount=text)
    qualifier = _QUALIFIER.search(fee.label)
    return f"{qualifier[1]} {text}" if qualifier else text


def line(fee: Fee, wording: Wording, *, with_note: bool = True, title: str = "") -> str:
    """Writes a price with its label and, where it helps a citizen, its note.

    Args:
        fee: The price.
        wording: The texts.
        with_note: Whether the note is told.
        title: What was named just before; a label that only repeats it drops out.
    """
    label = plain(re.sub(",? in Prozent$", "", _QUALIFIER.sub("", fee.label)))
    if title and fold(label) in fold(title):
        label = ""
    note = fee.note if with_note and not _INTERNAL_NOTE.search(fee.note or "") else None
    price = amount(fee, wording)
    return (
        wording.text("utter_fee_line_note", label=label, amount=price, note=note)
        or wording.text("utter_fee_line", label=label, amount=price)
        or (f"{price} ({note})" if note else price)
    )
