"""What is understood of a message, before and after the decision; no Rasa in here."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from kumpel.nlu.aspects import AspectModel, AspectWeights
from kumpel.nlu.decision import (
    ASPECT,
    FALLBACK,
    OUT_OF_SCOPE,
    OVERVIEW,
    SERVICE_UNCLEAR,
    Decision,
    Summary,
    decide,
    decide_in_context,
    decide_on_danger,
    worth_offering,
)
from kumpel.nlu.features import Vectorizer
from kumpel.nlu.linear_model import Floats, LinearModel, softmax
from kumpel.nlu.ranking import MOST_SERVICES, SERVICE, Candidate, Ranker, Ranking
from kumpel.nlu.segments import correction, is_interjection, opening, requests
from kumpel.nlu.thresholds import Thresholds

_REMEMBERED_ROWS = 8
_MOST_ASPECTS = 3
_SHORTEST_REQUEST_IN_WORDS = 3
#: Margin at which a clause surely means what it is taken for.
_SURE_EVIDENCE = 0.2
_COURTESIES = frozenset(
    {"greet", "thanks", "compliment", "restart", "help", "language"}
)
_MOST_COURTESIES = 3
#: What a correction may be about; "nein danke" is none.
_MATTERS = frozenset({SERVICE, SERVICE_UNCLEAR, ASPECT, OUT_OF_SCOPE, FALLBACK})
#: What a correction may look like at first sight ("no I mean the renewal again").
_MAY_CORRECT = _MATTERS | {"deny", "none_of_these", "repeat"}
#: Least margin of any service in what corrects; "das ist alles" has less.
_NAMES_SOMETHING = -0.5
_LONGEST_NAME_IN_WORDS = 3
_NO_EVIDENCE = -1.0
_LIKELY_ASPECT = 0.5
#: Confidence from which the words of a correction name an aspect.
_CLEAR_ASPECT = 0.6


@dataclass(frozen=True)
class Example:
    """One training utterance."""

    text: str
    label: str
    """Full label such as ``service/personalausweis`` or ``greet``."""
    aspect: str | None
    """What it asks about the service, or None where that makes no sense."""


@dataclass(frozen=True)
class Tuning:
    """How the models are trained and how their scores become probabilities."""

    penalty: float = 1.0
    sharpness: float = 4.0
    aspect_sharpness: float = AspectWeights.sharpness
    aspect_habit: float = AspectWeights.habit
    overview_leaning: float = AspectWeights.overview
    second_aspect_confidence: float = 0.3
    part_confidence: float = 0.5

    @classmethod
    def from_config(cls, config: Mapping[str, Any]) -> Tuning:
        """Takes the tuning that a component's configuration names."""
        names = {each.name for each in fields(cls)}
        return cls(**{k: float(v) for k, v in config.items() if k in names})

    @property
    def aspect_weights(self) -> AspectWeights:
        """How to rank aspects."""
        return AspectWeights(
            self.aspect_sharpness, self.aspect_habit, self.overview_leaning
        )


@dataclass(frozen=True)
class Understanding:
    """Everything that one message says, ranked."""

    ranking: Ranking
    aspects: list[tuple[str, float]]
    """Aspects asked, the main one first, with confidence."""
    decision: Decision
    parts: list[dict[str, Any]] = field(default_factory=list)
    """Two requests for different services in one message, else empty."""
    words_ask: tuple[str, float] = (OVERVIEW, 1.0)
    """The aspect that the words alone speak for, with confidence."""
    choices: Sequence[Candidate] = ()
    """Services to name where it is asked back, the best first."""

    @property
    def services(self) -> Sequence[Candidate]:
        """The most probable services, the one that is meant first."""
        return self.ranking.services

    @property
    def evidence(self) -> float:
        """The greatest margin of any label."""
        margins = (each.evidence for each in self.ranking.best.values())
        return max(margins, default=_NO_EVIDENCE)


def is_mere_name(text: str) -> bool:
    """Says whether a text has no room for more than the name of a service."""
    return len(text.split()) <= _LONGEST_NAME_IN_WORDS


class Understander:
    """Names service, aspect and kind of talk of a message by two linear models."""

    def __init__(
        self,
        vectorizer: Vectorizer,
        labels: LinearModel,
        aspects: AspectModel,
        tuning: Tuning,
        limits: Thresholds,
    ) -> None:
        self.vectorizer = vectorizer
        # Whole messages and their parts are looked at several times in a row.
        self._row = lru_cache(_REMEMBERED_ROWS)(vectorizer.row)
        self._aspect_scores = lru_cache(_REMEMBERED_ROWS)(self.aspect_scores)
        self._ranker = Ranker(labels.labels)
        self._least_to_offer = np.array(
            [
                limits.sensitive_offer_evidence
                if label in limits.embarrassing_labels
                else -np.inf
                for label in labels.labels
            ]
        )
        self.labels = labels
        self.aspects = aspects
        self.tuning = tuning
        self.limits = limits

    def understand(
        self, text: str, topic: str | None = None, offered: Sequence[str] = ()
    ) -> Understanding:
        """Ranks all labels and aspects of a message and decides.

        Args:
            text: What the citizen wrote.
            topic: Slug of the service under discussion, or None.
            offered: Slugs of the choices that the last reply offered.
        """
        found = self._understand(self._without_courtesy(text), topic, offered)
        instead = correction(text) if topic else None
        if (
            topic is None
            or instead is None
            or found.decision.intent not in _MAY_CORRECT
        ):
            return found
        return self._corrected(instead, topic, offered) or found

    def _corrected(
        self, text: str, topic: str, offered: Sequence[str]
    ) -> Understanding | None:
        """Understands what somebody says instead; None where that says nothing new.

        What is asked about the topic is an aspect of it ("die Adresse"); all else is
        another service, though its name may be left out ("nein, abmelden").
        """
        found = self._understand(text, topic, offered)
        if found.decision.intent not in _MATTERS:
            return None
        likeliest = found.services[0]
        if found.decision.intent == SERVICE and likeliest.name != topic:
            return found
        aspect, confidence = found.words_ask
        if aspect != OVERVIEW and confidence >= _CLEAR_ASPECT:
            aspects = self._aspects(text, requests(text), None)
            return replace(
                found, aspects=aspects, decision=Decision(ASPECT, confidence)
            )
        others = [each for each in self.with_topic(text, topic) if each.name != topic]
        least = self.limits.follow_up_evidence
        if likeliest.evidence < _NAMES_SOMETHING or others[0].evidence < least:
            return None
        best = others[0]
        decision = Decision(SERVICE, best.confidence, service=best.name)
        aspects = self._aspects(text, requests(text), best.name)
        ranking = _with_first(found.ranking, best)
        return replace(found, ranking=ranking, aspects=aspects, decision=decision)

    def _understand(
        self, text: str, topic: str | None, offered: Sequence[str]
    ) -> Understanding:
        scores = self.label_scores(text)
        ranking = alone = self.rank(scores, self.tuning.sharpness)
        if topic or offered:
            expected = self.expecting(scores, topic, offered)
            ranking = self.rank(expected, self.tuning.sharpness)
        words_ask = self._ranked_aspects(text)[0]
        summary = Summary.of(
            ranking,
            len(text.split()),
            words_ask[0],
            self.with_topic(text, topic) if topic else (),
        )
        decision = decide_on_danger(alone, summary, self.limits) or (
            decide_in_context(summary, self.limits, topic)
            if topic
            else decide(summary, self.limits)
        )
        for each in ranking.services:
            if each.name == decision.service:
                ranking = _with_first(ranking, each)
        pieces = requests(text)
        service = ranking.services[0].name if decision.intent == SERVICE else None
        aspects = self._aspects(text, pieces, service)
        parts = self._parts(pieces) if len(pieces) > 1 else []
        choices = worth_offering(ranking.services, self.limits)
        return Understanding(ranking, aspects, decision, parts, words_ask, choices)

    def with_topic(self, text: str, topic: str) -> list[Candidate]:
        """Ranks the services for a message as if it named the topic, too.

        Args:
            text: What the citizen wrote.
            topic: Slug of the service under discussion.
        """
        scores = self.label_scores(f"{topic.replace('-', ' ')} {text}")
        kept = self._offered(scores)
        return self._ranker.services(softmax(scores, self.tuning.sharpness), kept)

    def main_aspect(self, text: str) -> str:
        """Names what the words of a message ask before all else."""
        return self._ranked_aspects(text)[0][0]

    def _without_courtesy(self, text: str) -> str:
        """Leaves "Danke," or "Andere Frage:" away where something follows."""
        for _ in range(_MOST_COURTESIES):
            clause, rest = opening(text)
            if len(rest.split()) < _SHORTEST_REQUEST_IN_WORDS or not clause:
                break
            if not is_interjection(clause):
                best = self._best(clause)
                if best.label not in _COURTESIES or best.evidence < _SURE_EVIDENCE:
                    break
            text = rest
        return text

    def _best(self, text: str) -> Candidate:
        scores = self.label_scores(text)
        top = int(scores.argmax())
        confidence = float(softmax(scores, self.tuning.sharpness)[top])
        return Candidate(self.labels.labels[top], confidence, float(scores[top]))

    def rank(self, scores: Floats, sharpness: float) -> Ranking:
        """Sums up what a message may mean.

        Sensitive services that hardly fit are left out, lest they be offered.

        Args:
            scores: 1-D array of shape (labels,) of margins.
            sharpness: Inverse temperature that turns margins into probabilities.
        """
        kept = self._offered(scores)
        confidences = softmax(scores, sharpness)
        confidences[kept == -np.inf] = 0
        return self._ranker.ranking(confidences, kept)

    def _offered(self, scores: Floats) -> Floats:
        """Returns the margins, minus infinity for what must not even be offered."""
        kept: Floats = np.where(scores < self._least_to_offer, -np.inf, scores)
        return kept

    def expecting(
        self, scores: Floats, topic: str | None, offered: Sequence[str] = ()
    ) -> Floats:
        """Raises the margins of services that a message is likely to be about.

        "Ich bin Klempner" after "Handwerkerparkausweis oder Bewohnerparkausweis?"
        says enough, though not by itself.

        Args:
            scores: 1-D array of shape (labels,).
            topic: Slug of the service under discussion, or None.
            offered: Slugs of the choices that the last reply offered.
        """
        if not topic and not offered:
            return scores
        bonus = {f"{SERVICE}/{slug}": self.limits.offer_bonus for slug in offered}
        if topic:
            bonus.setdefault(f"{SERVICE}/{topic}", self.limits.topic_bonus)
        gains = [bonus.get(label, 0.0) for label in self.labels.labels]
        raised: Floats = scores + np.array(gains, dtype=np.float32)
        return raised

    def label_scores(self, text: str) -> Floats:
        """Returns a 1-D array of shape (labels,): how much speaks for each label.

        The whole message is scored, however long: taking the best of its sentences
        or clauses found the service less often, because a short piece says little
        and says it loudly.
        """
        return self.labels.scores(self._row(text))

    def aspect_scores(self, text: str) -> Floats:
        """Returns a 1-D array of shape (aspects,): what the words speak for."""
        return self.aspects.linear.scores(self._row(text))

    def _aspects(
        self, text: str, pieces: Sequence[str], service: str | None
    ) -> list[tuple[str, float]]:
        ranked = self._ranked_aspects(text, service)
        least = self.tuning.second_aspect_confidence
        found = dict([ranked[0]] + [r for r in ranked[1:] if r[1] >= least])
        if len(pieces) > 1:
            for piece in pieces:
                aspect, confidence = self._ranked_aspects(piece)[0]
                if aspect != OVERVIEW and confidence >= 2 * least:
                    found.setdefault(aspect, confidence)
        return list(found.items())[:_MOST_ASPECTS]

    def _ranked_aspects(
        self, text: str, service: str | None = None
    ) -> list[tuple[str, float]]:
        """Ranks the aspects; a mere name ("Auto anmelden") asks for an overview.

        Unless something else is more likely than not ("Perso Kosten").
        """
        scores, weights = self._aspect_scores(text), self.tuning.aspect_weights
        ranked = self.aspects.ranked(scores, weights, service)
        if is_mere_name(text) and ranked[0][1] < _LIKELY_ASPECT:
            ranked.sort(key=lambda each: each[0] != OVERVIEW)
        return ranked

    def _parts(self, pieces: Sequence[str]) -> list[dict[str, Any]]:
        """Finds two requests for different services, each sure by itself."""
        parts: dict[str, dict[str, Any]] = {}
        for piece in pieces:
            best = self._best(piece)
            if (
                best.group == SERVICE
                and best.confidence >= self.tuning.part_confidence
                and best.evidence >= _SURE_EVIDENCE
                and len(piece.split()) >= _SHORTEST_REQUEST_IN_WORDS
            ):
                part = parts.setdefault(
                    best.name, {"text": piece, "service": best.name, "aspects": []}
                )
                asked = self._ranked_aspects(piece, best.name)
                part["aspects"].append(asked[0][0])
        return list(parts.values())[:2] if len(parts) > 1 else []

    def persist(self, folder: Path) -> None:
        """Writes vocabulary and weights as arrays and JSON."""
        self.labels.persist(folder, "labels")
        self.aspects.persist(folder)
        np.save(folder / "idf.npy", self.vectorizer.idf)
        words = json.dumps(self.vectorizer.features)
        (folder / "words.json").write_text(words)

    @classmethod
    def load(cls, folder: Path, tuning: Tuning, limits: Thresholds) -> Understander:
        """Reads what `persist` wrote; tuning and thresholds come from config.yml."""
        words = json.loads((folder / "words.json").read_text())
        vectorizer = Vectorizer(
            words,
            np.load(folder / "idf.npy", allow_pickle=False),
        )
        return cls(
            vectorizer,
            LinearModel.load(folder, "labels"),
            AspectModel.load(folder),
            tuning,
            limits,
        )


def _with_first(ranking: Ranking, service: Candidate) -> Ranking:
    others = [each for each in ranking.services if each.name != service.name]
    return replace(ranking, services=[service, *others][:MOST_SERVICES])
