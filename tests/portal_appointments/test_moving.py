"""Moving an appointment: one step makes the new one certain and cancels the old one."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import requests
import sqlalchemy as sa
from booking_portal import (
    CitizenClient,
    PortalProcess,
    codes,
    embedded,
    keys,
    problems_in,
    scratch_database,
    stored,
)

#: The aliens' office gives one appointment to a mail address.
PAIR = (20120, 30701)
MAIL = "one@example.org"


@pytest.fixture
def own(tmp_path: Path) -> Iterator[CitizenClient]:
    with embedded(tmp_path) as client:
        yield client


def confirmed(zms: CitizenClient, mail: str = MAIL) -> dict[str, Any]:
    process = zms.reserved(*PAIR)
    assert zms.told(process, email=mail).status_code == 200
    assert zms.post("confirm-appointment/", keys(process)).status_code == 200
    return process


def tell(
    zms: CitizenClient, new: dict[str, Any], old: dict[str, Any] | None, **more: Any
) -> requests.Response:
    fields = {"familyName": "Erika", "email": MAIL, "telephone": "0215186", **more}
    replaces = {"replaces": keys(old)} if old else {}
    body = {**keys(new), **fields, "customTextfield": "Ostwall 1", **replaces}
    return zms.post("update-appointment/", body)


def confirm(
    zms: CitizenClient, new: dict[str, Any], old: dict[str, Any] | None
) -> requests.Response:
    replaces = {"replaces": keys(old)} if old else {}
    return zms.post("confirm-appointment/", {**keys(new), **replaces})


def mails(zms: CitizenClient) -> list[dict[str, Any]]:
    assert zms.settings
    found: list[dict[str, Any]] = zms.session.get(
        "http://portal/portal/v1/outbox",
        headers={"X-API-Key": zms.settings.portal_api_keys()[0]},
    ).json()["items"]
    return found


def test_an_office_that_allows_one_appointment_lets_it_be_moved(
    own: CitizenClient,
) -> None:
    old = confirmed(own)
    new = own.reserved(*PAIR)
    assert codes(tell(own, new, None)) == {"tooManyAppointmentsWithSameMail"}
    assert tell(own, new, old).status_code == 200
    assert codes(confirm(own, new, None)) == {"tooManyAppointmentsWithSameMail"}
    answer = confirm(own, new, old)
    assert answer.status_code == 200, answer.text
    assert answer.json()["status"] == "confirmed"
    gone = {"processId": old["processId"], "status": "deleted"}
    assert answer.json()["replaced"] == gone
    assert own.get("appointment/", **keys(old)).status_code == 406
    shown = own.get("appointment/", **keys(new)).json()
    assert shown["status"] == "confirmed"
    assert int(old["timestamp"]) in own.slots(*PAIR)


def test_one_mail_says_that_it_is_moved(own: CitizenClient) -> None:
    old = confirmed(own)
    new = own.reserved(*PAIR)
    tell(own, new, old)
    confirm(own, new, old)
    moved, booked = mails(own)
    assert (moved["kind"], booked["kind"]) == ("moved", "confirmation")
    assert moved["subject"].startswith("Ihr Termin ist verschoben")
    for text in (moved["text"], moved["html"]):
        assert "bisherige Termin" in text
        assert str(new["processId"]) in text
        assert new["authKey"] in text
        assert old["authKey"] not in text
    assert moved["calendar"]


def test_confirming_a_move_again_says_that_it_is_done(own: CitizenClient) -> None:
    old = confirmed(own)
    new = own.reserved(*PAIR)
    tell(own, new, old)
    confirm(own, new, old)
    assert codes(confirm(own, new, old)) == {"processNotPreconfirmedAnymore"}
    assert own.get("appointment/", **keys(new)).json()["status"] == "confirmed"


@pytest.mark.parametrize(
    "replaces",
    [
        None,
        "x",
        [],
        {},
        {"processId": "x", "authKey": "y"},
        {"processId": 4711, "authKey": "ab" * 32},
    ],
)
def test_what_cannot_be_replaced_counts_and_stays(
    own: CitizenClient, replaces: Any
) -> None:
    old = confirmed(own)
    new = own.reserved(*PAIR)
    fields = {"familyName": "Erika", "email": MAIL, "replaces": replaces}
    told = own.post("update-appointment/", {**keys(new), **fields})
    assert codes(told) == {"tooManyAppointmentsWithSameMail"}
    assert own.get("appointment/", **keys(old)).json()["status"] == "confirmed"


def test_a_wrong_code_replaces_nothing_and_locks_as_everywhere(
    own: CitizenClient,
) -> None:
    old = confirmed(own)
    guessed = {**old, "authKey": "ab" * 32}
    new = own.reserved(*PAIR)
    for _ in range(5):
        answer = tell(own, new, guessed)
        assert codes(answer) == {"tooManyAppointmentsWithSameMail"}
    locked = own.get("appointment/", **keys(old))
    assert locked.status_code == 406
    assert int(locked.headers["Retry-After"]) > 0


def test_a_reservation_or_a_past_appointment_is_not_replaced(
    own: CitizenClient,
) -> None:
    mere = own.reserved(*PAIR)
    assert own.told(mere, email=MAIL).status_code == 200
    new = own.reserved(*PAIR)
    assert tell(own, new, mere).status_code == 200
    answer = confirm(own, new, mere)
    assert answer.status_code == 200
    assert "replaced" not in answer.json()
    assert own.get("appointment/", **keys(mere)).json()["status"] == "reserved"


def test_an_appointment_does_not_replace_itself(own: CitizenClient) -> None:
    new = own.reserved(*PAIR)
    assert tell(own, new, new).status_code == 200
    assert "replaced" not in confirm(own, new, new).json()
    assert own.get("appointment/", **keys(new)).json()["status"] == "confirmed"


def test_a_lapsed_reservation_leaves_the_old_appointment_alone(
    own: CitizenClient,
) -> None:
    old = confirmed(own)
    new = own.reserved(*PAIR)
    tell(own, new, old)
    assert own.clock
    own.clock.forward(minutes=31)
    assert confirm(own, new, old).status_code == 404
    assert own.get("appointment/", **keys(old)).json()["status"] == "confirmed"


@pytest.mark.parametrize(
    "kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
)
def test_one_appointment_moved_twice_at_once_ends_as_one(
    kind: str, tmp_path: Path
) -> None:
    with (
        scratch_database(kind, tmp_path) as url,
        PortalProcess(tmp_path / "one", url) as one,
        PortalProcess(tmp_path / "two", url) as two,
    ):
        zms = one.client()
        for turn in range(4):
            mail = f"one{turn}@example.org"
            old = confirmed(zms, mail)
            new = [zms.reserved(*PAIR) for _ in range(2)]
            for process in new:
                assert tell(zms, process, old, email=mail).status_code == 200

            def move(
                pair: tuple[PortalProcess, dict[str, Any]], old: dict[str, Any] = old
            ) -> requests.Response:
                return confirm(pair[0].client(), pair[1], old)

            with ThreadPoolExecutor(2) as pool:
                pairs = zip((one, two), new, strict=True)
                answers = list(pool.map(move, pairs))
            assert sorted(a.status_code for a in answers) == [200, 406]
            assert zms.get("appointment/", **keys(old)).status_code == 406
        engine = sa.create_engine(url)
        assert problems_in(stored(engine)) == []
        engine.dispose()
