"""How quick and how quiet a chat is in a page."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

_QUIET_IN_MS = 600
_USABLE = Path(__file__).with_name("usable_after.js").read_text(encoding="utf-8")

_SHIFT = """(selector) => {
  const chats = [...document.querySelectorAll(selector)];
  const isWithin = ({ node, box }) => node
    ? chats.some((chat) => chat.contains(node) || chat.shadowRoot?.contains(node))
    : chats.some((chat) => [...(chat.shadowRoot || chat).querySelectorAll("*")]
        .map((each) => each.getBoundingClientRect())
        .some((own) => own.left <= box.left + 1 && own.right >= box.right - 1));
  return window.watched.shifts
    .filter((each) => !each.moved.length || !each.moved.every(isWithin))
    .reduce((sum, each) => sum + each.value, 0);
}"""


def slow_down(page: Page, factor: int) -> None:
    """Slows the page's processor down.

    Args:
        page: The page, before it goes anywhere.
        factor: 4 makes it four times as slow, as Lighthouse does for phones.
    """
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": factor})


def usable_after_ms(page: Page, selector: str) -> float:
    """Returns when a chat could be pressed or written in, since the page was asked for.

    That is when something in it can be used and no long task (50 ms) runs any more:
    the idea of Time to Interactive, for one element.

    Args:
        page: The page, which has just begun to load.
        selector: The chat, with or without a shadow root.

    Raises:
        AssertionError: Nothing was to be seen within 30 seconds.
    """
    moment = page.evaluate(_USABLE, [selector, _QUIET_IN_MS])
    if moment is None:
        raise AssertionError(f"{selector} has nothing that could be used.")
    return float(moment)


def layout_shift(page: Page, selector: str) -> float:
    """Returns by how much the page jumped without the user's doing (CLS, summed).

    What moves within the chat itself, such as older messages, is not counted.

    Args:
        page: The page.
        selector: The chat, with or without a shadow root.
    """
    return float(page.evaluate(_SHIFT, selector))
