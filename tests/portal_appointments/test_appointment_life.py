"""Links in mails, wrong codes, repetition, limits, and what is forgotten when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import icalendar
import pytest
import sqlalchemy as sa
from booking_portal import CitizenClient, codes, embedded, keys

from kumpel.clock import TIME_ZONE
from portal.appointments import tables
from portal.appointments.keys import Cipher
from portal.appointments.outbox import Outbox, StoredLetter
from portal.appointments.store import AppointmentStore
from portal.appointments.upkeep import purge

PAIR = (20106, 30201)


@pytest.fixture
def own(tmp_path: Path) -> Iterator[CitizenClient]:
    """A server of the test's own, whose clock it may move."""
    with embedded(tmp_path) as client:
        yield client


def store_of(zms: CitizenClient) -> AppointmentStore:
    assert zms.settings
    engine = sa.create_engine(zms.settings.portal_database)
    sa.event.listen(
        engine,
        "connect",
        lambda connection, _: connection.execute("PRAGMA foreign_keys=ON"),
    )
    return AppointmentStore(engine, Cipher(zms.settings.secret()), zms.settings.clock)


def letters(zms: CitizenClient) -> list[StoredLetter]:
    assert zms.settings
    store = store_of(zms)
    outbox = Outbox(store._engine, Cipher(zms.settings.secret()), lambda: store.now)
    return outbox.latest()


def page(zms: CitizenClient, url: str, method: str = "GET") -> Any:
    return zms.session.request(method, "http://portal" + urlsplit(url).path)


def preconfirmed(zms: CitizenClient) -> dict[str, Any]:
    process = zms.reserved(*PAIR)
    assert zms.told(process).status_code == 200
    zms.post("preconfirm-appointment/", keys(process))
    return process


def confirmed(zms: CitizenClient) -> dict[str, Any]:
    process = zms.reserved(*PAIR)
    zms.told(process)
    found = zms.post("confirm-appointment/", keys(process))
    assert found.status_code == 200
    result: dict[str, Any] = found.json()
    return result


def test_the_button_behind_the_link_confirms_and_does_so_once(
    own: CitizenClient,
) -> None:
    process = preconfirmed(own)
    (stored,) = letters(own)
    letter = stored.letter
    assert letter.kind == "activation"
    assert letter.recipient == f"erika{process['processId']}@example.org"
    assert letter.link
    assert letter.link in letter.text
    assert letter.link in letter.html
    assert "Erika Musterfrau" in letter.text
    answer = page(own, letter.link, "POST")
    assert answer.status_code == 200
    assert "Ihr Termin ist bestätigt." in answer.text
    shown = own.get("appointment/", **keys(process)).json()
    assert shown["status"] == "confirmed"
    again = page(own, letter.link, "POST")
    assert "war schon bestätigt" in again.text
    opened = page(own, letter.link)
    assert "fest gebucht" in opened.text
    assert "Termin bestätigen" not in opened.text
    assert [row.letter.kind for row in letters(own)] == ["confirmation", "activation"]


@pytest.mark.parametrize("method", ["HEAD", "GET"])
def test_a_program_that_checks_mails_confirms_nothing(
    own: CitizenClient, method: str
) -> None:
    process = preconfirmed(own)
    link = letters(own)[0].letter.link
    assert link
    for _ in range(3):
        assert page(own, link, method).status_code == 200
    shown = own.get("appointment/", **keys(process)).json()
    assert shown["status"] == "preconfirmed"


def test_the_page_behind_the_link_has_one_button_and_no_script(
    own: CitizenClient,
) -> None:
    preconfirmed(own)
    link = letters(own)[0].letter.link
    assert link
    text = page(own, link).text
    assert text.count("<button") == text.count("<form") == 1
    assert '<button type="submit">Termin bestätigen</button>' in text
    assert f'<form method="post" action="{urlsplit(link).path}">' in text
    assert "<script" not in text
    assert '<html lang="de">' in text
    assert text.count("<h1>") == 1


def test_a_link_that_came_too_late_says_so(own: CitizenClient) -> None:
    preconfirmed(own)
    link = letters(own)[0].letter.link
    assert link
    assert own.clock
    own.clock.forward(minutes=61)
    for method in ("GET", "POST"):
        answer = page(own, link, method)
        assert answer.status_code == 400
        assert "Zeit zum Bestätigen ist abgelaufen" in answer.text


@pytest.mark.parametrize(
    "token",
    [
        *("x", "e30", "%00", "eyJpZCI6MX0", "ä"),
        pytest.param("W1tb" * 1_700, id="deeper than Python reads JSON"),
    ],
)
def test_a_broken_link_is_not_found(own: CitizenClient, token: str) -> None:
    answer = page(own, f"/terminvereinbarung/appointment/confirm/{token}")
    assert answer.status_code == 404


def test_the_confirmation_has_number_code_and_calendar_file(own: CitizenClient) -> None:
    process = confirmed(own)
    letter = letters(own)[0].letter
    assert letter.kind == "confirmation"
    for text in (letter.text, letter.html):
        assert str(process["processId"]) in text
        assert process["displayNumber"] in text
        assert process["authKey"] in text
    assert letter.calendar
    assert "Erika" not in letter.calendar
    assert letter.link
    assert "Termin absagen" in page(own, letter.link).text
    file = page(own, f"{letter.link}/termin.ics")
    assert file.headers["content-type"].startswith("text/calendar")
    assert icalendar.Calendar.from_ical(file.text).walk("VEVENT")
    cancelled = page(own, f"{letter.link}/cancel", "POST")
    assert "Termin abgesagt" in cancelled.text
    assert own.get("appointment/", **keys(process)).status_code == 406
    assert letters(own)[0].letter.kind == "cancellation"


def test_names_in_mails_cannot_smuggle_markup(own: CitizenClient) -> None:
    process = own.reserved(*PAIR)
    own.told(process, familyName="<script>alert(1)</script>")
    own.post("confirm-appointment/", keys(process))
    letter = letters(own)[0].letter
    assert "<script>" not in letter.html
    assert "&lt;script&gt;" in letter.html


def test_five_wrong_codes_lock_an_appointment_for_a_quarter_of_an_hour(
    own: CitizenClient,
) -> None:
    process = confirmed(own)
    wrong = {**keys(process), "authKey": "b" * 64}
    for _ in range(4):
        answer = own.get("appointment/", **wrong)
        assert (answer.status_code, codes(answer)) == (406, {"authKeyMismatch"})
        assert "Retry-After" not in answer.headers
    assert own.get("appointment/", **keys(process)).status_code == 200
    for _ in range(5):
        answer = own.get("appointment/", **wrong)
    assert answer.headers["Retry-After"] == "900"
    right = own.get("appointment/", **keys(process))
    assert right.status_code == 406
    assert own.post("cancel-appointment/", keys(process)).status_code == 406
    assert own.clock
    own.clock.forward(minutes=15)
    assert own.get("appointment/", **keys(process)).status_code == 200


def test_a_repeated_reservation_gets_the_first_answer(own: CitizenClient) -> None:
    moment = own.slots(*PAIR)[0]
    header = {"Idempotency-Key": "6a2f7c52-0000-4000-8000-000000000001"}
    first = own.reserve(*PAIR, moment, headers=header)
    second = own.reserve(*PAIR, moment, headers=header)
    assert second.json() == first.json()
    assert second.headers["Idempotency-Replayed"] == "true"
    other = own.reserve(*PAIR, moment + 600, headers=header)
    assert (other.status_code, codes(other)) == (400, {"invalidRequest"})


def test_a_cancelled_moment_is_free_at_once(own: CitizenClient) -> None:
    moment = own.slots(*PAIR)[0]
    held = []
    while (answer := own.reserve(*PAIR, moment)).status_code == 200:
        held.append(answer.json())
    assert moment not in own.slots(*PAIR)
    own.post("cancel-appointment/", keys(held[0]))
    assert moment in own.slots(*PAIR)


def test_too_many_persons_are_too_many(own: CitizenClient) -> None:
    moment = own.slots(*PAIR)[0]
    many = own.reserve(*PAIR, moment, serviceCount=[25])
    assert (many.status_code, codes(many)) == (400, {"tooManyServicesPerAppointment"})
    body = {"serviceId": ["30201", "30207"], "serviceCount": [5, 5]}
    long = own.reserve(*PAIR, moment, **body)
    assert (long.status_code, codes(long)) == (400, {"tooManySlotsPerAppointment"})
    uneven = own.reserve(*PAIR, moment, serviceCount=[1, 1])
    assert (uneven.status_code, codes(uneven)) == (400, {"MISMATCHED_ARRAYS"})


def test_two_services_for_a_family_take_their_slots(own: CitizenClient) -> None:
    query = own.question(*PAIR)
    query |= {"serviceIds": "30201,30207", "serviceCounts": "2,1"}
    days = own.get("available-calendar/", **query).json()["availableDays"]
    moment = days[0]["offices"][0]["appointments"][0]
    body = {"serviceId": ["30201", "30207"], "serviceCount": [2, 1]}
    found = own.reserve(*PAIR, moment, **body).json()
    assert found["slotCount"] == 6
    assert (found["serviceId"], found["serviceCount"]) == (30201, 2)
    (further,) = found["subRequestCounts"]
    assert (further["id"], further["count"]) == (30207, 1)
    event = icalendar.Calendar.from_ical(found["icsContent"]).walk("VEVENT")[0]
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(minutes=60)


@pytest.mark.parametrize(
    "body",
    [
        {"officeId": "x" * 32_769},
        {"officeId": [[[[[[[[[[[1]]]]]]]]]]]},
    ],
)
def test_too_long_or_too_deep_a_body_breaks_the_policy(
    own: CitizenClient, body: dict[str, Any]
) -> None:
    answer = own.post("reserve-appointment/", body)
    assert (answer.status_code, codes(answer)) == (403, {"securityHeaderViolation"})


def test_line_breaks_do_not_survive_in_texts(own: CitizenClient) -> None:
    process = own.reserved(*PAIR)
    found = own.told(process, familyName=" Erika\r\nBcc: x@example.org ").json()
    assert found["familyName"] == "ErikaBcc: x@example.org"


def test_a_form_is_read_like_json(own: CitizenClient) -> None:
    moment = own.slots(*PAIR)[0]
    answer = own.call(
        "POST",
        "reserve-appointment/",
        data={"timestamp": moment, "officeId": PAIR[0], "serviceId[]": PAIR[1]},
    )
    assert answer.status_code == 200


def test_the_catalogue_is_not_sent_twice(own: CitizenClient) -> None:
    etag = own.get("offices-and-services/").headers["ETag"]
    for known in (etag, f"W/{etag}", f'"other", W/{etag}', "*"):
        headers = {"If-None-Match": known}
        again = own.call("GET", "offices-and-services/", headers=headers)
        assert again.status_code == 304
    headers = {"If-None-Match": '"other"'}
    other = own.call("GET", "offices-and-services/", headers=headers)
    assert other.status_code == 200


def test_every_answer_has_the_headers_of_zms(own: CitizenClient) -> None:
    for answer in (own.get("offices-and-services/"), own.get("nothing/")):
        assert "max-age=0" in answer.headers["Cache-Control"]
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["Expires"] == answer.headers["Last-Modified"]
        assert answer.headers["content-type"] == "application/json; charset=utf-8"


def test_maintenance_and_a_blocked_address_close_the_door(tmp_path: Path) -> None:
    with embedded(tmp_path / "a", MAINTENANCE_ENABLED="1") as zms:
        answer = zms.get("offices-and-services/")
        assert (answer.status_code, codes(answer)) == (503, {"serviceUnavailable"})
    with embedded(tmp_path / "b", IP_BLACKLIST="10.9.9.9") as zms:
        answer = zms.call("GET", "captcha-details/", address="10.9.9.9")
        assert (answer.status_code, codes(answer)) == (403, {"IP_BLACKLISTED"})
        assert zms.get("captcha-details/").status_code == 200


def test_nothing_of_a_citizen_stands_in_clear_under_var(
    own: CitizenClient, tmp_path: Path
) -> None:
    process = own.reserved(*PAIR)
    own.told(process, customTextfield="mit Zirkuselefant")
    own.post("preconfirm-appointment/", keys(process))
    own.post("confirm-appointment/", keys(process))
    words = [b"Musterfrau", b"erika", b"0215186", b"Zirkuselefant"]
    words.append(process["authKey"].encode())
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any(path.name == "portal.db" for path in files)
    for path in files:
        content = path.read_bytes()
        assert not [word for word in words if word in content], path


def test_a_lapsed_reservation_leaves_nothing_behind(own: CitizenClient) -> None:
    own.told(own.reserved(*PAIR))
    assert own.clock
    own.clock.forward(minutes=60)
    store = store_of(own)
    purge(store)
    with store._engine.connect() as connection:
        for table in (tables.process, tables.seat, tables.mail):
            assert connection.execute(sa.select(table)).all() == []


def test_thirty_days_after_its_day_an_appointment_names_nobody(
    own: CitizenClient,
) -> None:
    process = confirmed(own)
    day = datetime.fromtimestamp(int(process["timestamp"]), TIME_ZONE)
    assert own.clock
    own.clock.moment = day + timedelta(days=29)
    purge(store_of(own))
    shown = own.get("appointment/", **keys(process)).json()
    assert shown["familyName"] == "Erika Musterfrau"
    own.clock.moment = day + timedelta(days=30, seconds=1)
    store = store_of(own)
    purge(store)
    assert codes(own.get("appointment/", **keys(process))) == {"appointmentNotFound"}
    with store._engine.connect() as connection:
        (row,) = connection.execute(sa.select(tables.process)).all()
        assert connection.execute(sa.select(tables.mail)).all() == []
    assert row.status == "anonymized"
    assert (row.person_encrypted, row.mail_hash, row.external_user) == (None,) * 3
    assert (row.office, row.service) == PAIR


def test_a_cancelled_appointment_keeps_no_name(own: CitizenClient) -> None:
    process = confirmed(own)
    found = own.post("cancel-appointment/", keys(process)).json()
    again = own.get("appointment/", **keys(found)).json()
    assert (again["familyName"], again["email"]) == ("(abgesagt)", "")
