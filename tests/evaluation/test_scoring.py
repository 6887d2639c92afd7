"""Scores of fakes that are right and wrong in known ways."""

from __future__ import annotations

import re

import pytest
from fake_assistant import FakeAssistant, answered, asked_back, outcome

from kumpel.evaluation.conversation import Button, Turn
from kumpel.evaluation.input_files import (
    Dialogue,
    DialogueTurn,
    Expectation,
    OutOfScopeMessage,
    Question,
)
from kumpel.evaluation.scoring import (
    outcome_of,
    score_dialogues,
    score_out_of_scope,
    score_questions,
    why_turn_failed,
)

PASS = Question("q", ("reisepass", "reisepass-kind"), ("fee",), "standard")


@pytest.mark.parametrize(
    ("turn", "expected"),
    [
        (answered("reisepass"), "direct"),
        (answered("reisepass-kind"), "direct"),
        (answered("reisepass", aspect="overview"), "direct"),
        (answered("hundesteuer-anmelden"), "wrong"),
        (asked_back("wohngeld", "reisepass"), "asked_back"),
        (asked_back("a", "b", "reisepass"), "asked_back"),
        (asked_back("wohngeld", "sozialhilfe"), "lost"),
        (asked_back("a", "b", "c", "reisepass"), "lost"),
        (asked_back(), "lost"),
        # An office was told about, and no service.
        (answered(None), "lost"),
        (outcome("fallback"), "lost"),
        (outcome("smalltalk"), "lost"),
        (outcome("out_of_scope"), "lost"),
        (outcome("emergency"), "lost"),
        (outcome("handoff"), "lost"),
        (outcome("in_dialogue"), "lost"),
        # The assistant broke.
        (Turn(), "lost"),
        # Slots that are left over do not make it an answer.
        (Turn(service="reisepass", aspect="fee", outcome="fallback"), "lost"),
        (Turn(service="reisepass", outcome="asked_back"), "lost"),
    ],
)
def test_the_outcome_of_a_question_follows_the_slots(turn: Turn, expected: str) -> None:
    assert outcome_of(PASS, turn) == expected


def question(text: str, service: str, style: str = "standard") -> Question:
    return Question(text, (service,), ("fee", "overview"), style)


def test_shares_are_exact_and_a_wrong_assistant_gets_a_wrong_score() -> None:
    questions = [
        question("right", "reisepass"),
        question("right, wrong aspect", "reisepass", "typo"),
        question("right, other aspect", "reisepass"),
        question("back", "wohngeld", "typo"),
        question("wrong", "wohngeld"),
        question("lost", "sperrmuell", "long"),
        question("lost back", "sperrmuell"),
    ]
    fake = FakeAssistant(
        {
            "right": answered("reisepass", "fee", latency_in_ms=10.0),
            "right, wrong aspect": answered("reisepass", "form", latency_in_ms=20.0),
            "right, other aspect": answered("reisepass", "overview", latency_in_ms=30),
            "back": asked_back("wohngeld", "sozialhilfe"),
            "wrong": answered("sozialhilfe"),
            "lost": outcome("fallback"),
            "lost back": asked_back("biotonne"),
        }
    )

    report = score_questions(fake, questions)

    assert list(report) == [
        *("n", "direct", "asked_back", "wrong", "lost", "aspect_correct"),
        *("by_style", "by_service", "latency_ms", "failures"),
    ]
    shares = {
        key: report[key] for key in ("n", "direct", "asked_back", "wrong", "lost")
    }
    assert shares == {
        "n": 7,
        "direct": 3 / 7,
        "asked_back": 1 / 7,
        "wrong": 1 / 7,
        "lost": 2 / 7,
    }
    # Only of the direct ones: "wrong" had an acceptable aspect and does not count.
    assert report["aspect_correct"] == 2 / 3
    assert report["by_style"] == {
        "long": {"n": 1, "direct": 0.0, "asked_back": 0.0, "wrong": 0.0, "lost": 1.0},
        "standard": {
            "n": 4,
            "direct": 2 / 4,
            "asked_back": 0.0,
            "wrong": 1 / 4,
            "lost": 1 / 4,
        },
        "typo": {"n": 2, "direct": 0.5, "asked_back": 0.5, "wrong": 0.0, "lost": 0.0},
    }
    assert report["by_service"]["wohngeld"] == {
        "n": 2,
        "direct": 0.0,
        "asked_back": 0.5,
        "wrong": 0.5,
        "lost": 0.0,
    }
    assert [failure["text"] for failure in report["failures"]] == [
        "wrong",
        "lost",
        "lost back",
    ]
    assert report["failures"][0] == {
        "text": "wrong",
        "expected": {"service": ["wohngeld"], "aspect": ["fee", "overview"]},
        "service": "sozialhilfe",
        "aspect": "fee",
        "outcome": "answered",
        "choices": [],
    }


def test_a_question_with_several_labels_counts_once_by_its_first() -> None:
    report = score_questions(FakeAssistant({"q": answered("reisepass-kind")}), [PASS])

    assert list(report["by_service"]) == ["reisepass"]
    assert report["direct"] == 1.0


def test_latency_percentiles_are_of_the_messages() -> None:
    texts = [str(number) for number in range(1, 101)]
    fake = FakeAssistant(
        {t: answered("reisepass", latency_in_ms=float(t)) for t in texts}
    )

    report = score_questions(fake, [question(t, "reisepass") for t in texts])

    assert report["latency_ms"] == pytest.approx({"p50": 50.5, "p95": 95.05})


def test_every_question_opens_a_conversation_of_its_own() -> None:
    fake = FakeAssistant({"same": answered("reisepass")})

    score_questions(fake, [question("same", "reisepass")] * 3)

    assert len({conversation for conversation, _ in fake.asked}) == 3


def test_no_direct_answer_makes_no_aspect_right() -> None:
    report = score_questions(
        FakeAssistant({"q": outcome("fallback")}), [question("q", "reisepass")]
    )

    assert report["aspect_correct"] == 0.0


def message(text: str, kind: str, *patterns: str) -> OutOfScopeMessage:
    compiled = tuple(re.compile(p, re.IGNORECASE | re.DOTALL) for p in patterns)
    return OutOfScopeMessage(text, kind, compiled)


def test_false_answers_and_missed_emergencies_are_counted() -> None:
    messages = [
        message("hello", "chitchat"),
        message("rain", "weather"),
        message("snow", "weather"),
        message("back", "weather"),
        message("fire", "sensitive_emergency", "112"),
        message("fire without number", "sensitive_emergency", "112"),
        message("fire by chance", "sensitive_emergency", "112"),
        message("fire answered", "sensitive_emergency", "112"),
        message("silence", "sensitive_emergency"),
    ]
    fake = FakeAssistant(
        {
            "hello": outcome("smalltalk", "Guten Tag 112"),
            "rain": outcome("out_of_scope"),
            "snow": answered("winterdienst"),
            "back": asked_back("winterdienst"),
            "fire": outcome("emergency", "Wählen Sie", "sofort 112"),
            "fire without number": outcome("emergency", "Bleiben Sie ruhig"),
            "fire by chance": outcome("out_of_scope", "112 Fragen und Antworten"),
            "fire answered": answered("feuerwerk", texts=("Rufen Sie 112",)),
            "silence": outcome("emergency", "Wir sind da"),
        }
    )

    report = score_out_of_scope(fake, messages)

    assert list(report) == [
        *("n", "false_answers", "asked_back", "emergencies", "by_kind", "failures")
    ]
    assert report["n"] == 9
    assert report["false_answers"] == 2 / 9
    assert report["asked_back"] == 1 / 9
    assert report["emergencies"] == {"n": 5, "correct": 2 / 5}
    assert report["by_kind"] == {
        "chitchat": {"n": 1, "false_answers": 0.0, "asked_back": 0.0},
        "sensitive_emergency": {"n": 5, "false_answers": 1 / 5, "asked_back": 0.0},
        "weather": {"n": 3, "false_answers": 1 / 3, "asked_back": 1 / 3},
    }
    assert [failure["text"] for failure in report["failures"]] == [
        "snow",
        "fire without number",
        "fire by chance",
        "fire answered",
    ]


def test_no_emergency_in_a_file_is_no_error() -> None:
    report = score_out_of_scope(
        FakeAssistant({"hello": outcome("smalltalk")}), [message("hello", "chitchat")]
    )

    assert report["emergencies"] == {"n": 0, "correct": 0.0}
    assert list(report["by_kind"]) == ["chitchat"]


def expectation(
    service: str | None = None,
    aspects: tuple[str, ...] | None = None,
    any_of: tuple[str, ...] = (),
    none_of: tuple[str, ...] = (),
) -> Expectation:
    flags = re.IGNORECASE | re.DOTALL
    return Expectation(
        service,
        aspects,
        tuple(re.compile(pattern, flags) for pattern in any_of),
        tuple(re.compile(pattern, flags) for pattern in none_of),
    )


FEE = Turn(
    texts=("Das kostet", "46,00 Euro."),
    buttons=(Button("Nichts davon", "~token"),),
    service="personalausweis",
    aspect="fee",
    outcome="answered",
)


@pytest.mark.parametrize(
    ("expect", "part_of_why"),
    [
        (expectation(), ""),
        (expectation("personalausweis", ("overview", "fee")), ""),
        (expectation(any_of=("37", "46,00")), ""),
        # The whole reply is one text: across messages, and with the buttons.
        (expectation(any_of=("KOSTET.46",)), ""),
        (expectation(any_of=("nichts davon$",)), ""),
        (expectation("reisepass"), "service ist personalausweis, erwartet reisepass"),
        (expectation(aspects=("documents",)), "aspect ist fee, erwartet documents"),
        (expectation(any_of=("37", "22,80")), "keines davon"),
        (expectation(none_of=("22,80",)), ""),
        (expectation(none_of=("22,80", "EURO")), "unerwünscht: 'Euro'"),
        # What only the citizen's device sees does not count.
        (expectation(any_of=("~token",)), "keines davon"),
    ],
)
def test_a_turn_fails_with_its_reason(expect: Expectation, part_of_why: str) -> None:
    why = why_turn_failed(expect, FEE)

    assert part_of_why in why
    assert bool(why) == bool(part_of_why)


def test_an_expected_service_is_not_met_by_none() -> None:
    assert why_turn_failed(expectation("reisepass"), outcome("fallback", "?"))


def test_all_reasons_of_a_turn_are_told() -> None:
    why = why_turn_failed(expectation("reisepass", ("form",), ("x{3}",), ("46",)), FEE)

    assert why.count(";") == 3


def test_dialogues_count_turns_and_go_on_after_a_failure() -> None:
    right, wrong = expectation("personalausweis"), expectation("reisepass")
    dialogues = [
        Dialogue("good", (DialogueTurn("perso", right), DialogueTurn("preis", right))),
        Dialogue(
            "bad",
            (
                DialogueTurn("perso", right),
                DialogueTurn("preis", wrong),
                DialogueTurn("perso", right),
            ),
        ),
    ]
    fake = FakeAssistant({"perso": FEE, "preis": FEE})

    report = score_dialogues(fake, dialogues)

    assert report == {
        "n": 2,
        "passed": 1,
        "turns": 5,
        "turns_passed": 4,
        "failures": [
            {
                "id": "bad",
                "turn": 2,
                "user": "preis",
                "reply": "Das kostet\n46,00 Euro.\nNichts davon",
                "why": "service ist personalausweis, erwartet reisepass",
            }
        ],
    }
    conversations = [conversation for conversation, _ in fake.asked]
    assert conversations == ["dialogue-good"] * 2 + ["dialogue-bad"] * 3
