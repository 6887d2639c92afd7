"""The portal sends mails by its settings, and refuses those that contradict."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import icalendar
import pytest
from booking_portal import embedded, keys
from mail_post import PAIR, SENDER, parts_of, settings, until
from mail_servers import (
    Letterbox,
    mail_server,
)

from kumpel.clock import parse_moment
from kumpel.errors import ConfigurationError
from portal.app import create_app
from portal.appointments.smtp import mail_server_of


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
