"""Catalogue and calendar of a ZMS that keeps no promise."""

from __future__ import annotations

from typing import Any

import pytest
from nasty_desk import AT, CATALOGUE, DAY, GATEWAY, NOW, SLOT, WISH, answers, day, page
from nasty_zms import HTML, Asked, NastyZms, Reply, errors

from kumpel.appointments.models import (
    Wish,
)
from kumpel.appointments.zms_client import ZmsClient
from kumpel.errors import (
    PortalError,
    PortalUnavailableError,
)

# --- Catalogue and calendar


def test_the_generation_is_asked_for_once(nasty: NastyZms, desk: ZmsClient) -> None:
    nasty.script = answers(available=[page(day(1, AT))])
    desk.free_days(WISH)
    desk.within(5).free_days(WISH)
    assert [bool(a.query) for a in nasty.asked if "calendar" in a.path] == [
        False,
        True,
        True,
    ]


def test_an_outage_is_taken_for_no_generation(nasty: NastyZms, desk: ZmsClient) -> None:
    nasty.script = answers(available=GATEWAY)
    with pytest.raises(PortalUnavailableError):
        desk.free_days(WISH)
    nasty.script = answers(available=Reply(404, HTML))
    with pytest.raises(PortalError):
        desk.free_days(WISH)
    nasty.script = answers(available=[page(day(1, AT))])
    assert len(desk.free_days(WISH)) == 1


def test_days_behind_the_painted_month_are_fetched(
    nasty: NastyZms, desk: ZmsClient
) -> None:
    nasty.script = answers(
        available=[page(day(1, AT), following="2026-12-20"), page(day(20))]
    )
    assert [found.day.day for found in desk.free_days(WISH)] == [1, 20]


def test_a_calendar_that_promises_for_ever_ends(
    nasty: NastyZms, desk: ZmsClient
) -> None:
    nasty.script = answers(available=[page(following="2026-12-20")])
    assert desk.free_days(WISH) == ()
    assert len(nasty.asked) < 20


def test_slots_of_another_day_are_not_taken_for_those_asked(
    nasty: NastyZms, desk: ZmsClient
) -> None:
    """A day that was taken meanwhile is answered with the first free one."""
    always_the_first = page(day(1, AT, AT + 600), day(2), day(3))
    nasty.script = answers(available=[always_the_first])
    slots = desk.free_slots(WISH, most_days=2)
    assert [int(slot.starts_at.timestamp()) for slot in slots] == [AT, AT + 600]


def test_slots_that_began_already_are_not_offered(
    nasty: NastyZms, desk: ZmsClient
) -> None:
    past = int(NOW.timestamp())
    today = {**day(1), "date": "2026-11-23"}
    today["offices"] = [{"officeId": 20101, "appointments": [past - 60, past + 60]}]
    nasty.script = answers(available=[page(today)])
    wish = Wish("pass", NOW.date(), DAY)
    assert len(desk.free_slots(wish)) == 1


@pytest.mark.parametrize("days", [["2026-12-01"], [{"time": "2026-12-01"}]])
def test_generation_a_names_days_in_two_ways(
    nasty: NastyZms, desk: ZmsClient, days: list[Any]
) -> None:
    def script(asked: Asked) -> Reply:
        if asked.path == "available-calendar/":
            return errors("notFound", status=404)
        if asked.path == "available-days-by-office/":
            return Reply(200, {"availableDays": days})
        return Reply(200, {"offices": [{"officeId": 20101, "appointments": [AT]}]})

    nasty.script = answers(available=script)
    assert desk.free_slots(WISH) == (SLOT,)
    last = nasty.asked[-1].query
    assert last == {
        "date": "2026-12-01",
        "officeId": "20101",
        "serviceId": "30101",
        "serviceCount": "1",
    }


def test_generation_a_says_with_an_error_that_nothing_is_free(
    nasty: NastyZms, desk: ZmsClient
) -> None:
    def script(asked: Asked) -> Reply:
        code = "notFound" if "calendar" in asked.path else "noAppointmentForThisScope"
        return errors(code, status=404)

    nasty.script = answers(available=script)
    assert desk.free_days(WISH) == ()


def test_the_catalogue_outlives_an_outage(nasty: NastyZms, desk: ZmsClient) -> None:
    nasty.script = answers()
    assert desk.service("pass").most_persons == 3
    desk._shared.catalogue._until = 0.0
    nasty.script = answers(offices=GATEWAY)
    assert desk.service("pass").name == "Pass"
    assert nasty.paths().count("offices-and-services/") == 1 + 3


@pytest.mark.parametrize(
    "broken",
    [
        {"offices": {}},
        {"offices": [], "services": [{"id": 1}], "relations": []},
        {**CATALOGUE, "relations": [{"officeId": 20101, "slots": 1}]},
        {**CATALOGUE, "services": [None]},
    ],
)
def test_a_broken_catalogue_is_an_error_of_ours(
    nasty: NastyZms, desk: ZmsClient, broken: Any
) -> None:
    nasty.script = answers(offices=Reply(200, broken))
    with pytest.raises(PortalError):
        desk.service("pass")


def test_what_is_not_public_or_unknown_is_not_offered(
    nasty: NastyZms, desk: ZmsClient
) -> None:
    relation = {"officeId": 20101, "serviceId": 30101, "slots": 1, "public": False}
    unknown = {"officeId": 9, "serviceId": 30101, "slots": 1}
    told = {**CATALOGUE, "relations": [relation, unknown]}
    nasty.script = answers(offices=Reply(200, told))
    assert not desk.is_bookable("pass")


def test_offices_with_priority_come_first_and_markup_becomes_text(
    nasty: NastyZms, desk: ZmsClient
) -> None:
    scope = {"infoForAppointment": "<p>Bitte &amp; danke<br>mitbringen</p>"}
    other = {"id": 20102, "name": "Süd", "priority": 5, "scope": scope}
    told = {
        "offices": [*CATALOGUE["offices"], other],
        "services": CATALOGUE["services"],
        "relations": [
            *CATALOGUE["relations"],
            {"officeId": 20102, "serviceId": 30101, "slots": 1},
        ],
    }
    nasty.script = answers(offices=Reply(200, told))
    offices = desk.service("pass").offices
    assert [office.name for office in offices] == ["Süd", "Mitte"]
    assert offices[0].hint == "Bitte & danke mitbringen"
