"""The ways in which a portal can fail, each with a real server."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from small_portal import NOW, SmallPortal, holidays_answer

from kumpel.errors import (
    ConfigurationError,
    PortalError,
    PortalNotFoundError,
    PortalUnavailableError,
)
from kumpel.portal_client import transport
from kumpel.portal_client.client import PortalClient

Make = Callable[..., PortalClient]


def test_an_answer_is_parsed_and_dated(
    small_portal: SmallPortal, make_client: Make
) -> None:
    small_portal.script = lambda request: (200, {}, holidays_answer())
    fetched = make_client(small_portal.url).holidays(2026)
    assert [each.name for each in fetched.value] == ["Neujahr"]
    assert fetched.fetched_at == NOW
    assert not fetched.is_stale


def test_we_say_who_asks_and_how_to_reach_us(
    small_portal: SmallPortal, make_client: Make
) -> None:
    small_portal.script = lambda request: (200, {}, holidays_answer())
    make_client(small_portal.url).holidays(2026)
    agent = small_portal.requests[0].headers["User-Agent"]
    assert agent.startswith("KumpelKrefeld/")
    assert "+49 2151 86-0" in agent


def test_a_slow_portal_is_given_up_in_time(
    small_portal: SmallPortal, make_client: Make
) -> None:
    def sleep(request: object) -> tuple[int, dict[str, str], bytes]:
        time.sleep(3)
        return 200, {}, holidays_answer()

    small_portal.script = sleep
    started = time.monotonic()
    with pytest.raises(PortalUnavailableError):
        make_client(small_portal.url, timeout_in_seconds=0.4).holidays(2026)
    assert time.monotonic() - started < 1.5


def test_a_portal_that_drips_is_given_up_in_time(
    small_portal: SmallPortal, make_client: Make
) -> None:
    def drip(request: object) -> tuple[int, dict[str, str], bytes]:
        write = request.write  # type: ignore[attr-defined]
        write(b"HTTP/1.0 200 OK\r\n\r\n")
        for _ in range(40):
            write(b" " * 70_000)
            time.sleep(0.1)
        return 200, {}, b""

    small_portal.script = drip
    started = time.monotonic()
    with pytest.raises(PortalUnavailableError):
        make_client(small_portal.url, timeout_in_seconds=0.4).holidays(2026)
    assert time.monotonic() - started < 2


def test_a_read_is_tried_again_after_a_server_error(
    small_portal: SmallPortal, make_client: Make
) -> None:
    answers = [(503, {}, b""), (500, {}, b""), (200, {}, holidays_answer())]
    small_portal.script = lambda request: answers[len(small_portal.requests) - 1]
    fetched = make_client(small_portal.url).holidays(2026)
    assert not fetched.is_stale
    assert len(small_portal.requests) == 3


def test_what_is_not_there_is_not_asked_again(
    small_portal: SmallPortal, make_client: Make
) -> None:
    problem = json.dumps({"title": "Nicht gefunden", "detail": "gibt es nicht"})
    small_portal.script = lambda request: (404, {}, problem.encode())
    with pytest.raises(PortalNotFoundError, match="gibt es nicht"):
        make_client(small_portal.url).service("gibt-es-nicht")
    assert len(small_portal.requests) == 1


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, "validation"),
        (401, "auth"),
        (403, "auth"),
        (409, "conflict"),
        (410, "not_found"),
        (418, "unknown"),
        (422, "validation"),
        (429, "limit"),
        (500, "unavailable"),
        (503, "unavailable"),
    ],
)
def test_each_status_has_its_kind(status: int, kind: str) -> None:
    error = transport.error_from(status, b"no json", "http://x")
    assert (error.kind, error.status or 404) == (kind, 404 if status == 410 else status)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>Wartung</html>",
        b'{"items": [',
        b"\xff\xfe",
        b'"text"',
        b"7",
        b'{"items": 5}',
        b'{"items": [5]}',
        b'{"items": [{"date": "morgen", "name": "x"}]}',
        b'{"items": [{"date": "2026-01-01"}]}',
        b'{"items": [{"date": "2026-01-01", "name": {}}]}',
    ],
)
def test_garbage_is_a_portal_error(
    small_portal: SmallPortal, make_client: Make, body: bytes
) -> None:
    small_portal.script = lambda request: (200, {}, body)
    with pytest.raises(PortalError):
        make_client(small_portal.url).holidays(2026)


def test_a_missing_key_is_named(small_portal: SmallPortal, make_client: Make) -> None:
    small_portal.script = lambda request: (200, {}, b'{"slug": "reisepass"}')
    with pytest.raises(PortalError, match=r"service\.appointment"):
        make_client(small_portal.url).service("reisepass")


def test_an_endless_answer_is_refused(
    small_portal: SmallPortal, make_client: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "MAXIMUM_BODY_IN_BYTES", 1000)
    small_portal.script = lambda request: (200, {}, b" " * 200_000)
    with pytest.raises(PortalUnavailableError, match="more than 1000 bytes"):
        make_client(small_portal.url).holidays(2026)


def test_a_redirect_to_a_foreign_host_is_not_followed(
    small_portal: SmallPortal, make_client: Make
) -> None:
    target = f"http://localhost:{small_portal.port}/secret"
    small_portal.script = lambda request: (302, {"Location": target}, b"")
    with pytest.raises(PortalError, match="localhost"):
        make_client(small_portal.url).holidays(2026)
    assert all(request.path != "/secret" for request in small_portal.requests)


@pytest.mark.parametrize(
    "target",
    ["file:///etc/passwd", "ftp://127.0.0.1/", "//localhost/x", "http://[::1]/"],
)
def test_odd_redirects_are_not_followed(
    small_portal: SmallPortal, make_client: Make, target: str
) -> None:
    small_portal.script = lambda request: (301, {"Location": target}, b"")
    with pytest.raises(PortalError):
        make_client(small_portal.url).holidays(2026)


def test_a_redirect_within_the_portal_is_followed(
    small_portal: SmallPortal, make_client: Make
) -> None:
    def moved(request: object) -> tuple[int, dict[str, str], bytes]:
        if request.path == "/new":  # type: ignore[attr-defined]
            return 200, {}, holidays_answer()
        return 307, {"Location": "/new"}, b""

    small_portal.script = moved
    assert make_client(small_portal.url).holidays(2026).value


def test_a_circle_of_redirects_ends(
    small_portal: SmallPortal, make_client: Make
) -> None:
    small_portal.script = lambda request: (302, {"Location": "/"}, b"")
    with pytest.raises(PortalError, match="circle"):
        make_client(small_portal.url).holidays(2026)


@pytest.mark.parametrize(
    "url",
    ["http://portal.example", "file:///x", "127.0.0.1:8080", "", "gopher://127.0.0.1"],
)
def test_a_base_url_outside_the_allowed_hosts_is_refused(
    make_client: Make, url: str
) -> None:
    with pytest.raises(ConfigurationError, match="KUMPEL_PORTAL_HOSTS"):
        make_client(url)


@pytest.mark.parametrize(
    "slug", ["../offices", "a/b", "", "Ä", "a" * 90, "a?b=c", "%2e"]
)
def test_an_odd_id_never_reaches_the_portal(
    small_portal: SmallPortal, make_client: Make, slug: str
) -> None:
    with pytest.raises(PortalNotFoundError):
        make_client(small_portal.url).service(slug)
    assert small_portal.requests == []


def test_an_unchanged_answer_is_confirmed_with_304(
    small_portal: SmallPortal, make_client: Make
) -> None:
    moments = [NOW, NOW + timedelta(hours=1)]

    def answer(request: object) -> tuple[int, dict[str, str], bytes]:
        if request.headers.get("If-None-Match") == '"a"':  # type: ignore[attr-defined]
            return 304, {"ETag": '"a"'}, b""
        return 200, {"ETag": '"a"'}, holidays_answer()

    small_portal.script = answer
    client = make_client(small_portal.url, clock=lambda: moments[0])
    assert client.holidays(2026).fetched_at == NOW
    moments.pop(0)
    again = client.holidays(2026)
    assert [each.name for each in again.value] == ["Neujahr"]
    assert (again.fetched_at, again.is_stale) == (NOW + timedelta(hours=1), False)


def test_a_changed_answer_replaces_the_known_one(
    small_portal: SmallPortal, make_client: Make
) -> None:
    names = ["Alt", "Neu"]
    small_portal.script = lambda request: (
        200,
        {"ETag": f'"{len(small_portal.requests)}"'},
        holidays_answer(names[min(len(small_portal.requests), 2) - 1]),
    )
    client = make_client(small_portal.url)
    assert client.holidays(2026).value[0].name == "Alt"
    assert client.holidays(2026).value[0].name == "Neu"


def test_max_age_is_believed_only_for_seconds(
    small_portal: SmallPortal, make_client: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "MAXIMUM_AGE_IN_SECONDS", 0.2)
    headers = {"Cache-Control": "public, max-age=300"}
    small_portal.script = lambda request: (200, headers, holidays_answer())
    client = make_client(small_portal.url)
    client.holidays(2026)
    client.holidays(2026)
    assert len(small_portal.requests) == 1
    time.sleep(0.25)
    client.holidays(2026)
    assert len(small_portal.requests) == 2


@pytest.mark.parametrize(
    "failure", ["stopped", "500", "garbage", "missing keys", "slow"]
)
def test_the_last_known_facts_are_served_when_the_portal_fails(
    small_portal: SmallPortal, make_client: Make, failure: str
) -> None:
    small_portal.script = lambda request: (200, {}, holidays_answer())
    client = make_client(small_portal.url, timeout_in_seconds=0.5)
    client.holidays(2026)

    def broken(request: object) -> tuple[int, dict[str, str], bytes]:
        if failure == "slow":
            time.sleep(2)
        bodies = {"garbage": b"<html>", "missing keys": b'{"items": [{}]}'}
        return (500 if failure == "500" else 200), {}, bodies.get(failure, b"")

    small_portal.script = broken
    if failure == "stopped":
        small_portal.stop()
    fetched = client.holidays(2026)
    assert fetched.value[0].name == "Neujahr"
    assert (fetched.is_stale, fetched.fetched_at) == (True, NOW)


def test_the_last_known_facts_survive_a_restart(
    small_portal: SmallPortal, make_client: Make
) -> None:
    small_portal.script = lambda request: (200, {}, holidays_answer())
    first = make_client(small_portal.url)
    first.holidays(2026)
    first.close()
    small_portal.script = lambda request: (500, {}, b"")
    later = make_client(small_portal.url, clock=lambda: NOW + timedelta(days=1))
    fetched = later.holidays(2026)
    assert (fetched.is_stale, fetched.fetched_at) == (True, NOW)
    with pytest.raises(PortalUnavailableError):
        later.holidays(2027)


def test_what_the_portal_took_away_is_not_served_from_memory(
    small_portal: SmallPortal, make_client: Make
) -> None:
    small_portal.script = lambda request: (200, {}, holidays_answer())
    client = make_client(small_portal.url)
    client.holidays(2026)
    small_portal.script = lambda request: (404, {}, b"{}")
    with pytest.raises(PortalNotFoundError):
        client.holidays(2026)


def test_five_failures_open_the_breaker_and_a_success_closes_it(
    small_portal: SmallPortal, make_client: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "OPEN_FOR_SECONDS", 0.3)
    client = make_client(small_portal.url)
    for year in range(transport.FAILURES_UNTIL_OPEN):
        with pytest.raises(PortalUnavailableError):
            client.holidays(2000 + year)
    asked = len(small_portal.requests)
    with pytest.raises(PortalUnavailableError, match="failed 5 times"):
        client.holidays(2026)
    assert len(small_portal.requests) == asked
    small_portal.script = lambda request: (200, {}, holidays_answer())
    time.sleep(0.4)
    assert not client.holidays(2026).is_stale
    assert not client.holidays(2027).is_stale


def test_wrong_questions_do_not_open_the_breaker(
    small_portal: SmallPortal, make_client: Make
) -> None:
    small_portal.script = lambda request: (404, {}, b"{}")
    client = make_client(small_portal.url)
    for _ in range(transport.FAILURES_UNTIL_OPEN + 2):
        with pytest.raises(PortalNotFoundError):
            client.service("reisepass")
    small_portal.script = lambda request: (200, {}, holidays_answer())
    assert client.holidays(2026).value


def test_an_answer_without_time_left_takes_the_known_facts_at_once(
    small_portal: SmallPortal, make_client: Make
) -> None:
    small_portal.script = lambda request: (200, {}, holidays_answer())
    client = make_client(small_portal.url)
    client.holidays(2026)
    hurried = client.within(0)
    assert hurried.holidays(2026).is_stale
    assert len(small_portal.requests) == 1
    with pytest.raises(PortalUnavailableError):
        hurried.holidays(2027)


@pytest.mark.parametrize("trouble", ["no database", "folder", "no rights"])
def test_a_broken_store_costs_only_the_memory(
    small_portal: SmallPortal, make_client: Make, tmp_path: Path, trouble: str
) -> None:
    path = tmp_path / "broken.db"
    if trouble == "no database":
        path.write_bytes(b"this is no database" * 100)
    elif trouble == "folder":
        path.mkdir()
    else:
        path = Path("/proc/nowhere/facts.db")
    small_portal.script = lambda request: (200, {"ETag": '"a"'}, holidays_answer())
    client = make_client(small_portal.url, store_path=path)
    assert client.holidays(2026).value
    assert not client.holidays(2026).is_stale


def test_a_list_is_read_to_its_last_page(
    small_portal: SmallPortal, make_client: Make
) -> None:
    def page(request: object) -> tuple[int, dict[str, str], bytes]:
        is_last = "cursor=zwei" in request.path  # type: ignore[attr-defined]
        name = "b" if is_last else "a"
        item = {"slug": name, "identifier": "1", "name": name, "category": "c"}
        body = {"items": [item], "next": None if is_last else "zwei", "total": 2}
        return 200, {}, json.dumps(body).encode()

    small_portal.script = page
    services = make_client(small_portal.url).services().value
    assert [each.slug for each in services] == ["a", "b"]


def test_known_facts_keep_their_moment_in_berlin(
    small_portal: SmallPortal, make_client: Make
) -> None:
    small_portal.script = lambda request: (200, {}, holidays_answer())
    fetched = make_client(small_portal.url).holidays(2026)
    assert isinstance(fetched.fetched_at, datetime)
    assert fetched.fetched_at.utcoffset() == timedelta(hours=1)
