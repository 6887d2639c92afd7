"""Mails leave the outbox: once, in order, whatever the mail server does."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import icalendar
import pytest
import sqlalchemy as sa
from booking_portal import MovingClock, embedded, keys, scratch_database
from mail_servers import (
    PASSWORD,
    USER,
    Certificate,
    Letterbox,
    certificate,
    checks_password,
    free_port,
    mail_server,
)

from kumpel.clock import parse_moment
from kumpel.errors import ConfigurationError, InvalidInputError
from kumpel.settings import Settings
from portal.app import create_app
from portal.appointments import tables
from portal.appointments.keys import Cipher
from portal.appointments.mime import mail_of
from portal.appointments.outbox import Letter, Outbox, StoredLetter
from portal.appointments.sender import RETRY_AFTER_SECONDS, MailSender
from portal.appointments.smtp import MailServer, mail_server_of
from portal.tables import metadata

SENDER = "termine@example.org"
PAIR = (20106, 30201)


def letter(recipient: str, **fields: Any) -> Letter:
    given = {
        "kind": "confirmation",
        "subject": "Ihr Termin am Freitag, 4. Dezember 2026 um 10:15 Uhr",
        "text": "Grüße\n.\nEin Punkt allein beendet nichts.\n",
        "html": '<!DOCTYPE html><html lang="de"><h1>Grüße</h1></html>',
        "recipient_name": "Zoë Müller-Łukasz",
    }
    return Letter(**{**given, "recipient": recipient, **fields})


class Post:
    """An outbox on a database of its own."""

    def __init__(self, url: str, secret: str = "secret") -> None:
        self.clock = MovingClock()
        options = {"timeout": 20} if url.startswith("sqlite") else {}
        self.engine = sa.create_engine(url, connect_args=options)
        metadata.create_all(self.engine, tables=[tables.process, tables.mail])
        self.outbox = self.replica(secret)

    def replica(self, secret: str = "secret") -> Outbox:
        def now() -> int:
            return int(self.clock().timestamp())

        return Outbox(self.engine, Cipher(secret), now)

    def put(self, *letters: Letter, process: int | None = None) -> None:
        for each in letters:
            with self.engine.begin() as connection:
                self.outbox.put(connection, process, each)

    def rows(self) -> list[Any]:
        with self.engine.connect() as connection:
            query = sa.select(tables.mail).order_by(tables.mail.c.id)
            return list(connection.execute(query))


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"sqlite:///{tmp_path_factory.mktemp('post') / 'post.db'}"


@pytest.fixture
def post(url: str) -> Iterator[Post]:
    made = Post(url)
    yield made
    with made.engine.begin() as connection:
        connection.execute(tables.mail.delete())
        connection.execute(tables.process.delete())
    made.engine.dispose()


@pytest.fixture(scope="module")
def trusted(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return certificate(tmp_path_factory.mktemp("certificate"))


def plain(port: int, timeout: float = 5) -> MailServer:
    return MailServer("127.0.0.1", port, "none", timeout_in_seconds=timeout)


def send(post: Post, server: MailServer) -> bool:
    return MailSender(post.outbox, server, SENDER).send_due()


def parts_of(mail: EmailMessage) -> dict[str, EmailMessage]:
    return {part.get_content_type(): part for part in mail.walk()}  # type: ignore[misc]


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


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("recipient_name", "Erika\r\nBcc: all@example.org"),
        ("recipient_name", "Erika\nX: 1"),
        ("recipient_name", "Erika\u2028X"),
        ("recipient", "erika@example.org\r\nRCPT TO:<all@example.org>"),
        ("subject", "Termin\nBcc: all@example.org"),
    ],
)
def test_line_breaks_that_would_add_headers_are_refused(
    post: Post, field: str, value: str
) -> None:
    box = Letterbox()
    post.put(letter(**{"recipient": "erika@example.org", field: value}))
    with mail_server(box) as port:
        assert send(post, plain(port))
    assert box.envelopes == []
    (row,) = post.rows()
    assert row.is_given_up
    assert "Zeilenumbruch" in row.problem


@pytest.mark.parametrize(
    "name",
    ["Müller", "李小龍", "محمد", "😀", 'Erika "E" <x@y.zz>', "a, b; c", "=?utf-8?", ""],
)
def test_any_name_arrives_as_it_is(post: Post, name: str) -> None:
    box = Letterbox()
    post.put(letter("erika@example.org", recipient_name=name))
    with mail_server(box) as port:
        assert send(post, plain(port))
    (address,) = box.mails[0]["To"].addresses
    assert (address.display_name, address.addr_spec) == (name, "erika@example.org")
    assert box.recipients == ["erika@example.org"]


def test_a_very_long_name_arrives(post: Post) -> None:
    box = Letterbox()
    post.put(letter("erika@example.org", recipient_name="Überlänge " * 30))
    with mail_server(box) as port:
        assert send(post, plain(port))
    assert box.recipients == ["erika@example.org"]


def test_a_domain_with_umlauts_is_written_in_ascii(post: Post) -> None:
    box = Letterbox()
    post.put(letter("info@Bücher-Krefeld.example"))
    with mail_server(box) as port:
        assert send(post, plain(port))
    assert box.recipients == ["info@xn--bcher-krefeld-wob.example"]


@pytest.mark.parametrize("is_able", [True, False])
def test_umlauts_before_the_at_need_a_server_that_knows_them(
    post: Post, is_able: bool
) -> None:
    box = Letterbox()
    post.put(letter("jörg@example.org"), letter("erika@example.org"))
    with mail_server(box, enable_SMTPUTF8=is_able) as port:
        assert send(post, plain(port))
    assert ("jörg@example.org" in box.recipients) == is_able
    assert "erika@example.org" in box.recipients
    problems = [row.problem for row in post.rows()]
    assert problems == (
        []
        if is_able
        else ["Der Mailserver kennt keine Adressen mit Umlauten vor dem @."]
    )


@pytest.mark.parametrize(
    "address",
    ["", "nobody", "@example.org", "a@", "a@-x-.org", "a@" + "x" * 64 + ".de"],
)
def test_what_is_no_address_is_refused_with_a_reason(address: str) -> None:
    stored = StoredLetter(1, 0, letter(address))
    with pytest.raises(InvalidInputError, match="Die Adresse") as caught:
        mail_of(stored, SENDER)
    assert address == "" or address not in str(caught.value)


def until(is_done: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end and not is_done():
        time.sleep(0.05)
    assert is_done()


@pytest.fixture
def box_and_port() -> Iterator[tuple[Letterbox, int]]:
    box = Letterbox()
    with mail_server(box) as port:
        yield box, port


def test_a_booking_at_the_portal_reaches_the_citizen(
    tmp_path: Path, box_and_port: tuple[Letterbox, int]
) -> None:
    box, port = box_and_port
    with embedded(
        tmp_path,
        KUMPEL_SMTP_HOST="127.0.0.1",
        KUMPEL_SMTP_PORT=str(port),
        KUMPEL_SMTP_SECURITY="none",
        KUMPEL_MAIL_SENDER=SENDER,
    ) as zms:
        process = zms.reserved(*PAIR)
        zms.told(process, familyName="Jörg Müßig", email="joerg@example.org")
        assert zms.post("confirm-appointment/", keys(process)).status_code == 200
        until(lambda: bool(box.mails))
    parts = parts_of(box.mails[0])
    assert "Jörg Müßig" in parts["text/plain"].get_content()
    html = parts["text/html"].get_content()
    assert '<html lang="de">' in html
    assert html.count("<h1") == 1
    for remote in ("src=", "url(", "<link", "<script", "<img"):
        assert remote not in html
    calendar = parts["text/calendar"].get_content()
    (event,) = icalendar.Calendar.from_ical(calendar).walk("VEVENT")
    assert event["DTSTART"].dt == parse_moment(str(event["DTSTART"].dt))


def settings(**variables: str) -> Settings:
    return Settings.from_environment(
        {
            "KUMPEL_SMTP_HOST": "mail.example.org",
            "KUMPEL_MAIL_SENDER": SENDER,
            **variables,
        }
    )


def test_without_a_host_no_mail_is_sent() -> None:
    assert mail_server_of(settings(KUMPEL_SMTP_HOST="")) is None


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"KUMPEL_SMTP_USER": "x"}, "KUMPEL_SMTP_PASSWORD"),
        ({"KUMPEL_SMTP_PASSWORD": "x"}, "KUMPEL_SMTP_USER"),
        (
            {
                "KUMPEL_SMTP_USER": "x",
                "KUMPEL_SMTP_PASSWORD": "x",
                "KUMPEL_SMTP_SECURITY": "none",
            },
            "in the clear",
        ),
        ({"KUMPEL_SMTP_USER": "x", "KUMPEL_SMTP_PASSWORD": "ä"}, "ASCII"),
        ({"KUMPEL_MAIL_SENDER": ""}, "KUMPEL_MAIL_SENDER"),
        ({"KUMPEL_MAIL_SENDER": "a@b\nBcc: c@d.ef"}, "KUMPEL_MAIL_SENDER"),
        ({"KUMPEL_SMTP_CA_FILE": "nowhere.pem"}, "KUMPEL_SMTP_CA_FILE"),
        ({"KUMPEL_SMTP_SECURITY": "ssl"}, "KUMPEL_SMTP_SECURITY"),
        ({"KUMPEL_SMTP_PORT": "0"}, "KUMPEL_SMTP_PORT"),
    ],
)
def test_settings_that_contradict_each_other_end_the_start(
    variables: dict[str, str], named: str
) -> None:
    with pytest.raises(ConfigurationError, match=named):
        create_app(settings(**variables))
