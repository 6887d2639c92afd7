"""Chromium, pages with the chat, and the channel behind them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from chat_page import BUNDLE, Chat, Visit
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bench.widget.browser import WATCH_SCRIPT, chromium, chromium_path
from bench.widget.scripted_channel import ScriptedChannel
from kumpel.settings import PROJECT_ROOT

#: Where screenshots and other things to look at go.
SHOWN = PROJECT_ROOT / "var" / "browser"

#: Reached only where something is wrong, or the machine very busy.
_PATIENCE_IN_MS = 20_000
expect.set_options(timeout=_PATIENCE_IN_MS)


# For each module anew: while Playwright's synchronous way is started, its event loop
# runs, and `asyncio.run` fails in all tests of other folders that come after.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = chromium_path()
    if path is None:
        reason = (
            "No Chromium here: install Debian's package or set KUMPEL_TEST_CHROMIUM."
        )
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    # Heap figures without the noise of what could be collected.
    with chromium(path, "--js-flags=--expose-gc") as started:
        yield started


@pytest.fixture(scope="session")
def running_channel() -> Iterator[ScriptedChannel]:
    channel = ScriptedChannel(BUNDLE)
    channel.start()
    yield channel
    channel.stop()


@pytest.fixture
def channel(running_channel: ScriptedChannel) -> ScriptedChannel:
    running_channel.reset()
    return running_channel


@pytest.fixture
def make_context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Makes browsers' contexts: each a citizen's computer of its own.

    After the test it is checked for each of them what must hold always: nothing was
    asked of third parties, no cookie set, no policy violated, no script error left,
    and no smuggled script has run.
    """
    made: list[tuple[BrowserContext, list[str]]] = []

    def make(**options: Any) -> BrowserContext:
        context = browser.new_context(
            **{"locale": "de-DE", "viewport": {"width": 1280, "height": 800}, **options}
        )
        context.set_default_timeout(_PATIENCE_IN_MS)
        context.add_init_script(path=WATCH_SCRIPT)
        troubles: list[str] = []

        def judge(url: str) -> None:
            if not url.startswith(("http://127.0.0.1:", "data:", "blob:")):
                troubles.append(f"asked a third party: {url}")

        context.on("request", lambda request: judge(request.url))
        context.on("weberror", lambda error: troubles.append(f"{error.error}"))
        made.append((context, troubles))
        return context

    yield make
    found: list[str] = []
    for context, troubles in made:
        found += troubles
        found += [f"set a cookie: {cookie}" for cookie in context.cookies()]
        for page in context.pages:
            found += _violations(page)
        context.close()
    assert found == []


def _violations(page: Page) -> list[str]:
    if page.is_closed() or not page.url.startswith("http"):
        return []
    watched = page.evaluate("() => [watched.violations, watched.executed]")
    executed = ["a smuggled script has run"] if watched[1] else []
    return [*watched[0], *executed]


@pytest.fixture
def visit(
    channel: ScriptedChannel, make_context: Callable[..., BrowserContext]
) -> Visit:
    """Opens a page with the chat as a citizen with a browser of their own."""

    def open_page(
        attributes: str = "",
        *,
        body: str = "<main><h1>Stadt Krefeld</h1><p>Willkommen</p></main>",
        head: str = "",
        context: BrowserContext | None = None,
        before: Callable[[Page], None] | None = None,
        **options: Any,
    ) -> Chat:
        page = (context or make_context(**options)).new_page()
        if before:
            before(page)
        html = f"{body}<kumpel-chat {attributes}></kumpel-chat>"
        page.goto(channel.page(html, head))
        language = attributes.partition('lang="')[2].partition('"')[0] or "de"
        return Chat(page, language)

    return open_page


@pytest.fixture(scope="session")
def shown() -> Path:
    """Folder for what people look at: screenshots, announcements."""
    SHOWN.mkdir(parents=True, exist_ok=True)
    return SHOWN
