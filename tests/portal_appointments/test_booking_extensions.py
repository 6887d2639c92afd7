"""Queue, waiting list and outbox on the portal's own API."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from booking_portal import CitizenClient, embedded, keys

from kumpel.clock import TIME_ZONE, parse_moment
from portal.appointments.desk import Desk
from portal.appointments.errors import ZmsError
from portal.appointments.mount import make_api
from portal.appointments.process import Person
from portal.appointments.seed import read_booking_seed
from portal.appointments.validation import Reservation
from portal.appointments.waitlist import Wait, Waitlist
from portal.catalogue import Catalogue
from portal.database import prepare

OPPUM = 20106
SERVICE = 30201


@pytest.fixture
def own(tmp_path: Path) -> Iterator[CitizenClient]:
    with embedded(tmp_path) as client:
        yield client


def portal(
    zms: CitizenClient, method: str, path: str, has_key: bool = True, **more: Any
) -> requests.Response:
    assert zms.settings
    headers = {"X-API-Key": zms.settings.portal_api_keys()[0]} if has_key else {}
    url = f"http://portal/portal/v1/{path}"
    return zms.session.request(method, url, headers=headers, **more)


def desk_of(zms: CitizenClient) -> Desk:
    """Returns another replica's desk on the same database."""
    assert zms.settings
    engine = prepare(zms.settings.portal_database)
    rules = read_booking_seed()
    return make_api(engine, Catalogue(engine), zms.settings, rules).desk


def queue(zms: CitizenClient, office: str, at: str) -> dict[str, Any]:
    assert zms.clock
    zms.clock.moment = parse_moment(at)
    answer = portal(zms, "GET", f"offices/{office}/queue", has_key=False)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_an_open_office_tells_who_is_served_and_how_many_wait(
    own: CitizenClient,
) -> None:
    found = queue(own, "buergerbuero-mitte", "2026-11-24T10:15:00+01:00")
    assert found["available"]
    assert found["demonstration"] is True
    assert found["nowServing"].startswith("BM")
    assert found["waiting"] >= 0
    assert found["estimatedMinutes"] >= 0
    again = queue(own, "buergerbuero-mitte", "2026-11-24T10:15:00+01:00")
    assert again == found


@pytest.mark.parametrize(
    ("office", "at"),
    [
        ("buergerbuero-mitte", "2026-11-24T12:45:00+01:00"),  # lunch
        ("buergerbuero-mitte", "2026-11-22T10:15:00+01:00"),  # Sunday
        ("buergerbuero-mitte", "2026-12-25T10:15:00+01:00"),
        ("buergerbuero-sued", "2026-11-24T10:15:00+01:00"),  # hours unknown
        ("mediothek", "2026-11-24T12:15:00+01:00"),  # no appointments
    ],
)
def test_a_closed_or_unknown_office_tells_nothing(
    own: CitizenClient, office: str, at: str
) -> None:
    found = queue(own, office, at)
    assert not found["available"]
    assert found["nowServing"] is found["waiting"] is found["estimatedMinutes"] is None


def test_a_booked_appointment_is_called_when_its_time_comes(own: CitizenClient) -> None:
    process = own.reserved(OPPUM, SERVICE)
    own.told(process)
    number = own.post("confirm-appointment/", keys(process)).json()["displayNumber"]
    assert own.clock
    start = datetime.fromtimestamp(int(process["timestamp"]), TIME_ZONE)
    shown = queue(own, str(OPPUM), start.isoformat())["nowServing"]
    # Of several people who are called at one time the last is shown.
    assert shown[:-1] == number[:-1]


def test_an_unknown_office_has_no_queue(own: CitizenClient) -> None:
    assert portal(own, "GET", "offices/nowhere/queue").status_code == 404


def wish(zms: CitizenClient, mail: str, **more: Any) -> dict[str, Any]:
    return {
        "serviceId": SERVICE,
        "officeIds": [OPPUM],
        "before": "2026-11-24",
        "familyName": "Erika Musterfrau",
        "email": mail,
        "consent": True,
        **more,
    }


def fill(zms: CitizenClient) -> list[dict[str, Any]]:
    """Reserves everything that is free at the office on the first day."""
    desk, held = desk_of(zms), []
    for moment in zms.slots(OPPUM, SERVICE):
        for _ in range(9):
            try:
                process, key = desk.reserve(Reservation(OPPUM, ((SERVICE, 1),), moment))
            except ZmsError:
                break
            desk.store.change(
                process.process_id,
                key,
                states=("reserved",),
                refusal="",
                values=lambda _: {"status": "confirmed", "expires_at": None},
            )
            held.append({"processId": process.process_id, "authKey": key})
    return held


def mails(zms: CitizenClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = portal(zms, "GET", "outbox").json()["items"]
    return found


def test_a_cancellation_is_offered_to_whoever_waits_longest(own: CitizenClient) -> None:
    held = fill(own)
    first = portal(own, "POST", "waitlist", json=wish(own, "first@example.org"))
    assert first.status_code == 201, first.text
    assert (first.json()["status"], first.json()["position"]) == ("waiting", 1)
    second = portal(own, "POST", "waitlist", json=wish(own, "second@example.org"))
    assert second.json()["position"] == 2
    assert mails(own) == []
    own.post("cancel-appointment/", held[0])
    (offer,) = mails(own)
    assert (offer["kind"], offer["recipient"]) == ("offer", "first@example.org")
    shown = portal(own, "GET", f"waitlist/{first.json()['token']}").json()
    assert shown["status"] == "offered"
    waiting = portal(own, "GET", f"waitlist/{second.json()['token']}").json()
    assert waiting["status"] == "waiting"
    # Nobody else can have it meanwhile.
    assert own.slots(OPPUM, SERVICE)[0] > parse_moment("2026-11-24").timestamp()
    answer = own.session.post("http://portal" + urlsplit(offer["link"]).path)
    assert "Ihr Termin ist bestätigt." in answer.text
    Waitlist(desk_of(own)).serve()
    gone = portal(own, "GET", f"waitlist/{first.json()['token']}")
    assert gone.status_code == 404
    assert len([mail for mail in mails(own) if mail["kind"] == "offer"]) == 1


def test_an_offer_that_is_not_taken_goes_to_the_next(own: CitizenClient) -> None:
    held = fill(own)
    portal(own, "POST", "waitlist", json=wish(own, "first@example.org"))
    portal(own, "POST", "waitlist", json=wish(own, "second@example.org"))
    own.post("cancel-appointment/", held[-1])
    assert own.clock
    own.clock.forward(hours=2, seconds=1)
    waitlist = Waitlist(desk_of(own))
    assert waitlist.serve() == 1
    assert mails(own)[0]["recipient"] == "second@example.org"
    own.clock.forward(hours=2, seconds=1)
    assert waitlist.serve() == 0


def test_a_date_that_comes_free_meanwhile_is_not_for_those_behind(
    own: CitizenClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    freed = fill(own)[:1]
    for name in ("first", "second"):
        portal(own, "POST", "waitlist", json=wish(own, f"{name}@example.org"))
    desk = desk_of(own)
    waitlist = Waitlist(desk)
    look = waitlist._earliest

    def earliest(wait: Wait) -> tuple[int, int] | None:
        found = look(wait)
        if freed:
            process = freed.pop()
            desk.cancel(process["processId"], process["authKey"])
        return found

    monkeypatch.setattr(waitlist, "_earliest", earliest)
    assert waitlist.serve() == 0
    assert waitlist.serve() == 1
    assert mails(own)[0]["recipient"] == "first@example.org"


@pytest.mark.parametrize(
    ("other", "is_covered"),
    [
        ({}, True),
        ({"offices": (OPPUM, 1)}, True),
        ({"before": 200}, True),
        ({"offices": (1,)}, False),
        ({"before": 50}, False),
        ({"service": 1}, False),
        ({"service_count": 2}, False),
    ],
)
def test_who_asks_for_more_may_get_what_nobody_before_could(
    other: dict[str, Any], is_covered: bool
) -> None:
    wait = Wait((OPPUM,), SERVICE, 1, 100, Person("A", "a@example.org"))
    assert wait.asks_no_more_than(replace(wait, **other)) is is_covered


def test_leaving_the_line_ends_it(own: CitizenClient) -> None:
    held = fill(own)
    token = portal(own, "POST", "waitlist", json=wish(own, "a@example.org")).json()
    path = f"waitlist/{token['token']}/leave"
    assert portal(own, "POST", path).status_code == 200
    assert portal(own, "POST", path).status_code == 404
    own.post("cancel-appointment/", held[0])
    assert mails(own) == []


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"consent": False}, "#/consent"),
        ({"email": "nobody"}, "#/email"),
        ({"before": "2026-11-01"}, "#/before"),
        ({"before": "soon"}, "#/before"),
        ({"officeIds": []}, "#/officeIds"),
        ({"officeIds": [20185]}, "#/officeIds"),
        ({"serviceId": "x"}, "#/serviceId"),
        ({"serviceCount": 99}, "#/serviceCount"),
        ({"familyName": " "}, "#/familyName"),
    ],
)
def test_a_wrong_wish_is_refused_by_its_field(
    own: CitizenClient, change: dict[str, Any], pointer: str
) -> None:
    body = wish(own, "a@example.org", **change)
    answer = portal(own, "POST", "waitlist", json=body)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "waitlist"),
        ("GET", "waitlist/abcdefgh"),
        ("POST", "waitlist/abcdefgh/leave"),
        ("GET", "outbox"),
    ],
)
def test_only_trusted_clients_may_use_list_and_outbox(
    own: CitizenClient, method: str, path: str
) -> None:
    answer = portal(own, method, path, has_key=False)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "ApiKey"


@pytest.mark.parametrize(("host", "is_sent"), [("", False), ("mail.example", True)])
def test_the_portal_tells_whether_mails_leave_it(
    tmp_path: Path, host: str, is_sent: bool
) -> None:
    sender = {"KUMPEL_MAIL_SENDER": "termine@example.org"}
    with embedded(tmp_path, KUMPEL_SMTP_HOST=host, **sender) as zms:
        answer = portal(zms, "GET", "mail", has_key=False)
        assert answer.json() == {"isSent": is_sent}
