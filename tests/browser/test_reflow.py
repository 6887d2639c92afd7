"""Readable and usable at 320 pixels, at 400 % and with wide text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import samples
from chat_page import Visit
from chat_states import STATES
from page_probes import small_targets, space_text, what_is_cut
from playwright.sync_api import expect

from bench.widget.scripted_channel import ScriptedChannel, Turn

pytestmark = pytest.mark.browser

#: A phone, and a window of 1280 x 1024 pixels at 400 %.
WINDOWS: dict[str, dict[str, Any]] = {
    "320 px": {"viewport": {"width": 320, "height": 640}},
    "400 %": {"viewport": {"width": 320, "height": 256}, "device_scale_factor": 4},
}


@pytest.mark.parametrize("state", STATES)
def test_nothing_is_cut_and_all_targets_are_large_enough(
    state: str, visit: Visit, channel: ScriptedChannel, shown: Path
) -> None:
    chat = visit(reduced_motion="reduce", **WINDOWS["320 px"])
    STATES[state](chat, channel)
    found = what_is_cut(chat.page) + small_targets(chat.page)
    chat.page.screenshot(path=shown / f"{state}-phone.png")
    chat.page.set_viewport_size(WINDOWS["400 %"]["viewport"])
    found += [f"400 %: {each}" for each in what_is_cut(chat.page)]
    chat.page.screenshot(path=shown / f"{state}-zoom.png")
    space_text(chat.page)
    found += [f"400 %, spaced: {each}" for each in what_is_cut(chat.page)]
    chat.page.set_viewport_size({"width": 1280, "height": 800})
    found += [f"spaced: {each}" for each in what_is_cut(chat.page)]
    assert found == []


@pytest.mark.parametrize("window", WINDOWS)
def test_a_citizen_can_write_choose_and_close_in_a_small_window(
    window: str, visit: Visit, channel: ScriptedChannel
) -> None:
    channel.will(Turn([samples.SLOTS]))
    chat = visit(reduced_motion="reduce", **WINDOWS[window]).open()
    chat.send("Termin bitte").shows("Diese Termine sind frei")
    for each in (chat.field, chat.send_button, chat.close_button):
        each.scroll_into_view_if_needed()
        expect(each).to_be_in_viewport(ratio=0.9)
    offer = chat.button("14:15").first
    offer.scroll_into_view_if_needed()
    expect(offer).to_be_in_viewport(ratio=0.9)
    offer.click()
    chat.shows("Antwort auf: ~slot-2026-12-01-14:15")
    chat.close_button.click()
    expect(chat.launcher).to_be_visible()


def test_long_words_and_addresses_break_within_their_bubble(
    visit: Visit, channel: ScriptedChannel
) -> None:
    word = "Donaudampfschifffahrtsgesellschaftskapitänskajüte" * 4
    address = "https://www.krefeld.de/" + "abc" * 60
    channel.will(Turn([{"text": f"{word} {address} **{word}**"}]))
    chat = visit(**WINDOWS["320 px"]).open().send(word + " " + address)
    chat.shows("https://www.krefeld.de/")
    assert what_is_cut(chat.page) == []


def test_the_closed_chat_covers_little_of_the_page(visit: Visit) -> None:
    chat = visit(**WINDOWS["320 px"])
    box = chat.launcher.bounding_box()
    assert box is not None
    assert box["width"] * box["height"] < 0.08 * 320 * 640
