"""Opening hours in words."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from makers import german, make_hours, make_office, make_source

from kumpel.answers import hours, offices
from kumpel.answers.facts import OfficeFacts, Question
from kumpel.clock import TIME_ZONE
from kumpel.portal_client.models import DayHours, Interval

MONDAY = date(2026, 11, 23)
LUNCH = (Interval("08:00", "12:30", "walkIn"), Interval("13:00", "16:00", "walkIn"))


def _at(time: str, day: date = MONDAY) -> datetime:
    hour, minute = map(int, time.split(":"))
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=TIME_ZONE)


def _say(time: str, days: dict[date, tuple[Interval, ...]], day: date = MONDAY) -> str:
    place = OfficeFacts(make_office(), make_hours(days))
    return hours.state_sentence(place, _at(time, day), german())


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        ("07:59", "Amt: noch geschlossen, öffnet heute um 8:00 Uhr."),
        ("08:00", "Amt: jetzt geöffnet bis 12:30 Uhr, danach wieder ab 13:00 Uhr."),
        ("12:29", "Amt: jetzt geöffnet bis 12:30 Uhr, danach wieder ab 13:00 Uhr."),
        ("12:30", "Amt: gerade geschlossen, heute wieder geöffnet ab 13:00 Uhr."),
        ("13:00", "Amt: jetzt geöffnet bis 16:00 Uhr."),
        ("16:00", "Amt: heute schon geschlossen, wieder geöffnet morgen ab 8:00 Uhr."),
    ],
)
def test_a_lunch_break_closes_the_office(time: str, expected: str) -> None:
    days = {MONDAY: LUNCH, MONDAY + timedelta(days=1): LUNCH}
    assert _say(time, days) == expected


def test_touching_intervals_are_one() -> None:
    days = {
        MONDAY: (
            Interval("08:00", "12:00", "walkIn"),
            Interval("12:00", "16:00", "walkIn"),
        )
    }
    assert _say("10:00", days) == "Amt: jetzt geöffnet bis 16:00 Uhr."


def test_midnight_ends_a_day() -> None:
    days = {MONDAY: (Interval("08:00", "24:00", "phone"),)}
    assert (
        _say("23:59", days)
        == "Amt: jetzt geöffnet bis 24:00 Uhr. Das sind telefonische Sprechzeiten."
    )


def test_hours_by_appointment_are_marked() -> None:
    days = {MONDAY: (Interval("08:00", "12:00", "appointmentOnly"),)}
    assert _say("09:00", days).endswith("12:00 Uhr. Nur mit Termin.")


def test_an_office_that_does_not_open_again_names_a_number() -> None:
    assert "02151 86-0" in _say("10:00", {MONDAY: ()})


def test_unknown_hours_are_said_with_the_number() -> None:
    place = OfficeFacts(make_office(), None)
    expected = (
        "Die Öffnungszeiten von „Amt“ kenne ich leider nicht sicher, "
        "bitte fragen Sie unter 02151 86-0."
    )
    assert hours.state_sentence(place, _at("10:00"), german()) == expected
    unknown = OfficeFacts(make_office(), make_hours({}, are_known=False))
    assert hours.state_sentence(unknown, _at("10:00"), german()) == expected
    assert hours.day_sentence(unknown, MONDAY, german()) == expected


def test_a_day_that_no_source_knows_is_unknown_and_no_closed_day() -> None:
    resolved = make_hours({MONDAY + timedelta(days=1): LUNCH})
    unknown = DayHours(MONDAY, False, (), "holiday", "Ostermontag", is_known=False)
    known = type(resolved)(**{**vars(resolved), "days": (unknown, *resolved.days)})
    place = OfficeFacts(make_office(), known)
    assert "weiß ich leider nicht sicher" in hours.state_sentence(
        place, _at("10:00"), german()
    )
    assert "geschlossen" not in " ".join(
        hours.week_lines(known, _at("10:00"), german())
    )


def test_a_holiday_is_named_and_does_not_become_the_usual_week() -> None:
    days = {MONDAY + timedelta(days=offset): LUNCH for offset in range(14)}
    holiday = DayHours(MONDAY, False, (), "holiday", "Feiertag")
    resolved = make_hours(days)
    with_holiday = type(resolved)(
        **{**vars(resolved), "days": (holiday, *resolved.days[1:])}
    )
    place = OfficeFacts(make_office(), with_holiday)
    said = hours.state_sentence(place, _at("10:00"), german())
    assert (
        said == "Amt: heute geschlossen (Feiertag), wieder geöffnet morgen ab 8:00 Uhr."
    )
    lines = hours.week_lines(with_holiday, _at("10:00"), german())
    assert lines == [
        "Mo–So: 8:00–12:30, 13:00–16:00 Uhr",
        "Montag, 23.11.2026: geschlossen (Feiertag)",
    ]


@pytest.mark.parametrize("day", [date(2026, 10, 25), date(2027, 3, 28)])
def test_days_of_the_clock_change_have_their_hours(day: date) -> None:
    days = {day: (Interval("10:00", "18:00", "walkIn"),)}
    assert (
        _say("09:30", days, day) == "Amt: noch geschlossen, öffnet heute um 10:00 Uhr."
    )
    assert _say("17:59", days, day) == "Amt: jetzt geöffnet bis 18:00 Uhr."


def test_a_past_day_is_answered_as_now() -> None:
    place = OfficeFacts(make_office(), make_hours({MONDAY: LUNCH}))
    question = Question(day=MONDAY - timedelta(days=30))
    told = offices.opening_hours(place, question, _at("10:00"), german()).text
    assert told.startswith("Amt: jetzt geöffnet bis 12:30 Uhr")


def test_old_hours_are_told_with_a_warning() -> None:
    source = make_source(as_of="2020-05")
    place = OfficeFacts(
        make_office(), make_hours({MONDAY: LUNCH}, source=source, is_outdated=True)
    )
    told = offices.opening_hours(place, Question(), _at("10:00"), german()).text
    assert "Stand 05/2020: bitte vorher unter 02151 86-0 anrufen" in told
