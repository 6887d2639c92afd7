"""What holds for every answer, on a real socket where HTTP itself matters."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import requests
import sqlalchemy as sa
from portal_server import Make, Server

from kumpel.settings import PROJECT_ROOT
from portal.rate_limit import RateLimiter
from portal.specification import specification

BASE = "http://portal.test"
SERVICE = "/portal/v1/services/personalausweis"


def raw(server: Server, data: bytes) -> bytes:
    """Sends bytes as they are and returns the whole answer."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(data)
        answer = b""
        while part := connection.recv(65536):
            answer += part
    return answer


def problem(answer: requests.Response, status: int, code: str) -> Any:
    assert answer.status_code == status
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    document = answer.json()
    assert document["status"] == status
    assert document["code"] == code
    assert document["type"] == f"/problems/{code}"
    assert document["title"]
    assert document["detail"]
    assert document["requestId"] == answer.headers["X-Request-Id"]
    assert answer.headers["Cache-Control"] == "no-store"
    return document


# -- keys of trusted clients


def test_a_key_of_bytes_that_are_no_text_is_a_wrong_key(server: Server) -> None:
    answer = raw(
        server,
        b"GET /portal/v1/outbox HTTP/1.1\r\nHost: portal\r\nConnection: close\r\n"
        b"X-API-Key: \xff\xfe\r\n\r\n",
    )
    assert answer.startswith(b"HTTP/1.1 401")


# -- caching


@pytest.mark.parametrize(
    "path",
    [
        SERVICE,
        "/portal/v1/services?q=hund",
        "/portal/v1/offices/rathaus",
        "/portal/v1/offices/rathaus/hours",
        "/portal/v1/offices/rathaus/status",
        "/portal/v1/holidays?year=2026",
        "/portal/v1/forms",
        "/openapi.json",
    ],
)
def test_the_same_answer_is_304(server: Server, path: str) -> None:
    first = requests.get(server.url + path)
    etag = first.headers["ETag"]
    assert etag.startswith('"')
    again = requests.get(server.url + path, headers={"If-None-Match": f'"x", W/{etag}'})
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["ETag"] == etag
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"]
    other = requests.get(server.url + path, headers={"If-None-Match": '"other"'})
    assert other.status_code == 200


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (
            SERVICE,
            "public, max-age=300, stale-while-revalidate=3600, stale-if-error=86400",
        ),
        ("/portal/v1/offices/rathaus/hours", "public, max-age=60"),
        ("/portal/v1/offices/rathaus/status", "public, max-age=60"),
        ("/healthz", "no-store"),
        ("/readyz", "no-store"),
    ],
)
def test_cache_control_is_that_of_the_contract(
    server: Server, path: str, expected: str
) -> None:
    assert requests.get(server.url + path).headers["Cache-Control"] == expected


# -- methods


def test_head_answers_like_get_without_body(server: Server) -> None:
    get = requests.get(server.url + SERVICE)
    head = requests.head(server.url + SERVICE)
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["ETag"] == get.headers["ETag"]
    assert head.headers["Content-Length"] == get.headers["Content-Length"]


def test_options_names_the_methods(server: Server) -> None:
    answer = requests.options(server.url + SERVICE)
    assert answer.status_code == 204
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_other_methods_are_405_with_allow(server: Server, method: str) -> None:
    answer = requests.request(method, server.url + SERVICE)
    problem(answer, 405, "method-not-allowed")
    allowed = {name.strip() for name in answer.headers["Allow"].split(",")}
    assert allowed == {"GET", "HEAD", "OPTIONS"}


# -- errors


def test_an_unknown_address_is_404(server: Server) -> None:
    problem(requests.get(f"{server.url}/portal/v1/nothing"), 404, "not-found")


def test_people_read_a_page_where_programs_read_a_problem(server: Server) -> None:
    answer = requests.get(f"{server.url}/nirgendwo", headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "02151 86-0" in answer.text


def test_a_body_beyond_one_mebibyte_is_413(server: Server) -> None:
    url = f"{server.url}/metaform/Form-Solutions/postdata"
    answer = requests.post(url, data=b"a=" + b"x" * 1_100_000)
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"GET\x00 nonsense\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: abc\r\n\r\n", b"400"),
        (b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", b"413"),
    ],
)
def test_broken_http_is_refused(server: Server, data: bytes, status: bytes) -> None:
    assert raw(server, data).split(b" ")[1] == status
    assert requests.get(f"{server.url}/healthz").status_code == 200


def test_raw_bytes_in_an_address_do_no_harm(server: Server) -> None:
    # Sanic closes such a connection without an answer, as HTTP lets it.
    answer = raw(
        server, b"GET /portal/v1/services?q=M\xfcll HTTP/1.1\r\nHost: x\r\n\r\n"
    )
    assert b"500" not in answer[:20]
    assert requests.get(f"{server.url}/healthz").status_code == 200


def test_an_inner_error_shows_no_details(make_portal: Make) -> None:
    portal = make_portal()
    app = portal.get_adapter(BASE)._app
    with app.ctx.portal.engine.begin() as connection:
        connection.execute(sa.text("UPDATE office SET document = '{}'"))
    answer = portal.get(f"{BASE}/portal/v1/offices/rathaus/status")
    document = problem(answer, 500, "internal")
    assert "KeyError" not in answer.text
    assert "Traceback" not in answer.text
    assert set(document) == {
        "type",
        "title",
        "status",
        "detail",
        "instance",
        "code",
        "requestId",
    }


def test_a_lost_database_is_503_with_retry_after(make_portal: Make) -> None:
    portal = make_portal()
    app = portal.get_adapter(BASE)._app
    with app.ctx.portal.engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE form"))
    answer = portal.get(f"{BASE}/portal/v1/forms")
    problem(answer, 503, "unavailable")
    assert int(answer.headers["Retry-After"]) > 0
    assert "sqlite" not in answer.text.lower()


# -- headers


def test_a_request_id_is_echoed_or_made(server: Server) -> None:
    given = requests.get(server.url + SERVICE, headers={"X-Request-Id": "abc-123"})
    assert given.headers["X-Request-Id"] == "abc-123"
    bad = requests.get(server.url + SERVICE, headers={"X-Request-Id": "<script>" * 20})
    assert "<" not in bad.headers["X-Request-Id"]
    missing = requests.get(f"{server.url}/nothing", headers={"X-Request-Id": "lost-1"})
    assert missing.json()["requestId"] == "lost-1"


@pytest.mark.parametrize("path", [SERVICE, "/nothing", "/healthz"])
def test_every_answer_carries_security_headers(server: Server, path: str) -> None:
    headers = requests.get(server.url + path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Content-Language"] == "de"


def test_other_origins_are_not_allowed_by_default(server: Server) -> None:
    answer = requests.get(server.url + SERVICE, headers={"Origin": "https://evil.test"})
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_a_listed_origin_is_allowed(make_portal: Make) -> None:
    portal = make_portal(KUMPEL_PORTAL_ORIGINS="https://www.krefeld.de")
    good = portal.get(BASE + SERVICE, headers={"Origin": "https://www.krefeld.de"})
    assert good.headers["Access-Control-Allow-Origin"] == "https://www.krefeld.de"
    assert "Origin" in good.headers["Vary"]
    bad = portal.get(BASE + SERVICE, headers={"Origin": "https://evil.test"})
    assert "Access-Control-Allow-Origin" not in bad.headers


# -- limits


def test_too_many_requests_are_429_with_retry_after(tmp_path: Path) -> None:
    server = Server(tmp_path, KUMPEL_PORTAL_REQUESTS_PER_MINUTE="5")
    try:
        server.wait()
        answers = [requests.get(server.url + SERVICE) for _ in range(12)]
        last = answers[-1]
        problem(last, 429, "rate-limited")
        assert 1 <= int(last.headers["Retry-After"]) <= 60
        assert last.headers["RateLimit-Limit"] == "5"
        assert last.headers["RateLimit-Remaining"] == "0"
        assert int(last.headers["RateLimit-Reset"]) >= 1
    finally:
        assert server.stop() == 0


def test_loopback_callers_are_free_where_limits_are_off(server: Server) -> None:
    assert "RateLimit-Limit" not in requests.get(server.url + SERVICE).headers


def test_callers_behind_a_trusted_proxy_are_told_apart(make_portal: Make) -> None:
    limit = {"KUMPEL_PORTAL_REQUESTS_PER_MINUTE": "2"}

    def statuses(portal: requests.Session) -> list[int]:
        return [
            portal.get(
                BASE + SERVICE, headers={"X-Forwarded-For": f"10.0.0.{i}"}
            ).status_code
            for i in range(4)
        ]

    assert statuses(make_portal(KUMPEL_TRUSTED_PROXIES="1", **limit)) == [200] * 4
    # Without such a proxy anybody could write that header.
    assert 429 in statuses(make_portal(**limit))


def test_a_window_ends_although_the_portal_clock_stands_still() -> None:
    now = 0.0
    limiter = RateLimiter(2, 60, monotonic=lambda: now)
    assert not limiter.count("a").is_exceeded
    assert not limiter.count("a").is_exceeded
    assert limiter.count("a").is_exceeded
    assert not limiter.count("b").is_exceeded
    now = 60.0
    assert not limiter.count("a").is_exceeded


# -- specification and start


def test_the_served_document_is_the_one_that_makes_the_routes(server: Server) -> None:
    document = requests.get(f"{server.url}/openapi.json").json()
    assert document == specification().document
    assert document["openapi"].startswith("3.1")


def test_several_portals_live_in_one_process(make_portal: Make, seed_dir: Path) -> None:
    path = seed_dir / "offices" / "rathaus.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("name: Rathaus Krefeld", "name: Anderes Rathaus"))
    one, two = make_portal(), make_portal(seed_dir)
    url = f"{BASE}/portal/v1/offices/rathaus"
    assert one.get(url).json()["name"] == "Rathaus Krefeld"
    assert two.get(url).json()["name"] == "Anderes Rathaus"


def test_a_busy_port_is_one_sentence(server: Server, tmp_path: Path) -> None:
    import os

    result = subprocess.run(
        [sys.executable, "-m", "portal"],
        cwd=PROJECT_ROOT,
        env={
            **os.environ,
            "KUMPEL_PORTAL_PORT": str(server.port),
            "KUMPEL_VAR": str(tmp_path),
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert result.returncode != 0
    assert str(server.port) in result.stderr
    assert "Traceback" not in result.stderr


def test_a_wrong_setting_is_one_sentence(tmp_path: Path) -> None:
    server = Server(tmp_path, KUMPEL_PORTAL_DATABASE="mysql://nowhere/db")
    assert server.process.wait(60) == 1
    log = server.log.read_text()
    assert "KUMPEL_PORTAL_DATABASE" in log
    assert "Traceback" not in log
