"""Measures one chat: what it loads, how soon it can be used, how it speaks."""

from __future__ import annotations

import gzip
import statistics
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Response, Route
from playwright.sync_api import TimeoutError as TooLate

from bench.widget.browser import WATCH_SCRIPT, axe_violations
from bench.widget.measures import layout_shift, slow_down, usable_after_ms
from bench.widget.peers import ANSWER, ANSWER_WORDS, CHOICES, Contestant
from bench.widget.scripted_channel import STRICT_POLICY, ScriptedChannel, Turn

SLOWDOWN = 4
QUESTION = "Was brauche ich für den Reisepass?"

_PAGE = (
    "<main><h1>Stadt Krefeld</h1>" + "<p>Willkommen in Krefeld.</p>" * 12 + "</main>"
)
_LIMIT_IN_MS = 20_000
#: Live regions are emptied, animations end, late scripts run.
_SETTLE_IN_MS = 2_500

Figures = dict[str, Any]


def measure(
    browser: Browser, channel: ScriptedChannel, contestant: Contestant
) -> Figures:
    """Measures one contestant, but for its times.

    Args:
        browser: A running Chromium.
        channel: The server with everybody's protocols.
        contestant: Who is measured.
    """
    # Asked once, by `_talk`.
    buttons = [{"title": title, "choice": f"~{title}"} for title in CHOICES]
    channel.will(Turn([{"text": ANSWER, "buttons": buttons}]))
    address = _page_of(channel, contestant)
    return {
        "name": contestant.name,
        "title": contestant.title,
        **_talk(browser, address, contestant),
        "policy_violations": _violations(browser, channel, contestant),
    }


def measure_times(
    browser: Browser,
    channel: ScriptedChannel,
    contestants: Sequence[Contestant],
    rounds: int,
) -> dict[str, Figures]:
    """Measures when each can be used, in turns: the machine's mood strikes all alike.

    Args:
        browser: A running Chromium.
        channel: The server with everybody's protocols.
        contestants: Who is measured.
        rounds: How often; the median counts.
    """
    times: dict[str, list[float]] = {each.name: [] for each in contestants}
    for _ in range(rounds):
        for each in contestants:
            address = _page_of(channel, each)
            times[each.name].append(_time(browser, address, each))
    return {
        name: {
            "usable_ms": statistics.median(taken),
            "usable_all_ms": [round(each) for each in taken],
        }
        for name, taken in times.items()
    }


def _page_of(channel: ScriptedChannel, contestant: Contestant, policy: str = "") -> str:
    for path, script in contestant.scripts.items():
        channel.file(path, script, "text/javascript")
    body = _PAGE + contestant.body
    is_ours = contestant.package is None
    return channel.page(body, has_chat=is_ours, Content_Security_Policy=policy)


def _open_page(browser: Browser, factor: int = 1) -> Page:
    context = browser.new_context(
        locale="de-DE",
        viewport={"width": 1280, "height": 800},
        reduced_motion="reduce",
        bypass_csp=False,
    )
    context.set_default_timeout(_LIMIT_IN_MS)
    context.add_init_script(path=WATCH_SCRIPT)
    page = context.new_page()
    if factor != 1:
        slow_down(page, factor)
    return page


def _time(browser: Browser, address: str, contestant: Contestant) -> float:
    page = _open_page(browser, SLOWDOWN)
    page.goto(address, wait_until="commit")
    moment = usable_after_ms(page, contestant.selector)
    page.context.close()
    return moment


def _talk(browser: Browser, address: str, contestant: Contestant) -> Figures:
    page = _open_page(browser)
    responses: list[Response] = []
    asked: list[str] = []
    page.on("response", lambda response: responses.append(response))
    page.on("request", lambda request: asked.append(request.url))

    def keep_inside(route: Route) -> None:
        is_own = urlsplit(route.request.url).hostname == "127.0.0.1"
        route.continue_() if is_own else route.abort()

    page.route("**/*", keep_inside)
    page.goto(address)
    usable_after_ms(page, contestant.selector)
    figures: Figures = {}
    if contestant.launcher:
        figures["axe_closed"] = _axe(page)
        page.locator(contestant.launcher).first.focus()
        page.keyboard.press("Enter")
    field = page.locator(contestant.field).first
    field.wait_for()
    page.wait_for_timeout(_SETTLE_IN_MS)
    figures["axe_open"] = _axe(page)
    if contestant.launcher:
        figures["focus_enters"] = _has_focus(page, contestant)
    figures |= _ask(page, contestant)
    figures["axe_answered"] = _axe(page)
    if contestant.launcher:
        page.keyboard.press("Escape")
        page.wait_for_timeout(500)
        figures["escape_closes"] = not field.is_visible()
    figures["layout_shift"] = layout_shift(page, contestant.selector)
    figures["cookies"] = len(page.context.cookies())
    loaded = [each for each in responses if _is_file(each, address)]
    # Of ours and theirs alike: what a server sends at its best.
    figures["gzip_bytes"] = sum(len(gzip.compress(r.body(), 9)) for r in loaded)
    figures["requests"] = len([each for each in asked if each != address])
    figures["third_party_requests"] = len(
        [each for each in asked if _is_third_party(each)]
    )
    page.context.close()
    return figures


def _ask(page: Page, contestant: Contestant) -> Figures:
    """Asks a question by keyboard and listens to what the live regions say."""
    field = page.locator(contestant.field).first
    field.click()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    # Where the answer is to be seen, not where it is only spoken.
    answer = page.locator(contestant.selector).get_by_text(ANSWER_WORDS)
    try:
        answer.first.wait_for(state="attached")
    except TooLate:
        return {"is_answered": False, "announced": 0}
    page.wait_for_timeout(_SETTLE_IN_MS)
    said: Sequence[dict[str, Any]] = page.evaluate("() => window.watched.said")
    told = [each["text"] for each in said if ANSWER_WORDS in each["text"]]
    own = [each["text"] for each in said if QUESTION in each["text"]]
    return {
        "is_answered": True,
        "announced": len(told),
        "own_announced": len(own),
        "announcements": [each["text"] for each in said],
    }


def _axe(page: Page) -> Figures:
    violations = axe_violations(page)
    return {
        "rules": sorted(each["id"] for each in violations),
        "elements": sum(len(each["nodes"]) for each in violations),
    }


def _violations(
    browser: Browser, channel: ScriptedChannel, contestant: Contestant
) -> int:
    """Counts what a strict policy of the page would forbid."""
    # Trusted Types left out: few sites ask for them yet.
    policy = STRICT_POLICY.partition("; require-trusted-types-for")[0]
    page = _open_page(browser)
    page.goto(_page_of(channel, contestant, policy))
    page.wait_for_timeout(_SETTLE_IN_MS)
    found = page.evaluate("() => window.watched.violations")
    page.context.close()
    return len(found)


def _has_focus(page: Page, contestant: Contestant) -> bool:
    field = page.locator(contestant.field).first
    return bool(field.evaluate("(at) => at.getRootNode().activeElement === at"))


def _is_file(response: Response, address: str) -> bool:
    kinds = {"script", "stylesheet", "font", "image"}
    return response.request.resource_type in kinds and response.url != address


def _is_third_party(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme.startswith(("http", "ws")) and parts.hostname != "127.0.0.1"
