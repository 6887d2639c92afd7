"""Asks an assistant everything and keeps what the report shows.

The outcomes are those of `kumpel evaluate`, by the same code.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from kumpel.evaluation.conversation import ASKED_BACK, Assistant, Turn
from kumpel.evaluation.input_files import Dialogue, OutOfScopeMessage, Question
from kumpel.evaluation.scoring import (
    DIRECT,
    LOST,
    WRONG,
    Report,
    outcome_of,
    score_dialogues,
    score_out_of_scope,
    score_questions,
)
from kumpel.nlu.ranking import Candidate
from kumpel.quality.calibration import Guess

Progress = Callable[[Sequence[Any], str], Iterable[Any]]


class Understands(Protocol):
    """The part of the understanding that the calibration looks at."""

    def understand(self, text: str) -> Any:
        """Returns something with `services`, the most probable first."""
        ...


@dataclass(frozen=True)
class Inputs:
    """What is asked."""

    questions: Sequence[Question]
    out_of_scope: Sequence[OutOfScopeMessage]
    dialogues: Sequence[Dialogue]


@dataclass(frozen=True)
class Asked:
    """A question with what came."""

    question: Question
    turn: Turn
    outcome: str

    @property
    def service(self) -> str:
        """The best of the acceptable services."""
        return self.question.services[0]


class Confusion(NamedTuple):
    """Something that was taken for something else."""

    expected: str
    came: str
    number: int
    example: str


@dataclass(frozen=True)
class Measurement:
    """Everything that was found out."""

    questions: Report
    """As `kumpel evaluate questions` reports it."""
    out_of_scope: Report
    """As `kumpel evaluate out-of-scope` reports it; empty where nothing was asked."""
    dialogues: Report
    """As `kumpel evaluate dialogues` reports it; empty where none was held."""
    asked: Sequence[Asked]
    guesses: Sequence[Guess]


class _Recorder:
    """Passes messages on and keeps the answers."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self.turns: list[Turn] = []

    def ask(self, conversation: str, text: str) -> Turn:
        turn = self._assistant.ask(conversation, text)
        self.turns.append(turn)
        return turn

    def wait(self, conversation: str, minutes: int) -> None:
        self._assistant.wait(conversation, minutes)


def measure(
    assistant: Assistant, understands: Understands, inputs: Inputs, progress: Progress
) -> Measurement:
    """Asks everything.

    Args:
        assistant: Who answers.
        understands: The understanding of the same model.
        inputs: At least one question.
        progress: Wraps a sequence under a name, for a progress bar.
    """
    recorder = _Recorder(assistant)
    questions = score_questions(recorder, progress(inputs.questions, "Fragen"))
    asked = [
        Asked(question, turn, outcome_of(question, turn))
        for question, turn in zip(inputs.questions, recorder.turns, strict=True)
    ]
    guesses = [
        guess
        for question in progress(inputs.questions, "Sicherheit")
        for guess in _guess(question, understands.understand(question.text).services)
    ]
    out_of_scope: Report = {}
    if inputs.out_of_scope:
        messages = progress(inputs.out_of_scope, "Anderes")
        out_of_scope = score_out_of_scope(assistant, messages)
    dialogues: Report = {}
    if inputs.dialogues:
        held = progress(inputs.dialogues, "Gespräche")
        dialogues = score_dialogues(assistant, held)
    return Measurement(questions, out_of_scope, dialogues, asked, guesses)


def _guess(question: Question, services: Sequence[Candidate]) -> Iterable[Guess]:
    for best in services[:1]:
        yield Guess(best.confidence, best.name in question.services)


def by_category(asked: Iterable[Asked], categories: Mapping[str, str]) -> Report:
    """Returns counts of outcomes by the category of the expected service."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for each in asked:
        counts[categories[each.service]][each.outcome] += 1
    return {name: dict(counts[name]) for name in sorted(counts)}


def category_matrix(
    asked: Iterable[Asked], categories: Mapping[str, str]
) -> dict[tuple[str, str], int]:
    """Counts expected category against what came.

    What came is the category of the service that was answered, or ``asked_back`` or
    ``lost``. A wrong answer within a category lies on the diagonal like a right one:
    the table of services shows those.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for each in asked:
        came = each.outcome
        if came == DIRECT:
            # Also where a second acceptable service of another category came.
            came = categories[each.service]
        elif came == WRONG:
            came = categories.get(str(each.turn.service), LOST)
        counts[categories[each.service], came] += 1
    return dict(counts)


def confused_services(asked: Iterable[Asked]) -> list[Confusion]:
    """Names wrong answers by pair of services, the most frequent first."""
    return _confusions(
        (each.service, str(each.turn.service), each.question.text)
        for each in asked
        if each.outcome == WRONG
    )


def confused_aspects(asked: Iterable[Asked]) -> list[Confusion]:
    """Names aspects answered instead of the one asked, the most frequent first."""
    return _confusions(
        (each.question.aspects[0], str(each.turn.aspect), each.question.text)
        for each in asked
        if each.outcome == DIRECT and each.turn.aspect not in each.question.aspects
    )


def by_aspect(asked: Iterable[Asked]) -> Report:
    """Returns n and the share of right aspects, of the questions answered directly."""
    right: defaultdict[str, list[bool]] = defaultdict(list)
    for each in asked:
        if each.outcome == DIRECT:
            is_right = each.turn.aspect in each.question.aspects
            right[each.question.aspects[0]].append(is_right)
    return {
        name: {"n": len(right[name]), "right": sum(right[name]) / len(right[name])}
        for name in sorted(right)
    }


def failures_by_service(asked: Iterable[Asked]) -> list[tuple[str, int, list[Asked]]]:
    """Names services with wrong or lost questions, the worst first.

    Returns:
        Slug, number of its questions, and those that failed.
    """
    counts: Counter[str] = Counter()
    failed: defaultdict[str, list[Asked]] = defaultdict(list)
    for each in asked:
        counts[each.service] += 1
        if each.outcome not in {DIRECT, ASKED_BACK}:
            failed[each.service].append(each)
    found = [(slug, counts[slug], failures) for slug, failures in failed.items()]
    # By number, then by share: of 2 failed the one with fewer questions is worse.
    return sorted(found, key=lambda each: (-len(each[2]), each[1], each[0]))


def _confusions(found: Iterable[tuple[str, str, str]]) -> list[Confusion]:
    examples: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for expected, came, text in found:
        examples[expected, came].append(text)
    confusions = [
        Confusion(*pair, len(texts), texts[0]) for pair, texts in examples.items()
    ]
    return sorted(confusions, key=lambda each: (-each.number, each[:2]))
