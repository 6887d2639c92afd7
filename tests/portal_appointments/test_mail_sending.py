"""Mails leave the outbox: once, in order, whatever the mail server does."""

from __future__ import annotations

import logging
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from booking_portal import scratch_database
from mail_post import SENDER, Post, letter, parts_of, plain, send, until
from mail_servers import (
    PASSWORD,
    USER,
    Certificate,
    Letterbox,
    checks_password,
    free_port,
    mail_server,
)

from portal.appointments import tables
from portal.appointments.mime import mail_of
from portal.appointments.sender import RETRY_AFTER_SECONDS, MailSender
from portal.appointments.smtp import MailServer


def test_a_mail_arrives_with_text_html_and_calendar(post: Post) -> None:
    box = Letterbox()
    calendar = "BEGIN:VCALENDAR\r\nSUMMARY:Ausweis für Zoë\r\nEND:VCALENDAR\r\n"
    post.put(letter("zoe@example.org", calendar=calendar))
    with mail_server(box) as port:
        assert send(post, plain(port))
    (mail,) = box.mails
    assert box.recipients == ["zoe@example.org"]
    assert mail["From"] == f"Stadt Krefeld <{SENDER}>"
    assert mail["To"].addresses[0].display_name == "Zoë Müller-Łukasz"
    assert mail["Subject"].startswith("Ihr Termin am Freitag")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Content-Language"] == "de"
    assert bytes(box.envelopes[0].content or b"").isascii()
    assert mail["Date"].datetime == post.clock()
    assert mail["Message-ID"].endswith("@example.org>")
    parts = parts_of(mail)
    order = ["text/plain", "text/html", "text/calendar"]
    assert [kind for kind in parts if not kind.startswith("multipart")] == order
    assert "multipart/alternative" in parts
    text = parts["text/plain"].get_content().replace("\r\n", "\n")
    assert text == "Grüße\n.\nEin Punkt allein beendet nichts.\n"
    assert '<html lang="de">' in parts["text/html"].get_content()
    assert "für Zoë" in parts["text/calendar"].get_content()
    assert parts["text/calendar"].get_filename() == "termin.ics"
    assert post.rows() == [], "what was sent is forgotten"


def test_starttls_with_a_password(post: Post, trusted: Certificate) -> None:
    box = Letterbox()
    post.put(letter("erika@example.org"))
    with mail_server(
        box,
        tls_context=trusted.context,
        require_starttls=True,
        auth_required=True,
        authenticator=checks_password,
    ) as port:
        server = MailServer(
            "127.0.0.1", port, "starttls", USER, PASSWORD, str(trusted.file)
        )
        assert send(post, server)
    assert (box.was_encrypted, box.users) == ([True], [USER])


def test_tls_from_the_first_byte(post: Post, trusted: Certificate) -> None:
    box = Letterbox()
    post.put(letter("erika@example.org"))
    with mail_server(box, ssl_context=trusted.context) as port:
        server = MailServer("127.0.0.1", port, "tls", ca_file=str(trusted.file))
        assert send(post, server)
    assert box.recipients == ["erika@example.org"]


def refusing(
    trusted: Certificate, port: int
) -> dict[str, tuple[MailServer, dict[str, Any]]]:
    starttls = {"tls_context": trusted.context}
    login = {**starttls, "auth_required": True, "authenticator": checks_password}
    file = str(trusted.file)
    return {
        "Zertifikat": (MailServer("127.0.0.1", port, "starttls"), starttls),
        "bietet die verlangte": (MailServer("127.0.0.1", port, "starttls"), {}),
        "Name oder Passwort ab (535": (
            MailServer("127.0.0.1", port, "starttls", USER, "wrong", file),
            login,
        ),
        "Absender nicht an (530": (
            MailServer("127.0.0.1", port, "starttls", ca_file=file),
            login,
        ),
    }


@pytest.mark.parametrize(
    "reason",
    [
        "Zertifikat",
        "bietet die verlangte",
        "Name oder Passwort ab (535",
        "Absender nicht an (530",
    ],
)
def test_a_server_that_takes_no_mail_costs_no_attempt(
    post: Post, trusted: Certificate, reason: str
) -> None:
    box, port = Letterbox(), free_port()
    post.put(letter("erika@example.org"), letter("otto@example.org"))
    server, more = refusing(trusted, port)[reason]
    with mail_server(box, port, **more):
        assert not send(post, server)
    assert box.envelopes == []
    first, second = post.rows()
    assert reason in first.problem
    assert (first.attempts, second.attempts, second.problem) == (0, 0, None)
    assert not first.is_given_up


def test_a_server_that_was_down_gets_all_mails_when_it_is_up(post: Post) -> None:
    box, port = Letterbox(), free_port()
    post.put(*(letter(f"number{n}@example.org") for n in range(3)))
    for _ in range(20):
        assert not send(post, plain(port))
    assert "nicht erreichbar" in post.rows()[0].problem
    with mail_server(box, port):
        assert send(post, plain(port))
    assert box.recipients == [f"number{n}@example.org" for n in range(3)]


def test_a_refused_recipient_blocks_nobody_and_is_not_tried_again(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    box = Letterbox({"gone@example.org": "550 5.1.1 <gone@example.org> unknown"})
    post.put(letter("gone@example.org"), letter("erika@example.org"))
    with mail_server(box) as port:
        assert send(post, plain(port))
        post.clock.forward(days=2)
        assert send(post, plain(port))
    assert box.recipients == ["erika@example.org"]
    (row,) = post.rows()
    assert (row.is_given_up, row.attempts) == (True, 1)
    assert row.problem == "Der Mailserver lehnt die Adresse ab (550 5.1.1)."
    told = [
        record.getMessage()
        for record in caplog.records
        if record.name.startswith("portal.")
    ]
    assert len(told) == 2
    assert not any("gone@" in text or "Zoë" in text for text in told)


def test_a_mail_that_is_deferred_is_tried_a_few_times(post: Post) -> None:
    box = Letterbox({"full@example.org": "452 4.2.2 mailbox full"})
    post.put(letter("full@example.org"))
    with mail_server(box) as port:
        for attempt, seconds in enumerate(RETRY_AFTER_SECONDS, start=1):
            send(post, plain(port))
            assert post.rows()[0].attempts == attempt
            post.clock.forward(seconds=seconds - 1)
            send(post, plain(port))
            assert post.rows()[0].attempts == attempt, "not before its time"
            post.clock.forward(seconds=1)
        send(post, plain(port))
    (row,) = post.rows()
    assert row.is_given_up
    assert "452 4.2.2" in row.problem


def test_a_deferred_mail_arrives_later_under_the_same_number(post: Post) -> None:
    box = Letterbox(hangs_up_on={"erika@example.org"})
    post.put(letter("erika@example.org"), letter("otto@example.org"))
    number = mail_of(post.outbox.latest()[1], SENDER)["Message-ID"]
    with mail_server(box) as port:
        assert send(post, plain(port))
        assert box.recipients == ["otto@example.org"]
        box.hangs_up_on.clear()
        post.clock.forward(minutes=1)
        assert send(post, plain(port))
    assert box.mails[-1]["Message-ID"] == number
    assert box.mails[0]["Message-ID"] != number


def test_a_server_that_is_too_slow_holds_up_nothing_for_ever(post: Post) -> None:
    box = Letterbox(slow_seconds=30)
    post.put(letter("erika@example.org"))
    with mail_server(box) as port:
        start = time.monotonic()
        assert send(post, plain(port, timeout=0.3))
        assert time.monotonic() - start < 10
    (row,) = post.rows()
    assert "brach beim Senden ab" in row.problem
    assert not row.is_given_up


def test_the_portal_ends_while_a_mail_is_under_way(post: Post) -> None:
    box = Letterbox(slow_seconds=30)
    post.put(letter("erika@example.org"), letter("otto@example.org"))
    with mail_server(box) as port:
        sender = MailSender(post.outbox, plain(port, timeout=20), SENDER)
        sender.start()
        until(lambda: post.rows()[0].attempts == 1)
        start = time.monotonic()
        sender.stop(0.2)
        assert time.monotonic() - start < 5
    assert post.rows()[1].attempts == 0, "no other mail is begun"


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_two_senders_at_once_send_each_mail_once(tmp_path: Path, kind: str) -> None:
    with scratch_database(kind, tmp_path) as url:
        post = Post(url)
        two_senders_send_each_mail_once(post)
        post.engine.dispose()


def two_senders_send_each_mail_once(post: Post) -> None:
    box = Letterbox(slow_seconds=0.01)
    names = [f"number{n}@example.org" for n in range(30)]
    post.put(*map(letter, names))
    with mail_server(box) as port:
        senders = [MailSender(post.replica(), plain(port), SENDER) for _ in range(2)]
        threads = [threading.Thread(target=sender.send_due) for sender in senders]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    assert sorted(box.recipients) == sorted(names)
    assert post.rows() == []


def test_a_mail_of_a_sender_that_crashed_is_due_again_after_its_lease(
    post: Post,
) -> None:
    box = Letterbox()
    post.put(letter("erika@example.org"))
    crashed = post.outbox.claim_next(900)
    assert crashed
    with mail_server(box) as port:
        send(post, plain(port))
        assert box.recipients == []
        post.clock.forward(seconds=900)
        taken = post.replica().claim_next(900)
        assert taken
        # It was only slow, and comes back after another one took over.
        post.outbox.give_up(crashed, "too late")
        assert not post.rows()[0].is_given_up
        post.outbox.sent(taken)
    assert post.rows() == []


def test_mails_of_one_appointment_arrive_in_order(post: Post) -> None:
    box = Letterbox({"erika@example.org": "450 4.2.0 greylisted"})
    with post.engine.begin() as connection:
        connection.execute(tables.process.insert(), process_row(17))
    post.put(
        letter("erika@example.org"),
        letter("erika@example.org", kind="cancellation", subject="Abgesagt"),
        process=17,
    )
    with mail_server(box) as port:
        send(post, plain(port))
        box.refused.clear()
        send(post, plain(port))
        assert box.mails == []
        post.clock.forward(minutes=1)
        send(post, plain(port))
    assert [mail["Subject"][:8] for mail in box.mails] == ["Ihr Term", "Abgesagt"]


def process_row(id_: int) -> dict[str, Any]:
    zero = dict.fromkeys(
        ("office", "service", "service_count", "starts_at", "slot_count"), 0
    )
    more = {"duration_minutes": 0, "changed_at": 0, "wrong_attempts": 0}
    text = {"auth_key_hash": "x", "status": "confirmed", "further_services": []}
    return {"process_id": id_, **zero, **more, **text}


def test_a_mail_that_nobody_can_read_blocks_nobody(post: Post, url: str) -> None:
    box = Letterbox()
    Post(url, "another secret").put(letter("lost@example.org"))
    post.put(letter("erika@example.org"))
    with mail_server(box) as port:
        assert send(post, plain(port))
    assert box.recipients == ["erika@example.org"]
    (row,) = post.rows()
    assert (row.is_given_up, row.problem) == (True, "Der Schlüssel zu ihr fehlt.")
