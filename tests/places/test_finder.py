"""Places as citizens type them, and words that only look like one."""

from __future__ import annotations

import statistics
import time as clock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kumpel.places.finder import PlaceFinder
from kumpel.places.places import Place, PlaceMention
from kumpel.runtime.gazetteer import read_places
from kumpel.settings import PROJECT_ROOT

FINDER = PlaceFinder(read_places(PROJECT_ROOT / "portal" / "seed"))


def only(text: str) -> PlaceMention:
    found = FINDER.find(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "name", "number"),
    [
        ("ostwal 12", "Ostwall", "12"),
        ("Ostwall12", "Ostwall", "12"),
        ("am OSTWALL 12 a", "Ostwall", "12 a"),
        ("Ostwal 5-7", "Ostwall", "5-7"),
        ("Ostwall Nr. 12", "Ostwall", "12"),
        ("ich wohne Ostwall, Hausnummer 3", "Ostwall", "3"),
        ("Sankt-Anton-Str.", "St.-Anton-Straße", None),
        ("St. Anton Straße 5", "St.-Anton-Straße", "5"),
        ("st anton strasse", "St.-Anton-Straße", None),
        ("hülserstr. 8", "Hülser Straße", "8"),
        ("huelser strasse 8", "Hülser Straße", "8"),
        ("Hulser-Straße", "Hülser Straße", None),
        ("moerser landstr. 3", "Moerser Landstraße", "3"),
        ("Mörser Landstrasse", "Moerser Landstraße", None),
        ("koenigstrasse 5", "Königstraße", "5"),
        ("marktsrtaße 4", "Marktstraße", "4"),
        ("in der Rhienstraße", "Rheinstraße", None),
        ("Fridrich-Ebert-Straße 42", "Friedrich-Ebert-Straße", "42"),
        ("Theaterplazt 1", "Theaterplatz", "1"),
        ("wiliy brandt platz", "Willy-Brandt-Platz", None),
        ("von der leyen platz 1", "Von-der-Leyen-Platz", "1"),
        ("Von-der-Leyenplatz", "Von-der-Leyen-Platz", None),
        ("rossstr 3", "Roßstraße", "3"),
        ("Roßstrasse", "Roßstraße", None),
        ("Gladbacherstr", "Gladbacher Straße", None),
        ("Krefelder Straße 2", "Krefelder Straße (Hüls)", "2"),
        ("Friedrichstrasse 18 um 15 Uhr", "Friedrichstraße", "18"),
        ("Ostwall 15 Uhr", "Ostwall", None),
        ("am Ostwall 3 Hunde gesehen", "Ostwall", None),
    ],
)
def test_a_street_is_found(text: str, name: str, number: str | None) -> None:
    found = only(text)
    assert (found.kind, found.name, found.house_number) == ("street", name, number)
    assert found.alternatives == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("markstraße 9", {"Marktstraße", "Parkstraße"}),
        ("Mörser Str 5a", {"Moerser Landstraße"}),
        ("moerser strasse", {"Moerser Landstraße"}),
        ("Wilhelmstraße 8", {"Wilhelmshofallee"}),
        ("Bürgerstraße 3", {"Burgersstraße"}),
        ("traarer str. 4", {"Traarer Straße (Osten)", "Traarer Straße (Westen)"}),
        ("Peterstraße", {"Petersstraße"}),
        ("Evertstraße 9", {"Evertsstraße"}),
    ],
)
def test_a_street_that_is_not_sure_is_offered(text: str, names: set[str]) -> None:
    found = only(text)
    assert found.name is None
    assert set(found.alternatives) == names


def test_a_street_that_nobody_knows_stays_unknown() -> None:
    found = only("Kleinewefersstraße 12")
    assert (found.kind, found.name, found.alternatives) == ("street", None, ())
    assert (found.text, found.house_number) == ("Kleinewefersstraße", "12")


@pytest.mark.parametrize(
    "text",
    [
        "Wilhelm Ostwald",
        "auf dem Parkplatz 3",
        "der Wochenmarkt",
        "am Markt 3",
        "eine Einbahnstraße",
        "Straße 12",
        "auf der Straße",
        "an Hauptverkehrsstraßen",
        "Radweg 5",
        "Haus 12",
        "Spielplatz",
        "2 Hunde",
        "ein Ring",
        "Rathenau",
        "in diesem Jahr",
        "nach Bochum",
        "zum Fischen",
        "Opium",
        "das Amt",
        "Familienbuch",
        "Stammbuch",
        "Bürgerbüro kann das",
        "Bürgerbüro",
        "",
        "?!",
    ],
)
def test_words_that_resemble_a_place_are_none(text: str) -> None:
    assert FINDER.find(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("in fischeln", "Fischeln"),
        ("in ürdingen", "Uerdingen"),
        ("in Uerdigen", "Uerdingen"),
        ("in fischln", "Fischeln"),
        ("fischlen", "Fischeln"),
        ("huels", "Hüls"),
        ("in Hüls", "Hüls"),
        ("in oppumm", "Oppum"),
        ("bei uns in bokum", "Bockum"),
        ("Innenstadt", "Stadtmitte"),
        ("Lehmheide", "Dießem/Lehmheide"),
    ],
)
def test_a_district_is_found(text: str, name: str) -> None:
    found = only(text)
    assert (found.kind, found.name) == ("district", name)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Bürgerbüro Süd", "Bürgerbüro Süd"),
        ("buergerbuero sued", "Bürgerbüro Süd"),
        ("bürgerbüro ürdigen", "Bürgerbüro Uerdingen"),
        ("Bürgerbüro Nord-West", "Bürgerbüro Nord/West"),
        ("im Rathaus", "Rathaus Krefeld"),
        ("Rathaus Fischeln", "Bürgerbüro Fischeln"),
        ("Standesamd", "Standesamt"),
        ("zulasungsstelle", "Kfz-Zulassungsstelle"),
        ("Ausländeramt", "Ausländerbehörde"),
        ("ordnungamt", "Fachbereich Sicherheit und Ordnung"),
        ("das Ordnungsamt", "Fachbereich Sicherheit und Ordnung"),
        ("Stadtarchiv", "Stadtarchiv Krefeld"),
        ("the registry office", "Standesamt"),
        ("recyclinghof", "Wertstoffhof"),
    ],
)
def test_an_office_is_found_by_a_lay_name(text: str, start: str) -> None:
    found = only(text)
    assert found.kind == "office"
    assert (found.name or "").startswith(start)


def test_several_places_stand_where_they_are_said() -> None:
    text = "Von der Rheinstr. 5 in Stadtmitte zum Ostwal 7, Bürgerbüro Hüls"

    found = FINDER.find(text)

    assert [(text[m.start : m.end], m.name) for m in found] == [
        ("Rheinstr. 5", "Rheinstraße"),
        ("Stadtmitte", "Stadtmitte"),
        ("Ostwal 7", "Ostwall"),
        ("Bürgerbüro Hüls", "Bürgerbüro Hüls"),
    ]


def test_a_dot_that_ends_the_sentence_is_no_part_of_the_street() -> None:
    assert only("Ich wohne in der Rheinstraße.").text == "Rheinstraße"
    assert only("Ich wohne in der Rheinstr.").text == "Rheinstr."


def test_the_first_kind_wins_for_one_name() -> None:
    finder = PlaceFinder(
        [Place("district", "Elfrath", "Gartenstadt"), Place("street", "Elfrath", "X")]
    )
    assert [(m.kind, m.name) for m in finder.find("Elfrath")] == [
        ("district", "Gartenstadt")
    ]


def test_a_city_without_places_finds_nothing() -> None:
    assert PlaceFinder(()).find("Ostwall 12 in Fischeln") == []


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    for mention in FINDER.find(text):
        assert 0 <= mention.start < mention.end <= len(text)


@pytest.mark.parametrize("text", ["Ostwal " * 1000, "straße 1 " * 800, "ß" * 9000])
def test_a_pasted_letter_is_no_burden(text: str) -> None:
    began = clock.thread_time()
    FINDER.find(text)
    assert clock.thread_time() - began < 0.5


def test_a_message_takes_less_than_a_millisecond() -> None:
    text = (
        "Ich möchte meinen Hund anmelden, wohne ostwal 12 in Fischeln, wo muss ich hin?"
    )
    FINDER.find(text)
    took = []
    for _ in range(50):
        began = clock.thread_time()
        FINDER.find(text)
        took.append(clock.thread_time() - began)
    assert statistics.median(took) < 0.001
