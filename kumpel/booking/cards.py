"""Cards of a booking: what its texts say, for channels that can show more than text.

The shapes are those of the web channel's messages; the text beside a card is complete
without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Offer:
    """A free slot as it is shown."""

    day: str
    """Written out: ``Dienstag, 1.12.2026``."""
    date: str
    """ISO."""
    time: str
    office: str
    title: str
    """Title of the button with which it is chosen."""
    choice: str
    """What that button sends."""


def slots_card(offers: Sequence[Offer]) -> dict[str, Any]:
    """Makes the card of free slots; it takes the place of their buttons."""
    return {"kind": "slots", "offers": [dict(vars(offer)) for offer in offers]}


def preview_card(
    title: str, fields: Sequence[tuple[str, str | None]], consent: str
) -> dict[str, Any]:
    """Makes the card that reads a booking back.

    Args:
        title: What will be done.
        fields: Labels and values; those without a value are left out.
        consent: What a yes agrees to.
    """
    shown = [{"label": label, "value": value} for label, value in fields if value]
    return {"kind": "preview", "title": title, "fields": shown, "consent": consent}


def booked_card(
    number: str,
    when: str,
    office: str,
    address: str | None,
    calendar_url: str | None,
    manage_url: str | None,
) -> dict[str, Any]:
    """Makes the card of an appointment that is certain.

    Args:
        number: The number to give when looking it up.
        when: Day and time, written out.
        office: Its name.
        address: In one line, or None.
        calendar_url: An iCalendar file, or None.
        manage_url: Where it is seen and cancelled, or None. Both hold the code.
    """
    whole = {
        "kind": "booked",
        "number": number,
        "when": when,
        "office": office,
        "address": address,
        "calendarUrl": calendar_url,
        "manageUrl": manage_url,
    }
    return {key: value for key, value in whole.items() if value}
