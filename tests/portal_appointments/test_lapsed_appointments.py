"""Who confirms too late is told so; who only guesses a number learns nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from booking_portal import CitizenClient, codes, embedded, keys
from test_appointment_life import letters, page, preconfirmed, store_of

from portal.appointments import tables
from portal.appointments.upkeep import purge

PAIR = (20106, 30201)
STEPS = ["preconfirm-appointment/", "confirm-appointment/"]


@pytest.fixture
def own(tmp_path: Path) -> Iterator[CitizenClient]:
    with embedded(tmp_path) as client:
        yield client


def lapse(zms: CitizenClient, is_swept: bool) -> dict[str, Any]:
    process = preconfirmed(zms)
    assert zms.clock
    zms.clock.forward(minutes=61)
    if is_swept:
        assert store_of(zms).sweep() == 1
    return process


@pytest.mark.parametrize("is_swept", [False, True])
@pytest.mark.parametrize("step", STEPS)
def test_confirming_too_late_is_told_from_an_unknown_number(
    own: CitizenClient, step: str, is_swept: bool
) -> None:
    process = lapse(own, is_swept)
    late = own.post(step, keys(process))
    assert (late.status_code, codes(late)) == (400, {"preconfirmationExpired"})
    unknown = own.post(step, {**keys(process), "processId": 12345678})
    assert (unknown.status_code, codes(unknown)) == (404, {"appointmentNotFound"})


@pytest.mark.parametrize("is_swept", [False, True])
@pytest.mark.parametrize("step", STEPS)
def test_without_the_code_a_lapsed_number_looks_like_an_unknown_one(
    own: CitizenClient, step: str, is_swept: bool
) -> None:
    process = lapse(own, is_swept)
    guessed = own.post(step, {**keys(process), "authKey": "ab" * 32})
    unknown = own.post(step, {"processId": 12345678, "authKey": "ab" * 32})
    assert guessed.status_code == unknown.status_code == 404
    assert guessed.json() == unknown.json()
    # Nor does guessing lock anything, however often.
    for _ in range(6):
        again = own.post(step, {**keys(process), "authKey": "ab" * 32})
    assert "Retry-After" not in again.headers


def test_to_all_other_steps_it_is_gone(own: CitizenClient) -> None:
    process = lapse(own, is_swept=True)
    assert codes(own.get("appointment/", **keys(process))) == {"appointmentNotFound"}
    assert codes(own.told(process)) == {"appointmentNotFound"}
    gone = own.post("cancel-appointment/", keys(process))
    assert codes(gone) == {"appointmentNotFound"}
    assert int(process["timestamp"]) in own.slots(*PAIR)


def test_a_reservation_that_lapsed_is_unknown(own: CitizenClient) -> None:
    process = own.reserved(*PAIR)
    assert own.clock
    own.clock.forward(minutes=31)
    for step in STEPS:
        assert codes(own.post(step, keys(process))) == {"appointmentNotFound"}


def test_the_link_in_the_mail_says_that_it_came_too_late(own: CitizenClient) -> None:
    preconfirmed(own)
    link = letters(own)[0].letter.link
    assert link
    assert own.clock
    own.clock.forward(minutes=61)
    store_of(own).sweep()
    for method in ("GET", "POST"):
        answer = page(own, link, method)
        assert answer.status_code == 400
        assert "Zeit zum Bestätigen ist abgelaufen" in answer.text


def test_nothing_of_the_citizen_is_kept_and_after_a_day_nothing_at_all(
    own: CitizenClient,
) -> None:
    process = lapse(own, is_swept=True)
    store = store_of(own)
    with store.reading() as connection:
        row = connection.execute(sa.select(tables.process)).one()
        others = [
            connection.execute(sa.select(table)).all()
            for table in (tables.seat, tables.mail, tables.idempotency)
        ]
    assert row.status == "lapsed"
    assert row.person_encrypted is row.mail_hash is row.external_user is None
    assert others == [[], [], []]
    assert own.clock
    own.clock.forward(hours=24, seconds=1)
    purge(store)
    late = own.post("confirm-appointment/", keys(process))
    assert codes(late) == {"appointmentNotFound"}
    with store.reading() as connection:
        assert connection.execute(sa.select(tables.process)).first() is None
