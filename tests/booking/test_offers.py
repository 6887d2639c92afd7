"""Which free slots are offered."""

from __future__ import annotations

from datetime import date, datetime

from kumpel.appointments.models import BookableOffice, FreeDay, Slot
from kumpel.booking.offers import days_of, good_offers, in_same_week, nearest, suits
from kumpel.booking.places import office_named_in
from kumpel.clock import TIME_ZONE
from kumpel.dates.resolve import resolve
from kumpel.dates.values import Wishes

NOW = datetime(2026, 11, 24, 10, 15, tzinfo=TIME_ZONE)


def slot(text: str, office: str = "1") -> Slot:
    return Slot(datetime.fromisoformat(text).replace(tzinfo=TIME_ZONE), office)


def wishes(text: str) -> Wishes:
    return resolve(text, NOW).wishes


def test_offers_begin_with_the_earliest_and_differ() -> None:
    slots = [slot(f"2026-11-25 08:{m}0", o) for m in range(6) for o in "12"]
    slots += [slot("2026-11-26 14:00", "1")]
    offers = good_offers(slots, ["1", "2"])
    assert offers[0] == slot("2026-11-25 08:00", "1")
    assert len(offers) == 4
    assert {s.office for s in offers} == {"1", "2"}
    assert slot("2026-11-26 14:00", "1") in offers
    assert good_offers([], ["1"]) == ()


def test_the_nearest_includes_the_wanted_office() -> None:
    slots = [slot(f"2026-12-01 {h:02}:00", str(h)) for h in range(8, 12)]
    slots.append(slot("2026-12-02 09:00", "90"))
    offers = nearest(slots, wishes("am 1.12. um 9 Uhr"), "90")
    assert slot("2026-12-01 09:00", "9") in offers
    assert slot("2026-12-02 09:00", "90") in offers


def test_days_suit_by_office_and_wish() -> None:
    free = [
        FreeDay(date(2026, 12, day), ("1",) if day < 3 else ("2",)) for day in (1, 2, 3)
    ]
    assert days_of(wishes("mittwochs"), free, None) == [date(2026, 12, 2)]
    assert days_of(Wishes(), free, "2") == [date(2026, 12, 3)]


def test_roughly_takes_an_hour_around() -> None:
    assert suits(wishes("am 1.12. gegen 10"), slot("2026-12-01 10:40"))
    assert not suits(wishes("am 1.12. gegen 10"), slot("2026-12-01 12:00"))


def test_rather_wednesday_is_in_the_week_that_was_wanted() -> None:
    before = wishes("Dienstag in einer Woche")
    said = resolve("nein doch lieber mittwoch", NOW)
    found = in_same_week(said.wishes, said.mentions, before, NOW.date())
    assert found.wanted[0].day == date(2026, 12, 2)
    said = resolve("lieber morgen", NOW)
    found = in_same_week(said.wishes, said.mentions, before, NOW.date())
    assert found.wanted[0].day == date(2026, 11, 25)


def test_an_office_is_known_by_a_word_of_its_name() -> None:
    names = ["Bürgerbüro Mitte (Rathaus)", "Bürgerbüro Fischeln (Rathaus Fischeln)"]
    offices = [
        BookableOffice(
            str(number), None, name, None, None, None, None,
            True, "offered", "offered", None, None, 15,
        )
        for number, name in enumerate(names)
    ]  # fmt: skip
    assert office_named_in("im Rathaus bitte", offices) == offices[0]
    assert office_named_in("in Fischeln", offices) == offices[1]
    assert office_named_in("Mitte Dezember", offices) is None
    assert office_named_in("im Bürgerbüro", offices) is None
