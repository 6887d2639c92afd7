"""Conformance cases of the ZMS citizen API: from reserved to cancelled (C15-C24).

They run against the embedded server, or against any other one whose base URL stands in
KUMPEL_TEST_ZMS_URL. A case that needs the server's clock or keys says so and skips.
"""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from typing import Any

import pytest
from booking_portal import (
    CitizenClient,
    codes,
    keys,
    need_clock,
)
from zms_cases import JWT, UNKNOWN_KEY, relation_where

from kumpel.clock import TIME_ZONE


def test_c15_an_appointment_opens_to_its_key_only(
    zms: CitizenClient, pair: tuple[int, int]
) -> None:
    process = zms.reserved(*pair)
    id_, key = process["processId"], process["authKey"]

    def asked(**query: Any) -> tuple[int, set[str]]:
        answer = zms.get("appointment/", **query)
        return answer.status_code, codes(answer)

    assert asked() == (400, {"invalidProcessId", "invalidAuthKey"})
    assert asked(processId=id_) == (400, {"invalidAuthKey"})
    assert asked(authKey=key) == (400, {"invalidProcessId"})
    assert asked(processId=id_, authKey="zz") == (400, {"invalidAuthKey"})
    assert asked(processId=id_, authKey=UNKNOWN_KEY) == (406, {"authKeyMismatch"})
    assert asked(processId=1, authKey=key) == (404, {"appointmentNotFound"})
    shown = zms.get("appointment/", **keys(process))
    assert shown.status_code == 200
    assert shown.json()["processId"] == id_
    assert JWT.match(shown.json()["captchaToken"])


def test_c16_exactly_the_wrong_fields_of_a_person_are_named(zms: CitizenClient) -> None:
    _, office, service = relation_where(
        zms, emailRequired=True, telephoneRequired=True, customTextfieldRequired=True
    )
    process = zms.reserved(office, service)
    fields = [
        ("familyName", "Erika Musterfrau", " ", "invalidFamilyName"),
        ("email", "erika@example.org", "erika+1@example.org", "invalidEmail"),
        ("telephone", "02151861610", "02151 / 86-16", "invalidTelephone"),
        ("customTextfield", "Ostwall 1", "<b> </b>", "invalidCustomTextfield"),
    ]
    for choice in itertools.product([True, False], repeat=4):
        body = {
            name: good if is_good else bad
            for is_good, (name, good, bad, _) in zip(choice, fields, strict=True)
        }
        wrong = {
            code
            for is_good, (*_, code) in zip(choice, fields, strict=True)
            if not is_good
        }
        zms.new_address()
        answer = zms.post("update-appointment/", {**keys(process), **body})
        assert (codes(answer) if wrong else set()) == wrong
        assert answer.status_code == (400 if wrong else 200)


def test_c17_what_was_told_is_kept(zms: CitizenClient, pair: tuple[int, int]) -> None:
    process = zms.reserved(*pair)
    answer = zms.told(process, customTextfield="Bitte <b>leise</b>")
    assert answer.status_code == 200
    found = answer.json()
    assert found["status"] == "reserved"
    assert found["familyName"] == "Erika Musterfrau"
    assert found["email"] == f"erika{process['processId']}@example.org"
    assert found["telephone"] == "0215186"
    assert found["customTextfield"] == "Bitte leise"
    for name in ("authKey", "timestamp", "processId"):
        assert found[name] == process[name]
    shown = zms.get("appointment/", **keys(process)).json()
    assert shown["familyName"] == "Erika Musterfrau"


def test_c18_a_reservation_is_preconfirmed_once(
    zms: CitizenClient, pair: tuple[int, int]
) -> None:
    process = zms.reserved(*pair)
    zms.told(process)
    first = zms.post("preconfirm-appointment/", keys(process))
    assert (first.status_code, first.json()["status"]) == (200, "preconfirmed")
    second = zms.post("preconfirm-appointment/", keys(process))
    assert second.status_code == 409
    assert codes(second) == {"processNotReservedAnymore"}


def test_c19_an_appointment_is_confirmed_once(
    zms: CitizenClient, pair: tuple[int, int]
) -> None:
    process = zms.reserved(*pair)
    zms.told(process)
    zms.post("preconfirm-appointment/", keys(process))
    first = zms.post("confirm-appointment/", keys(process))
    assert (first.status_code, first.json()["status"]) == (200, "confirmed")
    assert JWT.match(first.json()["captchaToken"])
    second = zms.post("confirm-appointment/", keys(process))
    assert second.status_code == 409
    assert codes(second) == {"processNotPreconfirmedAnymore"}


def test_c20_a_reservation_can_be_confirmed_at_once(
    zms: CitizenClient, pair: tuple[int, int]
) -> None:
    process = zms.reserved(*pair)
    zms.told(process)
    answer = zms.post("confirm-appointment/", keys(process))
    assert (answer.status_code, answer.json()["status"]) == (200, "confirmed")


def test_c21_a_mail_address_holds_a_limited_number(zms: CitizenClient) -> None:
    scope, office, service = relation_where(zms, appointmentsPerMail="1")

    def booked(mail: str) -> Any:
        process = zms.reserved(office, service)
        answer = zms.told(process, email=mail)
        if answer.status_code == 200:
            answer = zms.post("preconfirm-appointment/", keys(process))
        return answer

    assert booked("limit@example.org").status_code == 200
    second = booked("Limit@example.org")
    assert second.status_code == 406
    assert codes(second) == {"tooManyAppointmentsWithSameMail"}
    if not scope["whitelistedMails"]:
        pytest.skip("this scope has no whitelisted mail address")
    mail = scope["whitelistedMails"].split(",")[0]
    assert booked(mail).status_code == 200
    assert booked(mail).status_code == 200


def test_c22_a_cancelled_appointment_is_emptied_and_its_key_is_dead(
    zms: CitizenClient, pair: tuple[int, int]
) -> None:
    process = zms.reserved(*pair)
    zms.told(process, customTextfield="bleibt")
    zms.post("confirm-appointment/", keys(process))
    answer = zms.post("cancel-appointment/", keys(process))
    assert answer.status_code == 200
    found = answer.json()
    assert found["status"] == "deleted"
    assert found["familyName"] == "(abgesagt)"
    assert found["customTextfield"] == "bleibt"
    assert found["email"] == f"erika{process['processId']}@example.org"
    assert (found["telephone"], found["officeName"], found["officeId"]) == ("", None, 0)
    assert found["authKey"] != process["authKey"]
    assert found["icsContent"] is None
    assert found["timestamp"] == process["timestamp"]
    scope = found["scope"]
    assert scope["provider"]["id"] == 0
    assert scope["provider"]["name"] == ""
    assert (scope["shortName"], scope["emailFrom"], scope["hint"]) == ("", "", None)
    old = zms.get("appointment/", **keys(process))
    assert (old.status_code, codes(old)) == (406, {"authKeyMismatch"})


def test_c23_a_past_appointment_cannot_be_cancelled(
    zms: CitizenClient, pair: tuple[int, int]
) -> None:
    clock = need_clock(zms)
    process = zms.reserved(*pair)
    zms.told(process)
    zms.post("confirm-appointment/", keys(process))
    before = clock.moment
    clock.moment = datetime.fromtimestamp(int(process["timestamp"]) + 1, TIME_ZONE)
    try:
        answer = zms.post("cancel-appointment/", keys(process))
    finally:
        clock.moment = before
    assert (answer.status_code, codes(answer)) == (406, {"appointmentCanNotBeCanceled"})


def test_c24_a_reservation_lapses_and_its_moment_is_offered_again(
    zms: CitizenClient, pair: tuple[int, int]
) -> None:
    clock = need_clock(zms)
    moment = zms.slots(*pair, zms.now.date() + timedelta(days=7))[-1]
    reserved = []
    while (answer := zms.reserve(*pair, moment)).status_code == 200:
        reserved.append(answer.json())
    day = datetime.fromtimestamp(moment, TIME_ZONE).date()
    assert moment not in zms.slots(*pair, day)
    minutes = reserved[0]["scope"]["reservationDuration"]
    before = clock.moment
    try:
        clock.forward(minutes=minutes, seconds=-1)
        assert zms.get("appointment/", **keys(reserved[0])).status_code == 200
        clock.forward(seconds=1)
        gone = zms.get("appointment/", **keys(reserved[0]))
        assert (gone.status_code, codes(gone)) == (404, {"appointmentNotFound"})
        assert moment in zms.slots(*pair, day)
        assert zms.reserve(*pair, moment).status_code == 200
    finally:
        clock.moment = before
