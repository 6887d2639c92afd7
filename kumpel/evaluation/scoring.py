"""Scores an assistant on questions, on messages out of scope, and on dialogues.

Each function makes the report of one command. Shares are not rounded.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias
from uuid import uuid4

import numpy as np

from kumpel.evaluation.conversation import (
    ANSWERED,
    ASKED_BACK,
    EMERGENCY,
    Assistant,
    Turn,
)
from kumpel.evaluation.input_files import (
    Dialogue,
    Expectation,
    OutOfScopeMessage,
    Question,
)

Report: TypeAlias = dict[str, Any]

DIRECT, WRONG, LOST = "direct", "wrong", "lost"
OUTCOMES = (DIRECT, ASKED_BACK, WRONG, LOST)
MOST_CHOICES = 3
KIND_OF_EMERGENCIES = "sensitive_emergency"


def outcome_of(question: Question, turn: Turn) -> str:
    """Names the outcome of a question.

    Returns:
        ``direct``: answered an acceptable service. ``asked_back``: offered at most
        three choices, an acceptable one among them. ``wrong``: answered a service that
        is not acceptable. ``lost``: anything else, such as an answer about an office
        without a service.
    """
    if turn.outcome == ANSWERED and turn.service is not None:
        return DIRECT if turn.service in question.services else WRONG
    if turn.outcome == ASKED_BACK and len(turn.choices) <= MOST_CHOICES:
        return ASKED_BACK if set(turn.choices) & set(question.services) else LOST
    return LOST


def score_questions(assistant: Assistant, questions: Iterable[Question]) -> Report:
    """Asks each question as the first message of a fresh conversation.

    In ``by_service`` a question counts for the first of its acceptable services, so
    that the counts add up to n. ``aspect_correct`` is a share of the direct ones.
    ``failures`` lists the wrong and the lost ones, with the slots after the message.

    Args:
        assistant: Who is asked.
        questions: At least one.
    """
    total: Counter[str] = Counter()
    by_style: defaultdict[str, Counter[str]] = defaultdict(Counter)
    by_service: defaultdict[str, Counter[str]] = defaultdict(Counter)
    aspects_correct = 0
    latencies_in_ms: list[float] = []
    failures: list[Report] = []
    # Conversations of their own, also where two files meet the same assistant.
    run = f"questions-{uuid4().hex}"
    for number, question in enumerate(questions, start=1):
        turn = assistant.ask(f"{run}-{number}", question.text)
        latencies_in_ms.append(turn.latency_in_ms)
        outcome = outcome_of(question, turn)
        for counter in (
            total,
            by_style[question.style],
            by_service[question.services[0]],
        ):
            counter[outcome] += 1
        if outcome == DIRECT:
            aspects_correct += turn.aspect in question.aspects
        elif outcome != ASKED_BACK:
            failures.append(_failed_question(question, turn))
    return {
        **_shares(total),
        "aspect_correct": _share(aspects_correct, total[DIRECT]),
        "by_style": {name: _shares(by_style[name]) for name in sorted(by_style)},
        "by_service": {name: _shares(by_service[name]) for name in sorted(by_service)},
        "latency_ms": _latency(latencies_in_ms),
        "failures": failures,
    }


def score_out_of_scope(
    assistant: Assistant, messages: Iterable[OutOfScopeMessage]
) -> Report:
    """Sends each message as the first one of a fresh conversation.

    An emergency is correct where the outcome says so and the reply has one of the
    wanted patterns. ``failures`` lists false answers and missed emergencies.

    Args:
        assistant: Who is asked.
        messages: At least one.
    """
    by_kind: defaultdict[str, Counter[str]] = defaultdict(Counter)
    correct = 0
    failures: list[Report] = []
    run = f"out-of-scope-{uuid4().hex}"
    for number, message in enumerate(messages, start=1):
        turn = assistant.ask(f"{run}-{number}", message.text)
        by_kind[message.kind]["n"] += 1
        by_kind[message.kind][str(turn.outcome)] += 1
        why = _why_out_of_scope_failed(message, turn)
        correct += message.kind == KIND_OF_EMERGENCIES and why is None
        if why is not None:
            failures.append(
                {
                    "text": message.text,
                    "kind": message.kind,
                    **_slots(turn),
                    "reply": turn.reply,
                    "why": why,
                }
            )
    total = sum(by_kind.values(), Counter[str]())
    emergencies = by_kind[KIND_OF_EMERGENCIES]["n"]
    return {
        **_refusals(total),
        "emergencies": {"n": emergencies, "correct": _share(correct, emergencies)},
        "by_kind": {
            kind: _refusals(by_kind[kind])
            for kind in sorted(by_kind)
            if by_kind[kind]["n"]
        },
        "failures": failures,
    }


def score_dialogues(assistant: Assistant, dialogues: Iterable[Dialogue]) -> Report:
    """Holds each dialogue in a conversation of its own.

    What is compared is the whole reply of the turn: all messages of the assistant,
    joined by line feeds, and then the titles of all buttons. A dialogue goes on after
    a failed turn; ``n``, ``passed``, ``turns`` and ``turns_passed`` are counts.

    Args:
        assistant: Who is talked to.
        dialogues: Any number.
    """
    counts = dict.fromkeys(("n", "passed", "turns", "turns_passed"), 0)
    failures: list[Report] = []
    for dialogue in dialogues:
        failed = hold_dialogue(assistant, dialogue)
        failures += failed
        counts["n"] += 1
        counts["passed"] += not failed
        counts["turns"] += len(dialogue.turns)
        counts["turns_passed"] += len(dialogue.turns) - len(failed)
    return {**counts, "failures": failures}


def hold_dialogue(assistant: Assistant, dialogue: Dialogue) -> list[Report]:
    """Holds one dialogue; returns its failed turns (see `score_dialogues`)."""
    failures = []
    name = f"dialogue-{dialogue.id}"
    answer = Turn()
    for number, turn in enumerate(dialogue.turns, start=1):
        if turn.minutes_later:
            assistant.wait(name, turn.minutes_later)
        text = _payload(answer, turn.user) if turn.is_press else turn.user
        answer = assistant.ask(name, text) if text else Turn()
        why = why_turn_failed(turn.expect, answer)
        if not text:
            why = f"keine Schaltfläche heißt so: {turn.user}"
        if why:
            failures.append(
                {
                    "id": dialogue.id,
                    "turn": number,
                    "user": turn.user,
                    "reply": answer.reply,
                    "why": why,
                }
            )
    return failures


def _payload(answer: Turn, title: str) -> str:
    """Returns what the first button with such a title sends; empty without one."""
    found = (b.payload for b in answer.buttons if b.title.startswith(title))
    return next(found, "")


def why_turn_failed(expect: Expectation, turn: Turn) -> str:
    """Says what is wrong with a turn; empty where it is as expected."""
    reasons = []
    if expect.service is not None and turn.service != expect.service:
        reasons.append(f"service ist {turn.service}, erwartet {expect.service}")
    if expect.aspects is not None and turn.aspect not in expect.aspects:
        wanted = " oder ".join(expect.aspects)
        reasons.append(f"aspect ist {turn.aspect}, erwartet {wanted}")
    if not _contains_any(expect.must_contain_any, turn.reply):
        wanted = " | ".join(pattern.pattern for pattern in expect.must_contain_any)
        reasons.append(f"keines davon steht in der Antwort: {wanted}")
    for pattern in expect.must_not:
        found = pattern.search(turn.reply)
        if found:
            reasons.append(f"unerwünscht: {found[0]!r} ({pattern.pattern})")
    return "; ".join(reasons)


def _why_out_of_scope_failed(message: OutOfScopeMessage, turn: Turn) -> str | None:
    if turn.outcome == ANSWERED:
        return "falsche Antwort: outcome ist answered"
    if message.kind != KIND_OF_EMERGENCIES:
        return None
    if turn.outcome != EMERGENCY:
        return f"Notfall nicht erkannt: outcome ist {turn.outcome}"
    if not _contains_any(message.must_contain_any, turn.reply):
        wanted = " | ".join(pattern.pattern for pattern in message.must_contain_any)
        return f"Notfall ohne die nötige Angabe: {wanted}"
    return None


def _contains_any(patterns: Sequence[re.Pattern[str]], reply: str) -> bool:
    return not patterns or any(pattern.search(reply) for pattern in patterns)


def _failed_question(question: Question, turn: Turn) -> Report:
    return {
        "text": question.text,
        "expected": {
            "service": list(question.services),
            "aspect": list(question.aspects),
        },
        **_slots(turn),
    }


def _slots(turn: Turn) -> Report:
    return {
        "service": turn.service,
        "aspect": turn.aspect,
        "outcome": turn.outcome,
        "choices": list(turn.choices),
    }


def _shares(counts: Mapping[str, int]) -> Report:
    n = sum(counts.values())
    shares = {name: _share(counts.get(name, 0), n) for name in OUTCOMES}
    return {"n": n, **shares}


def _refusals(counts: Mapping[str, int]) -> Report:
    n = counts.get("n", 0)
    return {
        "n": n,
        "false_answers": _share(counts.get(ANSWERED, 0), n),
        "asked_back": _share(counts.get(ASKED_BACK, 0), n),
    }


def _share(count: int, n: int) -> float:
    return count / n if n else 0.0


def _latency(latencies_in_ms: Sequence[float]) -> Report:
    if not latencies_in_ms:
        return {"p50": 0.0, "p95": 0.0}
    p50, p95 = np.percentile(latencies_in_ms, [50, 95])
    return {"p50": float(p50), "p95": float(p95)}
