"""Moving where one address has one appointment, and what is said of mails."""

from __future__ import annotations

import re

import pytest
from talker import Talker

from kumpel.appointments.kept import Kept
from kumpel.appointments.models import MailWay
from kumpel.appointments.portal_extras import PortalExtras
from kumpel.errors import PortalUnavailableError, TooManyAppointmentsError

NAME, MAIL = "Ute Janßen", "u.janssen@example.org"


def _booked(citizen: Talker, service: str = "reisepass") -> str:
    citizen.book("Termin am Freitag", service)
    citizen.say("das erste", "choose")
    citizen.say(NAME)
    citizen.say(MAIL)
    if citizen.step == "telephone":
        citizen.say("0177 1234567")
    return citizen.say("ja", "affirm")


def _move(citizen: Talker, text: str = "Termin verschieben") -> str:
    return citizen.say(text, "aspect", [], ["appointment"])


@pytest.fixture
def way(citizen: Talker, monkeypatch: pytest.MonkeyPatch) -> object:
    def becomes(value: MailWay) -> None:
        desk = type(citizen.counter.desk)
        monkeypatch.setattr(desk, "mail_way", lambda _: value)

    return becomes


def test_one_appointment_per_address_is_moved_all_the_same(citizen: Talker) -> None:
    assert "gebucht" in _booked(citizen, "aufenthaltstitel")
    first = citizen.slots["appointment"]
    _move(citizen)
    citizen.say("das zweite", "choose")
    assert "verlegt" in citizen.say("ja", "affirm")
    assert citizen.slots["appointment"] != first
    assert "schon" not in citizen.say("Termin absagen", "aspect", [], ["appointment"])
    assert "abgesagt" in citizen.say("ja", "affirm")


def test_a_system_that_counts_the_old_one_keeps_it_and_names_a_way(
    citizen: Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    _booked(citizen)
    _move(citizen)
    citizen.say("das zweite", "choose")
    desk = type(citizen.counter.desk)
    real = desk.move

    def refuse(self, credentials, slot, key, mail=None):  # type: ignore[no-untyped-def]
        if mail is None:
            raise TooManyAppointmentsError("one per address")
        return real(self, credentials, slot, key, mail)

    monkeypatch.setattr(desk, "move", refuse)
    reply = citizen.say("ja", "affirm")
    assert "nur einen Termin" in reply
    assert "andere E-Mail-Adresse" in reply
    assert "02151 86-0" in reply
    assert "Soll ich Ihren Termin" in citizen.say("neu@example.org")
    assert "verlegt" in citizen.say("ja", "affirm")
    assert "neu@example.org" not in repr(citizen.slots)


def test_who_has_no_other_address_keeps_the_old_one(
    citizen: Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    _booked(citizen)
    _move(citizen)
    citizen.say("das zweite", "choose")

    def refuse(*_: object) -> None:
        raise TooManyAppointmentsError("one per address")

    with monkeypatch.context() as patch:
        patch.setattr(type(citizen.counter.desk), "move", refuse)
        citizen.say("ja", "affirm")
    assert "bleibt, wie er ist" in citizen.press("So lassen")
    shown = citizen.say("wann ist mein Termin?", "aspect", [], ["appointment"])
    assert "Freitag, 27.11.2026" in shown


def test_the_new_day_is_taken_from_the_first_sentence(citizen: Talker) -> None:
    _booked(citizen)
    reply = _move(citizen, "kann ich meinen Termin auf Donnerstag verschieben?")
    assert "Donnerstag, 26.11.2026" in reply
    citizen.say("abbrechen", "cancel")
    reply = _move(citizen, "Termin am Freitag verschieben")
    assert citizen.slots["dialogue"].get("wishes") is None, reply


def test_a_lost_code_is_answered_with_the_ways_out(citizen: Talker) -> None:
    citizen.say("Termin stornieren", "aspect", [], ["appointment"])
    text = "ich hab den Code nicht mehr"
    reply = citizen.say(text, "service", ["kfz-abmeldung"], ["overview"])
    assert "02151 86-0" in reply
    assert "in dem Link aus Ihrer Bestätigung" in reply
    reply = citizen.say("Müller", "service", ["wilder-muell"], ["overview"])
    assert "Aus dem Namen allein" in reply


def test_without_a_mail_server_none_is_promised(citizen: Talker) -> None:
    reply = _booked(citizen)
    assert "wird keine E-Mail verschickt" in reply
    assert "unterwegs" not in reply
    assert "Link aus der E-Mail" not in reply
    citizen.say("Termin absagen", "aspect", [], ["appointment"])
    assert "wird keine E-Mail verschickt" in citizen.say("ja", "affirm")


def test_with_a_mail_server_it_is_on_its_way(citizen: Talker, way: object) -> None:
    way("sent")  # type: ignore[operator]
    assert "Die Bestätigung ist per E-Mail unterwegs" in _booked(citizen)


def test_another_system_sends_its_own_mail(citizen: Talker, way: object) -> None:
    way("elsewhere")  # type: ignore[operator]
    assert "Die Terminverwaltung schickt Ihnen eine Bestätigung" in _booked(citizen)


def test_nothing_is_said_where_nobody_knows(citizen: Talker, way: object) -> None:
    way("unknown")  # type: ignore[operator]
    reply = _booked(citizen)
    assert "gebucht" in reply
    assert "E-Mail" not in reply


def test_the_portal_tells_whether_mails_leave_it(citizen: Talker) -> None:
    assert citizen.counter.desk.mail_way() == "kept"


def test_the_waiting_list_promises_no_mail_either(citizen: Talker) -> None:
    citizen.book("Termin für Reisepass nächste Woche Freitag in Bockum")
    reply = citizen.say("Sagen Sie mir Bescheid, wenn früher etwas frei wird")
    assert "Warteliste" in reply
    assert "darf das Angebot gehen" in citizen.say(NAME)
    reply = citizen.say(MAIL)
    assert "wird keine E-Mail verschickt" in reply
    assert re.search(r"vor \w+, \d", reply), "only what is earlier than the offers"
    reply = citizen.say("ja", "affirm")
    assert "Postausgang der Vorführung" in reply
    assert "unterwegs" not in reply


def test_the_texts_come_as_cards_too(citizen: Talker) -> None:
    citizen.book("Termin für Reisepass am Freitag in Hüls")
    (card,) = citizen.cards
    assert card["kind"] == "slots"
    shown = [(o["title"], o["choice"]) for o in card["offers"]]
    assert shown == [(b["title"], b["payload"]) for b in citizen.buttons]
    assert card["offers"][0]["date"] == "2026-11-27"
    assert card["offers"][0]["day"] == "Freitag, 27.11.2026"
    citizen.say("das erste", "choose")
    citizen.say(NAME)
    text = citizen.say(MAIL)
    (card,) = citizen.cards
    assert card["kind"] == "preview"
    fields = {field["label"]: field["value"] for field in card["fields"]}
    assert fields["Name"] == NAME
    assert fields["E-Mail"] == MAIL
    assert card["consent"] in text
    text = citizen.say("ja", "affirm")
    (card,) = citizen.cards
    assert card["kind"] == "booked"
    for key in ("number", "office", "calendarUrl", "manageUrl"):
        assert card[key] in text


def test_a_portal_that_does_not_tell_promises_nothing(
    citizen: Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise PortalUnavailableError("away")

    monkeypatch.setattr(PortalExtras, "sends_mail", fail)
    citizen.counter.desk._shared.mail = Kept()
    assert citizen.counter.desk.mail_way() == "unknown"
