from pathlib import Path

import pytest

from kumpel.nlu.thresholds import Thresholds
from kumpel.nlu.training import train
from kumpel.nlu.understanding import Example, Tuning, Understander

DOG, CAR = "service/hundesteuer-anmelden", "service/kfz-abmeldung"
DOG_SLUG = "hundesteuer-anmelden"
EXAMPLES = [
    Example("Ich möchte meinen Hund anmelden", DOG, "overview"),
    Example("Hundesteuer anmelden", DOG, "overview"),
    Example("wir haben einen Welpen bekommen", DOG, "overview"),
    Example("Was kostet die Hundesteuer?", DOG, "fee"),
    Example("wie teuer ist die Hundemarke", DOG, "fee"),
    Example("mein Auto abmelden", CAR, "overview"),
    Example("Kfz stilllegen", CAR, "overview"),
    Example("der Wagen kommt auf den Schrott", CAR, "overview"),
    Example("Was kostet es, ein Auto abzumelden?", CAR, "fee"),
    Example("wann hat die Zulassungsstelle offen", CAR, "opening_hours"),
    Example("wann habt ihr offen für die Abmeldung", CAR, "opening_hours"),
    Example("und was kostet das?", "aspect/fee", "fee"),
    Example("hallo", "greet", None),
    Example("guten tag", "greet", None),
]
LIMITS = Thresholds(
    answer_confidence=0.5,
    answer_margin=0.1,
    answer_evidence=-1,
    choice_confidence=0.2,
    choice_evidence=-2,
)


@pytest.fixture(scope="module")
def understander() -> Understander:
    return train(EXAMPLES, Tuning(sharpness=6.0), LIMITS)


def test_a_typo_does_not_hide_the_service(understander: Understander) -> None:
    found = understander.understand("hunde steur anmeldn")

    assert found.services[0].name == "hundesteuer-anmelden"


def test_the_aspect_is_named_apart_from_the_service(understander: Understander) -> None:
    found = understander.understand("was kostet die abmeldung vom auto")

    assert found.services[0].name == "kfz-abmeldung"
    assert found.aspects[0][0] == "fee"


def test_a_follow_up_without_a_service_is_an_aspect(understander: Understander) -> None:
    found = understander.understand("und was kostet das?")

    assert found.decision.intent == "aspect"
    assert found.aspects[0][0] == "fee"


def test_two_requests_in_one_message_become_parts(understander: Understander) -> None:
    found = understander.understand(
        "Ich möchte meinen Hund anmelden. Und mein Auto abmelden."
    )

    assert [part["service"] for part in found.parts] == [
        "hundesteuer-anmelden",
        "kfz-abmeldung",
    ]


def test_one_request_has_no_parts(understander: Understander) -> None:
    assert understander.understand("Hundesteuer anmelden").parts == []


@pytest.mark.parametrize("text", ["", "   ", "🙂", "\u200b", "x" * 5000])
def test_no_text_breaks_it(understander: Understander, text: str) -> None:
    assert understander.understand(text).decision.intent


def test_a_stored_model_says_the_same(
    understander: Understander, tmp_path: Path
) -> None:
    understander.persist(tmp_path)
    loaded = Understander.load(tmp_path, understander.tuning, understander.limits)

    before = understander.understand("was kostet die hundesteuer")
    after = loaded.understand("was kostet die hundesteuer")

    assert after.decision.intent == before.decision.intent
    assert after.services[0].name == before.services[0].name
    assert abs(after.services[0].confidence - before.services[0].confidence) < 0.01


def test_the_stored_model_holds_no_pickle(
    understander: Understander, tmp_path: Path
) -> None:
    understander.persist(tmp_path)

    assert {path.suffix for path in tmp_path.iterdir()} == {".npz", ".npy", ".json"}


def test_a_correction_that_names_an_aspect_stays_with_the_service(
    understander: Understander,
) -> None:
    found = understander.understand("nein, ich meinte nur was es kostet", DOG_SLUG)

    assert found.decision.intent == "aspect"
    assert found.aspects[0][0] == "fee"


def test_a_correction_that_names_what_to_do_leaves_the_service(
    understander: Understander,
) -> None:
    found = understander.understand("nein, abmelden", DOG_SLUG)

    assert (found.decision.intent, found.services[0].name) == (
        "service",
        "kfz-abmeldung",
    )


def test_a_mere_name_asks_for_an_overview_unless_more_is_likely() -> None:
    unsure = train(EXAMPLES, Tuning(aspect_sharpness=0.1), LIMITS)
    sure = train(EXAMPLES, Tuning(aspect_sharpness=9.0), LIMITS)

    assert unsure.main_aspect("Hundesteuer kosten") == "overview"
    assert sure.main_aspect("Hundesteuer kosten") == "fee"
    # More words are no mere name.
    assert unsure.main_aspect("was wird die Hundemarke denn kosten") == "fee"


HABITS = [
    *EXAMPLES,
    *(
        Example(f"wann fährt die Müllabfuhr {i}", "service/abfall", "deadline")
        for i in range(9)
    ),
    Example("die Müllabfuhr ist da", "service/abfall", "overview"),
    Example("was kostet das denn", "aspect/fee", "fee"),
]


def test_what_is_usually_asked_counts_where_a_service_is_named() -> None:
    strong, none = (Tuning(aspect_habit=habit, overview_leaning=0) for habit in (30, 0))
    text = "die Müllabfuhr ist da"
    assert train(HABITS, none, LIMITS).understand(text).aspects[0][0] == "overview"
    found = train(HABITS, strong, LIMITS).understand(text)
    assert found.decision.intent == "service"
    assert found.aspects[0][0] == "deadline"
    assert found.words_ask[0] == "overview"


def test_a_follow_up_is_asked_by_its_words_alone() -> None:
    strong = train(HABITS, Tuning(aspect_habit=9, sharpness=6.0), LIMITS)
    found = strong.understand("und was kostet das?", topic="abfall")
    assert found.decision.intent == "aspect"
    assert found.aspects[0][0] == "fee"
