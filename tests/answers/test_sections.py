"""What is told for each aspect, and what is not."""

from __future__ import annotations

from typing import Any

import pytest
from makers import (
    NOW,
    english,
    german,
    make_facts,
    make_fee,
    make_office,
    make_service,
    make_source,
)

from kumpel.answers import sections
from kumpel.answers.facts import OfficeFacts
from kumpel.answers.sources import source_details, source_line, stale_note
from kumpel.portal_client.models import ExternalBody, Form, Link, OfficeReference

BARE = make_source(urls=(), as_of=None, retrieved=None, confidence="low")


@pytest.mark.parametrize("aspect", list(sections.SECTIONS))
@pytest.mark.parametrize("has_office", [True, False])
@pytest.mark.parametrize("wording", [german(), english()], ids=["de", "en"])
def test_a_service_of_which_nothing_is_known_is_answered_whole(
    aspect: str, has_office: bool, wording: Any
) -> None:
    office = make_office(street=None, phones=(), source=BARE)
    place = OfficeFacts(office, None) if has_office else None
    facts = make_facts(make_service(source=BARE), place)
    text = sections.SECTIONS[aspect](facts, wording).text
    assert "None" not in text
    assert "{" not in text
    assert text.splitlines()[-1].startswith(("Quelle:", "Source:"))
    assert "86-0" in text or aspect in {"form", "overview", "documents"}


def _form(**changes: Any) -> Form:
    values = {
        "id": "f",
        "title": "Antrag",
        "service": "dienst",
        "url": "http://x/f",
        "is_demonstration": False,
        "system": "link",
        **changes,
    }
    return Form(**values)


def test_a_demonstration_form_is_marked() -> None:
    facts = make_facts(make_service(forms=(_form(is_demonstration=True),)))
    told = sections.form(facts, german()).text
    assert "Antrag (Vorführung, geht nicht an die Stadt): http://x/f" in told


def test_a_form_that_is_also_a_link_stands_there_once() -> None:
    link = Link("Antrag", "http://x/f", "form")
    facts = make_facts(make_service(forms=(_form(),), online=(link,)))
    assert sections.form(facts, german()).text.count("http://x/f") == 1


def test_a_link_without_address_is_left_out() -> None:
    facts = make_facts(make_service(online=(Link("Dienst", None, "form"),)))
    assert "kenne leider kein Online-Formular" in sections.form(facts, german()).text


@pytest.mark.parametrize(
    ("need", "is_confirmed", "expected"),
    [
        ("required", True, "Sie brauchen einen Termin."),
        ("required", None, "Sie brauchen vermutlich einen Termin."),
        ("none", True, "Einen Termin brauchen Sie nicht."),
        ("none", False, "Einen Termin brauchen Sie vermutlich nicht."),
        ("optional", True, "Ein Termin ist möglich, aber keine Pflicht."),
    ],
)
def test_an_unconfirmed_appointment_is_not_told_as_certain(
    need: str, is_confirmed: bool | None, expected: str
) -> None:
    service = make_service(appointment=need, appointment_confirmed=is_confirmed)
    told = sections.appointment(make_facts(service), german()).text
    assert told.startswith(expected)
    assert ("nicht sicher bestätigt" in told) is (is_confirmed is not True)


def test_notes_for_the_keepers_of_the_facts_are_not_told() -> None:
    service = make_service(facts=("Ältere Fassung – vor Ausgabe prüfen", "Nur vor Ort"))
    told = sections.eligibility(make_facts(service), german()).text
    assert "Nur vor Ort" in told
    assert "Ausgabe" not in told


def test_unverified_statements_are_marked() -> None:
    service = make_service(facts=("Nur vor Ort",), unverified=("Mengengrenze",))
    told = sections.eligibility(make_facts(service), german()).text
    assert "Nicht sicher bestätigt: Mengengrenze" in told


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "Quelle: krefeld.de, Stand 02/2026"),
        ({"as_of": "2023-08-18"}, "Quelle: krefeld.de, Stand 18.8.2023"),
        ({"as_of": "2019"}, "Quelle: krefeld.de, Stand 2019"),
        ({"as_of": "undatiert"}, "Quelle: krefeld.de, ohne Datum (gelesen 11/2026)"),
        ({"as_of": None}, "Quelle: krefeld.de, ohne Datum (gelesen 11/2026)"),
        ({"as_of": None, "retrieved": None}, "Quelle: krefeld.de, ohne Datum"),
        ({"urls": ("rp-online.de 2016",)}, "Quelle: rp-online.de 2016, Stand 02/2026"),
        ({"urls": ()}, "Quelle: öffentliche Angaben, zusammengestellt 11/2026"),
        ({"urls": (), "retrieved": None}, "Quelle: Angaben der Stadt, ohne Datum"),
        (
            {"as_of": "2020 (Anschrift), Portal undatiert"},
            "Quelle: krefeld.de, Stand 2020 (Anschrift), Portal ohne Datum",
        ),
    ],
)
def test_the_source_is_named_with_its_date(
    changes: dict[str, Any], expected: str
) -> None:
    assert source_line(make_source(**changes), german()) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ""),
        ({"as_of": "2024-01"}, ""),
        (
            {"as_of": "2023-12"},
            "Das ist nicht sicher (Stand 12/2023), bitte unter 1 prüfen.",
        ),
        ({"as_of": "2019 (Anschrift), Gebühren ab 2026"}, ""),
        (
            {"confidence": "low"},
            "Das ist nicht sicher (Stand 02/2026), bitte unter 1 prüfen.",
        ),
        (
            {"confidence": "low", "as_of": None},
            "Das ist nicht sicher, bitte unter 1 prüfen.",
        ),
    ],
)
def test_low_confidence_and_age_are_said(
    changes: dict[str, Any], expected: str
) -> None:
    from kumpel.answers.sources import caution

    assert caution(make_source(**changes), "1", NOW.year, german()) == expected


def test_stale_facts_carry_their_time() -> None:
    assert stale_note(None, german()) == ""
    assert "vom 23.11.2026, 10:15 Uhr" in stale_note(NOW, german())


def test_all_sources_are_listed_on_request() -> None:
    source = make_source(urls=("https://a.de/x", "Broschüre 2017"), confidence="medium")
    told = source_details("Dienst", source, "1", None, german()).text
    assert "- https://a.de/x\n- Broschüre 2017" in told
    assert "älter oder teilweise abgeleitet" in told


def _with_office(service: Any, **changes: Any) -> Any:
    return make_facts(service, OfficeFacts(make_office(**changes), None))


def test_the_overview_names_the_four_first_documents_and_how_to_hear_the_rest() -> None:
    service = make_service(documents=tuple("abcdef"))
    text = sections.overview(make_facts(service), german()).text
    assert "- Mitbringen: a; b; c; d; und 2 weitere (fragen Sie: Was muss" in text
    service = make_service(documents=tuple("abcde"))
    text = sections.overview(make_facts(service), german()).text
    assert "; d; und noch etwas (fragen Sie: " in text


def test_the_overview_names_three_prices() -> None:
    fees = tuple(make_fee(label, 1) for label in "abcd")
    text = sections.overview(make_facts(make_service(fees=fees)), german()).text
    assert "c: 1,00 €; und ein weiterer Fall (fragen Sie: Was kostet das?)" in text


def test_a_price_does_not_repeat_what_it_is_for() -> None:
    service = make_service(
        name="Kirchenaustritt", fees=(make_fee("Kirchenaustritt", 30),)
    )
    text = sections.fee(make_facts(service), german()).text
    assert text.startswith("Kosten für „Kirchenaustritt“: 30,00 €.")


@pytest.mark.parametrize("aspect", sorted(sections.SECTIONS))
def test_an_office_that_is_not_the_city_s_is_said_to_be_so(aspect: str) -> None:
    service = make_service(
        documents=("Ausweis",),
        fees=(make_fee("Austritt", 30),),
        deadline="bald",
        processing_time="sofort",
        facts=("Es gilt sofort",),
    )
    facts = _with_office(service, name="Amtsgericht", is_external=True)
    text = sections.SECTIONS[aspect](facts, german()).text
    assert "nicht die Stadtverwaltung" in text
    assert "Amtsgericht" in text
    assert text.count("nicht die Stadtverwaltung") == 1
    own = sections.SECTIONS[aspect](_with_office(service), german()).text
    assert "nicht die Stadtverwaltung" not in own


def test_another_authority_is_named_once() -> None:
    service = make_service(external_bodies=(ExternalBody("Amt", None),))
    assert "Außerhalb" not in sections.overview(_with_office(service), german()).text
    service = make_service(external_bodies=(ExternalBody("Bundesamt", None),))
    text = sections.overview(_with_office(service), german()).text
    assert "- Außerhalb der Stadt zuständig: Bundesamt" in text


def test_no_deadline_is_said_in_words() -> None:
    facts = make_facts(make_service(deadline="keine"))
    text = sections.deadline(facts, german()).text
    assert text.startswith("Eine Frist gibt es für „Dienst“ nicht.")
    assert "Frist" not in sections.overview(facts, german()).text


def test_further_offices_are_named_where_they_are_few() -> None:
    one = make_facts(other_offices=(OfficeReference("b", "Lange GmbH", "Lange"),))
    assert "- Weitere Stelle: Lange" in sections.overview(one, german()).text
    many = tuple(OfficeReference(name, name) for name in "abc")
    text = sections.overview(make_facts(other_offices=many), german()).text
    assert "- Weitere Stellen: 3 (nennen Sie" in text


def test_an_unsure_appointment_is_warned_of_once() -> None:
    service = make_service(source=make_source(confidence="low"))
    text = sections.appointment(make_facts(service), german()).text
    assert "Das ist nicht sicher bestätigt" in text
    assert "bitte unter" not in text
