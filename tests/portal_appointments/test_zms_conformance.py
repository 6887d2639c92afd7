"""The conformance cases of the ZMS citizen API, generation B.

They run against the embedded server, or against any other one whose base URL stands in
KUMPEL_TEST_ZMS_URL. A case that needs the server's clock or keys says so and skips.
"""

from __future__ import annotations

import base64
import itertools
import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any

import altcha
import icalendar
import pytest
from booking_portal import (
    FOREIGN_URL,
    CitizenClient,
    codes,
    embedded,
    keys,
    need_clock,
)

from kumpel.clock import TIME_ZONE
from portal.appointments.captcha import Login
from portal.appointments.keys import Cipher

UNKNOWN_KEY = "a" * 64
JWT = re.compile(r"^[\w-]+\.[\w-]+\.[\w-]+$")


@pytest.fixture(scope="module")
def pair(any_zms: CitizenClient) -> tuple[int, int]:
    """An office and a service of it with free appointments."""
    for relation in any_zms.catalogue["relations"]:
        office, service = relation["officeId"], relation["serviceId"]
        if len(any_zms.slots(office, service)) > 5:
            return office, service
    pytest.skip("nothing is free anywhere")


def relation_where(zms: CitizenClient, **flags: Any) -> tuple[dict[str, Any], int, int]:
    """Returns scope, office and service of an office whose scope has these flags."""
    found = zms.catalogue
    for office in found["offices"]:
        scope = office["scope"]
        if all(scope[name] == value for name, value in flags.items()):
            for relation in found["relations"]:
                if relation["officeId"] == office["id"] and zms.slots(
                    office["id"], relation["serviceId"]
                ):
                    return scope, office["id"], relation["serviceId"]
    pytest.skip(f"no scope with {flags} has free appointments")


def test_c01_the_catalogue_is_complete_and_keeps_the_types(zms: CitizenClient) -> None:
    answer = zms.get("offices-and-services/")
    assert answer.status_code == 200
    found = answer.json()
    assert set(found) == {"offices", "services", "relations"}
    offices = {office["id"] for office in found["offices"]}
    services = [service["id"] for service in found["services"]]
    assert services == sorted(services)
    assert all(isinstance(id_, int) for id_ in [*offices, *services])
    related = {relation["serviceId"] for relation in found["relations"]}
    assert related == set(services)
    assert {relation["officeId"] for relation in found["relations"]} <= offices
    for office in found["offices"]:
        provider = office["scope"]["provider"]
        if office["geo"] is not None:
            assert isinstance(office["geo"]["lat"], str)
            assert isinstance(office["geo"]["lon"], str)
            assert isinstance(provider["lat"], float | int)
        assert isinstance(office["slotsPerAppointment"], str | None)
    for service in found["services"]:
        assert service["combinable"] == [] or isinstance(service["combinable"], dict)


def test_c02_a_calendar_without_query_names_every_missing_field(
    zms: CitizenClient,
) -> None:
    answer = zms.get("available-calendar/")
    assert answer.status_code == 400
    assert codes(answer) == {
        "invalidOfficeId",
        "invalidServiceId",
        "invalidStartDate",
        "invalidEndDate",
        "invalidServiceCount",
    }


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("startDate", "invalidStartDate"),
        ("endDate", "invalidEndDate"),
        ("officeIds", "invalidOfficeId"),
        ("serviceIds", "invalidServiceId"),
        ("serviceCounts", "invalidServiceCount"),
    ],
)
def test_c03_a_missing_field_is_named_alone(
    zms: CitizenClient, pair: tuple[int, int], name: str, code: str
) -> None:
    query = zms.question(*pair)
    del query[name]
    answer = zms.get("available-calendar/", **query)
    assert answer.status_code == 400
    assert codes(answer) == {code}


@pytest.mark.parametrize("day", ["2026-02-30", "invalid-date", "2026-1-1", "20261201"])
def test_c04_a_day_that_does_not_exist_is_refused(
    zms: CitizenClient, pair: tuple[int, int], day: str
) -> None:
    query = {**zms.question(*pair), "startDate": day}
    answer = zms.get("available-calendar/", **query)
    assert (answer.status_code, codes(answer)) == (400, {"invalidStartDate"})


def test_c05_a_wrong_window_is_refused(
    zms: CitizenClient, pair: tuple[int, int]
) -> None:
    query = {
        **zms.question(*pair),
        "slotsStartDate": "not-a-date",
        "slotsEndDate": "also-bad",
    }
    answer = zms.get("available-calendar/", **query)
    assert answer.status_code == 400
    assert codes(answer) == {"invalidSlotsStartDate", "invalidSlotsEndDate"}


@pytest.mark.parametrize("counts", ["", "0", "26", "one", "1.5"])
def test_c06_a_wrong_count_is_refused(
    zms: CitizenClient, pair: tuple[int, int], counts: str
) -> None:
    query = {**zms.question(*pair), "serviceCounts": counts}
    answer = zms.get("available-calendar/", **query)
    assert (answer.status_code, codes(answer)) == (400, {"invalidServiceCount"})


def test_c07_a_service_that_an_office_lacks_is_refused(zms: CitizenClient) -> None:
    relations = [
        (relation["officeId"], relation["serviceId"])
        for relation in zms.catalogue["relations"]
    ]
    has, service = relations[0]
    lacks = next(o for o, _ in relations if (o, service) not in relations)
    for offices in (f"{lacks}", f"{has},{lacks}", f"{has},2147483647"):
        query = {**zms.question(has, service), "officeIds": offices}
        answer = zms.get("available-calendar/", **query)
        assert answer.status_code == 400
        assert codes(answer) == {"invalidLocationAndServiceCombination"}


def test_c08_the_calendar_lists_days_in_order_and_moments_of_one(
    zms: CitizenClient, pair: tuple[int, int]
) -> None:
    query = zms.question(*pair)
    answer = zms.get("available-calendar/", **query)
    assert answer.status_code == 200
    found = answer.json()
    days = [day["date"] for day in found["availableDays"]]
    assert days
    assert days == sorted(set(days))
    assert query["startDate"] <= days[0]
    assert days[-1] <= query["endDate"]
    detailed = [day for day in found["availableDays"] if day["offices"]]
    assert len(detailed) == 1
    assert found["slotsStartDate"] == found["slotsEndDate"] == detailed[0]["date"]
    for day in found["availableDays"]:
        assert set(map(int, day["providerIDs"].split(","))) == {pair[0]}
    for entry in detailed[0]["offices"]:
        assert isinstance(entry["officeId"], str)
        for moment in entry["appointments"]:
            assert isinstance(moment, int)
            assert moment > zms.now.timestamp()
            local = datetime.fromtimestamp(moment, TIME_ZONE)
            assert local.date().isoformat() == detailed[0]["date"]


def test_c09_every_listed_day_has_moments(
    zms: CitizenClient, pair: tuple[int, int]
) -> None:
    found = zms.get("available-calendar/", **zms.question(*pair)).json()
    for day in found["availableDays"]:
        assert zms.slots(*pair, date.fromisoformat(day["date"]))


def test_c10_a_time_without_appointments_is_an_empty_list(
    zms: CitizenClient, pair: tuple[int, int]
) -> None:
    first = zms.now.date() + timedelta(days=700)
    query = {
        **zms.question(*pair),
        "startDate": first.isoformat(),
        "endDate": (first + timedelta(days=30)).isoformat(),
    }
    answer = zms.get("available-calendar/", **query)
    assert answer.status_code == 200
    assert answer.json()["availableDays"] == []
    assert answer.json()["prevBookableDate"] is None
    assert answer.json()["nextBookableDate"] is None


def test_c11_an_empty_reservation_names_what_is_missing(zms: CitizenClient) -> None:
    answer = zms.post("reserve-appointment/", {})
    assert answer.status_code == 400
    assert codes(answer) == {"invalidOfficeId", "invalidServiceId", "invalidTimestamp"}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"timestamp": 1}, "invalidTimestamp"),
        ({"timestamp": "soon"}, "invalidTimestamp"),
        ({"serviceId": []}, "invalidServiceId"),
        ({"serviceId": ["x"]}, "invalidServiceId"),
        ({"serviceId": 30101}, "invalidServiceId"),
        ({"serviceCount": ["one"]}, "invalidServiceCount"),
        ({"officeId": -1}, "invalidOfficeId"),
        ({"officeId": True}, "invalidOfficeId"),
    ],
)
def test_c12_a_wrong_field_of_a_reservation_is_named(
    zms: CitizenClient, pair: tuple[int, int], fields: dict[str, Any], code: str
) -> None:
    later = int(zms.now.timestamp()) + 86_400
    office, service = pair
    body = {"officeId": office, "serviceId": [service], "timestamp": later, **fields}
    answer = zms.post("reserve-appointment/", body)
    assert (answer.status_code, codes(answer)) == (400, {code})


def test_c13_an_offered_moment_can_be_reserved(
    zms: CitizenClient, pair: tuple[int, int]
) -> None:
    office, service = pair
    moment = zms.slots(*pair)[0]
    answer = zms.reserve(office, service, moment)
    assert answer.status_code == 200
    found = answer.json()
    assert found["status"] == "reserved"
    assert (found["officeId"], found["serviceId"]) == pair
    assert found["timestamp"] == str(moment)
    assert re.fullmatch(r"[0-9a-f]{64}|[0-9a-f]{4}", found["authKey"])
    assert {"lat", "lon"} <= set(found["scope"]["provider"])
    assert isinstance(found["processId"], int)
    calendar = icalendar.Calendar.from_ical(found["icsContent"])
    (event,) = calendar.walk("VEVENT")
    assert event["DTSTART"].dt.timestamp() == moment
    assert "\r\n" in found["icsContent"]
    assert calendar.walk("VTIMEZONE")
    zms.post("cancel-appointment/", keys(found))


def test_c14_a_moment_is_given_away_as_often_as_there_are_seats(
    zms: CitizenClient, pair: tuple[int, int]
) -> None:
    moment = zms.slots(*pair)[1]
    reserved = []
    for _ in range(30):
        answer = zms.reserve(*pair, moment)
        if answer.status_code != 200:
            break
        reserved.append(answer.json())
    assert (answer.status_code, codes(answer)) == (404, {"appointmentNotAvailable"})
    assert reserved
    day = datetime.fromtimestamp(moment, TIME_ZONE).date()
    assert moment not in zms.slots(*pair, day)
    for process in reserved:
        zms.post("cancel-appointment/", keys(process))


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


@pytest.fixture(scope="module")
def with_captcha(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[CitizenClient]:
    if FOREIGN_URL:
        pytest.skip("the addresses that a foreign server sees cannot be chosen")
    folder = tmp_path_factory.mktemp("captcha")
    with embedded(folder, CAPTCHA_ENABLED="1") as client:
        yield client


def solved(zms: CitizenClient) -> str:
    """Solves a challenge as the browser of a citizen does, and returns the token."""
    challenge = zms.get("captcha-challenge/").json()
    assert challenge["parameters"]["algorithm"] == "SHA-256"
    known = altcha.Challenge.from_dict(challenge)
    solution = altcha.solve_challenge(known)
    assert solution
    payload = {"challenge": challenge, "solution": solution.to_dict()}
    text = base64.urlsafe_b64encode(json.dumps(payload).encode()).decode().rstrip("=")
    found = zms.post("captcha-verify/", {"payload": text}).json()
    assert found["meta"]["success"], found
    assert found["data"]["valid"]
    token: str = found["token"]
    return token


def test_c25_calendar_and_reservation_ask_for_a_captcha(
    with_captcha: CitizenClient,
) -> None:
    zms = with_captcha
    clock = need_clock(zms)
    relation = zms.catalogue["relations"][-1]
    query = zms.question(relation["officeId"], relation["serviceId"])

    def refused(token: str | None) -> set[str]:
        more = {} if token is None else {"captchaToken": token}
        answer = zms.get("available-calendar/", **query, **more)
        assert answer.status_code == 400
        return codes(answer)

    assert refused(None) == {"captchaMissing"}
    assert refused("a.b.c") == {"captchaInvalid"}
    token = solved(zms)
    good = zms.get("available-calendar/", **query, captchaToken=token)
    assert good.status_code == 200
    day = next(day for day in good.json()["availableDays"] if day["offices"])
    moment = day["offices"][0]["appointments"][0]
    pair = (relation["officeId"], relation["serviceId"])
    assert codes(zms.reserve(*pair, moment)) == {"captchaMissing"}
    reserved = zms.reserve(*pair, moment, captchaToken=token)
    assert reserved.status_code == 200
    # Reading, telling, confirming and cancelling never ask for one.
    shown = zms.get("appointment/", **keys(reserved.json()))
    assert shown.status_code == 200
    address = zms.address
    zms.new_address()
    assert refused(token) == {"captchaInvalid"}
    zms.address = address
    # Whoever has an appointment may look for another without a second captcha.
    fresh = shown.json()["captchaToken"]
    good = zms.get("available-calendar/", **query, captchaToken=fresh)
    assert good.status_code == 200
    clock.forward(minutes=5)
    assert refused(fresh) == {"captchaExpired"}


def test_c25_a_trusted_client_needs_no_captcha(with_captcha: CitizenClient) -> None:
    zms = with_captcha
    assert zms.settings
    relation = zms.catalogue["relations"][-1]
    query = zms.question(relation["officeId"], relation["serviceId"])
    key = zms.settings.portal_api_keys()[0]
    answer = zms.call(
        "GET", "available-calendar/", params=query, headers={"X-API-Key": key}
    )
    assert answer.status_code == 200
    assert answer.headers["X-RateLimit-Limit"] == "600"


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({}, "No payload provided"),
        ({"payload": "%%%"}, "Payload could not be decoded"),
        ({"payload": "bm9wZQ=="}, "Invalid JSON in payload"),
        ({"payload": "e30="}, "Captcha verification failed"),
    ],
)
def test_c26_a_wrong_solution_is_a_failure_with_status_200(
    zms: CitizenClient, body: dict[str, str], error: str
) -> None:
    answer = zms.post("captcha-verify/", body)
    assert answer.status_code == 200
    assert answer.json()["meta"] == {"success": False, "error": error}
    assert "token" not in answer.json()


def test_c27_my_appointments_are_for_who_is_logged_in(
    zms: CitizenClient, pair: tuple[int, int]
) -> None:
    assert zms.get("my-appointments/").status_code == 401
    for header in ("Bearer nonsense", "Basic abc", "Bearer a.b.c"):
        answer = zms.call("GET", "my-appointments/", headers={"Authorization": header})
        assert (answer.status_code, codes(answer)) == (401, {"authKeyMismatch"})
    if zms.settings is None:
        pytest.skip("no token of a foreign server's users is at hand")
    now = int(zms.now.timestamp())
    login = Login(Cipher(zms.settings.secret()), lambda: now)
    bearer = {"Authorization": f"Bearer {login.token('user-1')}"}
    other = {"Authorization": f"Bearer {login.token('user-2')}"}
    process, pending = zms.reserved(*pair), zms.reserved(*pair)
    for row in (process, pending):
        zms.call("POST", "update-appointment/", headers=bearer, json={
            **keys(row), "familyName": "Erika", "email": "mine@example.org",
        })  # fmt: skip
    assert zms.post("confirm-appointment/", keys(process)).status_code == 200
    mine = zms.call("GET", "my-appointments/", headers=bearer)
    assert mine.status_code == 200
    assert [row["processId"] for row in mine.json()] == [process["processId"]]
    assert zms.call("GET", "my-appointments/", headers=other).json() == []
    filtered = zms.call(
        "GET", "my-appointments/", headers=bearer, params={"filterId": "1"}
    )
    assert filtered.json() == []


def test_c28_the_sixty_first_request_of_a_minute_is_refused(zms: CitizenClient) -> None:
    if zms.clock is None:
        pytest.skip("a foreign server is not flooded")
    answers = [zms.get("captcha-details/") for _ in range(61)]
    assert [answer.status_code for answer in answers] == [200] * 60 + [429]
    assert answers[0].headers["X-RateLimit-Limit"] == "60"
    remaining = [int(a.headers["X-RateLimit-Remaining"]) for a in answers[:60]]
    assert remaining == list(range(59, -1, -1))
    assert int(answers[0].headers["X-RateLimit-Reset"]) > 0
    assert codes(answers[60]) == {"rateLimitExceeded"}
    assert "X-RateLimit-Limit" not in answers[60].headers
    zms.new_address()
    assert zms.get("captcha-details/").status_code == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "reserve-appointment/"),
        ("POST", "offices-and-services/"),
        ("DELETE", "appointment/"),
        ("OPTIONS", "appointment/"),
        ("GET", "no-such-endpoint/"),
        ("GET", "offices-and-services"),
        ("GET", "available-days/"),
        ("GET", ""),
    ],
)
def test_c29_an_unknown_way_is_not_found(
    zms: CitizenClient, method: str, path: str
) -> None:
    answer = zms.call(method, path)
    assert (answer.status_code, codes(answer)) == (404, {"notFound"})


@pytest.mark.parametrize("body", ["not json", "", "[]", '"text"', "[" * 5000])
def test_c30_a_body_that_cannot_be_read_is_an_invalid_request(
    zms: CitizenClient, body: str
) -> None:
    answer = zms.call(
        "POST",
        "reserve-appointment/",
        data=body,
        headers={"Content-Type": "application/json"},
    )
    assert (answer.status_code, codes(answer)) == (400, {"invalidRequest"})


def test_c31_offices_with_common_seats_show_a_moment_once(zms: CitizenClient) -> None:
    found = zms.catalogue
    sharing = {
        office["id"]: office["sharedBookingOfficeIds"]
        for office in found["offices"]
        if office["sharedBookingOfficeIds"]
    }
    services: dict[int, set[int]] = {}
    for relation in found["relations"]:
        services.setdefault(relation["serviceId"], set()).add(relation["officeId"])
    for first, others in sharing.items():
        group = {first, *others}
        service = next((id_ for id_, at in services.items() if group <= at), None)
        if service is None:
            continue
        query = zms.question(first, service)
        query["officeIds"] = ",".join(map(str, sorted(group)))
        answer = zms.get("available-calendar/", **query).json()
        moments = [
            moment
            for day in answer["availableDays"]
            for office in day["offices"]
            for moment in office["appointments"]
        ]
        assert moments
        assert len(moments) == len(set(moments))
        last = max(group)
        process = zms.reserved(last, service)
        assert process["officeId"] == last
        return
    pytest.skip("no offices share their seats for a service")


def test_c32_of_two_simultaneous_reservations_of_the_last_seat_one_wins(
    zms: CitizenClient, pair: tuple[int, int]
) -> None:
    moment = zms.slots(*pair)[2]
    reserved = []
    while (answer := zms.reserve(*pair, moment)).status_code == 200:
        reserved.append(answer.json())
    zms.post("cancel-appointment/", keys(reserved[0]))
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda _: zms.reserve(*pair, moment), range(2)))
    assert sorted(answer.status_code for answer in answers) == [200, 404]
    (lost,) = [answer for answer in answers if answer.status_code == 404]
    assert codes(lost) == {"appointmentNotAvailable"}
