from pathlib import Path

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.core.events import SlotSet
from rasa.shared.core.slots import AnySlot, TextSlot
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader
from rasa.shared.nlu.training_data.message import Message

from kumpel.nlu.understanding_classifier import UnderstandingClassifier

DATA = """
version: "3.1"
nlu:
- intent: service/hundesteuer-anmelden
  metadata: {aspect: overview}
  examples: |
    - Hund anmelden
    - wir haben einen Welpen
    - I want to register my dog
- intent: service/hundesteuer-anmelden
  metadata: {aspect: fee}
  examples: |
    - Was kostet die Hundesteuer?
    - wie teuer ist ein Hund im Jahr
- intent: service/kfz-abmeldung
  metadata: {aspect: overview}
  examples: |
    - Auto abmelden
    - Kfz stilllegen
    - deregister my car
- intent: aspect/fee
  examples: |
    - und was kostet das?
    - wie teuer ist das
- intent: greet
  examples: |
    - Guten Tag
    - Hallo
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> UnderstandingClassifier:
    folder: Path = tmp_path_factory.mktemp("model")
    storage, resource = LocalModelStorage.create(folder), Resource("understanding")
    context = ExecutionContext(GraphSchema({}), "test")
    config = {**UnderstandingClassifier.get_default_config(), "choice_evidence": -2}
    created = UnderstandingClassifier.create(config, storage, resource, context)
    created.train(RasaYAMLReader().reads(DATA))
    return UnderstandingClassifier.load(config, storage, resource, context)


def parsed(component: UnderstandingClassifier, text: str) -> Message:
    return component.process([Message({"text": text})])[0]


def test_the_intent_is_the_group_and_never_a_slug(
    loaded: UnderstandingClassifier,
) -> None:
    message = parsed(loaded, "ich will meinen hund anmelden")

    assert message.get("intent")["name"] in {"service", "service_unclear"}
    assert message.get("understanding")["services"][0]["slug"] == "hundesteuer-anmelden"


def test_the_metadata_of_a_block_labels_the_aspect(
    loaded: UnderstandingClassifier,
) -> None:
    message = parsed(loaded, "was kostet die hundesteuer")

    assert message.get("understanding")["aspects"][0]["aspect"] == "fee"


def test_english_is_named_as_an_entity(loaded: UnderstandingClassifier) -> None:
    message = parsed(loaded, "I want to register my dog here")

    languages = [
        entity["value"]
        for entity in message.get("entities")
        if entity["entity"] == "language"
    ]
    assert languages == ["en"]


def test_a_button_is_left_to_rasa(loaded: UnderstandingClassifier) -> None:
    message = parsed(loaded, '/choose{"service": "kfz-abmeldung"}')

    assert message.get("intent") is None


def test_an_open_dialogue_takes_all_messages(loaded: UnderstandingClassifier) -> None:
    slots = [AnySlot("dialogue", mappings=[]), TextSlot("service", mappings=[])]
    tracker = DialogueStateTracker("citizen", slots)
    messages = [Message({"text": "Guten Tag"})]
    assert loaded.process(messages, tracker)[0].get("intent")["name"] == "greet"

    tracker.update(SlotSet("dialogue", {"kind": "booking"}))
    message = loaded.process([Message({"text": "Guten Tag"})], tracker)[0]
    assert message.get("intent")["name"] == "in_dialogue"
    assert message.get("understanding")["intent"] == "greet"


def test_a_name_in_an_open_dialogue_changes_no_language(
    loaded: UnderstandingClassifier,
) -> None:
    tracker = DialogueStateTracker("citizen", [AnySlot("dialogue", mappings=[])])
    tracker.update(SlotSet("dialogue", {"kind": "booking"}))
    message = loaded.process([Message({"text": "Joyce The Smith"})], tracker)[0]
    assert not message.get("entities")


def test_v3_a_changed_helper_module_changes_the_fingerprint(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = UnderstandingClassifier.fingerprint_addon({})
    read = Path.read_bytes
    monkeypatch.setattr(
        Path,
        "read_bytes",
        lambda path: read(path) + (b"#" if path.name == "features.py" else b""),
    )

    assert UnderstandingClassifier.fingerprint_addon({}) != before


@pytest.mark.parametrize(
    ("text", "kind"),
    [("Где мне получить паспорт?", "ru"), ("Gdzie mogę odebrać dowód osobisty?", "pl")],
)
def test_a_language_that_is_not_understood_is_named_and_no_service(
    loaded: UnderstandingClassifier, text: str, kind: str
) -> None:
    message = parsed(loaded, text)

    assert message.get("intent")["name"] == "language"
    assert message.get("understanding")["kind"] == kind
    assert message.get("understanding")["services"] == []
    assert message.get("understanding")["language"] is None
