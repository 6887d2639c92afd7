"""Bookings with the real desk, where time passes and others book too."""

from __future__ import annotations

import re

import pytest
from talker import Talker

from kumpel.appointments.booking_link import BookingLink
from kumpel.appointments.credentials import token_of
from kumpel.appointments.directory import Directory
from kumpel.booking.box import open_box
from kumpel.errors import PortalUnavailableError

NAME, MAIL = "Ute Janßen", "u.janssen@example.org"


def _up_to_check(citizen: Talker, text: str = "Termin für Reisepass am Freitag") -> str:
    citizen.book(text)
    citizen.say("das erste", "choose")
    citizen.say(NAME)
    return citizen.say(MAIL)


def _booked(citizen: Talker, text: str = "Termin für Reisepass am Freitag") -> str:
    _up_to_check(citizen, text)
    reply = citizen.say("ja", "affirm")
    found = re.search(r"Terminnummer ist (\d+)", reply)
    assert found, reply
    return found[1]


def _credentials(citizen: Talker) -> str:
    box = open_box(citizen.slots["appointment"], "test")
    assert box.credentials
    return token_of(box.credentials)


def test_a_booking_ends_with_all_that_is_needed(citizen: Talker) -> None:
    assert "Stimmt alles?" in _up_to_check(citizen)
    reply = citizen.press("Ja, buchen")
    for part in ("Terminnummer", "Wo:", "Mitbringen:", "Kosten:", "termin.ics"):
        assert part in reply
    assert citizen.step is None
    assert citizen.slots["service"] == "reisepass"
    assert citizen.slots["aspect"] == "appointment"


def test_a_lapsed_reservation_is_made_again(citizen: Talker) -> None:
    _up_to_check(citizen)
    citizen.wait(minutes=20)
    reply = citizen.say("ja", "affirm")
    assert "war abgelaufen" in reply
    assert NAME in reply
    assert "gebucht" in citizen.say("ja", "affirm")


def test_a_slot_taken_meanwhile_is_told_with_others(citizen: Talker) -> None:
    citizen.book("Termin für Reisepass am Donnerstag in Hüls")
    other = citizen.another("other-taker")
    other.book("Termin für Reisepass am Donnerstag in Hüls")
    titles = [b["title"] for b in citizen.buttons]
    assert titles == [b["title"] for b in other.buttons]
    other.press(titles[0])
    reply = citizen.press(titles[0])
    assert "jemand anderes" in reply
    assert citizen.step == "slot"
    assert titles[0] not in [b["title"] for b in citizen.buttons]


def test_a_double_click_reserves_once(citizen: Talker) -> None:
    citizen.book("Termin für Reisepass am Donnerstag")
    payload = citizen.buttons[0]["payload"]
    citizen.press_payload(payload)
    first = citizen.slots["dialogue"]["process_id"]
    citizen.press_payload(payload)
    assert citizen.slots["dialogue"]["process_id"] == first


def test_two_tabs_of_one_conversation_book_once(citizen: Talker) -> None:
    citizen.book("Termin für Reisepass am Donnerstag")
    tab = citizen.another(citizen.sender)
    tab.slots = dict(citizen.slots)
    payload = citizen.buttons[0]["payload"]
    citizen.press_payload(payload)
    tab.press_payload(payload)
    first, second = citizen.slots["dialogue"], tab.slots["dialogue"]
    assert first["process_id"] == second["process_id"]


def test_yes_pressed_twice_books_once(citizen: Talker) -> None:
    _up_to_check(citizen)
    yes = next(b for b in citizen.buttons if b["title"] == "Ja, buchen")
    assert "gebucht" in citizen.press_payload(yes["payload"])
    citizen_step = citizen.step
    assert citizen_step is None
    message = citizen.press_payload(yes["payload"])
    assert "schon erledigt" in message


def test_stopping_frees_the_slot(citizen: Talker) -> None:
    citizen.book("Termin für Reisepass am Dienstag in Oppum um 8 Uhr")
    if citizen.step == "slot":
        citizen.say("das erste", "choose")
    assert citizen.step == "name"
    taken = citizen.slots["dialogue"]["slot"]
    citizen.say("abbrechen", "cancel")
    assert citizen.slots["dialogue"] is None
    other = citizen.another("after-the-stop")
    other.book("Termin für Reisepass am Dienstag in Oppum um 8 Uhr")
    state = other.slots["dialogue"]
    assert taken == state.get("slot") or taken in state["offers"]


def test_a_change_of_the_slot_gives_the_first_back(citizen: Talker) -> None:
    _up_to_check(citizen, "Termin für Reisepass am Freitag in Bockum")
    first = citizen.slots["dialogue"]["slot"]
    assert "Donnerstag" in citizen.say("nein, doch lieber Donnerstag", "deny")
    citizen.say("das erste", "choose")
    assert citizen.step == "check", "name and mail were told already"
    assert citizen.slots["dialogue"]["slot"] != first
    other = citizen.another("gets-the-first")
    other.book("Termin für Reisepass am Freitag in Bockum")
    assert first in other.slots["dialogue"]["offers"]


def test_it_is_looked_up_by_the_link_of_the_mail(citizen: Talker) -> None:
    number = _booked(citizen)
    link = f"https://stadt.example/termin/{_credentials(citizen)}"
    later = citizen.another("next-week")
    later.say("wann ist mein Termin?", "aspect", [], ["appointment"])
    reply = later.say(link)
    assert number in reply
    assert "Freitag" in reply


def test_a_name_alone_finds_nothing(citizen: Talker) -> None:
    _booked(citizen)
    stranger = citizen.another("stranger")
    stranger.say("Termin absagen", "aspect", [], ["appointment"])
    assert "Aus dem Namen allein" in stranger.say(NAME)


def test_five_wrong_codes_lock_for_15_minutes(citizen: Talker) -> None:
    number = _booked(citizen)
    thief = citizen.another("thief")
    for attempt in range(6):
        if thief.step is None:
            thief.say("Termin absagen", "aspect", [], ["appointment"])
        reply = thief.say(f"{number} {attempt:064x}")
    assert "zu oft falsch" in reply
    assert re.search(r"in \d+ Minuten", reply)
    # Who has booked here is not helped either, until the time is over.
    citizen.wait(minutes=16)
    reply = citizen.say("Termin absagen", "aspect", [], ["appointment"])
    assert "wirklich absagen" in reply


def test_a_cancelled_appointment_is_gone(citizen: Talker) -> None:
    _booked(citizen)
    token = _credentials(citizen)
    citizen.say("Termin absagen", "aspect", [], ["appointment"])
    assert "abgesagt" in citizen.press("Absagen")
    later = citizen.another("too-late")
    later.say("Termin verschieben", "aspect", [], ["appointment"])
    assert "finde ich keinen Termin" in later.say(token)


def test_moving_keeps_the_old_one_until_the_new_is_sure(citizen: Talker) -> None:
    _booked(citizen)
    token = _credentials(citizen)
    citizen.say("Termin verschieben", "aspect", [], ["appointment"])
    citizen.say("lieber nächste Woche Mittwoch")
    citizen.say("das erste", "choose")
    assert citizen.step == "sure"
    assert "bleibt, wie er ist" in citizen.say("nein", "deny")
    later = citizen.another("still-there")
    later.say("wann ist mein Termin", "aspect", [], ["appointment"])
    assert "Freitag" in later.say(token)


def test_what_a_citizen_told_stands_in_no_slot(citizen: Talker) -> None:
    _up_to_check(citizen)
    assert "Janßen" not in repr(citizen.slots)
    assert MAIL not in repr(citizen.slots)
    citizen.say("ja", "affirm")
    slots = repr(citizen.slots)
    assert "Janßen" not in slots
    assert MAIL not in slots
    box = open_box(citizen.slots["appointment"], "test")
    assert box.auth_key not in slots
    assert box.name == box.mail == ""


def test_an_ambiguous_day_is_asked_first(citizen: Talker) -> None:
    reply = citizen.book("Termin für Reisepass am Montag")
    assert "Meinen Sie" in reply
    assert len(citizen.buttons) == 2
    reply = citizen.say("das zweite", "choose")
    assert "Montag, 30.11.2026" in reply


def test_all_is_told_in_one_message(citizen: Talker) -> None:
    citizen.book("Termin für Reisepass am Freitag")
    citizen.say("das zweite", "choose")
    reply = citizen.say(f"{NAME}, {MAIL}")
    assert "Stimmt alles?" in reply
    assert NAME in reply


def test_another_address_in_the_last_moment(citizen: Talker) -> None:
    _up_to_check(citizen)
    reply = citizen.say("ja aber die Mail ist neu@example.org", "affirm")
    assert "neu@example.org" in reply
    assert MAIL not in reply


def test_an_outage_is_told_and_the_talk_goes_on(
    citizen: Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    citizen.book("Termin für Reisepass am Donnerstag")
    before = dict(citizen.slots["dialogue"])

    def fail(*_: object) -> None:
        raise PortalUnavailableError("away")

    with monkeypatch.context() as patch:
        patch.setattr(type(citizen.counter.desk), "reserve", fail)
        reply = citizen.say("das erste", "choose")
    assert "02151 86-0" in reply
    assert citizen.slots["dialogue"] == before
    citizen.say("das erste", "choose")
    assert citizen.step == "name"


def test_a_system_with_links_only_is_named_and_no_talk_begins(citizen: Talker) -> None:
    url = "https://termine.stadt.example/"
    citizen.desk = BookingLink(Directory(citizen.counter.portal), url)
    reply = citizen.book("Termin für die Hundesteuer", "hundesteuer-anmelden")
    assert url in reply
    assert citizen.step is None
    assert citizen.slots["outcome"] == "answered"


@pytest.mark.parametrize(
    ("language", "said", "unsaid"),
    [
        ("de", "Beispieltermine", "Sample appointments"),
        ("en", "Sample appointments", "Beispieltermine"),
    ],
)
def test_that_hours_are_examples_is_said_in_the_language_of_the_talk(
    citizen: Talker, language: str, said: str, unsaid: str
) -> None:
    citizen.slots["language"] = language
    text = citizen.book("Reisepass im Bürgerbüro Nord", language=language)
    assert said in text
    assert unsaid not in text


def test_an_unknown_service_is_not_booked(citizen: Talker) -> None:
    citizen.book("Termin für die Hundesteuer", "hundesteuer-anmelden")
    assert citizen.step is None


def test_the_waiting_list_asks_for_what_it_needs(citizen: Talker) -> None:
    citizen.book("Termin für Reisepass am Freitag in Traar")
    reply = citizen.say("Sagen Sie mir Bescheid, wenn früher etwas frei wird")
    assert "Warteliste" in reply
    citizen.say(NAME)
    reply = citizen.say(MAIL)
    assert "einverstanden" in reply
    assert "abgebrochen" in citizen.say("nein", "deny")
    assert citizen.step is None


def test_a_spoilt_slot_holds_nobody(citizen: Talker) -> None:
    citizen.slots["dialogue"] = {"kind": "booking", "step": "slot", "offers": ["x"]}
    reply = citizen.say("Was kostet das?", "service", ["reisepass"], ["fee"])
    assert "70,00" in reply
    assert citizen.step is None
