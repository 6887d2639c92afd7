"""The lines between answer, choices, refusal and fallback, as config.yml sets them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cached_property

from kumpel.nlu.ranking import SERVICE

_SLUGS = ("sensitive_services", "helping_services")


@dataclass(frozen=True)
class Thresholds:
    """Where the lines are drawn; fitted on development data."""

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
    emergency_evidence: float = -0.35
    """Least margin of an emergency, unless nothing else is likely at all."""
    emergency_lead: float = 0.3
    """How far it must lead all else that the words fit. Not fitted: "Ich will nicht
    mehr in Krefeld leben, wie melde ich mich ab?" leads by 0.24, as some real ones do.
    """
    choice_share: float = 0.05
    """Least probability of a further choice, as a share of the first one's, to be
    offered; or else its words fit (`bare_word_evidence`)."""
    short_message_gap: float = 0.5
    """Least distance of margins to the second service where a message has hardly any
    words: "Führerschein" or "ich brauche eine Urkunde" must ask back, "Was kostet ein
    Perso?" need not."""
    bare_word_evidence: float = -0.1
    """Least margin of a second service from which a single word asks back, whatever the
    distance: "Hund", "Müll", "Parkausweis" name several things."""
    follow_up_evidence: float = -0.55
    """Least margin of a service from which a question such as "Ich bin umgezogen, was
    muss ich mitbringen?" is about that service and no follow-up."""
    new_topic_evidence: float = -0.1
    """Least margin of another service from which a short message in a conversation
    about one changes the topic: "und am Elfrather See?" does not, "Sperrmüll" does."""

    topic_bonus: float = 0.1
    """What the margin of the service under discussion gains; 0 and 0.2 were worse."""
    offer_bonus: float = 0.3
    """What the margin of a service gains by having just been offered. Not fitted: no
    tuning file holds free answers to choices."""
    related_lead: float = 0.2
    """How far a related service must lead before the topic, where the message is read
    together with the topic's name. On the tuning file 0 to 0.3 are the same."""
    topic_lead: float = 0.7
    """How far the topic must lead, read likewise, for a follow-up that by itself
    looked like another service. On the tuning file 0.5 to 0.9 are the same."""
    leaving_evidence: float = -0.3
    """Least margin from which a short message in a conversation about a service is
    out of scope or not understood; below, it is a follow-up."""
    sensitive_evidence: float = -0.5
    """Least margin to answer a sensitive service at once; below, Kumpel asks."""
    sensitive_offer_evidence: float = -0.55
    """Least margin to name a sensitive service even among the choices, unless it
    helps in need."""
    sensitive_services: frozenset[str] = frozenset()
    """Slugs about death, violence, children in need, weapons and ruin."""

    helping_services: frozenset[str] = frozenset()
    """Slugs of those that help in need. They are offered on faint words, too: who has
    no bed tonight must not hear that nothing was understood. On the development set
    that names the right one 9 times, and 12 times there is one choice too many."""

    @cached_property
    def embarrassing_services(self) -> frozenset[str]:
        """Slugs of the services that already hurt where they are only offered amiss."""
        return self.sensitive_services - self.helping_services

    @cached_property
    def embarrassing_labels(self) -> frozenset[str]:
        """Full labels of those."""
        return frozenset(f"{SERVICE}/{slug}" for slug in self.embarrassing_services)

    @classmethod
    def from_config(cls, config: Mapping[str, object]) -> Thresholds:
        """Takes the thresholds that a component's configuration names."""
        names = {field.name for field in fields(cls)} - {*_SLUGS}
        numbers = {k: float(str(v)) for k, v in config.items() if k in names}
        sensitive, helping = (_slugs(config.get(name)) for name in _SLUGS)
        return cls(**numbers, sensitive_services=sensitive, helping_services=helping)


def _slugs(listed: object) -> frozenset[str]:
    return frozenset(listed if isinstance(listed, Iterable) else ())
