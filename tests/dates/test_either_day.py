"""A time that follows two days holds for both."""

from __future__ import annotations

from datetime import date, datetime, time

from kumpel.clock import TIME_ZONE
from kumpel.dates.resolve import resolve

NOW = datetime(2026, 11, 24, 10, 15, tzinfo=TIME_ZONE)


def test_a_time_after_two_days_holds_for_either() -> None:
    days = resolve("Montag oder Dienstag nächste Woche", NOW).wishes
    found = days.updated(resolve("14 Uhr", NOW).wishes)
    assert [(when.day, when.clock_time) for when in found.wanted] == [
        (date(2026, 11, 30), time(14)),
        (date(2026, 12, 1), time(14)),
    ]


def test_the_afternoon_is_known_in_the_speech_of_the_lower_rhine() -> None:
    wish = resolve("mittwoch nomittag", NOW).wishes.wanted[0]
    assert wish.day == date(2026, 11, 25)
    assert wish.start == time(12)
