"""Decides from probabilities whether to answer, to ask back, or to say no."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kumpel.nlu.ranking import SERVICE, Candidate, Ranking
from kumpel.nlu.thresholds import Thresholds

SERVICE_UNCLEAR = "service_unclear"
ASPECT = "aspect"
EMERGENCY = "emergency"
OUT_OF_SCOPE = "out_of_scope"
FALLBACK = "nlu_fallback"
OVERVIEW = "overview"

MOST_CHOICES = 3
_LONGEST_FOLLOW_UP_IN_WORDS = 8
#: The one kind of emergency in which nobody is in danger.
_NO_DANGER = "doctor"
#: Joint probability from which an emergency may be as faint as below.
_NOTHING_ELSE_IS_LIKELY = 0.95
#: No emergency of the development set has so little; "meine Tochter ist 15" has.
_FAINTEST_EMERGENCY = -0.5
#: "nochmal von vorne bitte" has more, "sind zwei Stück" (of dogs) is no choice.
_FAINTEST_SMALL_TALK = -0.2
#: Above, a message stands for itself.
_LONGEST_DETAIL_IN_WORDS = 10
#: Margin from which a message says by itself what it is about.
_OWN_EVIDENCE = 0.45
#: Margin from which the words name a service or a kind of emergency.
_NAMED = 0.0
_NOTHING_SPEAKS_FOR_IT = -1.0
#: What may be a follow-up though it looked like something else.
_UNSURE = frozenset({SERVICE, SERVICE_UNCLEAR, OUT_OF_SCOPE, FALLBACK})
_BARE_IN_WORDS = 2
_SMALLEST_MASS = 1e-9
_SHORT_IN_WORDS = 4


@dataclass(frozen=True)
class Decision:
    """What is to be done with a message."""

    intent: str
    confidence: float
    kind: str | None = None
    """Kind of the emergency or of the topic that is out of scope."""
    service: str | None = None
    """Slug of the service that is meant, where that is not the most probable one."""
    may_be_emergency: bool = False
    """Too little was understood to call it one, and too much to say nothing of it."""


@dataclass(frozen=True)
class Summary:
    """What the decision looks at of all candidates."""

    mass: Mapping[str, float]
    """Joint probability of each group."""
    best: Mapping[str, Candidate]
    """Most probable candidate of each group."""
    services: Sequence[Candidate]
    """The most probable services, at most three, the best first."""
    count_of_words: int
    main_aspect: str
    """What is asked about the service; ``overview`` where nothing is."""
    with_topic: Sequence[Candidate] = ()
    """Services that the message would be about if it named the topic, the best first:
    "kita anmeldung und was müssen wir da zahlen?"."""

    @classmethod
    def of(
        cls,
        ranking: Ranking,
        count_of_words: int,
        main_aspect: str,
        with_topic: Sequence[Candidate] = (),
    ) -> Summary:
        """Takes what counts of a ranking."""
        return cls(
            ranking.mass,
            ranking.best,
            ranking.services[:MOST_CHOICES],
            count_of_words,
            main_aspect,
            with_topic,
        )


def decide(summary: Summary, limits: Thresholds) -> Decision:
    """Draws the line between answer, choices, refusal and fallback.

    Args:
        summary: The ranked candidates in short.
        limits: The fitted thresholds.
    """
    mass = summary.mass
    emergency = mass.get(EMERGENCY, 0.0)
    if emergency >= limits.emergency_confidence:
        if _is_clear_emergency(summary, limits):
            best_kind = summary.best[EMERGENCY]
            # Then the reply names all numbers, not only those of its kind.
            is_faint = best_kind.evidence < _NAMED
            return Decision(
                EMERGENCY, emergency, best_kind.name, may_be_emergency=is_faint
            )
        return _beside_an_emergency(summary, limits)
    best = max(mass, key=lambda group: mass[group])
    if best == ASPECT and _names_a_service(summary, limits):
        summary = _without(summary, ASPECT)
        best = SERVICE
    if best == SERVICE:
        decision = _answer(summary, limits)
    elif best == OUT_OF_SCOPE:
        decision = _refusal(summary, limits)
    elif best != EMERGENCY and mass[best] >= limits.dialogue_confidence:
        decision = Decision(best, mass[best])
    else:
        decision = None
    return (
        decision
        or _choices(summary.services, limits)
        or Decision(FALLBACK, 1 - mass[best])
    )


def _names_a_service(summary: Summary, limits: Thresholds) -> bool:
    services = summary.services
    return bool(services) and services[0].evidence >= limits.follow_up_evidence


def _is_clear_emergency(summary: Summary, limits: Thresholds) -> bool:
    """Tells whether the words themselves, not only the lack of others, speak for it."""
    evidence = summary.best[EMERGENCY].evidence
    others = [c.evidence for group, c in summary.best.items() if group != EMERGENCY]
    if others and evidence - max(others) < limits.emergency_lead:
        return False
    is_all_there_is = summary.mass[EMERGENCY] >= _NOTHING_ELSE_IS_LIKELY
    least = _FAINTEST_EMERGENCY if is_all_there_is else limits.emergency_evidence
    return evidence >= least


def _beside_an_emergency(summary: Summary, limits: Thresholds) -> Decision:
    """Decides where an emergency is likely but faint: answers only what is named."""
    others = _without(summary, EMERGENCY)
    decision = decide(others, limits)
    if decision.intent == SERVICE and summary.services[0].evidence < _NAMED:
        decision = _choices(others.services, limits) or Decision(
            FALLBACK, 1 - decision.confidence
        )
    return replace(decision, may_be_emergency=True)


def _without(summary: Summary, group: str) -> Summary:
    """Gives the probability of a group to what else the message may be."""
    others = {g: m for g, m in summary.mass.items() if g != group}
    # Not 1 - mass: that is 0 where rounding leaves nothing beside a sure group.
    rest = max(sum(others.values()), _SMALLEST_MASS)
    services = [
        Candidate(each.label, each.confidence / rest, each.evidence)
        for each in summary.services
    ]
    mass = {group: joint / rest for group, joint in others.items()}
    return replace(summary, mass={SERVICE: 0.0, **mass}, services=services)


def decide_on_danger(
    alone: Ranking, summary: Summary, limits: Thresholds
) -> Decision | None:
    """Returns the decision where somebody is in danger, else None.

    Args:
        alone: The candidates whatever was spoken of before: who falls while asking for
            a passport is no matter of passports.
        summary: All else about the message.
        limits: The fitted thresholds.
    """
    summary = Summary.of(alone, summary.count_of_words, summary.main_aspect)
    decision = decide(summary, limits)
    is_danger = decision.intent == EMERGENCY and decision.kind != _NO_DANGER
    is_detail = summary.mass.get(ASPECT, 0.0) > decision.confidence
    return decision if is_danger and not is_detail else None


def decide_in_context(summary: Summary, limits: Thresholds, topic: str) -> Decision:
    """Decides on a message in a conversation that is already about a service.

    A short message that says anything else only faintly is a follow-up: one that
    names another service ("und am Elfrather See?"), that hardly asks for a doctor
    ("und am Samstag?"), or in which nothing is recognised ("mein Enkel ist zwölf").

    Args:
        summary: The ranked candidates in short.
        limits: The fitted thresholds.
        topic: Slug of the service under discussion.
    """
    alone = decide(summary, limits)
    decision = _by_words_alone(summary, limits, topic, alone)
    if summary.count_of_words > _LONGEST_FOLLOW_UP_IN_WORDS:
        decision = alone
    if decision.intent in {ASPECT, *_UNSURE}:
        decision = _by_words_with_topic(summary, limits, topic, decision)
    # Who is in danger must read the numbers, whatever the topic was.
    is_faint = alone.may_be_emergency and (
        summary.best[EMERGENCY].evidence >= _FAINTEST_EMERGENCY
    )
    return replace(decision, may_be_emergency=is_faint)


def _by_words_alone(
    summary: Summary, limits: Thresholds, topic: str, decision: Decision
) -> Decision:
    if not summary.services:
        return decision
    best = _meant(summary, decision)
    if decision.intent == EMERGENCY and decision.confidence < summary.mass.get(
        ASPECT, 0.0
    ):
        return Decision(ASPECT, summary.mass[ASPECT])
    if decision.intent in {SERVICE, SERVICE_UNCLEAR} and best.name == topic:
        return decision
    if best.evidence >= _least_evidence(decision, limits):
        return decision
    return Decision(ASPECT, 1 - best.confidence)


def _by_words_with_topic(
    summary: Summary, limits: Thresholds, topic: str, decision: Decision
) -> Decision:
    """Looks at the message as if it named the topic.

    What still points elsewhere is about a related service ("und der Beitrag?" after
    the registration at a kindergarten); what then points to the topic alone is a
    follow-up, though by itself it resembled something else.
    """
    known = {each.name: each.evidence for each in summary.with_topic}
    if topic not in known or summary.count_of_words > _LONGEST_DETAIL_IN_WORDS:
        return decision
    best = summary.with_topic[0]
    likely = {service.name for service in summary.services}
    lead = best.evidence - known[topic]
    if (
        best.name in likely
        and lead >= limits.related_lead
        and best.evidence >= limits.answer_evidence
    ):
        return Decision(SERVICE, best.confidence, service=best.name)
    meant = _meant(summary, decision)
    if decision.intent == ASPECT or best.name != topic:
        return decision
    rival = known.get(summary.services[0].name, _NOTHING_SPEAKS_FOR_IT)
    if summary.services[0].name == topic:
        is_clear = decision.intent != SERVICE
    else:
        is_clear = known[topic] - rival >= limits.topic_lead
    if is_clear and meant.evidence < _OWN_EVIDENCE:
        return Decision(ASPECT, best.confidence)
    return decision


def _meant(summary: Summary, decision: Decision) -> Candidate:
    """Returns the candidate that a decision rests on."""
    if decision.intent in summary.best:
        return summary.best[decision.intent]
    return summary.services[0]


def _least_evidence(decision: Decision, limits: Thresholds) -> float:
    """Returns the margin from which a message leaves the topic."""
    if decision.intent == EMERGENCY and decision.kind != _NO_DANGER:
        return _FAINTEST_EMERGENCY
    if decision.intent in {SERVICE, SERVICE_UNCLEAR, EMERGENCY}:
        return limits.new_topic_evidence
    if decision.intent in {OUT_OF_SCOPE, FALLBACK}:
        return limits.leaving_evidence
    return _FAINTEST_SMALL_TALK


def _answer(summary: Summary, limits: Thresholds) -> Decision | None:
    if not summary.services:
        return None
    best, *others = summary.services
    margin = best.confidence - (others[0].confidence if others else 0.0)
    if (
        not _is_faintly_sensitive(best, limits)
        and best.confidence >= limits.answer_confidence
        and margin >= limits.answer_margin
        and best.evidence >= limits.answer_evidence
        and not _says_too_little(summary, limits)
    ):
        return Decision(SERVICE, best.confidence)
    return None


def _is_faintly_sensitive(best: Candidate, limits: Thresholds) -> bool:
    """Tells whether a service may hurt if it is wrong, and is not sure enough.

    Bots have answered a lawn to be mown with help against violence.
    """
    return (
        best.name in limits.sensitive_services
        and best.evidence < limits.sensitive_evidence
    )


def _says_too_little(summary: Summary, limits: Thresholds) -> bool:
    """Tells whether a message of a few words fits a second service nearly as well.

    "Was kostet ein Kennzeichen?" says more than "Kennzeichen", so half the distance
    will do.
    """
    if summary.count_of_words > _SHORT_IN_WORDS or len(summary.services) < 2:
        return False
    best, second = summary.services[:2]
    if summary.count_of_words == 1 and second.evidence >= limits.bare_word_evidence:
        return True
    is_bare = summary.count_of_words <= _BARE_IN_WORDS
    share = 1.0 if is_bare or summary.main_aspect == OVERVIEW else 0.5
    return best.evidence - second.evidence < share * limits.short_message_gap


def _refusal(summary: Summary, limits: Thresholds) -> Decision | None:
    joint = summary.mass[OUT_OF_SCOPE]
    if joint >= limits.refusal_confidence:
        return Decision(OUT_OF_SCOPE, joint, summary.best[OUT_OF_SCOPE].name)
    return None


def worth_offering(
    services: Sequence[Candidate], limits: Thresholds
) -> list[Candidate]:
    """Returns what is worth naming where it is asked back: at most three.

    A third that nothing speaks for embarrasses: „Mülltonne tauschen“, „Mülltonne
    bestellen“ or „Briefwahl“.

    Args:
        services: The services, the best first.
        limits: The fitted thresholds.
    """
    least = limits.choice_share * services[0].confidence if services else 0.0
    return [
        each
        for each in services[:MOST_CHOICES]
        if each.confidence >= least or each.evidence >= limits.bare_word_evidence
    ]


def _choices(services: Sequence[Candidate], limits: Thresholds) -> Decision | None:
    joint = sum(candidate.confidence for candidate in services)
    if (
        services
        and joint >= limits.choice_confidence
        and services[0].evidence >= limits.choice_evidence
    ):
        return Decision(SERVICE_UNCLEAR, joint)
    return None
