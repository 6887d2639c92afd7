"""Tests of what is found as personal data, and of what must stay."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kumpel.privacy.redact import find, personal_parts, redact, redact_all, redact_parts


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("Mail an erika.muster+amt@example.org bitte", "Mail an [E-Mail] bitte"),
        ("ERIKA@Mail.EXAMPLE.com.", "[E-Mail]."),
        ("x@nicht-krefeld.de", "[E-Mail]"),
        ("Rufen Sie 0171 2345678 an", "Rufen Sie [Telefonnummer] an"),
        ("+49 171 2345678", "[Telefonnummer]"),
        ("Tel. (02151) 123456", "Tel. [Telefonnummer]"),
        ("meine Nummer ist 02151/770123", "meine Nummer ist [Telefonnummer]"),
        ("IBAN DE89 3704 0044 0532 0130 00 danke", "IBAN [IBAN] danke"),
        ("DE89370400440532013000", "[IBAN]"),
        ("de89 3704 0044 0532 0130 00", "[IBAN]"),
        ("NL91ABNA0417164300 aus Venlo", "[IBAN] aus Venlo"),
        ("Karte 4111 1111 1111 1111", "Karte [Kartennummer]"),
        ("Steuer-ID 36574261809", "Steuer-ID [Steuer-ID]"),
        ("Ausweis L01X00T471 verloren", "Ausweis [Ausweisnummer] verloren"),
        ("Pass C01X00T47", "Pass [Ausweisnummer]"),
        ("Mein Auto KR-AB 1234 steht", "Mein Auto [Kennzeichen] steht"),
        ("geboren am 3.4.1956 in Hüls", "geboren am [Geburtsdatum] in Hüls"),
        ("Geburtsdatum: 03.04.1956", "Geburtsdatum: [Geburtsdatum]"),
        ("a@b.de und 0171 2345678", "[E-Mail] und [Telefonnummer]"),
    ],
)
def test_personal_data_is_taken_out(text: str, stored: str) -> None:
    assert redact(text) == stored


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Was kostet ein Reisepass?",
        "Die Stadt erreiche ich unter 02151 86-0",
        "02151 861234",
        "+49 2151 86 1234",
        "buergerservice@krefeld.de",
        "info@stadt.krefeld.de",
        "110, 112, 115 oder 116117",
        "0800 1110111",
        "Ich wohne in 47798 Krefeld, Ostwall 123",
        "Ostwall 12, 47798 Krefeld, seit 2019",
        "Mo 8:30-12:00 und 14:00-17:30 Uhr",
        "08.00 - 12.30 Uhr",
        "am 24.12.2026 um 10:15",
        "vom 01.02.2026 bis 03.04.2026",
        "2026-11-23",
        "37,00 Euro oder 22.80 €",
        "Formular DIN-A 4",
        "Bebauungsplan 123456",
        "Aktenzeichen 32/1234-2026",
        "DE89 3704 0044 0532 0130 01",
        "4111 1111 1111 1112",
        "36574261890",
        "Straßenbahn 041, Linie 054",
        "§ 17 Abs. 1 BMG",
        "KR-Mitte",
        "10 Kinder, 3 Hunde, 2 Autos",
    ],
)
def test_what_answers_need_stays(text: str) -> None:
    assert redact(text) == text


def test_findings_are_in_order_and_do_not_overlap() -> None:
    findings = find("0171 2345678, a@b.de, DE89370400440532013000")
    assert [f.label for f in findings] == ["Telefonnummer", "E-Mail", "IBAN"]
    assert all(a.end <= b.start for a, b in pairwise(findings))


def test_every_text_of_a_nested_value_is_redacted() -> None:
    value = {"a": ["x@y.de", 1, None, {"b": "0171 2345678"}], "c": True}
    assert redact_all(value) == {
        "a": ["[E-Mail]", 1, None, {"b": "[Telefonnummer]"}],
        "c": True,
    }


def test_what_the_assistant_repeats_goes_and_its_own_numbers_stay() -> None:
    parts = personal_parts("Bestätigung an x@y.de")
    said = "Ich schreibe an x@y.de. Das Finanzamt hat 02151 8540."
    assert redact_parts(said, parts) == (
        "Ich schreibe an [E-Mail]. Das Finanzamt hat 02151 8540."
    )


def test_the_code_of_an_appointment_goes_also_in_a_link() -> None:
    code = "0123456789abcdef" * 4
    assert redact(f"Nummer 20248489, Code {code}") == "Nummer 20248489, Code [Code]"
    link = "https://stadt.example/t/eyJpZCI6MjAyNDg0ODksImF1dGhLZXkiOiJkZDgw"
    assert redact(link) == "https://stadt.example/t/[Code]"


@given(st.text())
def test_no_text_breaks_the_search(text: str) -> None:
    redact(text)


@given(st.text(alphabet="0123456789 .-/+@aDE", max_size=200))
def test_redacting_twice_finds_nothing_more(text: str) -> None:
    assert find(redact(redact(text))) == find(redact(text))


@pytest.mark.parametrize(
    "text", ["1" * 4000, "a@" * 2000, "DE89" * 1000, "0 1-" * 1000]
)
def test_a_hostile_text_takes_no_long_time(text: str) -> None:
    start = time.perf_counter()
    redact(text)
    assert time.perf_counter() - start < 2
