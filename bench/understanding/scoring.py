"""Compares a contestant's answers with the labels."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from bench.understanding.serving import ANSWER, ASK_BACK
from kumpel.evaluation.input_files import OutOfScopeMessage, Question
from kumpel.evaluation.scoring import MOST_CHOICES

Answer = Mapping[str, Any]


def score(
    questions: Sequence[Question],
    messages: Sequence[OutOfScopeMessage],
    answers: Sequence[Answer],
) -> dict[str, Any]:
    """Scores the answers to all questions, and then to all messages out of scope.

    Args:
        questions: At least one.
        messages: At least one; no service answers them.
        answers: To the questions and then to the messages, in order.

    Returns:
        Shares of 1. ``accuracy``: the most probable service is acceptable, whether or
        not a threshold holds it back. ``direct``, ``asked_back``, ``wrong``,
        ``unanswered``: what follows with the thresholds; they add up to 1.
        ``false_answers``: messages out of scope that a service answers.
        ``latency_ms`` counts both files.
    """
    asked = answers[: len(questions)]
    refused = answers[len(questions) :]
    pairs = list(zip(questions, asked, strict=True))
    hits = [_names(question, each, 1) for question, each in pairs]
    by_style: defaultdict[str, list[bool]] = defaultdict(list)
    for question, hit in zip(questions, hits, strict=True):
        by_style[question.style].append(hit)
    outcomes = Counter(_outcome(q, each) for q, each in pairs)
    names = ("direct", "asked_back", "wrong", "unanswered")
    p50, p95 = np.percentile([each["milliseconds"] for each in answers], [50, 95])
    return {
        "n": len(questions),
        "accuracy": _share(hits),
        "by_style": {style: _share(by_style[style]) for style in sorted(by_style)},
        **{name: outcomes[name] / len(questions) for name in names},
        "n_out_of_scope": len(messages),
        "false_answers": _share([each["act"] == ANSWER for each in refused]),
        "latency_ms": {"p50": float(p50), "p95": float(p95)},
    }


def _outcome(question: Question, answer: Answer) -> str:
    if answer["act"] == ANSWER:
        return "direct" if _names(question, answer, 1) else "wrong"
    is_choice = answer["act"] == ASK_BACK and _names(question, answer, MOST_CHOICES)
    return "asked_back" if is_choice else "unanswered"


def _names(question: Question, answer: Answer, among: int) -> bool:
    return bool(set(answer["services"][:among]) & set(question.services))


def _share(hits: Sequence[bool]) -> float:
    return sum(hits) / len(hits)
