import pytest
import spacy
from rasa.shared.nlu.training_data.message import Message

from kumpel.nlu.entity_extractor import CityEntityExtractor

EXTRACTOR = CityEntityExtractor(CityEntityExtractor.get_default_config())


def entities(text: str, **more: object) -> list[tuple[str, object]]:
    message = EXTRACTOR.process([Message({"text": text, **more})])[0]
    return [(found["entity"], found["value"]) for found in message.get("entities")]


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("meine tochter ist 17, zahlt die genauso viel?", 17),
        ("Ich bin 82 und nicht mehr gut zu Fuß", 82),
        ("mein 6-jähriger Sohn", 6),
        ("Unser Sohn (6) hat kein Seepferdchen", 6),
        ("my daughter is 4 years old", 4),
        ("er wird 18 Jahre alt", 18),
    ],
)
def test_an_age_is_read(text: str, age: int) -> None:
    assert ("age", age) in entities(text)


@pytest.mark.parametrize(
    "text",
    [
        "das ist 3 Wochen her",
        "er ist 12 Uhr da",
        "Hausnummer 17",
        "seit 1961",
        "ich bin 500 Jahre alt",
        "",
    ],
)
def test_other_numbers_are_no_age(text: str) -> None:
    assert [found for found in entities(text) if found[0] == "age"] == []


def test_a_place_is_named_canonically() -> None:
    nlp = spacy.blank("de")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(
        [{"label": "DISTRICT", "pattern": "uerdingen", "id": "Uerdingen"}]
    )

    found = entities("und in uerdingen?", text_spacy_doc=nlp("und in uerdingen?"))

    assert found == [("district", "Uerdingen")]


def test_a_button_has_no_entities_of_its_own() -> None:
    message = EXTRACTOR.process([Message({"text": "/choose"})])[0]

    assert message.get("entities") is None
