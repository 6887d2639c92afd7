"""Choices, stations and authorities."""

from __future__ import annotations

import pytest
from makers import english, german, make_service, make_source

from kumpel.answers.authorities import authority_for
from kumpel.answers.choices import (
    Choice,
    choice_of,
    chosen,
    named_in,
    question,
)
from kumpel.answers.office_names import office_in, office_named
from kumpel.answers.stations import answer_stations, stations_named
from kumpel.portal_client.models import (
    DogWasteStation,
    DogWasteStations,
    OfficeSummary,
)

CHOICES = [
    Choice(
        "wohnsitz-ummelden",
        "Wohnsitz ummelden",
        ("Umzug", "neue Wohnung", "online ummelden"),
    ),
    Choice("wohnsitz-anmelden", "Wohnsitz anmelden", ("Zuzug nach Krefeld",)),
    Choice("hundesteuer-anmelden", "Hund anmelden", ("Hund",)),
]


def test_a_choice_is_called_as_citizens_call_it() -> None:
    service = make_service(
        name="Kfz umschreiben / Halterwechsel / ummelden", short_name="Auto ummelden"
    )
    choice = choice_of(service)
    assert choice.name == "Auto ummelden"
    assert chosen("Halterwechsel", [choice, *CHOICES]) == choice


def test_the_question_names_all_choices() -> None:
    assert (
        question(CHOICES, german())
        == "Meinen Sie „Wohnsitz ummelden“, „Wohnsitz anmelden“ oder „Hund anmelden“?"
    )
    assert "“Wohnsitz ummelden”" in question(CHOICES, english())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("das erste", "wohnsitz-ummelden"),
        ("2.", "wohnsitz-anmelden"),
        ("Nummer drei", "hundesteuer-anmelden"),
        ("das letzte bitte", "hundesteuer-anmelden"),
        ("der Hund", "hundesteuer-anmelden"),
        ("ummelden", "wohnsitz-ummelden"),
        ("wegen Umzug", "wohnsitz-ummelden"),
        ("Zuzug", "wohnsitz-anmelden"),
        ("neue wohnung", "wohnsitz-ummelden"),
        ("Wohnsitz", None),
        ("keine Ahnung", None),
        ("", None),
        ("?!", None),
        ("Can I do it online?", None),
        ("Was kostet das in Krefeld?", None),
        ("ich habe zwei Hunde", "hundesteuer-anmelden"),
        ("das ist jetzt meine zweite frage dazu", None),
    ],
)
def test_a_free_answer_names_one_choice_or_none(
    text: str, expected: str | None
) -> None:
    found = chosen(text, CHOICES)
    assert (found.slug if found else None) == expected


def test_choices_that_a_message_names_are_found() -> None:
    assert named_in("und was kostet ein Hund", CHOICES) == CHOICES[2:]
    assert named_in("Was kostet das online?", CHOICES) == []


def test_a_place_that_was_not_offered_is_none() -> None:
    assert chosen("das dritte", CHOICES[:2]) is None
    assert chosen("das erste", []) is None


STATIONS = DogWasteStations(
    (
        DogWasteStation("Ispelsstraße / Tannenstraße", "Dießem/Lehmheide", "2021"),
        DogWasteStation("Elfrather See, Parkplatz Asberger Straße", "Traar", "2021"),
        DogWasteStation("Topsstraße / Ahornstraße", None, "2021"),
    ),
    "https://www.maak-et.de",
    make_source(as_of="2021"),
)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("bei der Ispelsstr.", 1),
        ("nähe ispelsstrasse", 1),
        ("am Elfrather See", 1),
        ("in Traar", 1),
        ("nächste Station auf der Straße", 0),
        ("am Bahnhof", 0),
        ("", 0),
    ],
)
def test_stations_are_found_by_the_words_of_their_place(text: str, count: int) -> None:
    assert len(stations_named(STATIONS.stations, text)) == count


def test_without_a_station_nearby_that_is_said() -> None:
    told = answer_stations(STATIONS, [], "Hüls", phone="1", wording=german(), year=2026)
    assert told.text.startswith("Bei Hüls kenne ich leider keine Station")
    assert "maak-et.de" in told.text
    assert "Topsstraße / Ahornstraße" in told.text


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Wie hoch ist meine Rente?", "Rentenversicherung"),
        ("wann kommt mein Steuerbescheid", "Finanzamt"),
        ("kindergeld beantragen", "Familienkasse"),
        ("mein fahrrad wurde geklaut", "Polizei"),
        ("punkte in flensburg", "Kraftfahrt"),
        ("TÜV Termin", "Prüfstelle"),
    ],
)
def test_the_responsible_authority_is_named(text: str, part: str) -> None:
    assert part in (authority_for(text) or "")


def test_an_unknown_matter_names_nobody() -> None:
    assert authority_for("wer hat recht") is None


OFFICES = [
    OfficeSummary(
        "buergerbuero-mitte", "Bürgerservice / Bürgerbüro Mitte (Rathaus)", (), None
    ),
    OfficeSummary(
        "rathaus", "Rathaus Krefeld", ("Stadtverwaltung", "Rathaus Mitte"), None
    ),
    OfficeSummary("vhs", "Volkshochschule Krefeld", ("VHS",), None),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("wann hat das Bürgerbüro Mitte auf?", "buergerbuero-mitte"),
        ("buergerbuero mitte", "buergerbuero-mitte"),
        ("Bürgerservice", "buergerbuero-mitte"),
        ("Rathaus Krefeld", "rathaus"),
        ("ist das rathaus mitte offen", "rathaus"),
        ("Rathaus", None),
        ("Bürgerbüro", None),
        ("VHS", None),
        ("", None),
    ],
)
def test_an_office_is_found_in_a_message(text: str, expected: str | None) -> None:
    assert office_in(text, OFFICES) == expected


def test_an_office_is_found_by_its_exact_name() -> None:
    assert office_named("vhs", OFFICES) == "vhs"
    assert office_named("Stadtverwaltung", OFFICES) == "rathaus"
    assert office_named("Bürgerbüro", OFFICES) is None
