"""Demonstration forms: shown, checked on the server, and forgotten."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
import requests
import sqlalchemy as sa
from portal_server import Make

from kumpel.evaluation.asgi_session import session_for
from kumpel.settings import Settings
from portal import tables
from portal.app import create_app
from portal.form_check import check
from portal.seed_reader import read_seed
from portal.seed_rows import rows_of

BASE = "http://portal.test/metaform/Form-Solutions"
FORMS = {
    row["id"]: row["document"]
    for row in rows_of(read_seed())[tables.form]
    if row["document"]["demonstration"]
}
EXAMPLES = {
    "date": "31.12.2026",
    "email": "erika@beispiel.de",
    "tel": "02151 860",
    "number": "2",
    "plz": "47798",
    "checkbox": "ja",
    "text": "Erika",
    "textarea": "Zeile eins\r\nZeile zwei",
}


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[requests.Session]:
    settings = Settings.from_environment(
        {
            "KUMPEL_VAR": str(tmp_path_factory.mktemp("var")),
            "KUMPEL_NOW": "2026-11-23T10:15:00+01:00",
        }
    )
    with session_for(create_app(settings)) as session:
        yield session


def address(form: str) -> str:
    return f"{BASE}/sid/assistant/{FORMS[form]['sid']}"


def example(field: dict[str, Any]) -> str:
    if field["options"]:
        return str(field["options"][0])
    if field["name"] == "iban":
        return "DE02120300000000202051"
    if field["name"] == "vin":
        return "WVWZZZ1JZXW000001"
    if field["name"] == "evb":
        return "A1B2C3D"
    return EXAMPLES[field["type"]]


def filled(form: str) -> dict[str, str]:
    return {field["name"]: example(field) for field in FORMS[form]["fields"]}


class Page(HTMLParser):
    """Collects what accessibility needs of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.labels: set[str] = set()
        self.controls: dict[str, dict[str, str | None]] = {}
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.language: str | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.append(tag)
        if tag == "html":
            self.language = values.get("lang")
        if values.get("id"):
            self.ids.append(str(values["id"]))
        if tag == "label":
            self.labels.add(str(values.get("for")))
        if tag in {"input", "select", "textarea"}:
            self.controls[str(values["id"])] = values
        if tag == "a":
            self.links.append(str(values.get("href")))


@pytest.mark.parametrize("form", sorted(FORMS))
def test_every_form_is_accessible_and_can_be_sent(
    portal: requests.Session, form: str
) -> None:
    answer = portal.get(address(form))
    assert answer.status_code == 200
    page = Page(answer.text)
    assert page.language == "de"
    assert page.tags.count("h1") == 1
    assert set(page.controls) == page.labels
    assert len(page.ids) == len(set(page.ids))
    assert "Demonstration" in answer.text
    assert "script" not in page.tags
    sent = portal.post(address(form), data=filled(form))
    assert sent.status_code == 200, re.findall(r'class="error"[^<]*', sent.text)
    assert re.search(r"KR-2026-[A-Z2-9]{8}", sent.text)


def test_a_form_works_without_script_and_from_nowhere_else(
    portal: requests.Session,
) -> None:
    policy = portal.get(address("wohngeld")).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script" not in policy
    assert "form-action 'self'" in policy
    assert "unsafe" not in policy
    style = portal.get("http://portal.test/metaform/assistant.css")
    assert style.headers["Content-Type"].startswith("text/css")


def test_required_fields_say_so_in_text(portal: requests.Session) -> None:
    text = portal.get(address("wohngeld")).text
    required = sum(field["required"] for field in FORMS["wohngeld"]["fields"])
    assert text.count("(Pflichtfeld)") == required


def test_mistakes_are_listed_and_tied_to_their_fields(portal: requests.Session) -> None:
    values = filled("wohnsitz-ummelden") | {"email": "keine", "newPostcode": "123"}
    del values["lastName"]
    answer = portal.post(address("wohnsitz-ummelden"), data=values)
    assert answer.status_code == 422
    page = Page(answer.text)
    wrong = {"field-email", "field-newPostcode", "field-lastName"}
    assert {link[1:] for link in page.links if link.startswith("#")} == wrong
    for name, control in page.controls.items():
        assert (control.get("aria-invalid") == "true") is (name in wrong)
        for described in (control.get("aria-describedby") or "").split():
            assert described in page.ids
    assert "<title>Fehler:" in answer.text
    # What was right need not be typed again, dates included.
    assert page.controls["field-moveInDate"]["value"] == "2026-12-31"
    assert page.controls["field-firstName"]["value"] == "Erika"


def test_typed_text_is_never_markup(portal: requests.Session) -> None:
    answer = portal.post(
        address("wohngeld"), data={"firstName": '"><script>alert(1)</script>'}
    )
    assert answer.status_code == 422
    assert "<script>" not in answer.text


def test_nothing_personal_is_stored(make_portal: Make) -> None:
    portal = make_portal()
    assert portal.post(address("wohngeld"), data=filled("wohngeld")).status_code == 200
    engine = portal.get_adapter(BASE)._app.ctx.portal.engine
    with engine.connect() as connection:
        rows = connection.execute(sa.select(tables.form_receipt)).all()
    assert len(rows) == 1
    assert set(rows[0]._mapping) == {"number", "form", "received_at"}
    assert rows[0].form == "wohngeld"


@pytest.mark.parametrize(
    ("content_type", "body", "status"),
    [
        ("application/json", b"{}", 415),
        ("", b"a=b", 415),
        ("application/x-www-form-urlencoded", b"a=" + b"x" * 70_000, 413),
        ("application/x-www-form-urlencoded", b"firstName=%ff", 400),
        ("application/x-www-form-urlencoded", b"firstName=\xff", 400),
        ("application/x-www-form-urlencoded", b"firstName=%00", 400),
        ("application/x-www-form-urlencoded", b"&".join([b"a=1"] * 65), 400),
        ("application/x-www-form-urlencoded", b"", 422),
    ],
)
def test_unusable_bodies_are_refused_with_a_page(
    portal: requests.Session, content_type: str, body: bytes, status: int
) -> None:
    answer = portal.post(
        address("wohngeld"), data=body, headers={"Content-Type": content_type}
    )
    assert answer.status_code == status
    assert answer.headers["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("sid", ["0" * 24, "zz", "6214193c4d06d113b46c0f45"])
def test_an_unknown_form_is_404(portal: requests.Session, sid: str) -> None:
    answer = portal.get(f"{BASE}/sid/assistant/{sid}")
    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith("text/html")


# -- prefill


def test_handed_over_values_fill_a_form_once(portal: requests.Session) -> None:
    given = {"FirstName": "Erika", "lastName": "Möller", "DateOfBirth": "01.02.1980"}
    answer = portal.post(f"{BASE}/postdata", data=given)
    assert answer.status_code == 200
    assert re.fullmatch(r"[A-Za-z0-9]{32}", answer.text)
    url = f"{address('wohngeld')}?cacheID={answer.text}"
    controls = Page(portal.get(url).text).controls
    assert controls["field-firstName"]["value"] == "Erika"
    assert controls["field-lastName"]["value"] == "Möller"
    assert controls["field-dateOfBirth"]["value"] == "1980-02-01"
    again = portal.get(url)
    assert again.status_code == 200
    assert "schon verwendet" in again.text
    assert "Erika" not in again.text


def test_an_address_fills_nothing_personal(portal: requests.Session) -> None:
    url = f"{address('strassenschaden')}?placeStreet=Ostwall&Email=a@b.de&unknown=1"
    controls = Page(portal.get(url).text).controls
    assert controls["field-placeStreet"]["value"] == "Ostwall"
    assert controls["field-email"]["value"] == ""


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"", 422),
        (b"FirstName=" + b"x" * 201, 422),
        (b"FirstName=" + b"x" * 17_000, 413),
        (b"FirstName=%ff", 400),
    ],
)
def test_unusable_values_are_refused_in_plain_text(
    portal: requests.Session, data: bytes, status: int
) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = portal.post(f"{BASE}/postdata", data=data, headers=headers)
    assert answer.status_code == status
    assert answer.headers["Content-Type"].startswith("text/plain")


# -- rules of single fields


def field(**changes: Any) -> dict[str, Any]:
    return {
        "name": "x",
        "label": "Feld",
        "type": "text",
        "required": False,
        "options": [],
        "maxLength": 20,
        "pattern": None,
        "patternHint": None,
        **changes,
    }


@pytest.mark.parametrize(
    ("changes", "value", "is_right"),
    [
        ({}, "", True),
        ({}, "x" * 21, False),
        ({}, "a\nb", False),
        ({"type": "textarea"}, "a\nb", True),
        ({"required": True}, "  ", False),
        ({"type": "date"}, "1.2.2026", True),
        ({"type": "date"}, "2026-02-01", True),
        ({"type": "date"}, "30.02.2026", False),
        ({"type": "date"}, "01.01.0001", False),
        ({"type": "email"}, "a@b.de", True),
        ({"type": "email"}, "a@b", False),
        ({"type": "email"}, "a b@c.de", False),
        ({"type": "tel"}, "+49 2151 86-0", True),
        ({"type": "tel"}, "ruf an", False),
        ({"type": "plz"}, "47798", True),
        ({"type": "plz"}, "4779", False),
        ({"type": "number"}, "12,50", True),
        ({"type": "number"}, "-1", False),
        ({"type": "select", "options": ["ja", "nein"]}, "ja", True),
        ({"type": "select", "options": ["ja", "nein"]}, "vielleicht", False),
        ({"type": "checkbox"}, "ja", True),
        ({"type": "checkbox", "required": True}, "", False),
        ({"type": "checkbox"}, "on", False),
        ({"pattern": "[0-9]+", "patternHint": "Nur Ziffern."}, "12a", False),
        ({"pattern": "[0-9]+"}, "12", True),
    ],
)
def test_each_kind_of_field_checks_its_value(
    changes: dict[str, Any], value: str, is_right: bool
) -> None:
    errors = check([field(**changes)], {"x": value})
    assert (not errors) is is_right
