"""Decides from probabilities whether to answer, to ask back, or to say no."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

SERVICE = "service"
SERVICE_UNCLEAR = "service_unclear"
ASPECT = "aspect"
EMERGENCY = "emergency"
OUT_OF_SCOPE = "out_of_scope"
FALLBACK = "nlu_fallback"

MOST_CHOICES = 3


@dataclass(frozen=True)
class Thresholds:
    """Where the lines are drawn; fitted on the development set, never by hand."""

    answer_confidence: float = 0.40
    """Least probability of a service to answer it at once."""
    answer_margin: float = 0.10
    """Least distance to the second service."""
    answer_evidence: float = -0.60
    """Least margin of the linear model; below, the words hardly fit anything."""
    choice_confidence: float = 0.30
    """Least joint probability of the best three services to offer them."""
    choice_evidence: float = -0.85
    """Least margin of the best service to offer choices at all."""
    refusal_confidence: float = 0.35
    """Least joint probability of all out-of-scope kinds to refuse."""
    dialogue_confidence: float = 0.35
    """Least probability of small talk, consent and the like."""
    emergency_confidence: float = 0.40
    """Least joint probability of all emergencies."""

    @classmethod
    def from_config(cls, config: Mapping[str, object]) -> Thresholds:
        """Takes the thresholds that a component's configuration names."""
        names = {field.name for field in fields(cls)}
        return cls(**{k: float(str(v)) for k, v in config.items() if k in names})


@dataclass(frozen=True)
class Candidate:
    """One fine label with its probability and the linear model's margin."""

    label: str
    """``service/<slug>``, ``aspect/<aspect>``, ``out_of_scope/<kind>``, ``greet`` …"""
    confidence: float
    evidence: float

    @property
    def group(self) -> str:
        """The part before the slash; a dialogue intent is a group of its own."""
        return self.label.split("/", 1)[0]

    @property
    def name(self) -> str:
        """The part after the slash: slug, aspect or kind."""
        return self.label.split("/", 1)[-1]


@dataclass(frozen=True)
class Decision:
    """What is to be done with a message."""

    intent: str
    confidence: float
    kind: str | None = None
    """Kind of the emergency or of the topic that is out of scope."""


def decide(candidates: Sequence[Candidate], limits: Thresholds) -> Decision:
    """Draws the line between answer, choices, refusal and fallback.

    Args:
        candidates: All labels, the most probable first.
        limits: The fitted thresholds.
    """
    mass: dict[str, float] = {}
    for candidate in candidates:
        group = candidate.group
        mass[group] = mass.get(group, 0.0) + candidate.confidence
    if mass.get(EMERGENCY, 0.0) >= limits.emergency_confidence:
        return _of_kind(EMERGENCY, candidates, mass[EMERGENCY])
    best = max(mass, key=lambda group: mass[group])
    if best == SERVICE:
        return _service(candidates, limits)
    if best == OUT_OF_SCOPE:
        if mass[best] >= limits.refusal_confidence:
            return _of_kind(OUT_OF_SCOPE, candidates, mass[best])
    elif mass[best] >= limits.dialogue_confidence:
        return Decision(best, mass[best])
    choices = _choices(candidates, limits)
    return choices or Decision(FALLBACK, 1 - mass[best])


def _of_kind(group: str, candidates: Sequence[Candidate], mass: float) -> Decision:
    kind = next(candidate.name for candidate in candidates if candidate.group == group)
    return Decision(group, mass, kind)


def _service(candidates: Sequence[Candidate], limits: Thresholds) -> Decision:
    best, *others = [c for c in candidates if c.group == SERVICE]
    margin = best.confidence - (others[0].confidence if others else 0.0)
    if (
        best.confidence >= limits.answer_confidence
        and margin >= limits.answer_margin
        and best.evidence >= limits.answer_evidence
    ):
        return Decision(SERVICE, best.confidence)
    return _choices(candidates, limits) or Decision(FALLBACK, 1 - best.confidence)


def _choices(candidates: Sequence[Candidate], limits: Thresholds) -> Decision | None:
    services = [c for c in candidates if c.group == SERVICE][:MOST_CHOICES]
    joint = sum(candidate.confidence for candidate in services)
    if (
        services
        and joint >= limits.choice_confidence
        and services[0].evidence >= limits.choice_evidence
    ):
        return Decision(SERVICE_UNCLEAR, joint)
    return None
