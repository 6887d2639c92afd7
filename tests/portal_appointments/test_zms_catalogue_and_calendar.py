"""Conformance cases of the ZMS citizen API: catalogue, calendar, reservation (C01-C14).

They run against the embedded server, or against any other one whose base URL stands in
KUMPEL_TEST_ZMS_URL. A case that needs the server's clock or keys says so and skips.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

import icalendar
import pytest
from booking_portal import (
    CitizenClient,
    codes,
    keys,
)

from kumpel.clock import TIME_ZONE


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
