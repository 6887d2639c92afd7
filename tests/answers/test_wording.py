"""Texts of domain.yml."""

from __future__ import annotations

import pytest
from makers import RESPONSES, english, german

from kumpel.answers.answer import Answer, answer
from kumpel.answers.formats import as_of, clock_time, day_name, listing, money
from kumpel.answers.wording import PLACEHOLDER, Wording
from kumpel.errors import ConfigurationError

ENGLISH = [{"type": "slot", "name": "language", "value": "en"}]


def test_every_text_stands_in_both_languages_with_the_same_facts() -> None:
    for name, variations in RESPONSES.items():
        plain = [v for v in variations if "condition" not in v]
        foreign = [v for v in variations if v.get("condition") == ENGLISH]
        assert plain, name
        assert len(foreign) == len(plain), name
        assert len(plain) + len(foreign) == len(variations), name
        for german_text, english_text in zip(plain, foreign, strict=True):
            facts = set(PLACEHOLDER.findall(german_text["text"]))
            assert facts == set(PLACEHOLDER.findall(english_text["text"])), name


def test_german_texts_say_sie_and_are_short() -> None:
    for name, variations in RESPONSES.items():
        for variation in variations:
            text = variation["text"]
            assert len(text) < 330, name
            assert "\n\n" not in text, name
            if "condition" not in variation:
                words = set(text.replace(",", " ").lower().split())
                assert not words & {"du", "dich", "dir", "dein", "deine", "euch"}, name


@pytest.mark.parametrize("missing", [None, ""])
def test_a_missing_fact_drops_the_sentence(missing: object) -> None:
    assert german().text("utter_deadline", service="A", deadline=missing) == ""
    assert german().text("utter_deadline", service="A") == ""


def test_zero_is_a_fact() -> None:
    wording = Wording({"utter_x": [{"text": "{count} Stellen"}]}, "de")
    assert wording.text("utter_x", count=0) == "0 Stellen"


def test_braces_in_a_fact_are_no_placeholder() -> None:
    text = german().text("utter_deadline", service="{deadline}", deadline="heute")
    assert text == "Frist bei „{deadline}“: heute."


def test_german_is_told_where_english_is_missing() -> None:
    wording = Wording({"utter_x": [{"text": "Hallo"}]}, "en")
    assert wording.text("utter_x") == "Hallo"


def test_an_unknown_condition_never_holds() -> None:
    odd = {
        "condition": [{"type": "slot", "name": "aspect", "value": "fee"}],
        "text": "B",
    }
    assert Wording({"utter_x": [{"text": "A"}, odd]}, "de").text("utter_x") == "A"


def test_a_response_that_does_not_exist_is_named() -> None:
    with pytest.raises(ConfigurationError, match="utter_nothing"):
        german().text("utter_nothing")


def test_variations_go_round() -> None:
    assert english().count("utter_greet") == 2
    texts = [english().text("utter_greet", turn) for turn in range(4)]
    assert texts[0] == texts[2] != texts[1] == texts[3]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-02", "02/2026"),
        ("2023-08-18", "18.8.2023"),
        ("2019", "2019"),
        ("undatiert", None),
        ("", None),
        (None, None),
        ("Serviceportal, undatiert", None),
        ("2026-02 (Gebühr)", "02/2026 (Gebühr)"),
    ],
)
def test_the_date_of_a_source_is_written(
    text: str | None, expected: str | None
) -> None:
    assert as_of(text) == expected


def test_small_formats() -> None:
    from datetime import date
    from decimal import Decimal

    assert money(Decimal("1234.5")) == "1.234,50 €"
    assert [clock_time(t) for t in ("08:05", "13:00", "24:00")] == [
        "8:05",
        "13:00",
        "24:00",
    ]
    assert listing(["A", "B", "C"], "de") == "A, B oder C"
    assert listing(["A"], "de") == "A"
    monday = date(2026, 11, 23)
    assert day_name(date(2026, 11, 25), monday, "de") == "übermorgen"
    assert day_name(date(2026, 11, 27), monday, "en") == "on Friday"
    assert day_name(date(2026, 12, 7), monday, "de") == "am Montag, 7.12."


def test_what_two_answers_say_stands_there_once() -> None:
    first = answer(["A."], ["x"], "Quelle: q")
    assert (first + first).text == first.text
    assert (first + answer(["B."], [], "Quelle: q")).text == "A.\n- x\nB.\nQuelle: q"
    assert Answer().text == ""


def test_a_warning_stands_below_the_list() -> None:
    told = answer(["Sie", "brauchen:"], ["x"]) + answer(["Das ist alt."], source="Q")
    assert told.text == "Sie brauchen:\n- x\nDas ist alt.\nQ"
