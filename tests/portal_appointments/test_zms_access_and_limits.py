"""Conformance cases of the ZMS citizen API: captcha, login, limits, crowds (C25-C32).

They run against the embedded server, or against any other one whose base URL stands in
KUMPEL_TEST_ZMS_URL. A case that needs the server's clock or keys says so and skips.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import altcha
import pytest
from booking_portal import (
    FOREIGN_URL,
    CitizenClient,
    codes,
    embedded,
    keys,
    need_clock,
)

from portal.appointments.captcha import Login
from portal.appointments.keys import Cipher

#: Deeper than Python reads JSON.
_DEEP = base64.b64encode(b"[" * 5_000).decode()


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
        pytest.param({"payload": _DEEP}, "Invalid JSON in payload", id="deep"),
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
