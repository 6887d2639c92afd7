"""Meanings in words."""

from __future__ import annotations

from datetime import datetime

import pytest

from kumpel.dates.describe import describe
from kumpel.dates.resolve import resolve

NOW = datetime(2026, 11, 23, 10, 15)


@pytest.mark.parametrize(
    ("message", "german", "english"),
    [
        ("am 1.12.", "Dienstag, 1.12.2026", "Tuesday, 1.12.2026"),
        (
            "Dienstag um halb drei",
            "Dienstag, 24.11.2026, um 14:30 Uhr",
            "Tuesday, 24.11.2026, at 14:30",
        ),
        (
            "nächste Woche ab 15 Uhr",
            "30.11.2026 bis 6.12.2026, ab 15 Uhr",
            "30.11.2026 to 6.12.2026, from 15:00",
        ),
        (
            "ab Mittwoch vormittags",
            "ab Mittwoch, 25.11.2026, 8 bis 12 Uhr",
            "from Wednesday, 25.11.2026, 8:00 to 12:00",
        ),
        ("bis Freitag", "bis Freitag, 27.11.2026", "until Friday, 27.11.2026"),
        ("montags bis 12", "montags, bis 12 Uhr", "Monday, until 12:00"),
        ("so bald wie möglich", "so bald wie möglich", "as soon as possible"),
        ("egal wann", "egal wann", "any time"),
    ],
)
def test_a_meaning_is_named(message: str, german: str, english: str) -> None:
    when = resolve(message, NOW).wishes.wanted[0]
    assert describe(when) == german
    assert describe(when, "en") == english


def test_alternatives_are_named_to_ask() -> None:
    asked = resolve("nächsten Donnerstag um 10", NOW).alternatives
    assert [describe(each) for each in asked] == [
        "Donnerstag, 26.11.2026, um 10 Uhr",
        "Donnerstag, 3.12.2026, um 10 Uhr",
    ]
