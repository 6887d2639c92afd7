"""Entities of messages, in Rasa's form."""

from __future__ import annotations

import json
import statistics
import time as clock
from datetime import datetime
from typing import Any

import pytest
from rasa.nlu.utils.spacy_utils import SpacyModel
from rasa.shared.nlu.training_data.message import Message
from spacy.lang.de import German
from spacy.tokens import Doc

from kumpel.clock import fixed_clock
from kumpel.nlu.entity_extractor import CityEntityExtractor
from kumpel.places.finder import PlaceFinder
from kumpel.runtime.gazetteer import read_places
from kumpel.settings import PROJECT_ROOT

EXTRACTOR = CityEntityExtractor(
    CityEntityExtractor.get_default_config(),
    PlaceFinder(read_places(PROJECT_ROOT / "portal" / "seed")),
    fixed_clock(datetime(2026, 11, 23, 10, 15)),
)


def found_in(text: str) -> list[dict[str, Any]]:
    message = EXTRACTOR.process([Message({"text": text})])[0]
    found: list[dict[str, Any]] = message.get("entities")
    return found


def entities(text: str) -> list[tuple[str, object]]:
    return [(found["entity"], found["value"]) for found in found_in(text)]


def values(name: str, text: str) -> list[object]:
    return [value for entity, value in entities(text) if entity == name]


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("meine tochter ist 17, zahlt die genauso viel?", 17),
        ("Ich bin 82 und nicht mehr gut zu Fuß", 82),
        ("mein 6-jähriger Sohn", 6),
        ("Unser Sohn (6) hat kein Seepferdchen", 6),
        ("my daughter is 4 years old", 4),
        ("er wird 18 Jahre alt", 18),
        ("mein sohn is 17", 17),
        ("meine Oma ist dreiundneunzig", 93),
        ("ein 18jähriger", 18),
        ("siebzehnjährige Tochter", 17),
        ("Kind 15 J.", 15),
        ("ich bin erst sechzehn", 16),
        ("darf man mit 16 schon einen Perso haben", 16),
        ("13 Jahre alt", 13),
        ("Mein Sohn 7 Jahre, wir neu von Bulgarien", 7),
        ("Kind hat 6 Jahre", 6),
        ("I'm 30", 30),
        ("fuer meine 12 jaehrige", 12),
    ],
)
def test_an_age_is_read(text: str, age: int) -> None:
    assert values("age", text) == [age]


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("er wird nächste Woche 16", 16),
        ("mein Sohn wird im Mai 17", 17),
        ("Werd im Mai 16", 16),
        ("she turns 18", 18),
    ],
)
def test_an_age_to_come_is_marked(text: str, age: int) -> None:
    found = [each for each in found_in(text) if each["entity"] == "age"]
    assert [(each["value"], each["is_becoming"]) for each in found] == [(age, True)]


@pytest.mark.parametrize(
    "text",
    [
        "das ist 3 Wochen her",
        "er ist 12 Uhr da",
        "Hausnummer 17",
        "seit 1961",
        "ich bin 500 Jahre alt",
        "seit 17 Jahren",
        "vor 10 Jahren umgezogen",
        "seit 17 Jahre hier",
        "alle 10 Jahre",
        "10 Jahre gültig",
        "das ist 5 Euro zu teuer",
        "mit 2 Hunden",
        "es sind 3 Personen",
        "have driven for ten years",
        "mindestens zwei Jahre",
        "drei Jahre mit Berufsschule",
        "30 Jahre nicht gesehen",
        "sie ist im 7. Monat",
        "Ich bin am Fünfzehnten umgezogen",
        "mit 1.100 Euro Nachzahlung",
        "§ 17",
        "",
    ],
)
def test_other_numbers_are_no_age(text: str) -> None:
    assert values("age", text) == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("zwei Hunde", 2),
        ("2 hund", 2),
        ("wir haben drei kleine Hunde", 3),
        ("unser zweiter Hund", 2),
        ("für den 2. Hund", 2),
        ("Zweithund anmelden", 2),
        ("der Dritthund", 3),
        ("ich habe einen Hund", 1),
        ("I have two dogs", 2),
        ("4 Welpen", 4),
    ],
)
def test_dogs_are_counted(text: str, count: int) -> None:
    assert values("dog_count", text) == [count]


@pytest.mark.parametrize(
    "text",
    [
        "kein Hund",
        "Hundesteuer",
        "100 Hunde",
        "Hunderte",
        "Hundert Euro",
        "17 Hundebeutel",
    ],
)
def test_other_dogs_are_not_counted(text: str) -> None:
    assert values("dog_count", text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("mein auto abmelden", "Auto"),
        ("PKW", "Auto"),
        ("Autoanmeldung", "Auto"),
        ("Kfz-Schein verloren", "Auto"),
        ("Motorad anmelden", "Motorrad"),
        ("für meinen Anhaenger", "Anhänger"),
        ("wonmobil", "Wohnmobil"),
        ("E-Scooter", "E-Scooter"),
        ("e scooter liegt im weg", "E-Scooter"),
        ("40-Tonner LKW", "LKW"),
        ("Trecker", "Traktor"),
        ("Wohnwagen", "Wohnwagen"),
        ("my motorcycle", "Motorrad"),
    ],
)
def test_a_vehicle_is_named(text: str, kind: str) -> None:
    assert values("vehicle", text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Automat",
        "Autobahn",
        "Autor",
        "Autogramm",
        "Kinderwagen",
        "Anfänger",
        "Fahrzeit",
    ],
)
def test_other_words_are_no_vehicle(text: str) -> None:
    assert values("vehicle", text) == []


class CountingLanguage(German):
    """Counts the messages that it is asked to read."""

    asked = 0

    def __call__(self, *args: Any, **kwargs: Any) -> Doc:
        self.asked += 1
        return super().__call__(*args, **kwargs)


def pipeline(name: str, pattern: str) -> CountingLanguage:
    nlp = CountingLanguage()
    ruler = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    ruler.add_patterns([{"label": "DISTRICT", "pattern": pattern, "id": name}])
    return nlp


def entities_with(nlp: CountingLanguage, text: str) -> list[tuple[str, object]]:
    model = SpacyModel(nlp, "test")
    message = EXTRACTOR.process([Message({"text": text})], model)[0]
    return [(found["entity"], found["value"]) for found in message.get("entities")]


def test_a_place_that_only_the_pipeline_knows_is_named_canonically() -> None:
    nlp = pipeline("Atlantis", "stadt atlantis")

    assert entities_with(nlp, "und in der STADT Atlantis?") == [
        ("district", "Atlantis")
    ]


def test_what_both_find_is_one_entity() -> None:
    assert entities_with(pipeline("Hüls", "hüls"), "in hüls") == [("district", "Hüls")]


def test_the_pipeline_reads_only_what_may_name_a_place() -> None:
    nlp = pipeline("Atlantis", "stadt atlantis")

    assert entities_with(nlp, "was kostet das bei der stadt?") == []
    assert nlp.asked == 0

    assert entities_with(nlp, "atlantis") == []
    assert nlp.asked == 1


def test_a_pipeline_without_gazetteer_is_not_asked() -> None:
    nlp = CountingLanguage()

    assert entities_with(nlp, "was kostet das?") == []
    assert nlp.asked == 0


def test_a_street_comes_with_its_number() -> None:
    found = found_in("Schlagloch ostwal 12 a")[0]
    assert (found["entity"], found["value"]) == ("street", "Ostwall")
    assert found["house_number"] == "12 a"
    assert found["written"] == "ostwal"


def test_a_street_that_is_not_sure_has_no_value_but_alternatives() -> None:
    found = found_in("markstraße 9")[0]
    assert found["value"] is None
    assert found["alternatives"] == ["Marktstraße", "Parkstraße"]


def test_the_town_hall_of_a_district_is_no_office_of_its_own() -> None:
    assert entities("wo ist das rathaus in oppum") == [("district", "Oppum")]
    assert entities("wo ist das rathaus") == [("office", "Rathaus Krefeld")]


def test_a_time_carries_its_meaning() -> None:
    text = "Termin nächste woche dienstach nachmittag"

    time, day = found_in(text)

    assert (time["entity"], time["value"]) == (
        "time",
        "nächste woche dienstach nachmittag",
    )
    assert text[time["start"] : time["end"]] == time["value"]
    assert time["options"] == [
        {"first": "2026-12-01", "last": "2026-12-01", "start": "12:00", "end": "18:00"}
    ]
    assert (day["entity"], day["value"]) == ("day", "2026-12-01")


def test_an_ambiguous_time_has_no_day() -> None:
    found = found_in("nächsten Donnerstag")
    assert [each["entity"] for each in found] == ["time"]
    assert len(found[0]["options"]) == 2


def test_what_is_excluded_or_over_is_said() -> None:
    assert found_in("nicht montags")[0]["is_excluded"] is True
    assert found_in("am 4.8.26")[0]["problem"] == "past"


def test_a_house_number_is_no_time() -> None:
    assert values("time", "Ostwall 12 um 9") == ["um 9"]
    assert values("time", "am Ostwall 12") == []


def test_everything_in_one_message_is_found() -> None:
    found = entities(
        "ich brauch einen termin fuers auto naechsten dienstag nachmitag in fischeln, "
        "mein sohn ist 17 und wir haben zwei hunde, wohne koenigstr 5"
    )
    assert dict(found) == {
        "vehicle": "Auto",
        "time": "naechsten dienstag nachmitag",
        "day": "2026-12-01",
        "district": "Fischeln",
        "age": 17,
        "dog_count": 2,
        "street": "Königstraße",
    }


def test_entities_are_plain_json_for_rasa() -> None:
    found = found_in(
        "Dienstag oder 5.12. um halb drei, markstr 9, wird 16, nicht montags"
    )
    assert json.loads(json.dumps(found)) == found
    assert {each["extractor"] for each in found} == {"CityEntityExtractor"}
    assert all({"entity", "value", "start", "end"} <= set(each) for each in found)


def test_a_button_has_no_entities_of_its_own() -> None:
    message = EXTRACTOR.process([Message({"text": "/choose"})])[0]

    assert message.get("entities") is None


def test_a_message_takes_a_millisecond() -> None:
    text = (
        "ich brauch einen termin für den perso nächsten dienstag nachmittag in fischeln"
    )
    found_in(text)
    took = []
    for _ in range(50):
        began = clock.thread_time()
        found_in(text)
        took.append(clock.thread_time() - began)
    assert statistics.median(took) < 0.002
