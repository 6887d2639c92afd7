"""How much a request may hold: more at the citizen API than on the rest."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from booking_portal import MOUNT, PortalProcess

_MEGABYTE = 1_048_576
_LEGACY_MOUNT = "/buergeransicht/api/citizen/"
_REST = "/portal/v1/waitlist"


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PortalProcess]:
    with PortalProcess(tmp_path_factory.mktemp("limits")) as portal:
        yield portal


def body(size: int) -> bytes:
    """Returns JSON of this many bytes, spaces most of it."""
    text = json.dumps({"processId": "x", "authKey": "y"}).encode()
    return text + b" " * (size - len(text))


def post(
    portal: PortalProcess, path: str, data: Any, session: Any = requests
) -> requests.Response:
    answer: requests.Response = session.post(
        f"http://127.0.0.1:{portal.port}{path}",
        data=data,
        headers={"Content-Type": "application/json"},
        timeout=30,
    )
    return answer


@pytest.mark.parametrize("mount", [MOUNT, _LEGACY_MOUNT])
def test_the_citizen_api_reads_ten_megabytes(portal: PortalProcess, mount: str) -> None:
    answer = post(portal, f"{mount}confirm-appointment/", body(10 * _MEGABYTE))
    codes = {error["errorCode"] for error in answer.json()["errors"]}
    assert (answer.status_code, codes) == (400, {"invalidProcessId", "invalidAuthKey"})


def refusal_of(portal: PortalProcess, path: str, size: int) -> tuple[int, bytes]:
    """Announces a body and waits for the refusal, without sending it."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        f"Content-Length: {size}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", portal.port), timeout=10) as wire:
        wire.sendall(head.encode() + b"{")
        answer = b""
        while chunk := wire.recv(65536):
            answer += chunk
    status, _, rest = answer.partition(b"\r\n")
    return int(status.split()[1]), rest


def test_one_byte_more_is_refused_unread(portal: PortalProcess) -> None:
    path = f"{MOUNT}confirm-appointment/"
    status, rest = refusal_of(portal, path, 10 * _MEGABYTE + 1)
    assert status == 413
    assert b'"requestEntityTooLarge"' in rest


@pytest.mark.parametrize("path", [_REST, "/metaform/Form-Solutions/postdata"])
def test_the_rest_of_the_portal_keeps_its_limit(
    portal: PortalProcess, path: str
) -> None:
    status, _ = refusal_of(portal, path, _MEGABYTE + 1)
    assert status == 413


def test_one_connection_keeps_the_limits_apart(portal: PortalProcess) -> None:
    with requests.Session() as session:
        large = body(2 * _MEGABYTE)
        for _ in range(2):
            there = post(portal, f"{MOUNT}confirm-appointment/", large, session)
            assert there.status_code == 400
            small = post(portal, _REST, body(100), session)
            assert small.status_code == 401
            try:
                status = post(portal, _REST, large, session).status_code
            except requests.ConnectionError:
                status = 413  # It hung up while we were sending.
            assert status == 413


def test_a_body_in_pieces_is_limited_as_well(portal: PortalProcess) -> None:
    def pieces(count: int) -> Iterator[bytes]:
        yield b"{}"
        for _ in range(count):
            yield b" " * 65536

    answer = post(portal, f"{MOUNT}confirm-appointment/", pieces(40))
    assert answer.status_code == 400
    try:
        status = post(portal, f"{MOUNT}confirm-appointment/", pieces(200)).status_code
    except requests.ConnectionError:
        status = 413
    assert status == 413
