"""The desk before a ZMS that fails in every way we know of."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from nasty_zms import HTML, Asked, NastyZms, Reply, errors

from kumpel.appointments import zms_errors
from kumpel.appointments.directory import Directory, OfficeFacts
from kumpel.appointments.models import (
    BookableOffice,
    Credentials,
    Person,
    Reservation,
    Slot,
    Wish,
)
from kumpel.appointments.transport import Transport
from kumpel.appointments.zms_client import ZmsClient, ZmsSite
from kumpel.clock import TIME_ZONE
from kumpel.errors import (
    AppointmentNotFoundError,
    ConfigurationError,
    NotBookableError,
    PortalError,
    PortalUnavailableError,
    ReservationLapsedError,
    SlotTakenError,
    TooManyPersonsError,
    UncertainError,
    WrongCodeError,
)

NOW = datetime(2026, 11, 23, 10, 15, tzinfo=TIME_ZONE)
DAY = date(2026, 12, 1)
STARTS = datetime(2026, 12, 1, 8, 0, tzinfo=TIME_ZONE)
AT = int(STARTS.timestamp())
SLOT = Slot(STARTS, "20101")
KEY = "ab" * 32
MINE = Credentials("101002", KEY)
WISH = Wish("pass", DAY, date(2026, 12, 31))
CATALOGUE = {
    "offices": [{"id": 20101, "name": "Mitte", "geo": None, "scope": None}],
    "services": [{"id": 30101, "name": "Pass", "maxQuantity": 3, "combinable": []}],
    "relations": [{"officeId": 20101, "serviceId": 30101, "slots": 2, "public": True}],
}


class Facts(Directory):
    """The portal's facts, without a portal."""

    def __init__(self) -> None:
        pass

    def within(self, seconds: float) -> Facts:
        return self

    def service_id(self, slug: str) -> str | None:
        return "30101" if slug == "pass" else None

    def service_slug(self, id_: str) -> str | None:
        return "pass" if id_ == "30101" else None

    def office(self, id_: str) -> OfficeFacts | None:
        return None


def process(status: str = "reserved", **more: Any) -> dict[str, Any]:
    return {
        "processId": 101002,
        "timestamp": str(AT),
        "authKey": KEY,
        "familyName": None,
        "email": "test@muenchen.de",
        "officeId": 20101,
        "officeName": None,
        "scope": None,
        "serviceId": 30101,
        "serviceName": "Pass",
        "serviceCount": 1,
        "subRequestCounts": [],
        "status": status,
        "displayNumber": None,
        "icsContent": None,
        **more,
    }


def day(number: int, *starts: int) -> dict[str, Any]:
    entries = [{"officeId": "20101", "appointments": list(starts)}] if starts else []
    return {"date": f"2026-12-{number:02}", "providerIDs": "20101", "offices": entries}


def page(*days: dict[str, Any], following: str | None = None) -> Reply:
    return Reply(200, {"availableDays": list(days), "nextBookableDate": following})


def answers(**by_path: Any) -> Callable[[Asked], Reply]:
    """Answers by the path's first word; a list gives one answer after the other."""

    def script(asked: Asked) -> Reply:
        name = asked.path.split("/")[0].split("-")[0]
        found = by_path.get(name, Reply(200, CATALOGUE) if name == "offices" else None)
        if callable(found):
            found = found(asked)
        if isinstance(found, list):
            if name == "available" and not asked.query:
                return errors("invalidOfficeId", "invalidStartDate")
            found = found.pop(0) if len(found) > 1 else found[0]
        return found if isinstance(found, Reply) else Reply(200, found)

    return script


def desk_of(url: str, is_own: bool = False, timeout: float = 2.0) -> ZmsClient:
    transport = Transport(
        url, timeout_in_seconds=timeout, error_from=zms_errors.error_from
    )
    site = ZmsSite(is_own, None)
    return ZmsClient(transport, Facts(), lambda: NOW, site)


@pytest.fixture
def desk(nasty: NastyZms) -> ZmsClient:
    return desk_of(nasty.url)


def reservation() -> Reservation:
    office = BookableOffice(
        "20101", None, "Mitte", None, None, None, None, True, "no", "no", None, None, 15
    )
    return Reservation("101002", KEY, SLOT, office, NOW + timedelta(minutes=15))


CUT = Reply(is_cut=True)
GATEWAY = Reply(502, HTML)


# --- The three shapes of errors, and worse


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (errors("appointmentNotFound", status=404), AppointmentNotFoundError),
        (errors("authKeyMismatch", status=406), WrongCodeError),
        # An English message and an unknown code help nobody.
        (errors("somethingNew", status=400), PortalError),
        (errors("unknownError", status=520), PortalUnavailableError),
        # Some versions send the error with 200.
        (errors("appointmentNotFound", status=200), AppointmentNotFoundError),
        (Reply(500, {"error": {"message": "Internal", "code": 0}}), PortalError),
        (Reply(400, {"error": "Bad", "status": 400}), PortalError),
        (Reply(200, {"error": "Bad", "status": 503}), PortalUnavailableError),
        (GATEWAY, PortalUnavailableError),
        (Reply(404, HTML), PortalError),
        (Reply(200, HTML), PortalUnavailableError),
        (Reply(200, b""), PortalUnavailableError),
        (Reply(200, b'{"processId": 1'), PortalUnavailableError),
        (Reply(302, b"", {"Location": "http://127.0.0.1:1/"}), PortalUnavailableError),
        (Reply(200, []), PortalError),
        (Reply(200, None), PortalError),
        (Reply(200, {"errors": "no list", "processId": 1}), PortalError),
        (Reply(400, {"errors": [None, 5]}), PortalError),
        (Reply(200, process(status="new one")), PortalError),
        (Reply(200, process(timestamp="soon")), PortalError),
        (Reply(200, process(timestamp=10**30)), PortalError),
        (CUT, PortalUnavailableError),
    ],
)
def test_a_question_ends_in_an_error_of_ours(
    nasty: NastyZms, desk: ZmsClient, reply: Reply, expected: type[PortalError]
) -> None:
    nasty.script = answers(appointment=reply)
    with pytest.raises(expected) as caught:
        desk.find(MINE)
    assert not isinstance(caught.value, UncertainError)
    assert KEY not in str(caught.value)


def test_an_envelope_is_taken_off(nasty: NastyZms, desk: ZmsClient) -> None:
    nasty.script = answers(appointment={"meta": {}, "data": process("confirmed")})
    assert desk.find(MINE).status == "confirmed"


def test_ids_and_moments_may_be_of_either_type(
    nasty: NastyZms, desk: ZmsClient
) -> None:
    told = process("confirmed", processId="101002", officeId="20101", timestamp=AT)
    nasty.script = answers(appointment=told)
    found = desk.find(MINE)
    assert (found.process_id, found.slot) == ("101002", SLOT)
    assert found.number == "101002"
    assert found.service == "pass"


def test_a_question_is_repeated_and_the_connection_found_again(
    nasty: NastyZms, desk: ZmsClient
) -> None:
    nasty.script = answers(appointment=[GATEWAY, CUT, Reply(200, process())])
    assert desk.find(MINE).status == "reserved"


def test_a_limit_is_not_pressed_against(nasty: NastyZms, desk: ZmsClient) -> None:
    nasty.script = answers(appointment=errors("rateLimitExceeded", status=429))
    with pytest.raises(PortalError) as caught:
        desk.find(MINE)
    assert caught.value.kind == "limit"
    assert nasty.paths() == ["appointment/"]


def test_a_dead_system_is_left_alone_for_a_while(
    nasty: NastyZms, desk: ZmsClient
) -> None:
    for _ in range(5):
        with pytest.raises(PortalUnavailableError):
            desk.find(MINE)
    asked = len(nasty.asked)
    with pytest.raises(PortalUnavailableError, match="failed 5 times"):
        desk.find(MINE)
    with pytest.raises(PortalUnavailableError) as caught:
        desk.confirm(reservation())
    # It was not sent, so there is no doubt.
    assert not isinstance(caught.value, UncertainError)
    assert len(nasty.asked) == asked


def test_nobody_listens(nasty: NastyZms) -> None:
    nasty.stop()
    desk = desk_of(nasty.url)
    with pytest.raises(PortalUnavailableError) as caught:
        desk.confirm(reservation())
    assert not isinstance(caught.value, UncertainError)
    with pytest.raises(PortalUnavailableError):
        desk.find(MINE)


def test_an_address_must_be_one() -> None:
    with pytest.raises(ConfigurationError):
        desk_of("file:///etc/passwd")


# --- Reserving


def test_a_lost_reservation_is_never_repeated_blindly(
    nasty: NastyZms, desk: ZmsClient
) -> None:
    for lost in (CUT, GATEWAY, errors("internalError", status=500), Reply(200, HTML)):
        nasty.asked.clear()
        nasty.script = answers(reserve=lost)
        with pytest.raises(UncertainError):
            desk.reserve(SLOT, "pass", 1, "key")
        assert nasty.paths().count("reserve-appointment/") == 1


def test_our_own_portal_is_asked_again_with_the_same_key(nasty: NastyZms) -> None:
    desk = desk_of(nasty.url, is_own=True)
    nasty.script = answers(reserve=[CUT, Reply(200, process())])
    assert desk.reserve(SLOT, "pass", 1, "conversation 7").process_id == "101002"
    keys = [a.headers["Idempotency-Key"] for a in nasty.asked if a.method == "POST"]
    assert len(keys) == 2
    assert len(set(keys)) == 1
    assert "conversation" not in keys[0]


def test_a_slow_reservation_ends_in_time_and_in_doubt(nasty: NastyZms) -> None:
    desk = desk_of(nasty.url)

    def slow(_: Asked) -> Reply:
        time.sleep(3)
        return Reply(200, process())

    nasty.script = answers(reserve=slow)
    desk.service("pass")
    started = time.monotonic()
    with pytest.raises(UncertainError):
        desk.within(1.0).reserve(SLOT, "pass", 1, "key")
    assert time.monotonic() - started < 2


def test_without_time_nothing_is_sent(nasty: NastyZms, desk: ZmsClient) -> None:
    nasty.script = answers(reserve=process())
    desk.service("pass")
    with pytest.raises(PortalUnavailableError) as caught:
        desk.within(0.1).reserve(SLOT, "pass", 1, "key")
    assert not isinstance(caught.value, UncertainError)
    assert "reserve-appointment/" not in nasty.paths()


@pytest.mark.parametrize(
    ("code", "status", "expected"),
    [
        ("appointmentNotAvailable", 404, SlotTakenError),
        ("invalidLocationAndServiceCombination", 400, NotBookableError),
        ("tooManySlotsPerAppointment", 400, TooManyPersonsError),
        ("serviceUnavailable", 503, PortalUnavailableError),
    ],
)
def test_a_refused_reservation_is_no_doubtful_one(
    nasty: NastyZms,
    desk: ZmsClient,
    code: str,
    status: int,
    expected: type[PortalError],
) -> None:
    nasty.script = answers(reserve=errors(code, status=status))
    with pytest.raises(expected) as caught:
        desk.reserve(SLOT, "pass", 1, "key")
    assert not isinstance(caught.value, UncertainError)


# --- Confirming, cancelling, moving in the dark


def test_a_lost_confirmation_is_looked_up(nasty: NastyZms, desk: ZmsClient) -> None:
    nasty.script = answers(confirm=CUT, appointment=process("confirmed"))
    assert desk.confirm(reservation()).status == "confirmed"
    assert nasty.paths().count("confirm-appointment/") == 1


def test_a_confirmation_that_did_not_arrive_is_repeated_after_looking(
    nasty: NastyZms, desk: ZmsClient
) -> None:
    nasty.script = answers(
        confirm=[GATEWAY, Reply(200, process("confirmed"))], appointment=process()
    )
    assert desk.confirm(reservation()).status == "confirmed"


def test_a_doubt_that_cannot_be_cleared_is_told(
    nasty: NastyZms, desk: ZmsClient
) -> None:
    nasty.script = answers(confirm=CUT, appointment=GATEWAY)
    with pytest.raises(UncertainError):
        desk.confirm(reservation())


def test_a_lost_confirmation_of_what_lapsed_is_no_doubt(
    nasty: NastyZms, desk: ZmsClient
) -> None:
    gone = errors("appointmentNotFound", status=404)
    nasty.script = answers(confirm=CUT, appointment=gone)
    with pytest.raises(ReservationLapsedError):
        desk.confirm(reservation())


def test_a_lost_cancellation_shows_by_the_dead_code(
    nasty: NastyZms, desk: ZmsClient
) -> None:
    dead = errors("authKeyMismatch", status=406)
    nasty.script = answers(
        cancel=CUT, appointment=[Reply(200, process("confirmed")), dead]
    )
    assert desk.cancel(MINE).status == "cancelled"


def test_a_cancellation_that_did_not_arrive_is_told(
    nasty: NastyZms, desk: ZmsClient
) -> None:
    nasty.script = answers(cancel=CUT, appointment=process("confirmed"))
    with pytest.raises(UncertainError):
        desk.cancel(MINE)


def old_and_new(asked: Asked) -> Reply:
    told = (asked.query or asked.body)["processId"]
    status = "confirmed" if str(told) == MINE.process_id else "reserved"
    return Reply(200, process(status, processId=int(told)))


def failed_move(nasty: NastyZms, desk: ZmsClient, step: str, failure: Reply) -> Any:
    """Lets a step of a move fail, and returns which numbers were cancelled then."""
    script = {
        "reserve": process(processId=7),
        "update": process(processId=7),
        "appointment": old_and_new,
        "cancel": process("blocked", processId=7),
    }
    nasty.script = answers(**{**script, step: failure})
    with pytest.raises(PortalError):
        desk.move(MINE, SLOT, "key")
    return [a.body["processId"] for a in nasty.asked if a.path.startswith("cancel")]


@pytest.mark.parametrize("step", ["update", "confirm"])
def test_a_refused_move_gives_the_new_slot_back_and_keeps_the_old(
    nasty: NastyZms, desk: ZmsClient, step: str
) -> None:
    refused = errors("tooManyAppointmentsWithSameMail", status=406)
    assert failed_move(nasty, desk, step, refused) == [7]


@pytest.mark.parametrize("step", ["update", "confirm"])
@pytest.mark.parametrize("failure", [CUT, GATEWAY])
def test_a_doubtful_move_cancels_neither(
    nasty: NastyZms, desk: ZmsClient, step: str, failure: Reply
) -> None:
    assert failed_move(nasty, desk, step, failure) == []


def test_a_move_whose_last_step_fails_says_that_the_old_one_stands(
    nasty: NastyZms, desk: ZmsClient
) -> None:
    nasty.script = answers(
        reserve=process(processId=7),
        update=process(processId=7),
        confirm=process("confirmed", processId=7),
        appointment=old_and_new,
        cancel=GATEWAY,
    )
    moved = desk.move(MINE, SLOT, "key")
    assert moved.new.process_id == "7"
    assert not moved.is_old_cancelled


def test_a_move_carries_the_further_services_over(
    nasty: NastyZms, desk: ZmsClient
) -> None:
    further = [{"id": 30102, "name": "Ausweis", "count": 2}]
    old = process("confirmed", subRequestCounts=further)
    nasty.script = answers(
        reserve=process(processId=7),
        update=process(processId=7),
        confirm=process("confirmed", processId=7),
        appointment=old,
        cancel=process("deleted", officeId=0),
    )
    desk.move(MINE, SLOT, "key")
    body = next(a.body for a in nasty.asked if a.path.startswith("reserve"))
    assert body["serviceId"] == ["30101", "30102"]
    assert body["serviceCount"] == [1, 2]


def test_personal_data_goes_where_it_belongs_only(
    nasty: NastyZms, desk: ZmsClient, caplog: pytest.LogCaptureFixture
) -> None:
    nasty.script = answers(update=GATEWAY)
    with pytest.raises(UncertainError) as caught:
        desk.update(reservation(), Person("Erika Geheim", "erika@example.org"))
    assert "Geheim" not in str(caught.value) + caplog.text
    assert all("Geheim" not in str(asked.query) for asked in nasty.asked)


def test_no_code_stands_in_the_most_talkative_log(
    nasty: NastyZms, desk: ZmsClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    nasty.script = answers(appointment=process())
    desk.find(MINE)
    assert "appointment/" in caplog.text
    assert KEY not in caplog.text


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
