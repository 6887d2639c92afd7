"""Quick on a slow computer, quiet in the page, and lean over a long conversation."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import pytest
from chat_page import BUNDLE, Chat, Visit
from playwright.sync_api import CDPSession, expect

from bench.widget.measures import layout_shift, slow_down, usable_after_ms
from bench.widget.scripted_channel import ScriptedChannel

pytestmark = pytest.mark.browser

_SIZE_LIMIT_IN_BYTES = 45 * 1024
_USABLE_LIMIT_IN_MS = 1_000
_SLOWDOWN = 4
_TRIES = 5
#: A message is a few elements in the page; more would be a leak.
_GROWTH_LIMIT_IN_BYTES_A_MESSAGE = 24 * 1024


def test_the_bundle_is_small() -> None:
    assert len(gzip.compress(BUNDLE.read_bytes(), 9)) <= _SIZE_LIMIT_IN_BYTES


def test_it_is_usable_within_a_second_on_a_slow_computer(visit: Visit) -> None:
    def measure() -> float:
        chat = visit(before=lambda page: slow_down(page, _SLOWDOWN))
        moment = usable_after_ms(chat.page, "kumpel-chat")
        chat.page.close()
        return moment

    assert _best_of(measure) <= _USABLE_LIMIT_IN_MS


def test_opening_takes_less_than_a_second_on_a_slow_computer(visit: Visit) -> None:
    def measure() -> float:
        chat = visit(before=lambda page: slow_down(page, _SLOWDOWN))
        usable_after_ms(chat.page, "kumpel-chat")
        # By script: what the driver needs to press a button is not the chat's.
        started = chat.launcher.evaluate(
            "(button) => { const now = performance.now(); button.click(); return now; }"
        )
        expect(chat.field).to_be_focused()
        moved = chat.watched("focus")[-1]["at"]
        chat.page.close()
        return float(moved - started)

    assert _best_of(measure) <= _USABLE_LIMIT_IN_MS


def _best_of(measure: Callable[[], float]) -> float:
    """Tries again where it was slow: others use this machine too."""
    times = []
    for _ in range(_TRIES):
        times.append(measure())
        if times[-1] <= _USABLE_LIMIT_IN_MS:
            break
    print(f"milliseconds: {times}")
    return min(times)


def test_the_page_beside_it_never_shifts(
    visit: Visit, channel: ScriptedChannel
) -> None:
    body = "<main><h1>Stadt</h1>" + "<p>Text der Stadt. </p>" * 40 + "</main>"
    chat = visit(body=body)
    expect(chat.launcher).to_be_visible()
    chat.page.wait_for_timeout(300)
    chat.open().send("Hallo").shows("Antwort auf: Hallo")
    channel.say(*[{"text": f"Nachricht {n}."} for n in range(20)])
    chat.shows("Nachricht 19.")
    chat.close_button.click()
    chat.page.wait_for_timeout(600)
    assert layout_shift(chat.page, "kumpel-chat") == 0


def test_memory_stays_flat_over_five_hundred_messages(
    visit: Visit, channel: ScriptedChannel
) -> None:
    chat = visit("open").send("Hallo").shows("Antwort auf: Hallo")
    session = chat.page.context.new_cdp_session(chat.page)
    _exchange(chat, channel, 0, 100)
    before = _heap_in_bytes(session)
    _exchange(chat, channel, 100, 500)
    growth = (_heap_in_bytes(session) - before) / 400
    print(f"{growth / 1024:.1f} KiB a message")
    assert growth <= _GROWTH_LIMIT_IN_BYTES_A_MESSAGE


def _exchange(chat: Chat, channel: ScriptedChannel, first: int, after: int) -> None:
    """Lets both sides speak; every twentieth message really goes through the field."""
    for start in range(first, after, 20):
        told = [
            (("citizen", "kumpel")[n % 2], f"Nachricht Nummer {n} mit etwas Text dazu.")
            for n in range(start, start + 18)
        ]
        channel.remember(*told)
        chat.send(f"Frage {start}").shows(f"Antwort auf: Frage {start}")


def _heap_in_bytes(session: CDPSession) -> float:
    session.send("HeapProfiler.enable")
    for _ in range(2):
        session.send("HeapProfiler.collectGarbage")
    usage = session.send("Runtime.getHeapUsage")
    return float(usage["usedSize"] + usage.get("embedderHeapUsedSize", 0))
