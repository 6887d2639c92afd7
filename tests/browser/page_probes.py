"""What is measured in a page with the chat; `page_probes.js` does it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

_SCRIPT = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")


def _ask(page: Page, probe: str, given: object = None) -> Any:
    script = f"([probe, given]) => ({_SCRIPT})[probe](given)"
    return page.evaluate(script, [probe, given])


def what_is_cut(page: Page) -> list[str]:
    """Names what lies outside the window or is hidden by its own container."""
    found: list[str] = _ask(page, "cut")
    return found


def small_targets(page: Page, least_in_pixels: int = 24) -> list[str]:
    """Names what is to be pressed and smaller than WCAG 2.5.8 allows."""
    found: list[str] = _ask(page, "smallTargets", least_in_pixels)
    return found


def space_text(page: Page) -> None:
    """Spaces text as WCAG 1.4.12 lets readers do, within shadow roots too."""
    _ask(page, "spaceText")


def addresses(page: Page) -> list[str]:
    """Lists everything in the chat that could load or lead somewhere."""
    found: list[str] = _ask(page, "addresses")
    return found


def boxes_of(page: Page, text: str) -> list[list[tuple[float, float, float]]]:
    """Returns left, top and width of each character, for each place of a text."""
    found: Any = _ask(page, "boxesOf", text)
    return [[tuple(box) for box in place] for place in found]
