"""The city's pages around the chat: true facts, one script, safe, usable by all."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
import yaml
from page_reader import Browser, Element
from small_assistant import Server

from kumpel.answers import fees
from kumpel.answers.wording import Wording
from kumpel.portal_client import parse
from kumpel.settings import PROJECT_ROOT, Settings
from portal.seed_reader import SEED_DIR

OpenPage = Callable[[int], Server]

SLUGS = sorted(path.stem for path in (SEED_DIR / "services").glob("*/*.yml"))
PAGES = [
    "/",
    "/leistungen",
    "/leistungen/hundesteuer-anmelden",
    "/leistungen/personalausweis",
    "/themen/abfall",
    "/suche?q=hund",
    "/suche?q=",
    "/stellen",
    "/stellen/buergerbuero-mitte",
    "/barrierefreiheit",
    "/datenschutz",
]
both_languages = pytest.mark.parametrize("language", ["de", "en"])


@pytest.fixture(scope="module")
def wording() -> Wording:
    """The assistant's own words."""
    domain = (PROJECT_ROOT / "domain.yml").read_text(encoding="utf-8")
    return Wording(yaml.safe_load(domain)["responses"], "de")


def opened(site: Server, path: str, language: str = "de") -> Browser:
    sign = "&" if "?" in path else "?"
    return Browser(site, path + (f"{sign}lang=en" if language == "en" else ""))


def sections(root: Element) -> dict[str, Element]:
    """Returns the sections of a page by their headings."""
    return {
        each.all("h2")[0].text: each for each in root.all("section") if each.all("h2")
    }


# --- what every page has


@both_languages
@pytest.mark.parametrize("path", PAGES)
def test_the_chat_is_one_script_and_one_tag(
    site: Server, path: str, language: str
) -> None:
    browser = opened(site, path, language)
    assert browser.answer.status_code == 200
    scripts = browser.page.all("script")
    assert [each.attributes for each in scripts] == [
        {"type": "module", "src": "/chat/kumpel-chat.js"}
    ]
    assert scripts[0].text == ""
    chat = browser.page.one("kumpel-chat")
    assert chat.attributes["lang"] == language
    fallback = chat.one("a").attributes["href"]
    assert fallback.startswith("/chat/seite")
    assert Browser(site, fallback).answer.status_code == 200


@both_languages
@pytest.mark.parametrize("path", PAGES)
def test_the_policy_is_strict_and_the_page_keeps_to_it(
    site: Server, path: str, language: str
) -> None:
    answer = opened(site, path, language).answer
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; ")
    assert "unsafe" not in policy
    assert "*" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "require-trusted-types-for 'script'" in policy
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", answer.text)
    loaded = re.findall(r'(?:src|action)="([^"]*)"', answer.text)
    loaded += re.findall(r'<link [^>]*href="([^"]*)"', answer.text)
    assert loaded
    assert all(re.match(r"/(?!/)", address) for address in loaded)
    assert "microphone=(self)" in answer.headers["Permissions-Policy"]
    assert not answer.cookies


@both_languages
@pytest.mark.parametrize("path", [*PAGES, "/leistungen/gibt-es-nicht"])
def test_a_page_can_be_used_by_ear_and_by_keyboard(
    site: Server, path: str, language: str
) -> None:
    root = opened(site, path, language).page
    assert root.one("html").attributes["lang"] == language
    assert root.one("title").text.strip()
    root.one("h1")
    root.one("main")
    ids = [e.attributes["id"] for e in root.all() if "id" in e.attributes]
    assert len(ids) == len(set(ids)), "ids are unique"
    for element in root.all():
        for name in ("aria-labelledby", "aria-describedby", "for"):
            for target in element.attributes.get(name, "").split():
                assert target in ids, f"{name}={target} leads nowhere"
    for link in root.all("a", **{"class": "skip"}):
        assert link.attributes["href"].lstrip("#") in ids
    levels = [int(e.tag[1]) for e in root.all() if re.fullmatch(r"h[1-6]", e.tag)]
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    assert not [e for e in root.all() if int(e.attributes.get("tabindex", "0")) > 0]
    assert all("alt" in image.attributes for image in root.all("img"))


@both_languages
@pytest.mark.parametrize("path", PAGES)
def test_no_link_to_another_page_is_dead(
    site: Server, path: str, language: str
) -> None:
    root = opened(site, path, language).page
    targets = {a.attributes["href"].partition("#")[0] for a in root.all("a")}
    own = sorted(t for t in targets if t.startswith("/") and t != "/postausgang")
    assert own
    for target in [*own[:12], *own[-3:]]:
        assert site.call("GET", target).status_code == 200, target


@pytest.mark.parametrize("path", PAGES)
def test_the_other_language_is_one_link_away_and_back(site: Server, path: str) -> None:
    browser = Browser(site, path)
    link = next(a for a in browser.page.all("a") if a.text == "English")
    english = Browser(site, link.attributes["href"])
    assert english.page.one("html").attributes["lang"] == "en"
    back = next(a for a in english.page.all("a") if a.text == "Deutsch")
    assert Browser(site, back.attributes["href"]).answer.text.count("<h1") == 1
    assert back.attributes["href"].partition("?")[0] == path.partition("?")[0]


@both_languages
def test_emergency_numbers_can_be_called_from_every_page(
    site: Server, language: str
) -> None:
    root = opened(site, "/leistungen/reisepass", language).page
    numbers = {a.attributes["href"] for a in root.one("aside").all("a")}
    assert numbers == {"tel:112", "tel:110", "tel:116117"}


# --- facts


def test_a_service_page_tells_what_the_seed_says(site: Server) -> None:
    root = opened(site, "/leistungen/hundesteuer-anmelden").page
    assert root.one("h1").text == "Hund anmelden (Hundesteuer)"
    found = sections(root)
    documents = [item.text for item in found["Was Sie mitbringen"].all("li")]
    assert documents[1] == "Chipnummer"
    rows = {
        row.all("th")[0].text: row.all("td")[0].text
        for row in found["Was es kostet"].one("tbody").all("tr")
    }
    assert rows["2 Hunde, je Hund jährlich"] == "129,47 €"
    assert rows["Ersatzmarke"] == "nicht sicher bekannt"
    glance = found["Auf einen Blick"].text
    assert "binnen 2 Wochen" in glance
    assert "vermutlich" in glance
    assert "Petersstraße 9, 47798 Krefeld" in found["Wer zuständig ist"].text
    assert "ob Rat die Sätze" in found["Nicht sicher bestätigt"].text
    source = found["Quelle und Stand"].text
    assert "Stand: 2015" in source
    assert "Gelesen: 11/2026" in source
    assert "Diese Angaben sind nicht sicher (Stand 2015)" in root.text
    chat = root.one("kumpel-chat")
    assert chat.attributes["service"] == "hundesteuer-anmelden"


@pytest.mark.parametrize("slug", SLUGS)
def test_a_service_page_is_complete_and_agrees_with_the_assistant(
    site: Server, wording: Wording, slug: str
) -> None:
    document = site.call("GET", f"/portal/v1/services/{slug}").json()
    root = opened(site, f"/leistungen/{slug}").page
    told = fees.told_fees(parse.service(document, site.url).fees)
    unknown = wording.text("utter_fee_unknown")
    amounts = [fees.amount(fee, wording) for fee in told]
    cells = [cell.text for cell in root.all("td", **{"class": "amount"})]
    assert cells == [
        "nicht sicher bekannt" if amount == unknown else amount for amount in amounts
    ]
    found = sections(root)
    bring = found["Was Sie mitbringen"].text
    is_unknown = "wissen wir leider nicht sicher" in bring
    assert is_unknown == (not document["requiredDocuments"])
    assert {"Auf einen Blick", "Quelle und Stand", "Wer zuständig ist"} <= set(found)
    main = root.one("main")
    assert "None" not in main.text
    for element in main.all():
        if element.tag in {"li", "dd", "td", "th", "p", "h2", "h3"}:
            assert element.text.strip(), f"an empty {element.tag}"


def test_facts_on_english_pages_are_marked_as_german(site: Server) -> None:
    root = opened(site, "/leistungen/hundesteuer-anmelden", "en").page
    assert "The facts on this page are in German" in root.text
    found = sections(root)
    assert root.one("h1").attributes["lang"] == "de"
    assert found["What to bring"].one("ul").attributes["lang"] == "de"
    row = found["What it costs"].one("tbody").all("tr")[0]
    assert row.one("th").attributes["lang"] == "de"
    assert not row.one("td").attributes.get("lang")


def test_opening_hours_are_those_of_the_moment(
    settings: Settings, start_site: Callable[[Settings], Server]
) -> None:
    tuesday = start_site(replace(settings, now="2026-11-24T10:15:00+01:00"))
    root = Browser(tuesday, "/stellen/buergerbuero-mitte").page
    assert "Jetzt geöffnet bis 12:30 Uhr" in sections(root)["Öffnungszeiten"].text
    days = [row.one("th").text for row in root.one("tbody").all("tr")]
    assert days[:2] == ["Dienstag, 24.11.", "Mittwoch, 25.11."]
    assert len(days) == 7
    christmas = start_site(replace(settings, now="2026-12-25T10:15:00+01:00"))
    root = Browser(christmas, "/stellen/buergerbuero-mitte").page
    hours = sections(root)["Öffnungszeiten"].text
    assert "Jetzt geschlossen" in hours
    assert "Weihnachtstag" in hours


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_office_has_a_page_without_holes(site: Server, language: str) -> None:
    root = opened(site, "/stellen", language).page
    cards = root.all("div", **{"class": "office"})
    assert len(cards) == len(list((SEED_DIR / "offices").glob("*.yml")))
    for card in cards:
        page = Browser(site, card.all("a")[0].attributes["href"])
        assert page.answer.status_code == 200
        assert "None" not in page.page.one("main").text
        assert page.page.all("p")


def test_unknown_hours_are_said_to_be_unknown(site: Server) -> None:
    root = opened(site, "/stellen/datenschutzbeauftragter").page
    hours = sections(root)["Öffnungszeiten"]
    assert "Öffnungszeiten nicht bekannt" in hours.text
    assert hours.all("a")[0].attributes["href"] == "tel:+492151860"


# --- lists


def test_all_services_are_listed_and_counted_by_topic(site: Server) -> None:
    items = opened(site, "/leistungen").page.one("ul", **{"class": "services"})
    assert len(items.all("a")) == len(SLUGS)
    topics = opened(site, "/").page.one("ul", **{"class": "topics"}).all("li")
    assert len(topics) == 16
    assert sum(int(re.findall(r"\d+", each.text)[-1]) for each in topics) == len(SLUGS)


@pytest.mark.parametrize(
    "path",
    [
        "/leistungen/gibt-es-nicht",
        "/leistungen/30801",
        "/leistungen/..%2f..%2fetc%2fpasswd",
        "/leistungen/%00",
        "/themen/gibt-es-nicht",
        "/stellen/gibt-es-nicht",
        "/stellen/20103",
    ],
)
def test_what_does_not_exist_is_said_with_a_way_out(site: Server, path: str) -> None:
    browser = Browser(site, path)
    assert browser.answer.status_code == 404
    assert browser.page.one("h1").text == "Diese Seite gibt es nicht"
    assert browser.page.all("form", role="search")
    assert browser.page.all("kumpel-chat")


def test_without_the_facts_the_home_page_has_the_chat_and_the_numbers(
    open_page: OpenPage, settings: Settings
) -> None:
    site = open_page(settings.rasa_port)
    site.app.ctx.portal.engine.dispose()
    site.app.ctx.portal.engine = site.app.ctx.portal.cached = None
    browser = Browser(site, "/")
    assert browser.answer.status_code == 200
    assert browser.page.one("kumpel-chat")
    assert browser.page.one("aside").all("a")
    answer = site.call("GET", "/leistungen/reisepass", headers={"Accept": "text/html"})
    assert answer.status_code == 503
    assert "02151 86-0" in answer.text


# --- statements


def test_the_accessibility_statement_has_the_parts_that_the_model_asks_for(
    site: Server,
) -> None:
    headings = [e.text for e in opened(site, "/barrierefreiheit").page.all("h2")]
    assert headings == [
        "Stand der Vereinbarkeit mit den Anforderungen",
        "Nicht barrierefreie Inhalte",
        "Erstellung dieser Erklärung",
        "Feedback und Kontakt",
        "Durchsetzungsverfahren",
    ]


@both_languages
def test_what_only_the_operator_knows_is_marked(site: Server, language: str) -> None:
    for path in ("/barrierefreiheit", "/datenschutz"):
        root = opened(site, path, language).page
        assert root.all("span", **{"class": "fill-in"})


@both_languages
def test_the_privacy_page_names_the_days_of_the_setting(
    settings: Settings, start_site: Callable[[Settings], Server], language: str
) -> None:
    site = start_site(replace(settings, keep_conversations_in_days=12))
    text = opened(site, "/datenschutz", language).page.one("main").text
    days = "12 Tage" if language == "de" else "12 days"
    assert text.count(days) == 3
    assert "30" not in text


# --- style


def luminance(colour: str) -> float:
    """Returns the relative luminance of a colour (WCAG 2.2)."""
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(d * 2 for d in digits)
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [
        c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("text", "background"),
    [
        ("ink", "paper"),
        ("ink", "soft"),
        ("quiet", "paper"),
        ("quiet", "soft"),
        ("link", "paper"),
        ("link", "soft"),
        ("link", "tint"),
        ("on-brand", "brand"),
        ("on-brand", "brand-dark"),
        ("accent", "paper"),
        ("accent", "alarm"),
        ("on-alarm", "alarm"),
        ("on-hint", "hint"),
        ("good", "paper"),
        ("ink", "good-soft"),
    ],
)
def test_colours_contrast_enough(
    site: Server, text: str, background: str, is_dark: bool
) -> None:
    style = site.call("GET", "/city.css")
    assert style.headers["Content-Type"].startswith("text/css")
    blocks = re.findall(r":root \{(.*?)\}", style.text, re.DOTALL)
    colours: dict[str, str] = {}
    for block in blocks[: 2 if is_dark else 1]:
        colours.update(re.findall(r"--([\w-]+): (#[0-9a-f]+)", block))
    lighter, darker = sorted(
        (luminance(colours[text]), luminance(colours[background])), reverse=True
    )
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


@pytest.mark.parametrize("name", ["krefeld.svg", "mark.svg"])
def test_pictures_are_pictures_and_run_nothing(site: Server, name: str) -> None:
    answer = site.call("GET", f"/{name}")
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert not re.search(r"<script|\son\w+=|href", answer.text)
