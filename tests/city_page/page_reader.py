"""Reads a page as a browser without JavaScript does."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

import requests
from small_assistant import Server

_VOID = {"meta", "link", "input", "br", "img"}


@dataclass
class Element:
    """An element with what is inside."""

    tag: str
    attributes: dict[str, str]
    children: list[Element] = field(default_factory=list)
    text: str = ""

    def all(self, tag: str = "", **wanted: str) -> list[Element]:
        """Returns the elements inside with a tag and attributes, in order."""
        found = []
        for child in self.children:
            is_wanted = all(child.attributes.get(k) == v for k, v in wanted.items())
            if tag in {"", child.tag} and is_wanted:
                found.append(child)
            found += child.all(tag, **wanted)
        return found

    def one(self, tag: str = "", **wanted: str) -> Element:
        """Returns the only such element."""
        found = self.all(tag, **wanted)
        assert len(found) == 1, f"{len(found)} of {tag} {wanted}"
        return found[0]


class PageReader(HTMLParser):
    """Builds the tree and insists that every element is closed in order."""

    def __init__(self, answer: requests.Response) -> None:
        super().__init__()
        self.root = Element("root", {})
        self._open = [self.root]
        self.feed(answer.text)
        self.close()
        assert self._open == [self.root], "an element is not closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {key: value or "" for key, value in attrs})
        self._open[-1].children.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self._open[-1].tag == tag, f"{tag} closes {self._open[-1].tag}"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data


class Browser:
    """Shows one page and sends its forms. Refuses cookies by having none."""

    def __init__(self, server: Server, path: str = "/chat/seite") -> None:
        self._server = server
        self._sent: tuple[str, dict[str, str]] | None = None
        self._show(server.call("GET", path))

    def press(self, label: str, text: str | None = None) -> None:
        """Presses the button with a label, after typing into its form."""
        for form in self.page.all("form"):
            for button in form.all("button"):
                if button.text.strip() == label:
                    fields = {
                        each.attributes["name"]: each.attributes["value"]
                        for each in form.all("input", type="hidden")
                    }
                    for area in form.all("textarea"):
                        value = area.text if text is None else text
                        fields[area.attributes["name"]] = value
                    attributes = button.attributes
                    fields[attributes["name"]] = attributes["value"]
                    self._send(form.attributes["action"], fields)
                    return
        raise AssertionError(f"there is no button {label!r}")

    def reload(self) -> None:
        """Sends the last form again, as a browser does after asking."""
        assert self._sent is not None
        self._send(*self._sent)

    @property
    def transcript(self) -> list[tuple[str, str]]:
        """Speaker and words of each utterance."""
        return [
            (item.attributes["class"], item.children[1].text.strip())
            for item in self.page.all("li")
            if item.attributes.get("class") in {"citizen", "kumpel"}
        ]

    def _send(self, action: str, fields: dict[str, str]) -> None:
        self._sent = (action, fields)
        self._show(self._server.call("POST", action.partition("#")[0], data=fields))

    def _show(self, answer: requests.Response) -> None:
        assert not answer.cookies
        self.answer = answer
        self.page = PageReader(answer).root
