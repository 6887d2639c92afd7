"""Prices in words."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from makers import german, make_facts, make_fee, make_service

from kumpel.answers import fees, sections
from kumpel.answers.facts import Question


@pytest.mark.parametrize(
    ("label", "amount", "changes", "expected"),
    [
        ("ab 24 Jahren", Decimal("46.0"), {}, "ab 24 Jahren: 46,00 €"),
        ("Ummeldung", Decimal(0), {}, "Ummeldung: kostenlos"),
        ("Bußgeld bis", Decimal(50000), {}, "Bußgeld: bis 50.000,00 €"),
        ("Abschleppen Pkw etwa", Decimal(180), {}, "Abschleppen Pkw: etwa 180,00 €"),
        ("Gebühr", None, {}, "Gebühr: Betrag nicht sicher bekannt"),
        (
            "Siegel",
            Decimal(9),
            {"is_known": False},
            "Siegel: Betrag nicht sicher bekannt",
        ),
        (
            "Trauung",
            None,
            {"minimum": Decimal(66), "maximum": Decimal(120)},
            "Trauung: 66,00 € bis 120,00 €",
        ),
        (
            "Gebühr, ab",
            Decimal(30),
            {"maximum": Decimal(180), "note": "Rahmen bis 180"},
            "Gebühr: 30,00 € bis 180,00 € (Rahmen bis 180)",
        ),
        ("Prüfung", None, {"minimum": Decimal(5)}, "Prüfung: ab 5,00 €"),
        ("Sühne", None, {"minimum": 5, "maximum": 5}, "Sühne: 5,00 €"),
        ("Sühne", None, {"maximum": Decimal(5)}, "Sühne: bis 5,00 €"),
        ("Pass", Decimal(1), {"note": "in Krefeld nicht gefunden"}, "Pass: 1,00 €"),
        ("Post (nicht belegt)", Decimal(15), {}, "Post (nicht bestätigt): 15,00 €"),
    ],
)
def test_a_price_is_written_for_citizens(
    label: str, amount: Decimal | None, changes: dict[str, Any], expected: str
) -> None:
    assert fees.line(make_fee(label, amount, **changes), german()) == expected


@pytest.mark.parametrize(
    ("label", "age", "expected"),
    [
        ("ab 24 Jahren", 24, True),
        ("ab 24 Jahren", 23, False),
        ("unter 24 Jahren, 32 Seiten", 17, True),
        ("unter 24 Jahren", 24, False),
        ("Express ab 24 Jahren (32 Seiten)", 30, True),
        ("Digitales Foto", 17, None),
        ("Verwaltungsgebühr, ab", 17, None),
        ("bis 30.06.2026: Jahresfischereischein", 17, None),
        ("ab 11. Fahrzeug", 17, None),
        ("Digitaler Fischereischein ab 01.07.2026", 17, None),
    ],
)
def test_an_age_fits_a_price(label: str, age: int, expected: bool | None) -> None:
    assert fees.fits_age(make_fee(label, Decimal(1)), age) is expected


def test_outdated_prices_are_not_told() -> None:
    old = make_fee("alt", Decimal(16), note="überholt")
    new = make_fee("neu", is_known=False)
    told = sections.fee(make_facts(make_service(fees=(old, new))), german()).text
    assert "16,00" not in told
    assert "weiß ich leider nicht sicher" in told


def test_the_price_of_the_named_age_comes_first() -> None:
    rows = (
        make_fee("ab 24 Jahren", Decimal(46)),
        make_fee("unter 24 Jahren", Decimal("27.6")),
    )
    facts = make_facts(make_service(fees=rows), question=Question(age_in_years=17))
    told = sections.fee(facts, german()).text
    assert told.startswith("Mit 17 Jahren gilt für „Dienst“: unter 24 Jahren: 27,60 €.")


def test_a_long_list_is_cut_and_says_so() -> None:
    rows = tuple(make_fee(f"Fall {number}", Decimal(number)) for number in range(1, 13))
    told = sections.fee(make_facts(make_service(fees=rows)), german()).text
    assert "und 4 weitere Fälle" in told


def test_without_any_price_nothing_is_made_up() -> None:
    told = sections.fee(make_facts(), german()).text
    assert told.startswith("Das weiß ich zu „Dienst“ leider nicht sicher.")
    assert "02151 86-0" in told


@pytest.mark.parametrize(
    ("label", "amount", "expected"),
    [
        ("Hebesatz Wohngrundstücke in Prozent", 506, "Hebesatz Wohngrundstücke: 506 %"),
        (
            "Geldspielgeräte, Prozent der Bruttokasse",
            "2.5",
            "Geldspielgeräte, Prozent der Bruttokasse: 2,5 %",
        ),
    ],
)
def test_a_rate_is_no_amount_of_money(label: str, amount: Any, expected: str) -> None:
    assert fees.line(make_fee(label, Decimal(amount)), german()) == expected


def test_an_unknown_price_with_an_old_note_stays_unknown() -> None:
    fee = make_fee("Erteilung", is_known=False, note="42 Euro; überholt")
    assert fees.told_fees((fee,)) == [fee]
    assert fees.line(fee, german()) == "Erteilung: Betrag nicht sicher bekannt"
