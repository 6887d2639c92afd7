"""Cards show what the text says, and nothing that it does not."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from makers import (
    NOW,
    english,
    german,
    make_facts,
    make_hours,
    make_office,
    make_service,
    make_source,
)

from kumpel.answers.cards import (
    hours_card,
    merged,
    office_origins,
    service_origins,
    sources_card,
)
from kumpel.answers.facts import OfficeFacts
from kumpel.clock import TIME_ZONE
from kumpel.portal_client.models import DayHours, Interval, OfficeHours

MONDAY = NOW.date()
MORNING = Interval("08:00", "12:30", "walkIn")
AFTERNOON = Interval("14:00", "16:00", "walkIn")


def week(**changes: Any) -> OfficeHours:
    days = {
        MONDAY + timedelta(days=n): (MORNING,) if n % 7 < 5 else () for n in range(14)
    }
    return make_hours(days, **changes)


def place(hours: OfficeHours | None = None, **office: Any) -> OfficeFacts:
    return OfficeFacts(make_office(**office), hours or week())


def with_day(hours: OfficeHours, day: DayHours) -> OfficeHours:
    return replace(
        hours, days=tuple(day if d.day == day.day else d for d in hours.days)
    )


def test_an_open_office_says_until_when() -> None:
    card = hours_card(place(), None, NOW, german())
    assert card
    assert (card["kind"], card["office"], card["isOpen"]) == ("hours", "Amt", True)
    assert card["statement"] == "Jetzt geöffnet bis 12:30 Uhr"


def test_a_closed_office_says_when_it_opens() -> None:
    evening = NOW.replace(hour=20)
    card = hours_card(place(), None, evening, german())
    assert card
    assert card["isOpen"] is False
    assert "wieder geöffnet" in card["statement"]
    assert "Amt" not in card["statement"]


def test_the_week_begins_today_and_has_seven_days() -> None:
    card = hours_card(place(), None, NOW, german())
    assert card
    assert [day["date"] for day in card["days"]] == [
        (MONDAY + timedelta(days=n)).isoformat() for n in range(7)
    ]
    assert card["days"][0] == {
        "day": "Montag",
        "date": "2026-11-23",
        "times": ["08:00–12:30"],
    }
    assert card["days"][6] == {"day": "Sonntag", "date": "2026-11-29", "times": []}


def test_a_holiday_stands_as_the_reason_at_its_day() -> None:
    wednesday = MONDAY + timedelta(days=2)
    feast = DayHours(wednesday, False, (), "holiday", "Feiertag")
    card = hours_card(place(with_day(week(), feast)), None, NOW, german())
    assert card
    assert card["days"][2]["times"] == []
    assert card["days"][2]["reason"] == "Feiertag"
    assert "note" not in card["days"][2]


def test_a_lunch_break_gives_two_times() -> None:
    day = DayHours(MONDAY, True, (MORNING, AFTERNOON), None, None)
    card = hours_card(place(with_day(week(), day)), None, NOW, german())
    assert card
    assert card["days"][0]["times"] == ["08:00–12:30", "14:00–16:00"]


def test_hours_by_appointment_or_telephone_say_so() -> None:
    only = Interval("08:00", "12:30", "appointmentOnly")
    phone = Interval("14:00", "16:00", "phone")
    hours = with_day(week(), DayHours(MONDAY, True, (only,), None, None))
    tuesday = MONDAY + timedelta(days=1)
    hours = with_day(hours, DayHours(tuesday, True, (only, phone), None, None))
    card = hours_card(place(hours), None, NOW, german())
    assert card
    assert card["statement"].endswith("Nur mit Termin")
    assert card["days"][0]["note"] == "Nur mit Termin"
    assert "note" not in card["days"][1]
    assert "telefonische Sprechzeiten" in card["days"][1]["times"][1]


def test_an_english_card_keeps_the_portals_german_apart_from_its_own_words() -> None:
    only = Interval("08:00", "12:30", "appointmentOnly")
    eve = DayHours(MONDAY, True, (only,), "special", "Heiligabend")
    card = hours_card(place(with_day(week(), eve)), None, NOW, english())
    assert card
    assert (card["days"][0]["day"], card["days"][0]["reason"]) == (
        "Monday",
        "Heiligabend",
    )
    assert "appointment" in card["days"][0]["note"]
    assert "Heiligabend" not in card["days"][0]["note"]


def test_a_day_that_nobody_knows_is_not_shown_as_closed() -> None:
    tuesday = MONDAY + timedelta(days=1)
    unknown = DayHours(tuesday, False, (), None, None, is_known=False)
    card = hours_card(place(with_day(week(), unknown)), None, NOW, german())
    assert card
    assert tuesday.isoformat() not in [day["date"] for day in card["days"]]
    hours = with_day(week(), DayHours(MONDAY, False, (), None, None, is_known=False))
    today = hours_card(place(hours), None, NOW, german())
    assert today
    assert today["isOpen"] is None


@pytest.mark.parametrize("days_ahead", [1, 9, 40])
def test_another_day_is_told_and_shown_without_a_word_about_now(
    days_ahead: int,
) -> None:
    asked = MONDAY + timedelta(days=days_ahead)
    hours = week()
    if days_ahead == 40:
        far = DayHours(asked, True, (AFTERNOON,), None, None)
        hours = replace(hours, days=(*hours.days, far))
    card = hours_card(place(hours), asked, NOW, german())
    assert card
    assert card["isOpen"] is None
    assert card["statement"].startswith("Am ")
    assert asked.isoformat() in [day["date"] for day in card["days"]]


def test_unknown_hours_have_no_card() -> None:
    assert hours_card(place(week(are_known=False)), None, NOW, german()) is None
    nothing = OfficeFacts(make_office(), None)
    assert hours_card(nothing, None, NOW, german()) is None
    assert hours_card(place(make_hours({})), None, NOW, german()) is None


def test_english_days_and_statement() -> None:
    card = hours_card(place(), None, NOW, english())
    assert card
    assert card["days"][0]["day"] == "Monday"
    assert card["statement"] == "Open now until 12:30"


def test_the_clocks_may_change_within_the_week() -> None:
    now = datetime(2027, 3, 26, 9, 0, tzinfo=TIME_ZONE)
    days = {now.date() + timedelta(days=n): (MORNING,) for n in range(7)}
    card = hours_card(place(make_hours(days)), None, now, german())
    assert card
    assert len(card["days"]) == 7


def test_a_source_has_name_address_and_date() -> None:
    source = make_source(urls=("https://www.krefeld.de/a",), as_of="2026-02-03")
    card = sources_card([("Amt", source)])
    assert card == {
        "kind": "sources",
        "sources": [
            {
                "name": "Amt (krefeld.de)",
                "url": "https://www.krefeld.de/a",
                "asOf": "2026-02-03",
            }
        ],
    }


def test_without_a_day_it_says_the_month_or_when_it_was_read() -> None:
    month = sources_card([("Amt", make_source(as_of="2026-02"))])
    assert month
    assert month["sources"][0]["asOf"] == "02/2026"
    undated = make_source(as_of=None, retrieved="2026-11-02")
    read = sources_card([("Amt", undated)])
    assert read
    assert read["sources"][0]["retrieved"] == "2026-11-02"
    assert "asOf" not in read["sources"][0]


@pytest.mark.parametrize("address", ["Amtsblatt 12", "javascript:alert(1)", "ftp://x"])
def test_what_is_no_web_address_is_only_named(address: str) -> None:
    card = sources_card([("Amt", make_source(urls=(address,)))])
    assert card
    assert "url" not in card["sources"][0]


def test_the_same_source_stands_there_once() -> None:
    source = make_source()
    card = sources_card([("Amt", source), ("Amt", source)])
    assert card
    assert len(card["sources"]) == 1
    assert sources_card([]) is None


def test_only_what_was_told_is_named() -> None:
    service = make_service(source=make_source(urls=("https://a.example/s",)))
    own = make_office(source=make_source(urls=("https://b.example/o",)))
    hours = week(source=make_source(urls=("https://c.example/h",)))
    facts = make_facts(service, OfficeFacts(own, hours))

    def named(*aspects: str) -> list[str]:
        return [s.urls[0][8] for _, s in service_origins(facts, aspects)]

    assert named("fee") == ["a"]
    assert named("opening_hours") == ["c"]
    assert named("location") == ["b"]
    assert named("overview") == ["a", "b", "c"]
    assert named("fee", "opening_hours") == ["a", "c"]
    unknown = OfficeFacts(own, week(are_known=False))
    assert [s.urls[0][8] for _, s in office_origins(unknown, ["opening_hours"])] == [
        "b"
    ]
    nowhere = make_facts(service, None)
    assert [name for name, _ in service_origins(nowhere, ["location"])] == ["Dienst"]


def test_several_cards_stand_side_by_side() -> None:
    hours = hours_card(place(), None, NOW, german())
    sources = sources_card([("Amt", make_source())])
    other = sources_card([("Dienst", make_source())])
    assert merged() is merged(None, {}) is None
    assert merged(None, hours) == hours
    both = merged(hours, sources)
    assert both
    assert [card["kind"] for card in both["cards"]] == ["hours", "sources"]
    more = merged(both, other, sources)
    assert more
    assert [card["kind"] for card in more["cards"]] == ["hours", "sources"]
    names = [entry["name"] for entry in more["cards"][1]["sources"]]
    assert names == ["Amt (krefeld.de)", "Dienst (krefeld.de)"]
    # The parts stay as they were.
    assert sources
    assert len(sources["sources"]) == 1


def test_a_card_is_plain_json() -> None:
    card = merged(
        hours_card(place(), date(2026, 11, 25), NOW, german()),
        sources_card([("Amt", make_source())]),
    )
    assert json.loads(json.dumps(card)) == card
