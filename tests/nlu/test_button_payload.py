"""Tests of the tokens behind buttons."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kumpel.errors import InvalidInputError
from kumpel.nlu.button_payload import MAX_TOKEN_LENGTH_IN_BYTES, sign, verify

SECRET = "a secret of the tests"
LONGEST_SLUG = "untersuchungsberechtigungsschein"


@pytest.mark.parametrize(
    ("intent", "values"),
    [
        ("affirm", {}),
        ("service", {"service": "hund-anmelden"}),
        ("service", {"service": LONGEST_SLUG, "aspect": "opening_hours"}),
        ("choose", {"district": "Hüls"}),
        ("aspect", {"aspect": "fee"}),
        ("inform", {"day": "a&b=c ~?"}),
        ("inform", {"day": ""}),
    ],
)
def test_a_token_gives_back_what_was_signed(
    intent: str, values: dict[str, str]
) -> None:
    assert verify(sign(intent, values, SECRET), SECRET) == (intent, values)


def test_the_longest_slug_with_the_longest_aspect_fits_into_a_telegram_button() -> None:
    values = {"service": LONGEST_SLUG, "aspect": "opening_hours"}
    token = sign("service", values, SECRET)
    assert len(token.encode()) <= MAX_TOKEN_LENGTH_IN_BYTES


def test_a_token_that_gets_too_long_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="bytes"):
        sign("service", {"service": "x" * 60}, SECRET)


@pytest.mark.parametrize("name", ["", "Großes", "mit leer", "s", "a", '{"x"}', "~"])
def test_a_name_that_could_be_misread_is_refused(name: str) -> None:
    with pytest.raises(InvalidInputError):
        sign(name, {}, SECRET)
    with pytest.raises(InvalidInputError):
        sign("affirm", {name: "x"}, SECRET)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "~",
        "/affirm",
        "~AAAAAAAAaffirm",
        "~AAAAAAAA",
        "was kostet das?",
        "~äääääääs",
    ],
)
def test_what_is_not_ours_is_no_token(text: str) -> None:
    assert verify(text, SECRET) is None


def test_a_changed_token_or_another_key_is_refused() -> None:
    token = sign("service", {"service": "reisepass"}, SECRET)
    assert verify(token.replace("reisepass", "reisepasz"), SECRET) is None
    assert verify(token[:-1], SECRET) is None
    assert verify(token, SECRET + "!") is None


@given(st.text(max_size=80))
def test_no_text_breaks_the_reader(text: str) -> None:
    assert verify(text, SECRET) is None
