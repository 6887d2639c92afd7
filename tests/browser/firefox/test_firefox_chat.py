"""What holds in Chromium holds in Firefox: the same tests once more, and every state.

Not repeated is what this Firefox cannot be asked for (colours of the system), and what
is Chromium's own (its heap, its cache of pages gone back from).
"""

# ruff: noqa: F401  # the tests are collected from here
from __future__ import annotations

from pathlib import Path

import pytest
import samples
from chat_page import Visit
from chat_states import STATES
from page_probes import small_targets, what_is_cut
from playwright.sync_api import Browser
from test_announcements import (
    test_an_announcement_has_no_markdown_and_names_the_choices,
    test_each_answer_is_announced_once_and_in_order,
    test_history_is_not_read_out_after_a_reload,
)
from test_axe import test_axe_sees_what_is_wrong_within_the_chat
from test_connection import (
    proxy,
    test_a_message_written_offline_is_sent_once_the_line_is_back,
    test_an_answer_cut_in_the_middle_is_completed_once,
)
from test_conversations import (
    test_a_reload_shows_the_same_conversation_with_its_cards,
)
from test_focus import (
    test_a_choice_moves_the_focus_to_the_field_and_stays_readable,
    test_an_answer_never_moves_the_focus,
    test_escape_closes_an_open_menu_first,
    test_opening_moves_the_focus_into_the_field_and_escape_returns_it,
    test_the_focus_is_to_be_seen_on_everything_that_takes_it,
)
from test_hostile_texts import test_nothing_that_citizens_or_answers_say_is_run
from test_privacy import (
    test_a_page_with_the_closed_chat_asks_for_the_script_only,
    test_a_whole_conversation_needs_no_third_party_and_no_looser_policy,
    test_ending_deletes_here_and_there,
    test_the_conversation_is_kept_for_the_tab_only_and_not_in_addresses,
)
from test_reflow import (
    test_a_citizen_can_write_choose_and_close_in_a_small_window,
    test_long_words_and_addresses_break_within_their_bubble,
)

from bench.widget.browser import axe_violations
from bench.widget.scripted_channel import ScriptedChannel, Turn

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_wrong_and_nothing_is_cut_at_320_pixels(
    state: str, visit: Visit, channel: ScriptedChannel, shown: Path
) -> None:
    chat = visit('lang="de"')
    STATES[state](chat, channel)
    found = [each["id"] for each in axe_violations(chat.page)]
    chat.page.set_viewport_size({"width": 320, "height": 640})
    found += what_is_cut(chat.page) + small_targets(chat.page)
    chat.page.screenshot(path=shown / f"{state}-firefox-phone.png")
    assert found == []


def test_only_the_conversation_scrolls(visit: Visit, channel: ScriptedChannel) -> None:
    """Chromium's tests hide scrollbars, so that a second one is seen here first."""
    channel.will(Turn([samples.SLOTS]), Turn([samples.MARKDOWN]))
    chat = visit().open().send("Termin").shows("14:15")
    chat.send("Reisepass").shows("biometrisches")
    script = """(chat) => {
      const panel = chat.shadowRoot.querySelector(".panel");
      return panel.scrollHeight - panel.clientHeight;
    }"""
    assert chat.element.evaluate(script) == 0


def test_a_script_that_the_policy_forbids_is_not_run_and_noticed(
    browser: Browser, channel: ScriptedChannel
) -> None:
    """Or nothing would be proved about the policy by all the other tests."""
    context = browser.new_context()
    noticed: list[str] = []
    context.on("weberror", lambda error: noticed.append(f"{error.error}"))
    page = context.new_page()
    page.goto(channel.page("<main></main>", "<script>window.hasRun = true</script>"))
    page.wait_for_timeout(300)
    assert page.evaluate("() => window.hasRun") is None
    assert ["script-src" in each for each in noticed] == [True]
    context.close()
