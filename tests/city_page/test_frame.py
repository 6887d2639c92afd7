"""The chat alone on a page, for frames of other sites."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from page_reader import Browser
from small_assistant import Server

from kumpel.settings import Settings


def framed(server: Server, query: str = "") -> Browser:
    return Browser(server, f"/chat/frame?{query}")


def test_the_frame_holds_nothing_but_the_open_chat(site: Server) -> None:
    browser = framed(site, "lang=en&service=reisepass")
    chat = browser.page.one("kumpel-chat")
    assert chat.attributes == {
        "mode": "inline",
        "open": "",
        "lang": "en",
        "service": "reisepass",
    }
    assert not browser.page.all("header")
    assert len(browser.page.all("script")) == 1
    assert browser.page.one("html").attributes["lang"] == "en"


@pytest.mark.parametrize(
    ("query", "language", "service"),
    [
        ("", "de", None),
        ("lang=easy", "de-simple", None),
        ("lang=de-simple&service=reisepass", "de-simple", "reisepass"),
        ("service=reisepass&lang=DE-Simple", "de-simple", "reisepass"),
        ("lang=easy&service=reisepass", "de-simple", "reisepass"),
        ("lang=xx&service=gibt-es-nicht", "de", None),
        ("service=%22%3E%3Cscript%3E", "de", None),
        ("service=30801", "de", None),
    ],
)
def test_odd_wishes_of_a_frame_are_dropped(
    site: Server, query: str, language: str, service: str | None
) -> None:
    chat = framed(site, query).page.one("kumpel-chat")
    assert chat.attributes["lang"] == language
    assert chat.attributes.get("service") == service


def test_only_named_origins_may_frame_the_chat(
    settings: Settings, start_site: Callable[[Settings], Server]
) -> None:
    own = framed(start_site(settings)).answer.headers
    assert own["Content-Security-Policy"].endswith("frame-ancestors 'self'")
    origins = ("https://www.stadt.example", "https://kita.stadt.example")
    known = framed(start_site(replace(settings, widget_origins=origins))).answer
    policy = known.headers["Content-Security-Policy"]
    assert policy.endswith(f"frame-ancestors 'self' {' '.join(origins)}")
    page = Browser(start_site(replace(settings, widget_origins=origins)), "/")
    assert "frame-ancestors 'none'" in page.answer.headers["Content-Security-Policy"]
