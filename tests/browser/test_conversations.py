"""Reloads, tabs, the back button, and long conversations."""

from __future__ import annotations

import pytest
import samples
from chat_page import Chat, Visit
from playwright.sync_api import Browser, expect

from bench.widget.browser import chromium_path, launch
from bench.widget.scripted_channel import ScriptedChannel, Turn

pytestmark = pytest.mark.browser


def test_a_reload_shows_the_same_conversation_with_its_cards(
    visit: Visit, channel: ScriptedChannel
) -> None:
    channel.will(Turn([samples.CHOICES]), Turn([samples.BOOKED]))
    chat = visit("open").send("Pass").shows("Was meinen Sie?")
    chat.button("Reisepass").click()
    chat.shows("123456")
    before = chat.text
    chat.page.reload()
    chat.shows("123456")
    assert _words(chat.text) == _words(before)
    used = chat.button("Reisepass").first
    expect(used).to_have_attribute("aria-disabled", "true")
    expect(chat.transcript).to_contain_text("gewählt")
    chat.send("Weiter").shows("Antwort auf: Weiter")
    assert len({body["conversation"] for body in channel.sent()}) == 1


def _words(text: str) -> list[str]:
    return text.split()


def test_two_tabs_show_one_conversation(visit: Visit, channel: ScriptedChannel) -> None:
    chat = visit("open").send("Aus dem ersten").shows("Antwort auf: Aus dem ersten")
    with chat.page.context.expect_page() as opened:
        # A tab that is opened from another inherits its session storage.
        chat.page.evaluate("() => void window.open(location.href)")
    other = Chat(opened.value)
    other.shows("Antwort auf: Aus dem ersten")
    other.send("Aus dem zweiten").shows("Antwort auf: Aus dem zweiten")
    chat.shows("Aus dem zweiten").shows("Antwort auf: Aus dem zweiten")
    for each in (chat, other):
        text = each.text
        for said in ("Aus dem ersten", "Aus dem zweiten"):
            assert text.count(f"Antwort auf: {said}") == 1
            assert text.replace(f"Antwort auf: {said}", "").count(said) == 1
    other.end()
    expect(chat.button("Neues Gespräch")).to_be_visible()


def test_the_back_button_brings_the_conversation_back(
    visit: Visit, channel: ScriptedChannel
) -> None:
    chat = visit("open").send("Hallo").shows("Antwort auf: Hallo")
    here = chat.page.url
    chat.page.goto(channel.page("<main><h1>Andere Seite</h1></main>"))
    chat.page.go_back()
    assert chat.page.url == here
    chat.shows("Antwort auf: Hallo")
    chat.send("Wieder da").shows("Antwort auf: Wieder da")
    assert chat.text.count("Antwort auf: Hallo") == 1


def test_a_conversation_follows_to_the_next_page_of_the_city(
    visit: Visit, channel: ScriptedChannel
) -> None:
    chat = visit().open().send("Hallo").shows("Antwort auf: Hallo")
    body = '<main><h1>Andere</h1></main><kumpel-chat service="reisepass"></kumpel-chat>'
    chat.page.goto(channel.page(body))
    if chat.launcher.is_visible():
        chat.open()
    chat.shows("Antwort auf: Hallo")
    chat.send("Was kostet das?").shows("Antwort auf: Was kostet das?")
    last = channel.sent()[-1]
    assert last["metadata"]["service"] == "reisepass"
    assert last["conversation"] == channel.sent()[0]["conversation"]


def test_two_hundred_messages_stay_quick_and_scrolled_to_the_newest(
    visit: Visit, channel: ScriptedChannel
) -> None:
    chat = visit("open").send("Hallo").shows("Antwort auf: Hallo")
    told = [
        (("citizen", "kumpel")[n % 2], f"Nachricht Nummer {n}.") for n in range(200)
    ]
    channel.remember(*told)
    chat.page.reload()
    chat.shows("Nachricht Nummer 199.")
    newest = chat.transcript.get_by_text("Nachricht Nummer 199.")
    expect(newest).to_be_in_viewport()
    chat.send("Noch eine").shows("Antwort auf: Noch eine")
    expect(chat.transcript.get_by_text("Antwort auf: Noch eine")).to_be_in_viewport()
    # The quickest of three: a loaded machine may stop the browser for seconds.
    assert min(milliseconds_to_type(chat, "Schnell?") for _ in range(3)) < 1_500


def milliseconds_to_type(chat: Chat, text: str) -> float:
    started = chat.page.evaluate("() => performance.now()")
    chat.field.fill("")
    chat.field.press_sequentially(text)
    expect(chat.field).to_have_value(text)
    return float(chat.page.evaluate("() => performance.now()") - started)


def test_who_has_scrolled_up_is_not_pulled_down(
    visit: Visit, channel: ScriptedChannel
) -> None:
    chat = visit("open").send("Hallo").shows("Antwort auf: Hallo")
    channel.say(*[{"text": f"Nachricht Nummer {n}."} for n in range(60)])
    chat.shows("Nachricht Nummer 59.")
    first = chat.transcript.get_by_text("Nachricht Nummer 3.")
    first.scroll_into_view_if_needed()
    chat.page.wait_for_timeout(200)
    channel.say({"text": "Etwas Neues."})
    chat.shows("Etwas Neues.")
    chat.page.wait_for_timeout(300)
    expect(first).to_be_in_viewport()
    to_newest = chat.button("Zur neuesten Nachricht")
    to_newest.click()
    expect(chat.transcript.get_by_text("Etwas Neues.")).to_be_in_viewport()


def test_a_page_out_of_the_back_forward_cache_goes_on_talking(
    browser: Browser, channel: ScriptedChannel
) -> None:
    path = chromium_path()
    assert path is not None
    # Playwright switches that cache off, so a browser of its own.
    without = ["--disable-back-forward-cache"]
    with launch(browser.browser_type, path, without=without) as caching:
        page = caching.new_page()
        page.add_init_script(
            "addEventListener('pageshow', (event) => { isOld = event.persisted; })"
        )
        page.goto(channel.page("<main></main><kumpel-chat open></kumpel-chat>"))
        chat = Chat(page).send("Hallo").shows("Antwort auf: Hallo")
        page.goto(channel.page("<main><h1>Andere Seite</h1></main>"))
        # Playwright's own way back waits for a load that does not come.
        page.evaluate("() => history.back()")
        chat.shows("Antwort auf: Hallo")
        assert page.evaluate("() => isOld"), "Not from the cache: nothing is proved."
        chat.send("Wieder da").shows("Antwort auf: Wieder da")
        assert chat.text.count("Antwort auf: Hallo") == 1
