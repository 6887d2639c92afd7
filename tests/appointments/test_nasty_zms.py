"""The desk before a ZMS that fails in every way we know of."""

from __future__ import annotations

import time

import pytest
from nasty_desk import (
    AT,
    CUT,
    GATEWAY,
    KEY,
    MINE,
    SLOT,
    answers,
    desk_of,
    process,
    reservation,
)
from nasty_zms import HTML, Asked, NastyZms, Reply, errors

from kumpel.appointments.zms_client import ZmsClient
from kumpel.errors import (
    AppointmentNotFoundError,
    ConfigurationError,
    NotBookableError,
    PortalError,
    PortalUnavailableError,
    SlotTakenError,
    TooManyPersonsError,
    UncertainError,
    WrongCodeError,
)

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
        # Deeper than Python reads JSON.
        (Reply(200, b"[" * 100_000), PortalUnavailableError),
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
