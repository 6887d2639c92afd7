"""Measures the model on what it was not trained on, and that this is so."""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from kumpel.evaluation.conversation import Assistant
from kumpel.evaluation.input_files import (
    known_services,
    read_out_of_scope,
    read_questions,
)
from kumpel.evaluation.scoring import score_out_of_scope, score_questions
from kumpel.nlu.decision import EMERGENCY
from kumpel.nlu.understanding import Understander
from kumpel.quality.product import product_understander
from kumpel.runtime.model import newest_model
from kumpel.settings import PROJECT_ROOT
from kumpel.text.fold import fold

HELDOUT = PROJECT_ROOT / "tests" / "heldout"
#: Each test set by other authors, and how many questions it has at least; nobody has
#: looked at the questions of the second.
QUESTIONS = {"test_questions.jsonl": 800, "test_questions_2.jsonl": 500}
OUT_OF_SCOPE = ("test_out_of_scope.jsonl", "test_out_of_scope_2.jsonl")

LEAST_DIRECT = 0.88
LEAST_DIRECT_OR_ASKED_BACK = 0.95
MOST_WRONG = 0.04
LEAST_EMERGENCIES = 1.0
#: The development sets hold many that are wrapped into an everyday matter.
LEAST_DEVELOPMENT_EMERGENCIES = 0.85
MOST_FALSE_ANSWERS = 0.04
LEAST_ASPECT = 0.85
#: Above this overlap two lines are the same one with a word changed.
_NEAR = 0.9
_SHORTEST_NEAR_IN_WORDS = 5


@pytest.fixture(scope="module")
def understander() -> Understander:
    model = newest_model()
    assert model is not None, "There is no model yet: run make train."
    return product_understander(model)


@pytest.mark.model
@pytest.mark.parametrize(("name", "least"), QUESTIONS.items())
def test_held_out_questions_are_answered(
    assistant: Assistant, name: str, least: int
) -> None:
    questions = read_questions(HELDOUT / name, known_services())
    assert len(questions) >= least

    report = score_questions(assistant, questions)

    shares = {key: report[key] for key in ("direct", "asked_back", "wrong", "lost")}
    assert report["direct"] >= LEAST_DIRECT, shares
    assert report["direct"] + report["asked_back"] >= LEAST_DIRECT_OR_ASKED_BACK, shares
    assert report["wrong"] <= MOST_WRONG, shares
    assert report["aspect_correct"] >= LEAST_ASPECT


@pytest.mark.model
@pytest.mark.parametrize("name", OUT_OF_SCOPE)
def test_held_out_messages_out_of_scope_are_not_answered(
    assistant: Assistant, name: str
) -> None:
    report = score_out_of_scope(assistant, read_out_of_scope(HELDOUT / name))

    # Not the texts: who trains must not read them, not even here.
    failed = Counter((each["kind"], each["outcome"]) for each in report["failures"])
    assert report["emergencies"]["n"] > 0
    assert report["emergencies"]["correct"] >= LEAST_EMERGENCIES, failed
    assert report["false_answers"] <= MOST_FALSE_ANSWERS, failed


@pytest.mark.model
@pytest.mark.parametrize("topic", ["personalausweis", "jugendamt", "strassenschaden"])
def test_emergencies_are_met_in_the_middle_of_a_topic(
    understander: Understander, topic: str
) -> None:
    emergencies = [
        message.text
        for path in HELDOUT.glob("dev_out_of_scope*.jsonl")
        for message in read_out_of_scope(path)
        if message.kind == "sensitive_emergency"
    ]

    met = [
        text
        for text in emergencies
        if understander.understand(text).decision.intent == EMERGENCY
    ]
    missed = [
        text
        for text in met
        if understander.understand(text, topic, [topic]).decision.intent != EMERGENCY
    ]

    assert len(met) >= LEAST_DEVELOPMENT_EMERGENCIES * len(emergencies)
    assert not missed


def test_no_held_out_line_stands_in_the_training_data() -> None:
    from rasa.shared.nlu.training_data.loading import load_data

    examples = load_data(str(PROJECT_ROOT / "data" / "nlu")).intent_examples
    trained = {fold(example.get("text")) for example in examples}
    index = NearIndex(trained)

    known = [
        place
        for place, text in heldout_lines()
        if fold(text) in trained or index.has_near(fold(text))
    ]

    # Only their places: who trains must not read them, not even here.
    assert not known, f"{len(known)} lines: {', '.join(known)}"


def test_what_was_tuned_on_is_not_what_is_measured() -> None:
    tuned = {fold(text) for place, text in heldout_lines() if place.startswith("dev")}
    index = NearIndex(tuned)

    known = [
        place
        for place, text in heldout_lines()
        if place.startswith("test")
        and (fold(text) in tuned or index.has_near(fold(text)))
    ]

    # Only their places: who trains must not read them, not even here.
    assert not known, f"{len(known)} lines: {', '.join(known)}"


def heldout_lines() -> Iterator[tuple[str, str]]:
    """Yields place and text of all lines that have words at all."""
    for path in sorted(HELDOUT.glob("*.jsonl")):
        for number, line in enumerate(path.read_text().splitlines(), start=1):
            text = json.loads(line)["text"]
            if fold(text):
                yield f"{path.name}:{number}", text


class NearIndex:
    """Finds texts that share nearly all words (Jaccard) without comparing all pairs.

    Of two sets whose overlap is at least t, the rarest `n - ceil(t * n) + 1` words of
    the one with n words hold at least one word of the other (prefix filter).
    """

    def __init__(self, folded_texts: Iterable[str]) -> None:
        self._by_word: defaultdict[str, list[frozenset[str]]] = defaultdict(list)
        for text in folded_texts:
            words = frozenset(text.split())
            if len(words) >= _SHORTEST_NEAR_IN_WORDS - 1:
                for word in words:
                    self._by_word[word].append(words)
        self._counts = Counter({w: len(sets) for w, sets in self._by_word.items()})

    def has_near(self, folded: str) -> bool:
        words = frozenset(folded.split())
        if len(folded.split()) < _SHORTEST_NEAR_IN_WORDS:
            return False
        rarest = sorted(words, key=lambda word: (self._counts[word], word))
        prefix = rarest[: len(words) - math.ceil(_NEAR * len(words)) + 1]
        return any(
            len(words & other) / len(words | other) >= _NEAR
            for word in prefix
            for other in self._by_word.get(word, ())
        )


@pytest.mark.parametrize(
    ("text", "is_near"),
    [
        ("was kostet ein neuer ausweis", True),
        ("ein neuer ausweis was kostet", True),
        ("was kostet ein neuer pass", False),
        ("kostet ein ausweis", False),
        ("wo kann ich in krefeld heute noch einen hund anmelden bitte", True),
        ("wo kann ich in krefeld heute noch eine katze anmelden", False),
    ],
)
def test_near_duplicates_are_found(text: str, is_near: bool) -> None:
    index = NearIndex(
        [
            "was kostet ein neuer ausweis",
            "wo kann ich in krefeld heute noch einen hund anmelden",
        ]
    )

    assert index.has_near(text) is is_near


def test_the_files_exist_where_the_tests_look_for_them() -> None:
    there = {path.name for path in Path(HELDOUT).glob("test_*.jsonl")}
    assert there == {*QUESTIONS, *OUT_OF_SCOPE}
