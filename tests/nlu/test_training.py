"""Training again after a small change."""

import json
from pathlib import Path

import numpy as np
import pytest

from kumpel.nlu import training
from kumpel.nlu.linear_model import LinearModel
from kumpel.nlu.thresholds import Thresholds
from kumpel.nlu.training import train
from kumpel.nlu.understanding import Example, Tuning, Understander
from kumpel.nlu.warm_start import TOLERANCE

THINGS = {
    "hund": ["Hund", "Welpe", "Vierbeiner", "Dackel", "Terrier"],
    "auto": ["Auto", "Wagen", "Karre", "Kombi", "Anhänger"],
    "pass": ["Reisepass", "Ausweis", "Passbild", "Perso", "Dokument"],
    "haus": ["Haus", "Anbau", "Carport", "Garage", "Dachstuhl"],
}
VERBS = ["anmelden", "verloren", "was kostet das", "wo ist das", "brauche ich neu"]
EXAMPLES = [
    Example(f"{thing} {verb}", f"service/{label}", "fee" if "kost" in verb else "form")
    for label, things in THINGS.items()
    for thing in things
    for verb in VERBS
]
TUNING, LIMITS = Tuning(), Thresholds()
ADDED = [
    Example("Rüde läuft seit gestern bei uns", "service/hund", "form"),
    Example("Wuffi soll Steuer zahlen", "service/hund", "fee"),
]


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    folder = tmp_path / "memory"
    train(EXAMPLES, TUNING, LIMITS, folder)
    return folder


def best(understander: Understander, text: str) -> str:
    found = understander.understand(text).ranking.best.values()
    return max(found, key=lambda each: each.evidence).label


def column(understander: Understander, label: str) -> np.ndarray:
    return understander.labels.weights[:, understander.labels.labels.index(label)]


def test_the_same_utterances_give_the_same_model(memory: Path) -> None:
    first = train(EXAMPLES, TUNING, LIMITS)
    again = train(EXAMPLES, TUNING, LIMITS, memory)

    for each in EXAMPLES:
        # The memory keeps weights in 8 bits, as the model itself does.
        assert np.allclose(
            again.label_scores(each.text), first.label_scores(each.text), atol=0.03
        )


def test_an_added_utterance_is_understood_without_training_all(
    memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training.Vectorizer, "fit", None)
    again = train([*EXAMPLES, *ADDED], TUNING, LIMITS, memory)

    assert best(again, "Wuffi") == "service/hund"
    assert best(again, "Dackel anmelden") == "service/hund"


def test_labels_that_a_change_does_not_touch_keep_their_weights(
    memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Among a hundred utterances everything is near to everything.
    monkeypatch.setattr(training, "_TOUCHING_MARGIN", 0.0)
    before = train(EXAMPLES, TUNING, LIMITS, memory)
    after = train([*EXAMPLES, *ADDED], TUNING, LIMITS, memory)
    size = len(before.vectorizer.idf)

    kept = [
        label
        for label in before.labels.labels
        if np.array_equal(column(after, label)[:size], column(before, label))
    ]

    assert kept
    assert "service/hund" not in kept


def test_a_small_change_ends_near_a_training_from_scratch(memory: Path) -> None:
    changed = [*EXAMPLES[1:], *ADDED]
    refreshed = train(changed, TUNING, LIMITS, memory)
    from_scratch = train(changed, TUNING, LIMITS)

    texts = [each.text for each in changed]
    assert [best(refreshed, text) for text in texts] == [
        best(from_scratch, text) for text in texts
    ]


def test_margins_of_a_refreshed_model_are_those_of_one_from_scratch(
    memory: Path,
) -> None:
    changed = [*EXAMPLES[1:], *ADDED]
    refreshed = train(changed, TUNING, LIMITS, memory)

    # The document frequencies are those of the last training from scratch; on the
    # same rows nothing may differ but by the tolerance and by rounding to 8 bits.
    rows = refreshed.vectorizer.matrix([each.text for each in changed])
    labels = [each.label for each in changed]
    from_scratch = LinearModel.train(rows, labels, penalty=TUNING.penalty)
    margins, best_margins = (
        rows @ model.weights + model.bias for model in (refreshed.labels, from_scratch)
    )

    assert refreshed.labels.labels == from_scratch.labels
    assert np.abs(margins - best_margins).max() < 1.6 * TOLERANCE + 0.03
    assert (margins.argmax(axis=1) == best_margins.argmax(axis=1)).all()


def test_a_new_service_gets_a_label_and_a_deleted_one_loses_it(memory: Path) -> None:
    new = [Example(f"Kiosk {verb}", "service/kiosk", "form") for verb in VERBS[:3]]
    added = train([*EXAMPLES, *new], TUNING, LIMITS, memory)
    assert best(added, "Kiosk anmelden") == "service/kiosk"

    again = train(EXAMPLES, TUNING, LIMITS, memory)
    assert "service/kiosk" not in again.labels.labels


def test_a_moved_utterance_changes_both_services(memory: Path) -> None:
    text = "Garage anmelden"
    moved = [
        Example(e.text, "service/auto", e.aspect) if e.text == text else e
        for e in EXAMPLES
    ]
    before = train(EXAMPLES, TUNING, LIMITS, memory)
    after = train(moved, TUNING, LIMITS, memory)
    auto, house = (
        after.labels.labels.index(f"service/{name}") for name in ("auto", "haus")
    )

    gain = after.label_scores(text) - before.label_scores(text)
    assert gain[auto] > 0.2
    assert gain[house] < -0.2


def test_a_large_change_trains_all_and_becomes_the_new_memory(memory: Path) -> None:
    more = [
        Example(f"Baum {thing} {verb}", "service/baum", "form")
        for thing in THINGS["hund"]
        for verb in VERBS
    ]
    train([*EXAMPLES, *more], TUNING, LIMITS, memory)

    assert "Baum Hund anmelden" in (memory / "examples.json").read_text()


def test_a_refresh_leaves_the_memory_as_it_was(memory: Path) -> None:
    before = (memory / "examples.json").read_bytes()

    train([*EXAMPLES, *ADDED], TUNING, LIMITS, memory)

    assert (memory / "examples.json").read_bytes() == before


@pytest.mark.parametrize("name", ["examples.json", "rows.npz", "labels.npz"])
@pytest.mark.parametrize("content", [b"", b"half a fi"], ids=["cut", "other"])
def test_a_broken_memory_only_costs_time(
    memory: Path, name: str, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    whole = (memory / name).read_bytes()
    (memory / name).write_bytes(content or whole[: len(whole) // 2])

    again = train(EXAMPLES, TUNING, LIMITS, memory)

    assert best(again, "Dackel anmelden") == "service/hund"
    assert "unreadable" in caplog.text


def test_another_penalty_trains_all(memory: Path) -> None:
    train(EXAMPLES, Tuning(penalty=0.5), LIMITS, memory)

    assert '"penalty": 0.5' in (memory / "examples.json").read_text()


def test_what_asks_no_aspect_leaves_all_aspects_as_they_are(
    memory: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", training.__name__)
    added = [Example("Hund Auto Reisepass Haus anmelden", "greet", None)]

    train([*EXAMPLES, *added], TUNING, LIMITS, memory)

    assert "Training 0 of 2 labels on." in caplog.text


def test_names_of_services_train_no_aspect(
    memory: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", training.__name__)
    added = [Example("Hund Auto Reisepass", "service/hund", "overview")]

    train([*EXAMPLES, *added], TUNING, LIMITS, memory)

    assert "Training 0 of 2 labels on." in caplog.text


def test_what_is_usually_asked_is_learned_again_by_a_refresh(memory: Path) -> None:
    fees = [Example(f"Hund Preis {i}", "service/hund", "fee") for i in range(3)]
    before = train(EXAMPLES, TUNING, LIMITS, memory).aspects
    after = train([*EXAMPLES, *fees], TUNING, LIMITS, memory).aspects
    fee = before.linear.labels.index("fee")
    assert after.habits["hund"][fee] > before.habits["hund"][fee]


def test_rows_of_another_training_are_not_used(
    memory: Path, caplog: pytest.LogCaptureFixture
) -> None:
    kept = json.loads((memory / "examples.json").read_text())
    kept["examples"].pop()
    (memory / "examples.json").write_text(json.dumps(kept))
    train(EXAMPLES, TUNING, LIMITS, memory)
    assert "different trainings" in caplog.text
