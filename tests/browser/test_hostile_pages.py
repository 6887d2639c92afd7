"""The chat works beside old frameworks, hard styles, itself, and within a frame."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import samples
from chat_page import Chat, Visit
from page_probes import small_targets, what_is_cut
from playwright.sync_api import BrowserContext, expect

from bench.widget.scripted_channel import ScriptedChannel, Turn

pytestmark = pytest.mark.browser

#: What themes of old sites do to every element.
HARD_STYLE = """
* { all: unset !important; display: block !important; float: left !important;
    font: 30px/1 fantasy !important; color: #fff !important; }
button, input, textarea { width: 100% !important; height: 3px !important; }
html { font-size: 62.5%; text-transform: uppercase; letter-spacing: 4px; }
kumpel-chat { position: static; opacity: 0.01; }
"""
#: What prototype.js 1.6 and MooTools did to built-in objects.
OLD_FRAMEWORK = """
Array.prototype.toJSON = function () { return "[old]"; };
String.prototype.toJSON = function () { return "old"; };
Array.prototype.remove = function () {};
Object.prototype.extend = function () {};
Array.from = function (given) {
  var made = [];
  for (var i = 0; i < given.length; i++) made.push(given[i]);
  return made;
};
Element.prototype.remove = function () { return this; };
window.$ = window.jQuery = function () { return null; };
window.define = function () {}; window.define.amd = {};
window.module = { exports: {} }; window.process = {};
"""


def _talk(chat: Chat, channel: ScriptedChannel) -> None:
    channel.will(Turn([samples.CHOICES]))
    chat.open().send("Pass").shows("Was meinen Sie?")
    chat.button("Reisepass").click()
    chat.shows("Antwort auf: ~reisepass")


def test_hard_styles_of_a_page_do_not_reach_into_the_chat(
    visit: Visit, channel: ScriptedChannel
) -> None:
    channel.file("/hard.css", HARD_STYLE, "text/css")
    plain = visit(reduced_motion="reduce").open()
    boxes = [plain.field.bounding_box(), plain.send_button.bounding_box()]
    head = '<link rel="stylesheet" href="/hard.css">'
    chat = visit(head=head, reduced_motion="reduce")
    _talk(chat, channel)
    assert what_is_cut(chat.page) == []
    assert small_targets(chat.page) == []
    for old, each in zip(boxes, (chat.field, chat.send_button), strict=True):
        box = each.bounding_box()
        assert box is not None
        assert old is not None
        assert box["width"] == pytest.approx(old["width"], abs=2)
        assert box["height"] == pytest.approx(old["height"], abs=2)
    style = chat.field.evaluate(
        "(at) => (({ textTransform, letterSpacing }) => [textTransform, letterSpacing])"
        "(getComputedStyle(at))"
    )
    assert style == ["none", "normal"]


def test_old_frameworks_that_change_built_in_objects_do_not_break_it(
    visit: Visit, channel: ScriptedChannel
) -> None:
    channel.file("/old.js", OLD_FRAMEWORK, "text/javascript")
    chat = visit(head='<script src="/old.js"></script>')
    chat.launcher.click()
    chat.field.press_sequentially("Pass bitte")
    chat.page.keyboard.press("Enter")
    chat.shows("Antwort auf: Pass bitte")
    assert channel.sent()[0]["text"] == "Pass bitte"


def test_two_chats_on_a_page_do_not_mix(visit: Visit, channel: ScriptedChannel) -> None:
    body = '<kumpel-chat mode="inline" open id="one"></kumpel-chat>'
    second = visit(body=f"<main><h1>Stadt</h1>{body}</main>")
    first = Chat(second.page, index=0)
    second = Chat(second.page, index=1)
    first.send("Nur links").shows("Antwort auf: Nur links")
    second.open().send("Nur rechts").shows("Antwort auf: Nur rechts")
    expect(first.field).to_be_visible()
    ids = second.page.evaluate(
        """() => [...document.querySelectorAll("[id]")].map((at) => at.id)"""
    )
    assert len(ids) == len(set(ids))


def test_the_script_twice_on_a_page_registers_it_once(visit: Visit) -> None:
    again = '<script type="module" src="/chat/kumpel-chat.js?again"></script>'
    chat = visit(head=again).open()
    chat.send("Hallo").shows("Antwort auf: Hallo")
    assert len(chat.page.get_by_role("button", name="Chat schließen").all()) == 1


def test_it_can_be_taken_out_of_a_page_and_put_back(visit: Visit) -> None:
    chat = visit().open().send("Hallo").shows("Antwort auf: Hallo")
    chat.page.evaluate(
        """() => {
          const chat = document.querySelector("kumpel-chat");
          chat.remove();
          document.body.prepend(chat);
        }"""
    )
    if chat.launcher.is_visible():
        chat.open()
    chat.send("Und noch etwas").shows("Antwort auf: Und noch etwas")
    chat.shows("Antwort auf: Hallo")


def test_it_works_in_a_right_to_left_page_and_in_quirks_mode(
    channel: ScriptedChannel, make_context: Callable[..., BrowserContext]
) -> None:
    page = make_context().new_page()
    script = '<script type="module" src="/chat/kumpel-chat.js"></script>'
    channel.file(
        "/old.html",
        f'<html dir="rtl" lang="de"><title>x</title>{script}'
        "<kumpel-chat></kumpel-chat>",
        "text/html",
    )
    page.goto(f"{channel.url}/old.html")
    chat = Chat(page).open().send("Hallo").shows("Antwort auf: Hallo")
    assert what_is_cut(chat.page) == []
