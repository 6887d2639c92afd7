"""The desk in front of the embedded portal, as generation A and as generation B."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from urllib.parse import urlsplit

import icalendar
import pytest
from booking_counter import Counter

from kumpel.appointments.credentials import credentials_in
from kumpel.appointments.models import Credentials, Person, Slot, WaitingWish, Wish
from kumpel.errors import (
    AppointmentNotFoundError,
    CaptchaNeededError,
    InvalidInputError,
    InvalidPersonError,
    LockedError,
    NotBookableError,
    NotCancellableError,
    PortalUnavailableError,
    ReservationLapsedError,
    SlotTakenError,
    TooManyAppointmentsError,
    TooManyPersonsError,
    WrongCodeError,
)

PASS = "personalausweis"
FIRST, LAST = date(2026, 11, 23), date(2027, 1, 31)
OPPUM, FISCHELN = "20106", "20107"
Make = Callable[..., Counter]


def wish(**more: object) -> Wish:
    return Wish(**{"service": PASS, "first": FIRST, "last": LAST, **more})  # type: ignore[arg-type]


def person(name: str = "Erika Musterfrau", **more: str) -> Person:
    told = {"mail": f"{name.split()[0].lower()}@example.org", **more}
    return Person(name, **told)


def a_slot(counter: Counter, number: int = 0, **more: object) -> Slot:
    return counter.desk.free_slots(wish(**more), most_days=2)[number]


def booked(counter: Counter, key: str, name: str = "Erika Musterfrau", **more: object):  # type: ignore[no-untyped-def]
    reservation = counter.desk.reserve(a_slot(counter, -1, **more), PASS, 1, key)
    counter.desk.update(reservation, person(name))
    return counter.desk.confirm(reservation)


def seats_taken(counter: Counter, slot: Slot) -> bool:
    found = counter.desk.free_slots(
        wish(first=slot.day, last=slot.day, offices=(slot.office,))
    )
    return slot not in found


# --- What can be booked, and what is free


def test_the_generation_is_found_out(counter: Counter) -> None:
    a_slot(counter)
    adapter = counter.zms.session.get_adapter(counter.settings.portal_url)
    expected = "A" if type(adapter).__name__ == "WithoutCalendar" else "B"
    kept = counter.desk._shared.generation
    assert kept.get(lambda: pytest.fail("not asked yet"), 0) == expected


def test_a_service_names_its_offices_with_district_and_address(
    counter: Counter,
) -> None:
    service = counter.desk.service(PASS)
    assert (service.slug, service.most_persons) == (PASS, 5)
    fischeln = service.office("buergerbuero-fischeln")
    assert fischeln is service.office(FISCHELN)
    assert fischeln
    assert fischeln.district == "Fischeln"
    assert fischeln.address == "Kölner Straße 517, 47807 Krefeld"
    assert fischeln.reservation_minutes == 15


def test_invented_hours_are_hinted_at(counter: Counter) -> None:
    service = counter.desk.service(PASS)
    north, middle = service.office("20104"), service.office("20103")
    assert north
    assert middle
    assert "Beispieltermine" in (north.hint or "")
    assert middle.hint is None


@pytest.mark.parametrize("slug", ["altpapier", "gibt-es-nicht", "../x", ""])
def test_what_is_not_booked_is_told(counter: Counter, slug: str) -> None:
    assert not counter.desk.is_bookable(slug)
    with pytest.raises(NotBookableError):
        counter.desk.service(slug)


def test_each_free_day_has_slots_at_the_offices_it_names(counter: Counter) -> None:
    days = counter.desk.free_days(wish(offices=(OPPUM, FISCHELN)))
    assert len(days) > 5
    assert [found.day for found in days] == sorted({found.day for found in days})
    assert all(found.day.weekday() < 5 for found in days)
    for found in days[:3]:
        slots = counter.desk.free_slots(
            wish(first=found.day, last=found.day, offices=(OPPUM, FISCHELN))
        )
        assert {slot.office for slot in slots} == set(found.offices)
        assert {slot.day for slot in slots} == {found.day}


def test_slots_of_several_offices_come_in_the_order_of_time(counter: Counter) -> None:
    slots = counter.desk.free_slots(wish(), most_days=2)
    assert list(slots) == sorted(slots)
    assert len({slot.day for slot in slots}) == 2
    assert len({slot.office for slot in slots}) > 2
    assert all(slot.starts_at > counter.clock() for slot in slots)


def test_an_office_may_be_named_by_its_slug(counter: Counter) -> None:
    slots = counter.desk.free_slots(wish(offices=("buergerbuero-oppum",)), 1)
    assert {slot.office for slot in slots} == {OPPUM}


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 11, 1), date(2026, 11, 20)),  # past
        (date(2026, 11, 28), date(2026, 11, 29)),  # a weekend
        (date(2026, 12, 25), date(2026, 12, 26)),  # Christmas
        (date(2027, 6, 1), date(2027, 6, 30)),  # not released yet
        (date(2026, 12, 10), date(2026, 12, 1)),  # reversed
    ],
)
def test_nothing_free_is_an_empty_answer(
    counter: Counter, first: date, last: date
) -> None:
    nothing = wish(first=first, last=last)
    assert counter.desk.free_days(nothing) == ()
    assert counter.desk.free_slots(nothing) == ()


def test_a_range_of_years_is_cut_off(counter: Counter) -> None:
    assert counter.desk.free_days(wish(first=date(2020, 1, 1), last=date.max))


def test_several_persons_need_a_longer_gap(counter: Counter) -> None:
    one = set(counter.desk.free_slots(wish(offices=(OPPUM,)), 1))
    four = set(counter.desk.free_slots(wish(offices=(OPPUM,), persons=4), 1))
    assert four < one


def test_too_many_persons_are_refused_with_the_limit(counter: Counter) -> None:
    with pytest.raises(TooManyPersonsError) as caught:
        counter.desk.free_slots(wish(persons=6))
    assert caught.value.most == 5
    with pytest.raises(TooManyPersonsError):
        counter.desk.reserve(a_slot(counter), PASS, 6, "six")
    with pytest.raises(InvalidInputError):
        counter.desk.free_days(wish(persons=0))


def test_an_office_without_the_service_is_refused(counter: Counter) -> None:
    with pytest.raises(NotBookableError):
        counter.desk.free_days(wish(offices=("standesamt",)))
    with pytest.raises(NotBookableError):
        counter.desk.reserve(Slot(a_slot(counter).starts_at, "1"), PASS, 1, "x")


# --- Book, look up, cancel


def test_an_appointment_is_booked_found_and_cancelled(counter: Counter) -> None:
    slot = a_slot(counter, 3)
    reservation = counter.desk.reserve(slot, PASS, 2, "booked")
    assert reservation.slot == slot
    assert reservation.office.id == slot.office
    assert reservation.expires_at == counter.clock() + timedelta(minutes=15)
    told = person("Renate Beispiel", telephone="0 21 51 / 86-16 10")
    reservation = counter.desk.update(reservation, told)

    appointment = counter.desk.confirm(reservation)
    assert appointment.status == "confirmed"
    assert (appointment.service, appointment.persons) == (PASS, 2)
    assert appointment.slot == slot
    assert appointment.office == reservation.office
    assert appointment.person.telephone == "02151861610"
    assert appointment.number != appointment.process_id
    event = icalendar.Calendar.from_ical(appointment.calendar).walk("VEVENT")[0]
    assert event["DTSTART"].dt == slot.starts_at

    found = counter.desk.find(appointment.credentials)
    assert found == appointment
    gone = counter.desk.cancel(appointment.credentials)
    assert gone.status == "cancelled"
    assert gone.office == appointment.office
    with pytest.raises(WrongCodeError):
        counter.desk.find(appointment.credentials)
    with pytest.raises(WrongCodeError):
        counter.desk.cancel(appointment.credentials)


def test_confirming_twice_is_harmless(counter: Counter) -> None:
    reservation = counter.desk.reserve(a_slot(counter), PASS, 1, "twice")
    counter.desk.update(reservation, person("Zwei Mal"))
    first = counter.desk.confirm(reservation)
    assert counter.desk.confirm(reservation) == first


def test_a_mail_may_have_to_confirm(counter: Counter) -> None:
    reservation = counter.desk.reserve(a_slot(counter), PASS, 1, "by mail")
    counter.desk.update(reservation, person("Per Mail"))
    assert counter.desk.preconfirm(reservation).status == "preconfirmed"
    assert counter.desk.preconfirm(reservation).status == "preconfirmed"
    assert counter.desk.confirm(reservation).status == "confirmed"


def test_the_same_key_gives_the_same_reservation(counter: Counter) -> None:
    slot = a_slot(counter)
    first = counter.desk.reserve(slot, PASS, 1, "double click")
    again = counter.desk.reserve(slot, PASS, 1, "double click")
    assert again == first


def test_the_same_key_with_another_slot_is_another_reservation(
    counter: Counter,
) -> None:
    slots = counter.desk.free_slots(wish(), 1)
    first = counter.desk.reserve(slots[0], PASS, 1, "corrected")
    other = counter.desk.reserve(slots[1], PASS, 1, "corrected")
    assert first.process_id != other.process_id


def test_a_key_of_a_reservation_that_was_given_back_is_used_up(
    counter: Counter,
) -> None:
    slot = a_slot(counter)
    reservation = counter.desk.reserve(slot, PASS, 1, "given back")
    assert counter.desk.cancel(reservation.credentials).status == "cancelled"
    with pytest.raises(ReservationLapsedError):
        counter.desk.reserve(slot, PASS, 1, "given back")


def test_a_slot_that_is_taken_meanwhile_is_told(counter: Counter) -> None:
    slot = a_slot(counter, -1, offices=(OPPUM,))
    for number in range(9):
        if seats_taken(counter, slot):
            break
        counter.desk.reserve(slot, PASS, 1, f"taken {number}")
    with pytest.raises(SlotTakenError):
        counter.desk.reserve(slot, PASS, 1, "too late")


def test_a_slot_in_the_past_is_taken(counter: Counter) -> None:
    yesterday = Slot(counter.clock() - timedelta(days=1), OPPUM)
    with pytest.raises(SlotTakenError):
        counter.desk.reserve(yesterday, PASS, 1, "yesterday")


@pytest.mark.parametrize(
    ("told", "fields"),
    [
        (Person("", "a@example.org"), ("name",)),
        (Person("Erika", "a+b@example.org"), ("mail",)),
        (Person("Erika"), ("mail",)),
        (Person("Erika", "a@example.org", "keins"), ("telephone",)),
        (Person("Erika", "a@example.org", remark="x" * 251), ("remark",)),
        (Person(" ", "kein Mail", "12"), ("name", "mail", "telephone")),
    ],
)
def test_wrong_contact_data_is_named(
    counter: Counter, told: Person, fields: tuple[str, ...]
) -> None:
    key = f"wrong {fields} {told.mail}"
    reservation = counter.desk.reserve(a_slot(counter), PASS, 1, key)
    with pytest.raises(InvalidPersonError) as caught:
        counter.desk.update(reservation, told)
    assert set(caught.value.fields) == set(fields)
    assert "example.org" not in str(caught.value)
    counter.desk.cancel(reservation.credentials)


def test_confirming_without_contact_data_names_what_is_missing(
    counter: Counter,
) -> None:
    reservation = counter.desk.reserve(a_slot(counter), PASS, 1, "nobody")
    with pytest.raises(InvalidPersonError) as caught:
        counter.desk.preconfirm(reservation)
    assert caught.value.fields == ("mail",)


def test_an_unknown_number_and_a_wrong_code_are_told_apart(counter: Counter) -> None:
    appointment = booked(counter, "mine", "Meins Allein")
    with pytest.raises(WrongCodeError):
        counter.desk.find(Credentials(appointment.process_id, "0" * 64))
    with pytest.raises(WrongCodeError):
        counter.desk.cancel(Credentials(appointment.process_id, "kein code"))
    with pytest.raises(AppointmentNotFoundError):
        counter.desk.find(Credentials("1", appointment.auth_key))
    with pytest.raises(AppointmentNotFoundError):
        counter.desk.find(Credentials("x", appointment.auth_key))


def test_five_wrong_codes_lock_and_say_for_how_long(counter: Counter) -> None:
    appointment = booked(counter, "locked", "Zuge Sperrt")
    wrong = Credentials(appointment.process_id, "0" * 64)
    for _ in range(4):
        with pytest.raises(WrongCodeError) as caught:
            counter.desk.find(wrong)
        assert not isinstance(caught.value, LockedError)
    for credentials in (wrong, appointment.credentials):
        with pytest.raises(LockedError) as locked:
            counter.desk.find(credentials)
        assert 800 < locked.value.retry_in_seconds <= 900


# --- Move


def test_moving_keeps_who_comes_and_frees_the_old_slot(counter: Counter) -> None:
    old = booked(counter, "to be moved", "Umzug Mann", offices=(FISCHELN,))
    target = a_slot(counter, 0, offices=(OPPUM,))
    moved = counter.desk.move(old.credentials, target, "move")
    assert moved.is_old_cancelled
    assert moved.new.status == "confirmed"
    assert moved.new.slot == target
    assert moved.new.person == old.person
    assert moved.new.office
    assert moved.new.office.slug == "buergerbuero-oppum"
    with pytest.raises(WrongCodeError):
        counter.desk.find(old.credentials)


def test_the_old_appointment_stands_where_the_new_slot_is_taken(
    counter: Counter,
) -> None:
    old = booked(counter, "stays", "Bleibt Hier")
    past = Slot(counter.clock() - timedelta(hours=1), OPPUM)
    nowhere = Slot(old.slot.starts_at, "1")
    with pytest.raises(SlotTakenError):
        counter.desk.move(old.credentials, past, "move into the past")
    with pytest.raises(NotBookableError):
        counter.desk.move(old.credentials, nowhere, "move to nowhere")
    assert counter.desk.find(old.credentials).status == "confirmed"


def test_moving_twice_at_once_leaves_exactly_one_appointment(counter: Counter) -> None:
    old = booked(counter, "double move", "Doppel Klick")
    target = a_slot(counter, 1, offices=(OPPUM,))
    barrier = threading.Barrier(2)

    def move(_: int) -> str:
        barrier.wait()
        try:
            return counter.desk.move(old.credentials, target, "twice").new.auth_key
        except (WrongCodeError, ReservationLapsedError):
            return ""

    with ThreadPoolExecutor(2) as pool:
        keys = {key for key in pool.map(move, range(2)) if key}
    assert len(keys) == 1
    with pytest.raises(WrongCodeError):
        counter.desk.find(old.credentials)


# --- What only a server of one's own shows


def test_a_reservation_lapses(own_counter: Make) -> None:
    counter = own_counter()
    reservation = counter.desk.reserve(a_slot(counter), PASS, 1, "slow")
    counter.desk.update(reservation, person())
    counter.clock.forward(minutes=16)
    with pytest.raises(ReservationLapsedError):
        counter.desk.update(reservation, person())
    with pytest.raises(ReservationLapsedError):
        counter.desk.confirm(reservation)


def test_a_past_appointment_is_not_cancelled_nor_moved(own_counter: Make) -> None:
    counter = own_counter()
    appointment = booked(counter, "past")
    counter.clock.forward(days=3)
    with pytest.raises(NotCancellableError):
        counter.desk.cancel(appointment.credentials)
    with pytest.raises(NotCancellableError):
        counter.desk.move(appointment.credentials, a_slot(counter), "too late")


def test_one_mail_address_has_a_limit_and_nothing_is_lost(own_counter: Make) -> None:
    counter = own_counter()
    service = "aufenthaltstitel"
    slots = counter.desk.free_slots(wish(service=service), 1)
    first = counter.desk.reserve(slots[0], service, 1, "one")
    counter.desk.update(first, person())
    appointment = counter.desk.confirm(first)
    second = counter.desk.reserve(slots[-1], service, 1, "two")
    with pytest.raises(TooManyAppointmentsError):
        counter.desk.update(second, person())
    assert counter.desk.find(appointment.credentials).status == "confirmed"
    # To move it is no second one: it is replaced in the step that confirms.
    moved = counter.desk.move(appointment.credentials, slots[-1], "three")
    assert moved.is_old_cancelled
    assert counter.desk.find(moved.new.credentials).status == "confirmed"
    with pytest.raises(WrongCodeError):
        counter.desk.find(appointment.credentials)


def test_our_own_key_needs_no_captcha_and_others_are_told_of_it(
    own_counter: Make,
) -> None:
    counter = own_counter(CAPTCHA_ENABLED="1")
    slot = a_slot(counter)
    counter.desk._transport._headers.pop("X-API-Key")
    with pytest.raises(CaptchaNeededError):
        counter.desk.free_days(wish())
    with pytest.raises(CaptchaNeededError):
        counter.desk.reserve(slot, PASS, 1, "robot")
    assert counter.desk.link(PASS).url


def test_maintenance_is_an_outage(own_counter: Make) -> None:
    counter = own_counter(MAINTENANCE_ENABLED="1")
    with pytest.raises(PortalUnavailableError):
        counter.desk.service(PASS)


def test_the_pages_of_an_appointment_open(own_counter: Make) -> None:
    counter = own_counter()
    appointment = booked(counter, "pages")
    pages = counter.desk.pages(appointment.credentials)
    assert pages
    assert pages.calendar_url
    assert credentials_in(f"Hier: {pages.show_url} !") == appointment.credentials
    for url, kind in ((pages.show_url, "text/html"), (pages.calendar_url, "calendar")):
        answer = counter.zms.session.get("http://portal" + urlsplit(url).path)
        assert answer.status_code == 200
        assert kind in answer.headers["Content-Type"]


def test_a_citizen_waits_for_an_earlier_date(own_counter: Make) -> None:
    counter = own_counter()
    assert counter.desk.capabilities.has_waiting_list
    first = counter.desk.free_slots(wish(offices=(OPPUM,)), 1)[0]
    waiting = WaitingWish(PASS, first.starts_at, person(), (OPPUM,))
    place = counter.desk.join_waiting_list(waiting)
    assert place.token
    assert (place.position, place.offered_until) == (1, None)
    assert place.before == first.starts_at
    second = counter.desk.join_waiting_list(waiting)
    assert second.position == 2


def test_the_waiting_list_refuses_what_is_wrong(own_counter: Make) -> None:
    counter = own_counter()
    before = counter.clock() + timedelta(days=5)
    with pytest.raises(InvalidPersonError) as caught:
        counter.desk.join_waiting_list(WaitingWish(PASS, before, Person("", "x")))
    assert set(caught.value.fields) == {"name", "mail"}
    with pytest.raises(NotBookableError):
        counter.desk.join_waiting_list(WaitingWish("altpapier", before, person()))


def test_nothing_that_identifies_a_citizen_shows_in_a_value(own_counter: Make) -> None:
    counter = own_counter()
    appointment = booked(counter, "private", "Heimlich Geheim")
    shown = repr(appointment) + repr(appointment.credentials)
    shown += repr(counter.desk.pages(appointment.credentials))
    assert appointment.auth_key not in shown
    assert "Heimlich" not in shown
    assert "heimlich@" not in shown
