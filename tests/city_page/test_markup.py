"""The renderer of answers: what it knows, and that it cannot be tricked."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.city_page.markup import rendered

_REL = 'rel="noopener noreferrer"'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("Hallo", "<p>Hallo</p>"),
        ("a\nb", "<p>a<br>b</p>"),
        ("a\n\n\nb", "<p>a</p><p>b</p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("• a", "<ul><li>a</li></ul>"),
        (
            "Bitte:\n- a\n- b\nDanke",
            "<p>Bitte:</p><ul><li>a</li><li>b</li></ul><p>Danke</p>",
        ),
        ("37,50 - 40", "<p>37,50 - 40</p>"),
        ("**fett** und **so**", "<p><strong>fett</strong> und <strong>so</strong></p>"),
        ("2 ** 3", "<p>2 ** 3</p>"),
        (
            "[Termin](https://k.de/a?b=1&c=2)",
            f'<p><a href="https://k.de/a?b=1&amp;c=2" {_REL}>Termin</a></p>',
        ),
        (
            "Siehe https://k.de/a.",
            f'<p>Siehe <a href="https://k.de/a" {_REL}>https://k.de/a</a>.</p>',
        ),
        ("(https://k.de)", f'<p>(<a href="https://k.de" {_REL}>https://k.de</a>)</p>'),
        (
            "[anrufen](tel:+492151860)",
            f'<p><a href="tel:+492151860" {_REL}>anrufen</a></p>',
        ),
        ("02151 86-0.", f'<p><a href="tel:+492151860" {_REL}>02151 86-0</a>.</p>'),
        (
            "a@krefeld.de",
            f'<p><a href="mailto:a@krefeld.de" {_REL}>a@krefeld.de</a></p>',
        ),
        ("47798 Krefeld", "<p>47798 Krefeld</p>"),
        ("am 01.02.2026 um 08:30", "<p>am 01.02.2026 um 08:30</p>"),
    ],
)
def test_what_answers_use_is_shown(text: str, html: str) -> None:
    assert str(rendered(text)) == html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert%281%29)",
        "[x](data:text/html,<script>)",
        "[x](//evil.example)",
        "[x](https:evil)",
        "[x](http://[)",
        "[<b>x</b>](https://k.de)",
        '[x](https://k.de/"onclick="y)',
        "https://k.de/\"onmouseover='x'",
        "**<img src=x onerror=y>**",
        "&lt;script&gt;",
        "[x](vbscript:y)",
        "[x](\tjavascript:y)",
    ],
)
def test_nothing_dangerous_gets_through(text: str) -> None:
    html = str(rendered(text))
    tags = re.findall(r"<(/?\w+)((?:\s[^>]*)?)>", html)
    assert {name.strip("/") for name, _ in tags} <= {
        "p",
        "br",
        "ul",
        "li",
        "a",
        "strong",
    }
    for _, attributes in tags:
        names = re.findall(r"([\w-]+)=\"[^\"]*\"", attributes)
        assert set(names) <= {"href", "rel"}
    for address in re.findall(r'href="([^"]*)"', html):
        assert re.match(r"https?://|tel:|mailto:", address)


@given(st.text(alphabet="ab<>&\"'[]()*-:/.@ \n0123htps", max_size=120))
def test_every_text_gives_only_known_elements(text: str) -> None:
    test_nothing_dangerous_gets_through(text)
    without = re.sub(r"<[^>]*>", "", str(rendered(text)))
    assert "<" not in without
