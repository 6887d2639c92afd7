"""Number and code as citizens bring them along."""

from __future__ import annotations

import base64

import pytest

from kumpel.appointments.credentials import (
    code_in,
    credentials_in,
    number_in,
    read_token,
    token_of,
)
from kumpel.appointments.models import Credentials

KEY = "9f0c" * 16
MINE = Credentials("25154370", KEY)


@pytest.mark.parametrize(
    "text",
    [
        f"25154370 {KEY}",
        f"Terminnummer: 25154370, Code {KEY.upper()}.",
        f"{KEY}\n25154370",
        f"mein code ist {KEY[:40]}\n{KEY[40:]} und die nummer 25154370",
        f"https://x.example/terminvereinbarung/appointment/{token_of(MINE)}",
        f"<https://x.example/t.html#/appointment/confirm/{token_of(MINE)}==>",
        "#/appointment/"
        + base64.b64encode(f'{{"id":"25154370","authKey":"{KEY}"}}'.encode()).decode(),
    ],
)
def test_number_and_code_are_found_in_a_message(text: str) -> None:
    assert credentials_in(text) == MINE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Termin absagen",
        "25154370",
        f"code {KEY}",
        f"25154370 {KEY[:-1]}",
        "/appointment/eyJpZCI6IngiLCJhdXRoS2V5IjoieCJ9",
        "eyJ" + "A" * 5000,
        "0151 23456789 😀",
        "x" * 300,
    ],
)
def test_what_is_incomplete_is_none(text: str) -> None:
    assert credentials_in(text) is None


def test_one_of_both_is_found_alone() -> None:
    assert number_in("die nummer ist 101002 glaub ich") == "101002"
    assert code_in(f"hier: {KEY}") == KEY
    assert code_in("101002 fb43") == "fb43"
    assert number_in(KEY) is None


def test_a_token_is_the_one_of_the_mails() -> None:
    assert read_token(token_of(MINE)) == MINE
    for broken in ("", "eyJ", "%%%", "é", base64.b64encode(b"[1]").decode()):
        assert read_token(broken) is None
