"""What the outcomes of development lines are worth, by which thresholds are fitted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kumpel.nlu.decision import (
    ASPECT,
    EMERGENCY,
    SERVICE_UNCLEAR,
    Summary,
    decide,
    decide_in_context,
    worth_offering,
)
from kumpel.nlu.linear_model import Floats
from kumpel.nlu.ranking import SERVICE, Candidate
from kumpel.nlu.thresholds import Thresholds

#: What an outcome is worth. A wrong answer undoes a right one: who believes it goes to
#: the wrong office. On the development set that asks back in 18 of 1,000 questions more
#: than -0.3 does, and answers 6 fewer wrongly.
_VALUE = {"direct": 1.0, "asked_back": 0.5, "lost": 0.0, "wrong": -1.0}
#: To answer about a death or a child in danger who asked about something else hurts.
_VALUE_WRONG_AND_SENSITIVE = -3.0
#: To be asked "Meinen Sie „Sterbefall“ …?" about a dead telephone line hurts, too.
_VALUE_OFFERED_AMISS = -1.0
#: A further choice must be read, and a far-fetched one is laughed at.
_VALUE_OF_READING = -0.02
#: A bare word that several services share must ask back, even if the guess is one.
_VALUE_OF_A_GUESS = 0.6
_VALUE_FALSE_ANSWER = -2.0
_VALUE_REFUSED = 0.7
#: Choices where nothing fits: "nichts davon" is one tap away.
_VALUE_ASKED_FOR_NOTHING = 0.4
_VALUE_EMERGENCY = 3.0


@dataclass(frozen=True)
class Line:
    """One line of a development file with its scores."""

    scores: Floats
    count_of_words: int
    main_aspect: str
    services: frozenset[str]
    """Acceptable slugs; empty where the line is out of scope."""
    is_emergency: bool
    topic: str | None = None
    """Slug of the service under discussion before this message."""
    with_topic: tuple[Candidate, ...] = ()
    """Services for the message as if it named the topic."""
    must_ask: bool = False
    """Several services share this bare word."""


def outcome(summary: Summary, line: Line, limits: Thresholds) -> str:
    """Names the outcome of a question as `kumpel evaluate questions` does."""
    if line.topic is None:
        decision = decide(summary, limits)
    else:
        decision = decide_in_context(summary, limits, line.topic)
    if decision.intent == ASPECT and line.topic:
        return "direct" if line.topic in line.services else "wrong"
    if decision.intent == SERVICE:
        answered = decision.service or summary.services[0].name
        return "direct" if answered in line.services else "wrong"
    if decision.intent == SERVICE_UNCLEAR:
        names = {service.name for service in worth_offering(summary.services, limits)}
        return "asked_back" if names & line.services else "lost"
    return "lost"


def _worth_of_question(summary: Summary, line: Line, limits: Thresholds) -> float:
    found = outcome(summary, line, limits)
    if line.must_ask and found in {"direct", "asked_back"}:
        return 1.0 if found == "asked_back" else _VALUE_OF_A_GUESS
    if found != "direct" and decide(summary, limits).intent == SERVICE_UNCLEAR:
        return _VALUE[found] + _worth_of_offers(summary, line, limits)
    if found == "wrong" and summary.services[0].name in limits.sensitive_services:
        return _VALUE_WRONG_AND_SENSITIVE
    return _VALUE[found]


def _worth_of_offers(summary: Summary, line: Line, limits: Thresholds) -> float:
    names = {service.name for service in worth_offering(summary.services, limits)}
    amiss = names & limits.embarrassing_services - line.services
    further = len(names) - 1
    return _VALUE_OFFERED_AMISS * len(amiss) + _VALUE_OF_READING * further


def worths(
    lines: Sequence[Line], summaries: Sequence[Summary], limits: Thresholds
) -> Floats:
    """Returns a 1-D array of shape (lines,): what each line's outcome is worth."""
    return np.array(
        [
            _worth_of_question(summary, line, limits)
            if line.services
            else _worth_out_of_scope(summary, line, limits)
            for line, summary in zip(lines, summaries, strict=True)
        ],
        dtype=np.float32,
    )


def _worth_out_of_scope(summary: Summary, line: Line, limits: Thresholds) -> float:
    intent = decide(summary, limits).intent
    if line.is_emergency and intent == EMERGENCY:
        return _VALUE_EMERGENCY
    if intent == SERVICE_UNCLEAR:
        asked = 0.0 if line.is_emergency else _VALUE_ASKED_FOR_NOTHING
        return asked + _worth_of_offers(summary, line, limits)
    if line.is_emergency:
        return 0.0
    return _VALUE_FALSE_ANSWER if intent in {SERVICE, EMERGENCY} else _VALUE_REFUSED


def is_clearly_better(tried: Floats, now: Floats) -> bool:
    """Tells whether a gain is greater than its standard error.

    Without that the fit went along ridges from one extreme to the other at each new
    training, and asked back in "Was kostet ein Perso?" for one question in 3,000.
    Source: the 1-SE rule of Breiman et al., Classification and Regression Trees, 1984.

    Args:
        tried: 1-D array of shape (lines,): what the outcomes would be worth.
        now: The same for the thresholds as they are.
    """
    gains = tried - now
    return float(gains.sum()) > float(np.sqrt(np.square(gains).sum()))
