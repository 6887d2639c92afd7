"""Every state that the chat can be seen in, and how it is reached."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import samples
from chat_page import Chat
from playwright.sync_api import expect

from bench.widget.scripted_channel import ScriptedChannel, Turn, says

State = Callable[[Chat, ScriptedChannel], Any]


def _closed(chat: Chat, _: ScriptedChannel) -> None:
    expect(chat.launcher).to_be_visible()


def _open(chat: Chat, _: ScriptedChannel) -> None:
    chat.open()


def _waiting(chat: Chat, channel: ScriptedChannel) -> None:
    channel.will(Turn([{"text": "Gleich."}], is_held=True))
    chat.open().send("Was kostet ein Reisepass?")
    chat.shows("Was kostet ein Reisepass?")
    chat.page.wait_for_timeout(600)


def _answered_with(message: samples.WebMessage) -> State:
    def reach(chat: Chat, channel: ScriptedChannel) -> None:
        channel.file("/karte.svg", samples.MAP_PICTURE, "image/svg+xml")
        channel.will(Turn([message]))
        chat.open().send("Bitte um Auskunft").shows(
            message["text"].replace("**", "")[:20]
        )

    return reach


def _used_choice(chat: Chat, channel: ScriptedChannel) -> None:
    _answered_with(samples.CHOICES)(chat, channel)
    channel.will(says("Zum Reisepass kann ich Ihnen das sagen."))
    chat.button("Reisepass").click()
    chat.shows("Zum Reisepass kann")


def _field_error(chat: Chat, _: ScriptedChannel) -> None:
    chat.open()
    chat.send_button.click()
    expect(chat.field).to_have_attribute("aria-invalid", "true")


def _failed_message(chat: Chat, channel: ScriptedChannel) -> None:
    chat.open().send("Guten Tag").shows("Antwort auf: Guten Tag")
    text = "Da ist bei mir etwas schiefgegangen."
    channel.will(*[Turn(refusal=(500, "failed", text))] * 6)
    chat.send("Hallo?").shows("Erneut senden" if chat.language == "de" else "")


def _trouble(chat: Chat, channel: ScriptedChannel) -> None:
    channel.will(Turn(trouble="timeout", text="Das dauert gerade zu lange."))
    chat.open().send("Hallo?").shows("Das dauert gerade zu lange.")


def _offline(chat: Chat, channel: ScriptedChannel) -> None:
    chat.open().send("Guten Tag").shows("Antwort auf: Guten Tag")
    channel.cut()
    words = {
        "de": "Keine Verbindung",
        "en": "No connection",
        "easy": "Internet ist weg",
    }
    expect(chat.element).to_contain_text(words[chat.language])


def _limited(chat: Chat, channel: ScriptedChannel) -> None:
    text = "Das waren sehr viele Nachrichten in kurzer Zeit."
    refusal = (429, "too_many", text)
    channel.will(Turn(refusal=refusal, retry_after_in_seconds=40))
    chat.open().send("Hallo?")
    expect(chat.element).to_contain_text("40" if chat.language == "en" else "Sekunden")


def _ended(chat: Chat, channel: ScriptedChannel) -> None:
    chat.open().send("Guten Tag").shows("Antwort auf: Guten Tag")
    channel.end_conversations("Ihr Gespräch ist beendet.")
    names = {"de": "Neues Gespräch", "en": "New conversation", "easy": "Neues Gespräch"}
    expect(chat.button(names[chat.language])).to_be_visible()


def _menu(chat: Chat, channel: ScriptedChannel) -> None:
    chat.open().send("Guten Tag").shows("Antwort auf: Guten Tag")
    chat.menu_button.click()
    expect(chat.menu_item("end")).to_be_visible()


STATES: dict[str, State] = {
    "closed": _closed,
    "open": _open,
    "menu": _menu,
    "waiting": _waiting,
    "answer": _answered_with(samples.MARKDOWN),
    "choices": _answered_with(samples.CHOICES),
    "used_choice": _used_choice,
    "hours": _answered_with(samples.HOURS),
    "slots": _answered_with(samples.SLOTS),
    "preview": _answered_with(samples.PREVIEW),
    "booked": _answered_with(samples.BOOKED),
    "map": _answered_with(samples.MAP),
    "several_cards": _answered_with(samples.SEVERAL_CARDS),
    "field_error": _field_error,
    "failed_message": _failed_message,
    "trouble": _trouble,
    "offline": _offline,
    "limited": _limited,
    "ended": _ended,
}
