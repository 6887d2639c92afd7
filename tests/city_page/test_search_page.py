"""The search of the city's pages, which works without JavaScript."""

from __future__ import annotations

import pytest
from page_reader import Browser
from small_assistant import Server


def searched(site: Server, words: str, language: str = "de") -> Browser:
    chosen = "&lang=en" if language == "en" else ""
    return Browser(site, f"/suche?q={words}{chosen}")


def test_the_search_finds_without_javascript(site: Server) -> None:
    form = Browser(site, "/").page.one("form", role="search")
    assert (form.attributes["action"], form.attributes["method"]) == ("/suche", "get")
    assert form.one("input", type="search").attributes["name"] == "q"
    root = searched(site, "hundesteuer").page
    names = [a.text for a in root.one("ul", **{"class": "services"}).all("a")]
    assert "Hund anmelden (Hundesteuer)" in names
    assert root.one("input", type="search").attributes["value"] == "hundesteuer"


def test_the_search_speaks_the_language_of_its_page(site: Server) -> None:
    form = Browser(site, "/?lang=en").page.one("form", role="search")
    assert form.one("input", name="lang").attributes["value"] == "en"
    assert "1 result" in searched(site, "hundesteuer+abmelden", "en").page.text


def test_a_question_in_the_search_leads_to_what_is_near_and_to_the_chat(
    site: Server,
) -> None:
    root = searched(site, "Was+kostet+ein+Reisepass").page
    assert "Meinen Sie vielleicht" in root.text
    assert (
        root.one("ul", **{"class": "services"}).all("a")[0].text.startswith("Reisepass")
    )
    link = next(a for a in root.all("a") if a.text.startswith("Kumpel mit diesen"))
    browser = Browser(site, link.attributes["href"])
    assert browser.page.one("textarea").text.strip() == "Was kostet ein Reisepass"


def test_the_search_finds_offices_too(site: Server) -> None:
    assert "Bürgerbüro Hüls" in searched(site, "bürgerbüro+hüls").page.text


@pytest.mark.parametrize("words", ["", "+++", "%25", "xyzzy", "%00", "a" * 5_000, "_"])
def test_odd_searches_are_answered_with_a_page(site: Server, words: str) -> None:
    browser = searched(site, words)
    assert browser.answer.status_code == 200
    assert browser.page.one("p", role="status").text.strip()


def test_a_search_cannot_write_into_the_page(site: Server) -> None:
    evil = "%22%3E%3Cscript%3Ealert(1)%3C/script%3E"
    browser = searched(site, evil)
    assert len(browser.page.all("script")) == 1
    assert "<script>alert" not in browser.answer.text
