"""The page: complete, self-contained, readable by everybody."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from quality_samples import NAMES, RUN, measured

from kumpel.quality.calibration import bins_of
from kumpel.quality.history import Published, figures_of
from kumpel.quality.page import goals, render

_VOID = {"meta", "link", "br"}


class Page(HTMLParser):
    """Collects elements and insists that each is closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {key: value or "" for key, value in attrs}))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {key: value or "" for key, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def html() -> str:
    return render(RUN, measured(), NAMES)


def test_the_page_asks_nobody_for_anything(html: str) -> None:
    page = Page(html)

    assert "default-src 'none'" in html
    for tag in ("script", "link", "img", "iframe", "object"):
        assert page.all(tag) == []
    assert "@import" not in html
    fetched = [
        value
        for _, attributes in page.elements
        for key, value in attributes.items()
        if key in {"src", "href", "xlink:href"} and not value.startswith("#")
    ]
    assert fetched == []
    assert re.findall(r"url\((?!#)[^)]*\)", html) == []


def test_whatever_was_written_is_shown_as_text(html: str) -> None:
    assert "Hilfe bei der Miete &lt;b&gt;&amp;" in html
    assert "Miete <b>" not in html


def test_tables_pictures_and_headings_can_be_read_aloud(html: str) -> None:
    page = Page(html)
    tags = [tag for tag, _ in page.elements]

    assert page.all("html")[0]["lang"] == "de"
    assert tags.count("h1") == 1
    assert tags.count("caption") == tags.count("table") > 5
    assert all("scope" in attributes for attributes in page.all("th"))
    drawings = page.all("svg")
    assert len(drawings) == 3
    ids = [a["id"] for _, a in page.elements if "id" in a]
    assert len(ids) == len(set(ids))
    for drawing in drawings:
        assert drawing["role"] == "img"
        assert set(drawing["aria-labelledby"].split()) <= set(ids)


def test_links_inside_the_page_and_drawings_have_an_aim(html: str) -> None:
    page = Page(html)
    ids = {a["id"] for _, a in page.elements if "id" in a}

    aims = {
        value[1:]
        for _, attributes in page.elements
        for key, value in attributes.items()
        if key in {"href", "xlink:href"}
    } | set(re.findall(r"url\(#([^)]+)\)", html))

    assert aims <= ids


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_colours_have_the_contrast_of_wcag(html: str, scheme: int) -> None:
    blocks = re.findall(r":root \{(.*?)\}", html, re.DOTALL)
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", blocks[scheme]))

    for text in ("ink", "link"):
        for ground in ("paper", "soft"):
            assert _contrast(colours[text], colours[ground]) >= 4.5
    for shape in ("direct", "asked-back", "wrong", "lost", "rule"):
        assert _contrast(colours[shape], colours["paper"]) >= 3


def test_drawings_take_their_colours_from_the_page(html: str) -> None:
    drawings = "".join(re.findall(r"<svg.*?</svg>", html, re.DOTALL))

    assert "var(--ink)" in drawings
    assert "#01020" not in drawings


def test_the_summary_says_it_in_plain_words(html: str) -> None:
    assert "<strong>40</strong> sofort richtig" in html
    assert "<strong>alle</strong> erkannt" in html


def test_without_anything_published_this_is_the_first_report(html: str) -> None:
    assert "Dies ist der erste" in html


def test_the_difference_to_the_newest_published_report_is_judged() -> None:
    earlier = Published(RUN.moment, "kumpel-old", "set1", {"direct": 0.3, "wrong": 0.1})

    html = render(RUN, measured(), NAMES, [earlier])

    assert "+10,0 (besser)" in html
    assert "+10,0 (schlechter)" in html
    assert "Vorsicht" not in html


def test_other_questions_than_last_time_are_pointed_out() -> None:
    earlier = Published(RUN.moment, "kumpel-old", "set2", {"direct": 0.3})

    assert "Vorsicht" in render(RUN, measured(), NAMES, [earlier])


def test_what_was_not_measured_has_no_section() -> None:
    html = render(RUN, replace(measured(), out_of_scope={}), NAMES)

    assert 'id="anderes"' not in html
    assert "Notfälle erkannt" not in html


def test_goals_name_what_was_reached() -> None:
    found = measured()

    reached = {
        each.name: (each.reached, each.is_met)
        for each in goals(found, figures_of(found, bins_of(found.guesses)))
    }

    assert reached["sofort richtig beantwortet"] == ("40,0\u00a0%", False)
    assert reached["Notfälle erkannt und richtig verwiesen"] == ("100,0\u00a0%", True)
