"""What a screen reader is told: each answer once, in order, and nothing else."""

from __future__ import annotations

import re

import pytest
import samples
from chat_page import Chat, Visit
from playwright.sync_api import expect

from bench.widget.scripted_channel import ScriptedChannel, Turn, says

pytestmark = pytest.mark.browser


def _telling(chat: Chat, part: str) -> list[str]:
    return [text for text in chat.said if part in text]


def test_each_answer_is_announced_once_and_in_order(
    visit: Visit, channel: ScriptedChannel
) -> None:
    chat = visit().open()
    for number in ("eins", "zwei", "drei"):
        channel.will(says(f"Antwort {number} a.", f"Antwort {number} b."))
        chat.send(f"Frage {number}").shows(f"Antwort {number} b.")
        chat.page.wait_for_timeout(300)
    chat.page.wait_for_timeout(2_000)
    heard = re.findall(r"Antwort \w+ \w", " | ".join(chat.said))
    wanted = [f"Antwort {n} {m}" for n in ("eins", "zwei", "drei") for m in "ab"]
    assert heard == wanted


def test_the_citizens_own_message_is_not_announced(
    visit: Visit, channel: ScriptedChannel
) -> None:
    channel.will(says("Das kostet 60 Euro."))
    chat = visit().open().send("Was kostet die Welt?").shows("60 Euro")
    chat.page.wait_for_timeout(500)
    assert _telling(chat, "60 Euro")
    assert _telling(chat, "Was kostet die Welt?") == []


def test_the_speaker_is_named_once_in_an_announcement(
    visit: Visit, channel: ScriptedChannel
) -> None:
    channel.will(says("Das kostet 60 Euro.", "Bringen Sie den alten Pass mit."))
    chat = visit().open().send("Reisepass?").shows("alten Pass")
    chat.page.wait_for_timeout(500)
    first = _telling(chat, "60 Euro")
    assert len(first) == 1
    assert len(re.findall("Kumpel", first[0])) == 1


def test_an_announcement_has_no_markdown_and_names_the_choices(
    visit: Visit, channel: ScriptedChannel
) -> None:
    channel.will(Turn([samples.MARKDOWN]), Turn([samples.CHOICES]))
    chat = visit().open().send("Reisepass?").shows("biometrisches")
    chat.page.wait_for_timeout(400)
    [told] = _telling(chat, "biometrisches")
    assert "*" not in told
    assert "](" not in told
    assert "- ein" not in told
    chat.send("Und?").shows("Was meinen Sie?")
    chat.page.wait_for_timeout(2_000)
    heard = " ".join(chat.said)
    assert heard.count("Was meinen Sie?") == 1


def test_the_live_region_is_empty_again_and_the_transcript_silent(
    visit: Visit, channel: ScriptedChannel
) -> None:
    channel.will(says("Nur einmal zu hören."))
    chat = visit().open().send("Hallo").shows("Nur einmal zu hören.")
    expect(chat.transcript).to_have_attribute("aria-live", "off")
    chat.page.wait_for_timeout(3_000)
    places = chat.element.get_by_text("Nur einmal zu hören.").all()
    assert len([place for place in places if place.is_visible()]) == 1
    assert len(places) == 1
    assert len(_telling(chat, "Nur einmal zu hören.")) == 1


def test_the_same_answer_twice_is_announced_twice(
    visit: Visit, channel: ScriptedChannel
) -> None:
    channel.will(says("Ja."), says("Ja."))
    chat = visit().open().send("Geht das heute?").shows("Ja.")
    chat.page.wait_for_timeout(2_000)
    chat.send("Und morgen?").shows("Und morgen?")
    chat.page.wait_for_timeout(2_000)
    assert len(_telling(chat, "Ja.")) == 2


def test_waiting_losing_and_regaining_the_connection_are_announced(
    visit: Visit, channel: ScriptedChannel
) -> None:
    chat = visit().open().send("Hallo").shows("Antwort auf: Hallo")
    channel.cut()
    expect(chat.element).to_contain_text("Keine Verbindung")
    chat.page.wait_for_timeout(300)
    assert len(_telling(chat, "Keine Verbindung")) == 1
    channel.restore()
    expect(chat.element).not_to_contain_text("Keine Verbindung")
    chat.page.wait_for_timeout(500)
    assert len(_telling(chat, "Verbindung ist wieder da")) == 1
    assert len(_telling(chat, "Antwort auf: Hallo")) == 1


def test_an_answer_in_another_language_is_marked_as_such(
    visit: Visit, channel: ScriptedChannel
) -> None:
    channel.will(Turn([{"text": "The passport costs 60 euros."}], language="en"))
    chat = visit('lang="de"').open().send("How much is a passport?")
    chat.shows("The passport costs")
    chat.page.wait_for_timeout(400)
    [told] = [each for each in chat.watched("said") if "passport costs" in each["text"]]
    assert told["language"] == "en"
    marked = chat.transcript.get_by_text("The passport costs 60 euros.").last
    language = marked.evaluate("(at) => at.closest('[lang]')?.lang")
    assert language == "en"


def test_history_is_not_read_out_after_a_reload(
    visit: Visit, channel: ScriptedChannel
) -> None:
    chat = visit("open").send("Hallo").shows("Antwort auf: Hallo")
    chat.page.reload()
    chat.shows("Antwort auf: Hallo")
    chat.page.wait_for_timeout(1_000)
    assert _telling(chat, "Antwort auf: Hallo") == []
