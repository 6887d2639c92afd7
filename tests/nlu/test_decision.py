from dataclasses import replace

import numpy as np
import pytest

from kumpel.nlu.decision import (
    Decision,
    Summary,
    decide,
    decide_in_context,
    decide_on_danger,
    worth_offering,
)
from kumpel.nlu.ranking import Candidate, Ranker, Ranking
from kumpel.nlu.thresholds import Thresholds

LIMITS = Thresholds(
    answer_confidence=0.5,
    answer_margin=0.2,
    answer_evidence=-0.5,
    choice_confidence=0.4,
    choice_evidence=-0.8,
    refusal_confidence=0.4,
    dialogue_confidence=0.4,
    emergency_confidence=0.3,
)


def ranking(*rows: tuple[str, float, float]) -> Ranking:
    labels, confidences, evidence = zip(*rows, strict=True)
    return Ranker(labels).ranking(np.array(confidences), np.array(evidence))


def decided(
    *rows: tuple[str, float, float],
    count_of_words: int = 6,
    main_aspect: str = "overview",
) -> Decision:
    return decide(Summary.of(ranking(*rows), count_of_words, main_aspect), LIMITS)


def test_a_sure_service_is_answered() -> None:
    found = decided(("service/reisepass", 0.8, 0.3), ("service/eid-karte", 0.1, -0.9))

    assert found.intent == "service"


def test_two_near_services_are_offered() -> None:
    found = decided(("service/reisepass", 0.5, 0.1), ("service/eid-karte", 0.4, 0.0))

    assert found.intent == "service_unclear"


def test_a_probable_service_without_evidence_is_not_answered() -> None:
    found = decided(("service/reisepass", 0.9, -0.7))

    assert found.intent == "service_unclear"


def test_a_bare_word_that_many_services_share_asks_back() -> None:
    rows = [
        ("service/fuehrerschein-verlust", 0.95, 0.3),
        ("service/fuehrerschein-auslaendisch", 0.04, 0.0),
    ]

    assert decided(*rows, count_of_words=1).intent == "service_unclear"
    assert decided(*rows, count_of_words=6).intent == "service"


def test_a_short_question_about_an_aspect_is_answered() -> None:
    rows = [
        ("service/personalausweis", 0.95, 0.3),
        ("service/ausweis-verlust", 0.04, 0.0),
    ]

    assert decided(*rows, count_of_words=4, main_aspect="fee").intent == "service"


def test_words_that_fit_nothing_fall_back() -> None:
    found = decided(("service/reisepass", 0.9, -0.95))

    assert found.intent == "nlu_fallback"


def test_an_emergency_wins_before_all_else() -> None:
    found = decided(("service/feuerwerk", 0.65, -0.1), ("emergency/fire", 0.35, 0.2))

    assert (found.intent, found.kind) == ("emergency", "fire")


def test_a_follow_up_that_names_its_service_is_no_follow_up() -> None:
    rows = [("aspect/documents", 0.8, 0.1), ("service/wohnsitz-ummelden", 0.15, -0.4)]

    assert decided(*rows).intent == "service"


def test_a_follow_up_stays_one_where_no_service_has_evidence() -> None:
    rows = [("aspect/fee", 0.8, 0.1), ("service/ampel-defekt", 0.15, -0.8)]

    assert decided(*rows).intent == "aspect"


def test_a_sure_follow_up_that_leaves_no_probability_is_no_division_by_zero() -> None:
    rows = [("aspect/fee", 1.0, 2.0), ("service/wohnsitz-ummelden", 0.0, -0.4)]

    assert decided(*rows).intent


def test_a_model_without_services_decides_in_context_too() -> None:
    summary = Summary.of(ranking(("greet", 0.9, 0.5)), 1, "overview")

    assert decide_in_context(summary, LIMITS, "reisepass").intent == "greet"


def test_a_choice_that_nothing_speaks_for_is_not_offered() -> None:
    def choices(*rows: tuple[str, float, float]) -> list[str]:
        services = ranking(*rows).services if rows else []
        return [each.name for each in worth_offering(services, LIMITS)]

    bins = [
        ("service/abfallbehaelter-tauschen", 0.6, 0.4),
        ("service/abfallbehaelter-anmelden", 0.35, 0.3),
    ]
    both = ["abfallbehaelter-tauschen", "abfallbehaelter-anmelden"]
    assert choices(*bins, ("service/briefwahl", 0.02, -0.6)) == both
    assert choices(*bins, ("service/briefwahl", 0.1, -0.6)) == [*both, "briefwahl"]
    # Its words fit, however sure the first one is.
    assert choices(*bins, ("service/briefwahl", 0.02, 0.0)) == [*both, "briefwahl"]
    assert choices() == []


def test_a_single_word_that_names_two_services_asks_back() -> None:
    rows = [
        ("service/hundesteuer-abmelden", 0.95, 1.2),
        ("service/jugendamt", 0.03, 0.0),
    ]

    assert decided(*rows, count_of_words=1).intent == "service_unclear"
    assert decided(*rows, count_of_words=2).intent == "service"
    rows[1] = ("service/jugendamt", 0.03, -0.4)
    assert decided(*rows, count_of_words=1).intent == "service"


def test_a_faint_emergency_is_none_but_is_not_passed_over() -> None:
    found = decided(("emergency/fire", 0.68, -0.5), ("out_of_scope/weather", 0.1, -0.7))

    assert found.intent != "emergency"
    assert found.may_be_emergency


def test_a_faint_emergency_leaves_choices_rather_than_a_guess() -> None:
    found = decided(("emergency/fire", 0.5, -0.5), ("service/feuerwerk", 0.45, -0.4))

    assert (found.intent, found.may_be_emergency) == ("service_unclear", True)


def test_what_names_a_service_is_no_emergency_by_a_hair() -> None:
    rows = [("emergency/suicide", 0.86, 0.28), ("service/wohnsitz-abmelden", 0.1, 0.1)]

    found = decided(*rows)
    assert (found.intent, found.may_be_emergency) == ("service", True)
    rows[0] = ("emergency/suicide", 0.9, 1.2)
    assert decided(*rows).intent == "emergency"


def test_an_emergency_leads_small_talk_clearly() -> None:
    rows = [("emergency/doctor", 0.9, -0.16), ("out_of_scope/chitchat", 0.08, -0.37)]

    assert decided(*rows).may_be_emergency
    rows[1] = ("out_of_scope/chitchat", 0.08, -0.7)
    assert decided(*rows).intent == "emergency"


def test_a_faint_emergency_beside_which_nothing_is_likely_is_one() -> None:
    assert decided(("emergency/police", 0.97, -0.45)).intent == "emergency"
    assert decided(("emergency/police", 0.97, -0.6)).intent != "emergency"


def test_a_weak_emergency_alone_is_no_small_talk() -> None:
    found = decided(("emergency/fire", 0.25, -0.9), ("greet", 0.2, -0.9))

    assert found.intent == "nlu_fallback"


def test_kinds_out_of_scope_add_up() -> None:
    found = decided(
        ("out_of_scope/weather", 0.3, 0.0),
        ("out_of_scope/chitchat", 0.25, 0.0),
        ("service/eissport", 0.35, 0.0),
    )

    assert (found.intent, found.kind) == ("out_of_scope", "weather")


@pytest.mark.parametrize("intent", ["greet", "affirm", "human"])
def test_a_sure_dialogue_intent_stands(intent: str) -> None:
    assert decided((intent, 0.9, 0.5)).intent == intent


@pytest.mark.parametrize(
    ("evidence", "count_of_words", "topic", "intent"),
    [
        (-0.4, 4, "hundekotbeutel", "aspect"),
        (0.3, 1, "hundekotbeutel", "service"),
        (-0.4, 20, "hundekotbeutel", "service"),
        (-0.4, 4, "wilder-muell", "service"),
    ],
)
def test_a_short_faint_message_follows_up_on_the_topic(
    evidence: float, count_of_words: int, topic: str, intent: str
) -> None:
    row = ("service/wilder-muell", 0.9, evidence)

    summary = Summary.of(ranking(row), count_of_words, "overview")
    found = decide_in_context(summary, LIMITS, topic)

    assert found.intent == intent


def test_a_sensitive_service_needs_more_evidence_than_another() -> None:
    limits = replace(
        LIMITS, sensitive_services=frozenset({"jugendamt"}), sensitive_evidence=-0.2
    )

    def intent(slug: str, evidence: float) -> str:
        found = ranking((f"service/{slug}", 0.9, evidence))
        return decide(Summary.of(found, 8, "overview"), limits).intent

    assert intent("sperrmuell", -0.4) == "service"
    assert intent("jugendamt", -0.4) == "service_unclear"
    assert intent("jugendamt", 0.1) == "service"


def test_the_configuration_names_sensitive_services() -> None:
    limits = Thresholds.from_config({"sensitive_services": ["jugendamt"]})

    assert limits.sensitive_services == {"jugendamt"}
    assert Thresholds.from_config({}).sensitive_services == frozenset()


def in_context(text_rows: list[tuple[str, float, float]], count_of_words: int) -> str:
    summary = Summary.of(ranking(*text_rows), count_of_words, "overview")
    return decide_in_context(summary, LIMITS, "fischereischein").intent


def test_a_short_remark_that_says_little_else_is_a_follow_up() -> None:
    faint = [("emergency/police", 0.5, -0.7), ("service/hausnummer", 0.1, -0.8)]

    assert in_context(faint, 4) == "aspect"


def test_a_faint_emergency_within_a_topic_is_not_passed_over() -> None:
    def within(evidence: float) -> Decision:
        rows = [("emergency/police", 0.6, evidence), ("service/hausnummer", 0.1, -0.8)]
        summary = Summary.of(ranking(*rows), 6, "overview")
        return decide_in_context(summary, LIMITS, "fischereischein")

    assert within(-0.4).intent != "emergency"
    assert within(-0.4).may_be_emergency
    # "Meine Tochter ist erst 15" has less.
    assert not within(-0.6).may_be_emergency


def test_an_emergency_is_met_in_the_middle_of_another_topic() -> None:
    sure = [("emergency/fire", 0.6, -0.2), ("service/hausnummer", 0.1, -0.8)]

    assert in_context(sure, 4) == "emergency"


def test_who_falls_while_asking_for_a_passport_is_no_matter_of_passports() -> None:
    def danger(*rows: tuple[str, float, float]) -> Decision | None:
        raised = ranking(rows[0], ("service/reisepass", 0.3, 0.0))
        summary = Summary.of(raised, 25, "overview")
        return decide_on_danger(ranking(*rows), summary, LIMITS)

    fallen = danger(("emergency/medical", 0.9, 0.1), ("service/reisepass", 0.05, -0.4))
    assert fallen is not None
    assert (fallen.intent, fallen.kind) == ("emergency", "medical")
    assert danger(("service/reisepass", 0.9, 0.4)) is None
    assert danger(("emergency/doctor", 0.9, 0.4)) is None


def test_an_emergency_whose_words_hardly_speak_for_it_names_all_numbers() -> None:
    unsure, sure = (
        decided(("emergency/fire", 0.9, -0.1)),
        decided(("emergency/fire", 0.9, 0.3)),
    )

    assert (unsure.intent, unsure.may_be_emergency) == ("emergency", True)
    assert not sure.may_be_emergency


def test_a_likely_follow_up_beats_a_less_likely_emergency() -> None:
    rows = [
        ("aspect/eligibility", 0.6, -0.2),
        ("emergency/police", 0.35, -0.4),
        ("service/hausnummer", 0.05, -0.8),
    ]

    assert in_context(rows, 4) == "aspect"


def test_sure_small_talk_leaves_the_topic() -> None:
    rows = [("thanks", 0.9, 0.5), ("service/hausnummer", 0.05, -0.8)]

    assert in_context(rows, 2) == "thanks"


def with_topic(*rows: tuple[str, float]) -> list[Candidate]:
    return [Candidate(f"service/{slug}", 0.9, evidence) for slug, evidence in rows]


def decided_about(
    topic: str,
    alone: list[tuple[str, float, float]],
    together: list[Candidate],
    count_of_words: int = 6,
) -> Decision:
    summary = Summary.of(ranking(*alone), count_of_words, "fee", together)
    return decide_in_context(summary, LIMITS, topic)


def test_a_related_service_is_found_by_the_topics_name() -> None:
    alone = [("aspect/fee", 0.9, 0.2), ("service/kita-beitrag", 0.1, -0.7)]
    together = with_topic(("kita-beitrag", -0.3), ("kita-anmeldung", -0.7))

    found = decided_about("kita-anmeldung", alone, together)

    assert (found.intent, found.service) == ("service", "kita-beitrag")


def test_a_related_service_that_hardly_leads_is_a_follow_up() -> None:
    alone = [("aspect/fee", 0.9, 0.2), ("service/kita-beitrag", 0.1, -0.7)]
    together = with_topic(("kita-beitrag", -0.3), ("kita-anmeldung", -0.4))

    assert decided_about("kita-anmeldung", alone, together).intent == "aspect"


def test_a_detail_that_resembles_another_service_stays_with_the_topic() -> None:
    alone = [
        ("service/schwerbehindertenausweis", 0.9, 0.4),
        ("service/behindertenparkausweis", 0.1, -0.9),
    ]
    together = with_topic(
        ("behindertenparkausweis", 1.0), ("schwerbehindertenausweis", 0.1)
    )

    assert decided_about("behindertenparkausweis", alone, together).intent == "aspect"


@pytest.mark.parametrize(("evidence", "count_of_words"), [(0.6, 6), (0.4, 11)])
def test_what_says_enough_by_itself_leaves_the_topic(
    evidence: float, count_of_words: int
) -> None:
    alone = [("service/sperrmuell", 0.95, evidence), ("service/wohngeld", 0.01, -1.0)]
    together = with_topic(("wohngeld", 1.0), ("sperrmuell", 0.1))

    found = decided_about("wohngeld", alone, together, count_of_words)

    assert found.intent == "service"
    assert found.service is None


def test_an_emergency_stays_one_whatever_the_topic() -> None:
    alone = [("emergency/fire", 0.9, 0.1), ("service/strassenschaden", 0.05, -0.4)]
    together = with_topic(("strassenschaden", 0.9))

    assert decided_about("strassenschaden", alone, together).intent == "emergency"
