"""A city's colours are taken only where what stands on them can be read."""

from __future__ import annotations

import re

import pytest
from chat_page import Chat, Visit

from bench.widget.browser import axe_violations
from bench.widget.scripted_channel import ScriptedChannel

pytestmark = pytest.mark.browser

_DEFAULT = "rgb(0, 82, 92)"
_WHITE = "rgb(255, 255, 255)"


def _styled(visit: Visit, channel: ScriptedChannel, css: str, attribute: str) -> Chat:
    channel.file("/colours.css", css, "text/css")
    head = '<link rel="stylesheet" href="/colours.css">'
    return visit(f'lang="de" {attribute}', head=head, reduced_motion="reduce")


def _colours(chat: Chat) -> list[str]:
    script = (
        "(at) => [getComputedStyle(at).backgroundColor, getComputedStyle(at).color]"
    )
    found: list[str] = chat.element.locator(".launcher").evaluate(script)
    return found


@pytest.mark.parametrize(
    ("css", "attribute", "expected"),
    [
        ("--kumpel-accent: #7a1f3d", "", ["rgb(122, 31, 61)", _WHITE]),
        ("--kumpel-accent: #ffd54a", "", [_DEFAULT, _WHITE]),
        (
            "--kumpel-accent: #ffd54a; --kumpel-on-accent: #1a1a1a",
            "",
            ["rgb(255, 213, 74)", "rgb(26, 26, 26)"],
        ),
        ("--kumpel-accent: rgb(0 0 0 / 20%)", "", [_DEFAULT, _WHITE]),
        ("--kumpel-accent: #ffd54a", 'accent="#c00000"', ["rgb(192, 0, 0)", _WHITE]),
        ("", 'accent="#ffd54a"', [_DEFAULT, _WHITE]),
    ],
)
def test_a_colour_set_by_style_sheet_is_checked_as_the_attribute_is(
    css: str,
    attribute: str,
    expected: list[str],
    visit: Visit,
    channel: ScriptedChannel,
) -> None:
    chat = _styled(visit, channel, f"kumpel-chat {{ {css} }}", attribute)
    assert _colours(chat) == expected
    chat.open().send("Guten Tag").shows("Antwort auf: Guten Tag")
    found = axe_violations(chat.page)
    assert [each["id"] for each in found if each["id"] == "color-contrast"] == []


def test_colours_that_browsers_mix_are_taken(
    visit: Visit, channel: ScriptedChannel
) -> None:
    css = "kumpel-chat { --kumpel-accent: oklch(35% 0.1 20) }"
    accent, text = _colours(_styled(visit, channel, css, ""))
    assert accent != _DEFAULT
    assert text == _WHITE


def test_a_colour_for_dark_pages_is_checked_when_it_comes_into_force(
    visit: Visit, channel: ScriptedChannel
) -> None:
    css = """
    kumpel-chat { --kumpel-accent: #7a1f3d }
    @media (prefers-color-scheme: dark) { kumpel-chat { --kumpel-accent: #ffd54a } }
    """
    chat = _styled(visit, channel, css, "")
    warned: list[str] = []
    chat.page.on("console", lambda message: warned.append(message.text))
    chat.page.emulate_media(color_scheme="dark")
    chat.page.wait_for_timeout(200)
    assert _colours(chat) == [_DEFAULT, _WHITE]
    assert any(re.search(r"contrast of 1\.4", each) for each in warned)
