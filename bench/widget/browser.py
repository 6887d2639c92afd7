"""Debian's Chromium, driven by Playwright, and what is asked of a page in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserType, Page, sync_playwright

#: What WCAG 2.2 at level AA demands and axe-core can see, and good practice.
AXE_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")

WATCH_SCRIPT = Path(__file__).with_name("watch.js")

_VARIABLE = "KUMPEL_TEST_CHROMIUM"
_PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
_OPTIONS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
_RUN_AXE = """([tags, selector]) => axe.run(selector || document, {
  preload: false, resultTypes: ["violations", "incomplete"],
  runOnly: { type: "tag", values: tags },
})"""


def chromium_path() -> str | None:
    """Returns where Chromium is, or None; nothing is ever downloaded."""
    named = os.environ.get(_VARIABLE)
    if named:
        return named if Path(named).exists() else None
    return next(filter(None, map(shutil.which, _PROGRAMS)), None)


@contextmanager
def chromium(path: str, *options: str) -> Iterator[Browser]:
    """Starts Chromium without a window and ends it.

    Args:
        path: The program.
        options: Further command line options of it.
    """
    with sync_playwright() as playwright:
        browser = launch(playwright.chromium, path, *options)
        yield browser
        browser.close()


def launch(
    kind: BrowserType, path: str, *options: str, without: Sequence[str] = ()
) -> Browser:
    """Starts one more Chromium beside others of a running Playwright.

    Args:
        kind: Playwright's Chromium.
        path: The program.
        options: Further command line options of it.
        without: Options that Playwright gives by itself and shall not.
    """
    # Its sandbox refuses to run as root, as in a container.
    as_root = ("--no-sandbox",) if os.geteuid() == 0 else ()
    return kind.launch(
        executable_path=path,
        args=[*_OPTIONS, *as_root, *options],
        ignore_default_args=list(without),
    )


def load_axe(page: Page) -> None:
    """Brings axe-core into a page; the page's policy does not hold for it."""
    source = files("axe_playwright_python") / "axe.min.js"
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(source.read_text(encoding="utf-8"))


def axe_violations(page: Page, selector: str | None = None) -> list[dict[str, Any]]:
    """Returns what axe-core finds wrong in a page as it is now.

    Args:
        page: The page.
        selector: Part of the page to look at; the whole if None.
    """
    load_axe(page)
    results = page.evaluate(_RUN_AXE, [list(AXE_TAGS), selector])
    violations: list[dict[str, Any]] = results["violations"]
    return violations
