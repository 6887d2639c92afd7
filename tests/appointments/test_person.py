"""Contact data in the form in which ZMS takes it."""

from __future__ import annotations

import time

import pytest

from kumpel.appointments.models import Person, Slot
from kumpel.appointments.person import fields_of, is_mail, normal_telephone
from kumpel.errors import InvalidInputError


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("0 21 51 / 86-16 10", "02151861610"),
        ("+49 (0) 2151 86-0", "+492151860"),
        ("0049 2151 860", "+492151860"),
        ("(02151) 86 16 10", "02151861610"),
        ("02151–861610", "02151861610"),
        ("110", None),
        ("0" * 16, None),
        ("ruf mich an", None),
        ("😀", None),
        ("", None),
    ],
)
def test_telephone_numbers_are_normalised(written: str, normal: str | None) -> None:
    assert normal_telephone(written) == normal


@pytest.mark.parametrize("mail", ["u.janssen@example.org", " a@b.de ", "ä@müller.de"])
def test_mail_addresses_are_taken(mail: str) -> None:
    assert is_mail(mail)


@pytest.mark.parametrize(
    "mail",
    [
        "",
        "a",
        "a@b",
        "a b@c.de",
        "a+b@c.de",
        ".a@b.de",
        "a.@b.de",
        "a..b@c.de",
        "a@b.c",
        "a@b.de.",
        "a@.de",
        "a@b@c.de",
        "a@" + "b" * 300 + ".de",
    ],
)
def test_wrong_mail_addresses_are_refused(mail: str) -> None:
    assert not is_mail(mail)


def test_a_long_text_is_refused_at_once() -> None:
    started = time.monotonic()
    assert not is_mail("a." * 50_000 + "@")
    assert normal_telephone("0" * 100_000) is None
    assert time.monotonic() - started < 1


def test_only_what_was_told_is_sent() -> None:
    assert fields_of(Person(" Erika ")) == {"familyName": "Erika"}
    told = Person("Erika", "a@b.de", "keins", "Rollstuhl")
    assert fields_of(told) == {
        "familyName": "Erika",
        "email": "a@b.de",
        "telephone": "keins",
        "customTextfield": "Rollstuhl",
    }


def test_a_slot_fits_into_a_button() -> None:
    slot = Slot.from_token("1796108400@20101")
    assert slot.starts_at.isoformat() == "2026-12-01T08:00:00+01:00"
    assert Slot.from_token(slot.token) == slot
    for broken in ("", "x@1", "1796108400", "1796108400@", f"{10**30}@1"):
        with pytest.raises(InvalidInputError):
            Slot.from_token(broken)
