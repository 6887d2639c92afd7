"""Confirming, cancelling and moving before a ZMS that fails in between."""

from __future__ import annotations

from typing import Any

import pytest
from nasty_desk import CUT, GATEWAY, KEY, MINE, SLOT, answers, process, reservation
from nasty_zms import Asked, NastyZms, Reply, errors

from kumpel.appointments.models import (
    Person,
)
from kumpel.appointments.zms_client import ZmsClient
from kumpel.errors import (
    PortalError,
    ReservationLapsedError,
    UncertainError,
)

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
