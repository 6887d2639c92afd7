"""A citizen falls silent in the middle of a booking, until the session ends."""

from __future__ import annotations

import pytest
from talker import Talker

from kumpel.booking.box import open_box
from kumpel.booking.state import State
from kumpel.errors import PortalUnavailableError

NAME, MAIL = "Ute Janßen", "u.janssen@example.org"


def _held(
    citizen: Talker, text: str = "Termin für Reisepass am Freitag in Hüls"
) -> str:
    citizen.book(text)
    citizen.say("das erste", "choose")
    return str(citizen.slots["dialogue"]["slot"])


def test_the_old_reservation_is_not_used_and_its_end_is_told(citizen: Talker) -> None:
    _held(citizen)
    citizen.say(NAME)
    citizen.say(MAIL)
    citizen.end_session()
    reply = citizen.say("ja", "affirm")
    first = reply.split(". Welcher")[0]
    assert "Freitag, 27.11.2026" in first
    assert "ist nicht mehr für Sie reserviert, gebucht ist nichts" in first
    assert citizen.step == "slot"
    assert citizen.slots["appointment"] is None
    assert citizen.slots["dialogue"].get("process_id") is None
    assert all("Hüls" in button["title"] for button in citizen.buttons)


def test_nothing_of_the_citizen_is_left_in_the_slots(citizen: Talker) -> None:
    _held(citizen)
    citizen.say(NAME)
    sealed = citizen.slots["dialogue"]["sealed"]
    assert open_box(sealed, "test").name == NAME
    citizen.end_session()
    slots = repr(citizen.slots)
    assert "sealed" not in slots
    assert "Janßen" not in slots
    citizen.say("was kostet das?", "service", ["fuehrungszeugnis"], ["fee"])
    assert "Janßen" not in repr(citizen.slots)


def test_another_question_is_answered_and_one_tap_goes_on(citizen: Talker) -> None:
    _held(citizen)
    citizen.end_session()
    about = (["fuehrungszeugnis"], ["fee"])
    reply = citizen.say("was kostet ein Führungszeugnis?", "service", *about)
    assert reply.startswith("Der Termin Freitag, 27.11.2026")
    assert "13,00" in reply
    assert citizen.slots["dialogue"] is None
    assert citizen.slots["service"] == "fuehrungszeugnis"
    reply = citizen.press("Weiter mit dem Termin")
    assert "Freitag, 27.11.2026" in reply
    assert "Bürgerbüro Hüls" in reply
    assert "nicht mehr" not in reply, "it is told once"


def test_an_address_that_comes_too_late_is_not_asked_again(citizen: Talker) -> None:
    _held(citizen)
    citizen.say(NAME)
    citizen.end_session()
    citizen.say(MAIL, "out_of_scope")
    citizen.say("das erste", "choose")
    assert "Stimmt alles" in citizen.say(NAME)


def test_a_name_that_comes_too_late_is_not_stored(citizen: Talker) -> None:
    _held(citizen)
    citizen.end_session()
    citizen.say(NAME)
    sealed = citizen.slots["dialogue"]["sealed"]
    assert open_box(sealed, "test").said == NAME
    assert "Janßen" not in repr(citizen.slots)


def test_an_old_button_of_a_slot_takes_it_anew(citizen: Talker) -> None:
    citizen.book("Termin für Reisepass am Freitag in Hüls")
    payload = citizen.buttons[0]["payload"]
    citizen.press_payload(payload)
    before = citizen.slots["dialogue"]["process_id"]
    citizen.end_session()
    reply = citizen.press_payload(payload)
    assert "nicht mehr für Sie reserviert" in reply
    assert citizen.step == "name"
    assert citizen.slots["dialogue"]["process_id"] != before


def test_who_stops_is_told_and_left_in_peace(citizen: Talker) -> None:
    _held(citizen)
    citizen.end_session()
    assert "gebucht ist nichts" in citizen.say("abbrechen", "cancel")
    assert citizen.slots["dialogue"] is None
    assert not citizen.buttons


def test_a_slot_that_is_still_held_is_given_back(citizen: Talker) -> None:
    slot = _held(citizen, "Termin für Reisepass am Mittwoch in Traar")
    citizen.end_session(minutes=1)
    other = citizen.another("gets-it")
    other.book("Termin für Reisepass am Mittwoch in Traar")
    assert slot in other.slots["dialogue"]["offers"]


def test_an_appointment_that_was_to_be_moved_stays(citizen: Talker) -> None:
    _held(citizen)
    citizen.say(NAME)
    citizen.say(MAIL)
    citizen.say("ja", "affirm")
    citizen.say("Termin verschieben", "aspect", [], ["appointment"])
    citizen.end_session()
    assert "bleibt, wie er ist" in citizen.say("das erste", "choose")
    assert citizen.slots["dialogue"] is None
    assert "Terminnummer und Code" in citizen.press("Verschieben")


def test_offers_below_an_answer_are_forgotten_without_a_word(citizen: Talker) -> None:
    about = (["reisepass"], ["appointment"])
    citizen.say("Brauche ich für den Reisepass einen Termin?", "service", *about)
    assert citizen.step == "offered"
    citizen.end_session()
    assert citizen.slots["dialogue"] is None


def test_an_outage_while_it_is_given_back_hurts_nobody(
    citizen: Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    _held(citizen)

    def fail(*_: object) -> None:
        raise PortalUnavailableError("away")

    with monkeypatch.context() as patch:
        patch.setattr(type(citizen.counter.desk), "cancel", fail)
        citizen.end_session()
    assert "nicht mehr" in citizen.say("weiter")


def test_a_lapsed_slot_is_reserved_again_and_the_message_still_read(
    citizen: Talker,
) -> None:
    _held(citizen)
    citizen.wait(minutes=20)
    reply = citizen.say(NAME)
    assert "war abgelaufen" in reply
    assert f"Danke, {NAME}" in reply


def test_what_is_left_has_neither_number_nor_seal() -> None:
    state = State(
        "booking", "mail", "reisepass", slot="1796108400@20103", process_id="1",
        sealed="secret", expires_at="2026-11-24T10:30:00+01:00",
    )  # fmt: skip
    left = state.left()
    assert left
    assert (left.slot, left.left_at) == (state.slot, "mail")
    assert left.sealed is left.process_id is left.expires_at is None
    assert not left.is_begun
    assert State("booking", "offered").left() is None
    moving = State("move", "sure", slot="1796108400@20103").left()
    assert moving
    assert moving.slot is None
