"""Names, mail addresses and telephone numbers as citizens type them."""

from __future__ import annotations

import pytest

from kumpel.booking.person import mail_in, name_in, telephone_in


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ute Janßen", "Ute Janßen"),
        ("ich heiße Ute Janßen", "Ute Janßen"),
        ("auf den Namen Müller-Lüdenscheidt bitte", "Müller-Lüdenscheidt"),
        ("Frau O'Neil", "O'Neil"),
        ("Nguyễn Thị Minh", "Nguyễn Thị Minh"),
        ("Peter Sonntag", "Peter Sonntag"),
        ("My name is José Núñez.", "José Núñez"),
        ("heiße Marlies Kox", "Marlies Kox"),
        ("bin ich Peter Lorenz", "Peter Lorenz"),
    ],
)
def test_a_name_is_taken_out_of_its_sentence(text: str, name: str) -> None:
    assert name_in(text) == (name, None)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("12345", "digits"),
        ("Ute 🙂 Janßen", "signs"),
        ("a" * 300, "long"),
        ("...", "empty"),
        ("🙂", "signs"),
        ("<b>Ute</b>", "signs"),
        ("ach quatsch, ich meinte den Reisepass", "empty"),
    ],
)
def test_what_is_no_name_is_refused_with_a_reason(text: str, problem: str) -> None:
    assert name_in(text)[1] == problem


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("u.janssen@example.org", ("u.janssen@example.org", True)),
        ("meine mail ist u.janssen@example.org.", ("u.janssen@example.org", True)),
        (
            "u punkt janssen ät example punkt org",
            ("u.janssen@example.org", True),
        ),
        ("foo@bar", ("foo@bar", False)),
        ("a+b@example.org", ("a+b@example.org", False)),
        ("a..b@example.org", ("a..b@example.org", False)),
        ("habe ich nicht", (None, False)),
    ],
)
def test_a_mail_address_is_found_and_checked(
    text: str, found: tuple[str | None, bool]
) -> None:
    assert mail_in(text) == found


def test_a_telephone_number_needs_its_digits() -> None:
    assert telephone_in("meine Nummer: 02151 / 12 34 56") == "02151 / 12 34 56"
    assert telephone_in("123") is None
    assert telephone_in("keine") is None
