"""The chat within a frame of another site: another origin, as the guide describes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from chat_page import BUNDLE
from playwright.sync_api import BrowserContext, FrameLocator, Page, expect

sys.path.append(str(Path(__file__).resolve().parents[1] / "channels"))

from small_assistant import Server, serve, train_small_assistant

from bench.widget.scripted_channel import STRICT_POLICY, ScriptedChannel
from kumpel.settings import Settings
from portal.app import create_app

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def foreign() -> Iterator[ScriptedChannel]:
    """Another website, on a port of its own."""
    site = ScriptedChannel(BUNDLE)
    site.start()
    yield site
    site.stop()


@pytest.fixture(scope="module")
def portal(
    foreign: ScriptedChannel, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """The portal, which lets that website frame the chat, and a small assistant."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KUMPEL_SECRET", "a secret of the tests")
        patch.setenv("KUMPEL_VAR", str(tmp_path_factory.mktemp("var")))
        settings = Settings.from_environment()
    model = train_small_assistant(tmp_path_factory.mktemp("small_assistant"))
    assistant = serve(model, settings)
    own = replace(settings, rasa_port=assistant.port, widget_origins=(foreign.url,))
    server = Server(create_app(own))
    yield server
    server.stop()
    assistant.stop()


def _framed_at(
    foreign: ScriptedChannel, portal: Server, page: Page, path: str
) -> FrameLocator:
    foreign.policy = f"{STRICT_POLICY}; frame-src {portal.url}"
    frame = (
        f'<iframe src="{portal.url}{path}" title="Chat mit Kumpel" width="400"'
        ' height="600"></iframe>'
    )
    page.goto(foreign.page(f"<main><h1>Verein</h1>{frame}</main>"))
    return page.frame_locator("iframe")


def test_a_named_website_shows_the_chat_and_one_can_talk(
    foreign: ScriptedChannel,
    portal: Server,
    make_context: Callable[..., BrowserContext],
) -> None:
    page = make_context().new_page()
    path = "/chat/frame?lang=de&service=reisepass"
    frame = _framed_at(foreign, portal, page, path)
    field = frame.get_by_role("textbox", name="Ihre Nachricht")
    field.fill("Hallo")
    field.press("Enter")
    answers = frame.locator(".message.kumpel")
    expect(answers).to_have_count(1)
    first = answers.inner_text()
    # Within a frame, too, the conversation goes on after a reload.
    page.reload()
    expect(answers).to_have_count(1)
    assert answers.locator(".bubble").inner_text() in first
    assert frame.locator("kumpel-chat").get_attribute("service") == "reisepass"


def test_the_frames_language_is_the_one_wished(
    foreign: ScriptedChannel,
    portal: Server,
    make_context: Callable[..., BrowserContext],
) -> None:
    page = make_context().new_page()
    frame = _framed_at(foreign, portal, page, "/chat/frame?lang=en")
    expect(frame.get_by_role("textbox", name="Your message")).to_be_visible()
    frame = _framed_at(foreign, portal, page, "/chat/frame?lang=de-simple")
    expect(frame.get_by_role("textbox", name="Ihre Frage")).to_be_visible()


@pytest.mark.parametrize("path", ["/chat/frame", "/", "/chat/seite"])
def test_what_may_not_be_framed_stays_empty(
    path: str,
    foreign: ScriptedChannel,
    portal: Server,
    make_context: Callable[..., BrowserContext],
) -> None:
    """Another port is another origin: nobody named this one."""
    stranger = ScriptedChannel(BUNDLE)
    stranger.start()
    try:
        site = stranger if path == "/chat/frame" else foreign
        page = make_context().new_page()
        refused: list[str] = []
        page.on("console", lambda message: refused.append(message.text))
        frame = _framed_at(site, portal, page, path)
        page.wait_for_timeout(500)
        assert frame.locator("kumpel-chat, form").count() == 0
        assert any("frame-ancestors" in text for text in refused)
    finally:
        stranger.stop()
