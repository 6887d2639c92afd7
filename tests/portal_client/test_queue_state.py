"""The queue is asked briefly: an answer never waits for it, nor suffers from it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from small_portal import NOW, Request, SmallPortal, holidays_answer

from kumpel.errors import PortalError, PortalNotFoundError, PortalUnavailableError
from kumpel.portal_client.client import PortalClient

MakeClient = Callable[..., PortalClient]
STATE: dict[str, Any] = {
    "office": "20106",
    "slug": "amt",
    "at": NOW.isoformat(),
    "available": True,
    "demonstration": True,
    "nowServing": "B12",
    "waiting": 6,
    "estimatedMinutes": 25,
}


def telling(**changes: Any) -> Callable[[Request], tuple[int, dict[str, str], bytes]]:
    body = json.dumps({**STATE, **changes}).encode()
    return lambda _: (200, {"Cache-Control": "public, max-age=30"}, body)


def test_the_embedded_portal_tells_the_queue(
    portal_url: str, make_client: MakeClient
) -> None:
    # Its first answer takes long on a busy machine; what counts here is what it says.
    client = make_client(portal_url, patience=20.0)
    queue = client.office_queue("buergerbuero-mitte")
    assert queue is not None
    assert queue.is_demonstration
    assert queue.at == NOW
    assert queue.waiting is not None
    assert queue.estimated_minutes is not None


def test_a_closed_office_has_none(
    small_portal: SmallPortal, make_client: MakeClient
) -> None:
    nothing = {"waiting": None, "estimatedMinutes": None}
    small_portal.script = telling(available=False, **nothing)
    assert make_client(small_portal.url).office_queue("amt") is None


def test_the_figures_may_be_missing(
    small_portal: SmallPortal, make_client: MakeClient
) -> None:
    small_portal.script = telling(waiting=None, estimatedMinutes=None)
    queue = make_client(small_portal.url).office_queue("amt")
    assert queue is not None
    assert (queue.waiting, queue.estimated_minutes) == (None, None)


def test_who_does_not_say_otherwise_demonstrates(
    small_portal: SmallPortal, make_client: MakeClient
) -> None:
    small_portal.script = telling(demonstration=None)
    queue = make_client(small_portal.url).office_queue("amt")
    assert queue is not None
    assert queue.is_demonstration


@pytest.mark.parametrize(
    "wrong",
    [
        {"waiting": -1},
        {"waiting": 100_000},
        {"waiting": "six"},
        {"estimatedMinutes": 10_000},
        {"at": "now"},
        {"available": "yes"},
    ],
    ids=str,
)
def test_impossible_figures_are_no_answer(
    small_portal: SmallPortal, make_client: MakeClient, wrong: dict[str, Any]
) -> None:
    small_portal.script = telling(**wrong)
    with pytest.raises(PortalError):
        make_client(small_portal.url).office_queue("amt")


def test_a_portal_without_queues_is_no_outage(
    small_portal: SmallPortal, make_client: MakeClient
) -> None:
    small_portal.script = lambda _: (404, {}, b"{}")
    client = make_client(small_portal.url)
    for _ in range(3):
        with pytest.raises(PortalNotFoundError):
            client.office_queue("amt")
    assert len(small_portal.requests) == 3


def test_a_slow_queue_is_not_waited_for_and_not_asked_again_soon(
    small_portal: SmallPortal, make_client: MakeClient
) -> None:
    def script(request: Request) -> tuple[int, dict[str, str], bytes]:
        if "queue" in request.path:
            time.sleep(3)
        return 200, {}, holidays_answer()

    small_portal.script = script
    client = make_client(small_portal.url)
    start = time.monotonic()
    for _ in range(20):
        with pytest.raises(PortalUnavailableError):
            client.office_queue("amt")
    assert time.monotonic() - start < 1.5
    assert len(small_portal.requests) == 1
    # The facts are still asked for, not taken from memory.
    assert not client.holidays(2026).is_stale


def test_an_answer_that_is_late_already_does_without(
    small_portal: SmallPortal, make_client: MakeClient
) -> None:
    small_portal.script = telling()
    with pytest.raises(PortalUnavailableError):
        make_client(small_portal.url).within(0.5).office_queue("amt")
    assert small_portal.requests == []


def test_an_old_queue_is_never_told_from_memory(
    small_portal: SmallPortal, make_client: MakeClient
) -> None:
    small_portal.script = telling()
    client = make_client(small_portal.url)
    assert client.office_queue("amt")
    small_portal.stop()
    with pytest.raises(PortalError):
        make_client(small_portal.url).office_queue("amt")


def test_what_can_be_no_office_is_not_asked(
    small_portal: SmallPortal, make_client: MakeClient
) -> None:
    with pytest.raises(PortalNotFoundError):
        make_client(small_portal.url).office_queue("../secret")
    assert small_portal.requests == []
