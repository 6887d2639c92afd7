"""What docs/einbindung.md shows to web editors is what the chat really knows."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
import yaml
from document_reading import blocks

from kumpel.channels.page_context import known_services
from kumpel.settings import PROJECT_ROOT, SETTINGS, Settings
from portal.app import create_app

DOCUMENT = PROJECT_ROOT / "docs/einbindung.md"
TEXT = DOCUMENT.read_text(encoding="utf-8")
WIDGET = PROJECT_ROOT / "widget/src"
ELEMENT = (WIDGET / "components/chat/chat.ts").read_text(encoding="utf-8")


class _Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == [], "an element is not closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag


def tags() -> list[tuple[str, dict[str, str]]]:
    """Returns the tags of all HTML, that in the blocks of other languages, too."""
    found = []
    for block in blocks(DOCUMENT, "html"):
        found += _Tags(block).found
    quoted = re.findall(r"<kumpel-chat[^>%\n]*></kumpel-chat>", TEXT)
    return found + [tag for each in quoted for tag in _Tags(each).found]


def attributes_of_the_element() -> set[str]:
    named = re.findall(r"@property\((.*?)\)\s+(?:override )?(\w+)", ELEMENT)
    explicit = {
        name: match[1]
        for options, name in named
        if (match := re.search(r'attribute: "([\w-]+)"', options))
    }
    return {explicit.get(name, name) for _, name in named}


def test_the_table_lists_exactly_the_attributes_that_the_element_has() -> None:
    table = TEXT.split("## Attribute")[1].split("##")[0]
    listed = re.findall(r"^\| `([\w-]+)` \|", table, re.MULTILINE)
    assert set(listed) == attributes_of_the_element()
    assert len(listed) == len(set(listed))


def test_the_shown_html_is_sound_and_names_real_things() -> None:
    shown = tags()
    chats = [attributes for tag, attributes in shown if tag == "kumpel-chat"]
    assert len(chats) >= 8
    for attributes in chats:
        assert set(attributes) <= attributes_of_the_element()
        assert attributes["lang"] in {"de", "en", "de-simple"}
        assert attributes.get("service", "reisepass") in known_services()
    scripts = [a for tag, a in shown if tag == "script"]
    assert all(a["type"] == "module" for a in scripts)
    frame = next(a for tag, a in shown if tag == "iframe")
    assert frame["title"]
    assert "/chat/frame?lang=de&service=reisepass" in frame["src"]


def test_every_address_of_a_page_is_one_that_the_portal_serves() -> None:
    app = create_app(Settings.from_environment({}))
    served = {f"/{route.path}" for route in app.router.routes}
    addresses = set(re.findall(r"kumpel\.example\.org(/[\w/.-]+)", TEXT))
    addresses |= set(re.findall(r"`(/(?:chat/|datens|barriere|leist)[\w/-]+)`", TEXT))
    assert addresses >= {"/chat/frame", "/chat/seite", "/chat/kumpel-chat.js"}
    pages = {re.sub("/leistungen/.+", "/leistungen/<slug:str>", a) for a in addresses}
    assert pages - {"/chat/"} <= served


@pytest.mark.parametrize(
    ("pattern", "declared"),
    [
        (r"--kumpel-[a-z-]+", r"@cssproperty (--kumpel-[a-z-]+)"),
        (r"`(kumpel-[a-z]+)`", r"@event (kumpel-[a-z]+)"),
        (r"\b((?:open|close)Chat)\(\)", r"^  (\w+Chat)\(\): void"),
    ],
    ids=["properties", "events", "methods"],
)
def test_what_the_document_names_the_element_declares(
    pattern: str, declared: str
) -> None:
    named = {n.removesuffix("-dark") for n in re.findall(pattern, TEXT)}
    assert named - {"kumpel-chat"}
    known = set(re.findall(declared, ELEMENT, re.MULTILINE)) | {"kumpel-chat"}
    assert named <= known


def test_the_named_parts_exist() -> None:
    parts = TEXT.split("`::part()`, etwa")[1].split(".\n")[0]
    named = set(re.findall(r"`([a-z-]+)`", parts))
    source = "".join(p.read_text(encoding="utf-8") for p in WIDGET.rglob("*.ts"))
    assert len(named) >= 5
    for part in named | set(re.findall(r"::part\(([a-z]+)\)", TEXT)):
        assert re.search(rf'part="[^"]*\b{part}\b', source), part


def test_the_shown_yaml_and_settings_can_be_read() -> None:
    for block in blocks(DOCUMENT, "yaml"):
        assert yaml.safe_load(block)
    setting = next(s for s in SETTINGS if s.variable == "KUMPEL_WIDGET_ORIGINS")
    (line,) = [b.strip() for b in blocks(DOCUMENT, "sh")]
    name, _, value = line.partition("=")
    assert name == setting.variable
    assert setting.parse(value) == (
        "https://www.stadt.example",
        "https://kita.stadt.example",
    )


def test_the_console_message_about_a_colour_is_the_real_one() -> None:
    source = (WIDGET / "components/shared/accent.ts").read_text(encoding="utf-8")
    assert "reaches a contrast of" in source
    assert "`kumpel-chat: accent … reaches a contrast of …`" in TEXT
