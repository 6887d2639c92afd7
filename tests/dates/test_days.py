"""Days that citizens name."""

from __future__ import annotations

from datetime import date

import pytest

from kumpel.dates.days import find_day
from kumpel.portal_client.models import Holiday

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("habt ihr heute noch offen?", date(2026, 11, 23)),
        ("heute morgen war zu", date(2026, 11, 23)),
        ("geht das morgen?", date(2026, 11, 24)),
        ("Übermorgen früh", date(2026, 11, 25)),
        ("uebermorgen", date(2026, 11, 25)),
        ("am Montag", date(2026, 11, 23)),
        ("Freitagnachmittag", date(2026, 11, 27)),
        ("samstags", date(2026, 11, 28)),
        ("am Wochenende", date(2026, 11, 28)),
        ("Dienstag in einer Woche", date(2026, 12, 1)),
        ("nächste Woche Mittwoch", date(2026, 12, 2)),
        ("naechste woche mittwoch", date(2026, 12, 2)),
        ("in 3 Tagen", date(2026, 11, 26)),
        ("am 24.12.", date(2026, 12, 24)),
        ("am 24. 12. 2026 offen?", date(2026, 12, 24)),
        ("3.1. offen?", date(2027, 1, 3)),
        ("am 24. Dezember", date(2026, 12, 24)),
        ("am 2. März", date(2027, 3, 2)),
        ("is it open tomorrow?", date(2026, 11, 24)),
        ("open on Tuesday?", date(2026, 11, 24)),
        ("on December 1 or 2 December", date(2026, 12, 1)),
        ("habt ihr gerade auf?", date(2026, 11, 23)),
        ("an Fronleichnam", date(2027, 5, 27)),
        ("bis Freitag", date(2026, 11, 27)),
        ("warum habt ihr heute nicht auf?", date(2026, 11, 23)),
        ("zwischen den Jahren", date(2026, 12, 27)),
        ("gestern war zu, und morgen?", date(2026, 11, 24)),
        ("the day after tomorrow", date(2026, 11, 25)),
        ("an Neujahr", date(2027, 1, 1)),
        ("Karfreitag", date(2027, 3, 26)),
        ("an Weihnachten", date(2026, 12, 25)),
        ("zweiter Weihnachtstag", date(2026, 12, 26)),
        ("Ostern", date(2027, 3, 29)),
        ("am ersten Mai", date(2027, 5, 1)),
        ("Heiligabend?", date(2026, 12, 24)),
        ("an Silvester", date(2026, 12, 31)),
        ("open on Christmas Eve", date(2026, 12, 24)),
        ("Rosenmontag", date(2027, 2, 8)),
        ("an Altweiber", date(2027, 2, 4)),
        ("Gründonnerstag", date(2027, 3, 25)),
    ],
)
def test_a_named_day_is_found(text: str, expected: date) -> None:
    assert find_day(text, MONDAY) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Guten Morgen",
        "was kostet ein Pass?",
        "am 31.2.",
        "99.99.",
        "?!",
        "Paragraf 5.1",
        "gestern",
        "im Dezember",
        "nächste Woche",
        "mein Pass läuft in zwei Wochen ab",
    ],
)
def test_a_text_without_a_day_gives_none(text: str) -> None:
    assert find_day(text, MONDAY) is None


def test_a_holiday_that_only_the_portal_knows_is_found() -> None:
    day = date(2027, 6, 24)
    assert find_day("am Stadtfest", MONDAY, [Holiday(day, "Stadtfest")]) == day
    assert find_day("am Stadtfest", MONDAY) is None
