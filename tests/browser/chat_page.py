"""The chat as a citizen meets it: by the names and roles of its parts."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect

from kumpel.settings import PROJECT_ROOT

BUNDLE = PROJECT_ROOT / "widget" / "dist" / "kumpel-chat.js"

#: The words by which the tests find things, in each language.
NAMES: dict[str, dict[str, str]] = {
    "de": {
        "launcher": "Fragen Sie Kumpel",
        "close": "Chat schließen",
        "field": "Ihre Nachricht",
        "send": "Senden",
        "menu": "Menü",
        "end": "Gespräch beenden und löschen",
        "end_yes": "Ja, löschen",
        "transcript": "Ihr Gespräch mit Kumpel",
    },
    "en": {
        "launcher": "Ask Kumpel",
        "close": "Close chat",
        "field": "Your message",
        "send": "Send",
        "menu": "Menu",
        "end": "End and delete conversation",
        "end_yes": "Yes, delete",
        "transcript": "Your conversation with Kumpel",
    },
    "easy": {
        "launcher": "Fragen Sie Kumpel",
        "close": "Chat zumachen",
        "field": "Ihre Frage",
        "send": "Abschicken",
        "menu": "Menü",
        "end": "Gespräch beenden und löschen",
        "end_yes": "Ja, alles löschen",
        "transcript": "Ihr Gespräch mit Kumpel",
    },
}


@dataclass(frozen=True)
class Chat:
    """One `<kumpel-chat>` of a page."""

    page: Page
    language: str = "de"
    index: int = 0
    """Which one, where a page has several."""

    @property
    def element(self) -> Locator:
        return self.page.locator("kumpel-chat").nth(self.index)

    @property
    def launcher(self) -> Locator:
        return self._button("launcher")

    @property
    def close_button(self) -> Locator:
        return self._button("close")

    @property
    def field(self) -> Locator:
        return self.element.get_by_role("textbox", name=self._name("field"))

    @property
    def send_button(self) -> Locator:
        return self._button("send")

    @property
    def menu_button(self) -> Locator:
        return self._button("menu")

    @property
    def transcript(self) -> Locator:
        return self.element.get_by_role("log")

    @property
    def text(self) -> str:
        """All that was said, seen or scrolled away."""
        return self.transcript.text_content() or ""

    @property
    def everything(self) -> str:
        """All text within the chat, for screen readers too."""
        script = "(chat) => chat.shadowRoot.textContent"
        return str(self.element.evaluate(script))

    def button(self, name: str | re.Pattern[str]) -> Locator:
        return self.element.get_by_role("button", name=name)

    def menu_item(self, key: str) -> Locator:
        """A command of the menu, whatever its role."""
        name = self._name(key)
        return self.element.get_by_role("menuitem", name=name).or_(
            self.element.get_by_role("button", name=name)
        )

    def open(self) -> Chat:
        self.launcher.click()
        expect(self.field).to_be_visible()
        return self

    def send(self, text: str) -> Chat:
        self.field.fill(text)
        self.field.press("Enter")
        return self

    def shows(self, text: str | re.Pattern[str]) -> Chat:
        """Waits until the conversation shows a text."""
        expect(self.transcript).to_contain_text(text)
        return self

    def end(self) -> None:
        self.menu_button.click()
        self.menu_item("end").click()
        self._button("end_yes").click()

    @property
    def said(self) -> list[str]:
        """What the live regions announced, in order."""
        return [each["text"] for each in self.watched("said")]

    def watched(self, what: str) -> Any:
        """What `watch.js` wrote down."""
        return self.page.evaluate(f"() => window.watched.{what}")

    @property
    def focused(self) -> str:
        """Name of what has the focus, through the shadow roots."""
        name: str = self.page.evaluate(
            """() => {
              let at = document.activeElement;
              while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
              if (!at || at === document.body) return "";
              const label = at.labels?.[0]?.textContent ?? at.getAttribute("aria-label")
                ?? at.textContent;
              return label.replace(/\\s+/g, " ").trim();
            }"""
        )
        return name

    def _name(self, key: str) -> str:
        return NAMES[self.language][key]

    def _button(self, key: str) -> Locator:
        return self.element.get_by_role("button", name=self._name(key))


#: Opens a page with the chat; see `conftest.visit`.
Visit = Callable[..., Chat]
