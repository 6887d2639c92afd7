"""The real assistant in a real browser: a booking, by keyboard alone, and more."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from chat_page import Chat
from playwright.sync_api import BrowserContext, Page, expect
from running_assistant import RunningAssistant

from bench.widget.browser import axe_violations

pytestmark = [pytest.mark.browser, pytest.mark.e2e, pytest.mark.model]

#: A Tuesday morning with free appointments ahead.
NOW = "2026-11-24T10:15:00+01:00"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningAssistant]:
    running = RunningAssistant(
        tmp_path_factory.mktemp("assistant"),
        {"KUMPEL_NOW": NOW, "KUMPEL_RATE_LIMITS": "off"},
    )
    running.wait_until_ready()
    yield running
    running.end()


@pytest.fixture
def page(make_context: Callable[..., BrowserContext]) -> Page:
    context = make_context()
    context.set_default_timeout(15_000)
    return context.new_page()


def _tab_to(chat: Chat, name: str, key: str = "Tab", limit: int = 60) -> None:
    for _ in range(limit):
        if name in chat.focused:
            return
        chat.page.keyboard.press(key)
    raise AssertionError(f"{name} is not reached by {key}; at {chat.focused}")


def _say(chat: Chat, text: str, answer: str | re.Pattern[str]) -> None:
    expect(chat.field).to_be_focused()
    chat.page.keyboard.type(text)
    chat.page.keyboard.press("Enter")
    expect(chat.transcript).to_contain_text(answer)
    chat.page.wait_for_timeout(300)


def test_an_appointment_is_booked_by_keyboard_alone_and_every_answer_announced(
    page: Page, assistant: RunningAssistant, shown: Path
) -> None:
    page.goto(f"{assistant.url}/")
    chat = Chat(page)
    _tab_to(chat, "Zum Chat")
    page.keyboard.press("Enter")
    _tab_to(chat, "Fragen Sie Kumpel", limit=3)
    page.keyboard.press("Enter")
    _say(chat, "Ich brauche einen Termin für den Reisepass", "Welcher Termin")
    _tab_to(chat, "Bürgerbüro", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(chat.transcript).to_contain_text("Auf welchen Namen")
    _say(chat, "Mehmet Yılmaz", "E-Mail-Adresse")
    _say(chat, "mehmet@example.org", "Stimmt alles")
    _tab_to(chat, "Ja", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(chat.transcript).to_contain_text("gebucht")
    page.wait_for_timeout(2_500)
    _tab_to(chat, "Kalender", "Shift+Tab")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    calendar = Path(download.value.path()).read_text(encoding="utf-8")
    assert "BEGIN:VEVENT" in calendar
    assert re.search("DTSTART[^:]*:202611", calendar)

    said = chat.said
    (shown / "announcements.txt").write_text("\n\n".join(said) + "\n", encoding="utf-8")
    heard = "\n".join(said)
    for part in ("Termin", "Namen", "E-Mail", "Stimmt alles", "gebucht"):
        assert part in heard
    assert "Mehmet Yılmaz" not in [text.strip() for text in said]
    assert len([text for text in said if "ist gebucht" in text]) == 1
    assert "**" not in heard
    assert "://" not in heard, "an address is read out letter by letter"
    violations = [each["id"] for each in axe_violations(page, "kumpel-chat")]
    assert violations == []
    page.keyboard.press("Escape")
    assert "Fragen Sie Kumpel" in chat.focused


def test_a_reload_in_the_middle_of_a_booking_loses_nothing(
    page: Page, assistant: RunningAssistant
) -> None:
    page.goto(f"{assistant.url}/")
    chat = Chat(page).open()
    chat.send("Termin für den Personalausweis am Freitag in Bockum").shows(
        "Freitag, 27"
    )
    before = chat.text.split()
    page.reload()
    if chat.launcher.is_visible():
        chat.open()
    chat.shows("Freitag, 27")
    assert chat.text.split() == before
    chat.send("das erste").shows("Namen")


def test_a_page_of_a_service_gives_the_question_its_topic(
    page: Page, assistant: RunningAssistant
) -> None:
    page.goto(f"{assistant.url}/leistungen/hundesteuer-anmelden")
    chat = Chat(page).open()
    chat.send("Was kostet das?").shows(re.compile("Hund"))


def test_the_frame_works_within_a_page_of_another_origin(
    page: Page, assistant: RunningAssistant
) -> None:
    page.goto(f"{assistant.url}/chat/frame?lang=en")
    chat = Chat(page, "en")
    chat.send("What does a passport cost?").shows(re.compile("€|euro", re.IGNORECASE))
    assert axe_violations(page) == []


def test_the_pages_of_the_city_help_without_javascript(
    make_context: Callable[..., BrowserContext], assistant: RunningAssistant
) -> None:
    page = make_context(java_script_enabled=False).new_page()
    page.goto(f"{assistant.url}/")
    page.get_by_role("link", name="Chat ohne JavaScript").first.click()
    page.get_by_role("textbox").first.fill("Was kostet ein Reisepass?")
    page.get_by_role("button", name="Frage senden").first.click()
    expect(page.locator("main")).to_contain_text("Reisepass")
    expect(page.locator("main")).to_contain_text("€")


def test_the_city_pages_have_nothing_that_axe_finds_wrong(
    page: Page, assistant: RunningAssistant
) -> None:
    found = []
    for path in (
        "/",
        "/leistungen",
        "/leistungen/reisepass",
        "/stellen",
        "/barrierefreiheit",
        "/datenschutz",
        "/chat/seite",
        "/?lang=en",
    ):
        page.goto(f"{assistant.url}{path}")
        found += [f"{path}: {each['id']}" for each in axe_violations(page)]
    assert found == []
