"""Wishes over several messages, and how they are stored."""

from __future__ import annotations

import json
from datetime import date, datetime, time

import pytest

from kumpel.dates.resolve import resolve
from kumpel.dates.values import When, Wishes

NOW = datetime(2026, 11, 23, 10, 15)
TUESDAY, WEDNESDAY = date(2026, 11, 24), date(2026, 11, 25)


def wishes(*messages: str) -> Wishes:
    said = Wishes()
    for message in messages:
        said = said.updated(resolve(message, NOW).wishes)
    return said


def test_a_correction_of_the_day_keeps_the_time() -> None:
    said = wishes("Dienstag nachmittag", "nein, doch lieber Mittwoch")
    assert said.wanted == (When(WEDNESDAY, WEDNESDAY, start=time(12), end=time(18)),)


def test_a_correction_of_the_time_keeps_the_day() -> None:
    said = wishes("Dienstag nachmittag", "besser um 10 Uhr")
    assert said.wanted == (When(TUESDAY, TUESDAY, start=time(10), end=time(10)),)


def test_what_was_excluded_stays_so() -> None:
    said = wishes("nicht montags", "ab 14 Uhr")
    assert said.admits(datetime(2026, 11, 24, 15))
    assert not said.admits(datetime(2026, 11, 30, 15))
    assert not said.admits(datetime(2026, 11, 24, 10))


def test_what_was_excluded_may_be_wanted_after_all() -> None:
    said = wishes("nicht montags", "dann eben doch am 30.11.")
    assert said.admits(datetime(2026, 11, 30, 9))


def test_a_wish_that_is_taken_back_is_gone() -> None:
    said = wishes("Dienstag", "Dienstag geht doch nicht")
    assert said.wanted == ()
    assert not said.admits(datetime(2026, 11, 24, 9))
    assert said.admits(datetime(2026, 11, 25, 9))


def test_no_matter_when_lets_all_suit() -> None:
    said = wishes("Dienstag um 10", "ach, egal wann")
    assert said.admits(datetime(2027, 3, 1, 16))


def test_without_wishes_all_suits() -> None:
    assert not Wishes()
    assert Wishes().admits(datetime(2026, 11, 24, 9))


@pytest.mark.parametrize(
    ("message", "suits", "suits_not"),
    [
        ("um 10", "2026-11-24T10:00", "2026-11-24T10:05"),
        ("bis 12 Uhr", "2026-11-24T11:55", "2026-11-24T12:00"),
        ("ab Mittwoch", "2026-12-24T11:55", "2026-11-24T12:00"),
        ("nachts", "2026-11-24T23:00", "2026-11-24T12:00"),
        ("vormittags außer montags", "2026-11-24T09:00", "2026-11-30T09:00"),
        ("Dienstag nachmittag geht nicht", "2026-11-25T13:00", "2026-11-24T13:00"),
    ],
)
def test_moments_suit_or_do_not(message: str, suits: str, suits_not: str) -> None:
    said = wishes(message)
    assert said.admits(datetime.fromisoformat(suits))
    assert not said.admits(datetime.fromisoformat(suits_not))


def test_wishes_survive_a_slot() -> None:
    said = wishes("Dienstag oder mittwochs ab 15 Uhr, nicht am 9.12., möglichst bald")
    stored = json.loads(json.dumps(said.to_json()))
    assert Wishes.from_json(stored) == said
    assert Wishes.from_json(None) == Wishes()


def test_a_broken_slot_is_refused() -> None:
    with pytest.raises(ValueError, match="isoformat"):
        Wishes.from_json({"wanted": [{"first": "tomorrow"}]})


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("Dienstag", "day"),
        ("nächste Woche", "days"),
        ("um 10", "time"),
        ("nachmittags", "times"),
        ("egal wann", "anything"),
    ],
)
def test_a_wish_says_what_is_named(message: str, kind: str) -> None:
    assert wishes(message).wanted[0].kind == kind
