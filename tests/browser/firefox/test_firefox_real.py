"""The city's page, the real assistant and Firefox: a conversation by keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import test_real_booking
from chat_page import Chat
from page_probes import what_is_cut
from playwright.sync_api import BrowserContext, Page, expect
from running_assistant import RunningAssistant

from bench.widget.browser import axe_violations

pytestmark = [pytest.mark.browser, pytest.mark.e2e, pytest.mark.model]

assistant = test_real_booking.assistant
tab_to = test_real_booking._tab_to
say = test_real_booking._say


@pytest.fixture
def console() -> list[str]:
    """What the page or Firefox complains about."""
    return []


@pytest.fixture
def page(make_context: Callable[..., BrowserContext], console: list[str]) -> Page:
    opened = make_context().new_page()
    opened.on(
        "console",
        lambda told: console.append(told.text) if told.type == "error" else None,
    )
    return opened


def _wrong(page: Page, when: str) -> list[str]:
    return [f"{when}: {each['id']}" for each in axe_violations(page)]


def test_a_conversation_by_keyboard_alone_on_the_citys_page(
    page: Page, assistant: RunningAssistant, console: list[str], shown: Path
) -> None:
    answer = page.goto(f"{assistant.url}/")
    assert answer is not None
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    chat = Chat(page)
    wrong = _wrong(page, "closed")

    tab_to(chat, "Zum Chat")
    page.keyboard.press("Enter")
    tab_to(chat, "Fragen Sie Kumpel", limit=3)
    page.keyboard.press("Enter")
    expect(chat.field).to_be_focused()
    wrong += _wrong(page, "open")

    say(chat, "Ich brauche einen Termin für den Reisepass", "Welcher Termin")
    wrong += _wrong(page, "answered")
    page.screenshot(path=shown / "firefox.png")
    tab_to(chat, "Bürgerbüro", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(chat.transcript).to_contain_text("Auf welchen Namen")
    expect(chat.field).to_be_focused()
    page.wait_for_timeout(2_500)

    heard = "\n".join(chat.said)
    for part in ("Welcher Termin", "Auf welchen Namen"):
        assert heard.count(part) == 1
    assert "Ich brauche" not in heard
    page.keyboard.press("Escape")
    expect(chat.launcher).to_be_focused()
    assert wrong == []
    assert console == []


def test_a_reload_loses_nothing_and_320_pixels_suffice(
    page: Page, assistant: RunningAssistant, console: list[str]
) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{assistant.url}/leistungen/hundesteuer-anmelden")
    cut = what_is_cut(page)
    chat = Chat(page).open()
    chat.send("Was kostet das?").shows(re.compile("Hund"))
    before = chat.text.split()
    cut += what_is_cut(page)
    page.reload()
    if chat.launcher.is_visible():
        chat.open()
    chat.shows(re.compile("Hund"))
    assert chat.text.split() == before
    assert cut == []
    assert console == []
