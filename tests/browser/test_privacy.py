"""No request before it is wanted, no third party, no cookie, and a strict policy.

`conftest.make_context` checks the last three after every other test too.
"""

from __future__ import annotations

import re

import pytest
import samples
from chat_page import Visit
from playwright.sync_api import expect

from bench.widget.scripted_channel import ScriptedChannel, Turn

pytestmark = pytest.mark.browser


def test_a_page_with_the_closed_chat_asks_for_the_script_only(
    visit: Visit, channel: ScriptedChannel
) -> None:
    chat = visit()
    expect(chat.launcher).to_be_visible()
    chat.page.wait_for_timeout(500)
    asked = [path for _, path, _ in channel.requests if path.startswith("/chat/")]
    assert asked == ["/chat/kumpel-chat.js"]
    assert _stored(chat.page) == [[], []]


def _stored(page: object) -> object:
    script = "() => [Object.keys(sessionStorage), Object.keys(localStorage)]"
    return page.evaluate(script)  # type: ignore[attr-defined]


def test_the_conversation_is_kept_for_the_tab_only_and_not_in_addresses(
    visit: Visit, channel: ScriptedChannel
) -> None:
    chat = visit().open().send("Geheime Frage").shows("Antwort auf: Geheime Frage")
    in_session, in_local = _stored(chat.page)  # type: ignore[misc]
    assert in_session
    values = chat.page.evaluate("() => JSON.stringify([localStorage, sessionStorage])")
    assert "Geheime" not in values
    assert all("language" in key or "voice" in key for key in in_local)
    assert chat.page.url.endswith(channel.requests[0][1])
    asked = [path for _, path, _ in channel.requests]
    assert not [path for path in asked if "talk-" in path]
    other = chat.page.context.new_page()
    other.goto(chat.page.url)
    assert _stored(other)[0] == []  # type: ignore[index]


def test_ending_deletes_here_and_there(visit: Visit, channel: ScriptedChannel) -> None:
    chat = visit().open().send("Hallo").shows("Antwort auf: Hallo")
    chat.end()
    expect(chat.button("Neues Gespräch")).to_be_visible()
    assert ("DELETE", "/chat/conversations") in [each[:2] for each in channel.requests]
    chat.page.wait_for_timeout(2_000)  # What was announced goes after 1.5 s.
    assert "Antwort auf" not in chat.everything
    in_session = _stored(chat.page)[0]  # type: ignore[index]
    values = chat.page.evaluate("() => JSON.stringify(sessionStorage)")
    assert "talk-" not in values, in_session
    chat.button("Neues Gespräch").click()
    chat.send("Guten Tag").shows("Antwort auf: Guten Tag")
    assert "Hallo" not in chat.text


def test_a_whole_conversation_needs_no_third_party_and_no_looser_policy(
    visit: Visit, channel: ScriptedChannel
) -> None:
    channel.file("/karte.svg", samples.MAP_PICTURE, "image/svg+xml")
    every = (samples.MARKDOWN, samples.HOURS, samples.MAP, samples.BOOKED)
    channel.will(Turn(every))
    chat = visit().open().send("Alles bitte").shows("123456")
    expect(chat.element.get_by_role("img", name="Karte").first).to_be_visible()
    assert "unsafe" not in channel.policy
    assert chat.watched("violations") == []
    assert chat.page.context.cookies() == []


def test_a_rating_and_a_reported_error_reach_the_city(
    visit: Visit, channel: ScriptedChannel
) -> None:
    chat = visit().open().send("Hallo").shows("Antwort auf: Hallo")
    chat.button(re.compile("^Hilfreich")).last.click()
    chat.page.wait_for_timeout(400)
    [rated] = channel.sent("/chat/feedback")
    assert (rated["rating"], rated["kind"], rated["position"]) == ("up", "thumb", 2)
