import pytest

from kumpel.nlu.segments import (
    correction,
    is_interjection,
    opening,
    requests,
    sentences,
)


def test_sentences_end_at_marks_and_line_breaks() -> None:
    assert sentences("Hallo! Ich ziehe um.\nWas nun?") == [
        "Hallo!",
        "Ich ziehe um.",
        "Was nun?",
    ]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        (
            "Ich bin umgezogen, was muss ich mitbringen und wann habt ihr offen?",
            ["Ich bin umgezogen, was muss ich mitbringen", "wann habt ihr offen?"],
        ),
        ("Where is it and how much is it?", ["Where is it", "how much is it?"]),
        ("Hund und Katze anmelden", ["Hund und Katze anmelden"]),
        ("", []),
    ],
)
def test_an_and_before_a_new_question_separates_requests(
    text: str, pieces: list[str]
) -> None:
    assert requests(text) == pieces


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Danke, und wie lange dauert das?", ("Danke", "und wie lange dauert das?")),
        ("Andere Frage: wo ist das?", ("Andere Frage", "wo ist das?")),
        ("Danke!", ("", "Danke!")),
        ("Wo kann ich hier parken, bitte?", ("", "Wo kann ich hier parken, bitte?")),
    ],
)
def test_a_short_first_clause_can_be_split_off(
    text: str, parts: tuple[str, str]
) -> None:
    assert opening(text) == parts


@pytest.mark.parametrize("clause", ["Sorry", "na gut", "ach so", "Oh, ok", "nein"])
def test_mere_talk_is_an_interjection(clause: str) -> None:
    assert is_interjection(clause)


@pytest.mark.parametrize("clause", ["", "Reisepass", "ja Reisepass", "gute Frage"])
def test_what_says_anything_is_none(clause: str) -> None:
    assert not is_interjection(clause)


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("Nein, ich meinte nur die Adresse", "die Adresse"),
        ("nee abmelden", "abmelden"),
        ("Quatsch, den Hund!", "den Hund!"),
        ("ich meine eigentlich das Auto", "das Auto"),
        ("no I meant the fee", "the fee"),
        ("Nein, nicht das, ich wollte einen Kinderausweis", "einen Kinderausweis"),
    ],
)
def test_a_correction_says_what_is_meant_instead(text: str, instead: str) -> None:
    assert correction(text) == instead


@pytest.mark.parametrize(
    "text",
    [
        "nein ich habe noch keine neue Wohnung",
        "Was meinen Sie damit?",
        "nein",
        "Ich meinte",
        "Negative Erfahrungen mit dem Amt",
        "note",
    ],
)
def test_what_answers_or_says_no_more_than_no_is_no_correction(text: str) -> None:
    assert correction(text) is None


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("no I mean the renewal again", "the renewal"),
        ("nein, ich meinte nochmal den Reisepass", "den Reisepass"),
        ("nein, nochmal", "nochmal"),
    ],
)
def test_who_corrects_once_more_does_not_ask_to_repeat(text: str, meant: str) -> None:
    corrected = correction(text)
    assert corrected is not None
    assert corrected.strip() == meant
