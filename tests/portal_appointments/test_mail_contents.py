"""What stands in mails: names and addresses of every kind, and nothing smuggled in."""

from __future__ import annotations

import pytest
from mail_post import SENDER, Post, letter, plain, send
from mail_servers import (
    Letterbox,
    mail_server,
)

from kumpel.errors import InvalidInputError
from portal.appointments.mime import mail_of
from portal.appointments.outbox import StoredLetter


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
