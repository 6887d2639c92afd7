"""An outbox to send from."""

from __future__ import annotations

import time
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import sqlalchemy as sa
from booking_portal import MovingClock

from kumpel.settings import Settings
from portal.appointments import tables
from portal.appointments.keys import Cipher
from portal.appointments.outbox import Letter, Outbox
from portal.appointments.sender import MailSender
from portal.appointments.smtp import MailServer
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


def plain(port: int, timeout: float = 5) -> MailServer:
    return MailServer("127.0.0.1", port, "none", timeout_in_seconds=timeout)


def send(post: Post, server: MailServer) -> bool:
    return MailSender(post.outbox, server, SENDER).send_due()


def parts_of(mail: EmailMessage) -> dict[str, EmailMessage]:
    return {part.get_content_type(): part for part in mail.walk()}  # type: ignore[misc]


def until(is_done: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end and not is_done():
        time.sleep(0.05)
    assert is_done()


def settings(**variables: str) -> Settings:
    return Settings.from_environment(
        {
            "KUMPEL_SMTP_HOST": "mail.example.org",
            "KUMPEL_MAIL_SENDER": SENDER,
            **variables,
        }
    )
