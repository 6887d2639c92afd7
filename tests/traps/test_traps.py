"""Words in another sense, and serious matters in soft words.

Run by the product as it answers citizens. A trap is never trained on: where one snaps,
the remedy is more evidence for the sensitive service or better data about the word's
other senses, never the line itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from kumpel.evaluation.conversation import EMERGENCY, Assistant, Turn
from kumpel.evaluation.input_files import known_services
from kumpel.settings import PROJECT_ROOT
from kumpel.text.fold import fold

PATH = Path(__file__).parent / "word_sense.yaml"
FEWEST_TRAPS = 60
FEWEST_SERIOUS = 20
KEYS = {
    "text",
    "sense",
    "never",
    "no_answer",
    "expect",
    "outcome",
    "reply",
    "known_failure",
}
OUTCOMES = {"answered", "asked_back", "fallback", "out_of_scope", EMERGENCY}


@cache
def content() -> dict[str, Any]:
    return yaml.safe_load(PATH.read_text(encoding="utf-8"))


def cases(part: str) -> list[Any]:
    return [
        pytest.param(
            case,
            id=case["text"][:60],
            # Strict: a trap that no longer snaps must lose its mark.
            marks=pytest.mark.xfail(reason=case["known_failure"])
            if "known_failure" in case
            else (),
        )
        for case in content()[part]
    ]


def services_of(names: Iterable[str]) -> set[str]:
    groups = content()["groups"]
    return {slug for name in names for slug in groups.get(name, [name])}


def named(turn: Turn) -> set[str]:
    """All that a citizen is told or offered."""
    services = {*turn.choices} if turn.choices else {turn.service} - {None}
    return services | ({EMERGENCY} if turn.outcome == EMERGENCY else set())


def mistakes(case: Mapping[str, Any], turn: Turn) -> Iterator[str]:
    came = f"{turn.outcome}: {', '.join(sorted(named(turn))) or 'nothing'}"
    forbidden = services_of(case.get("never", ())) & named(turn)
    if forbidden:
        yield f"never {', '.join(sorted(forbidden))}, but it came ({came})"
    if turn.outcome == "answered" and turn.service in case.get("no_answer", ()):
        yield f"{turn.service} may be offered at most, but it was answered"
    if not _is_as_expected(case, turn):
        wanted = [*case.get("expect", ()), *case.get("outcome", ())]
        yield f"expected {' or '.join(wanted)}, but it came {came}"
    if "reply" in case and not re.search(case["reply"], turn.reply):
        yield f"no {case['reply']} in the reply"


def _is_as_expected(case: Mapping[str, Any], turn: Turn) -> bool:
    if "expect" not in case and "outcome" not in case:
        return True
    return bool(
        services_of(case.get("expect", ())) & named(turn)
        or turn.outcome in case.get("outcome", ())
    )


@pytest.mark.model
@pytest.mark.parametrize("case", cases("traps"))
def test_a_word_in_another_sense_embarrasses_nobody(
    assistant: Assistant, case: Mapping[str, Any]
) -> None:
    turn = assistant.ask(f"trap-{case['text']}", case["text"])

    assert not list(mistakes(case, turn))


@pytest.mark.model
@pytest.mark.parametrize("case", cases("serious"))
def test_soft_words_are_taken_seriously(
    assistant: Assistant, case: Mapping[str, Any]
) -> None:
    turn = assistant.ask(f"serious-{case['text']}", case["text"])

    assert not list(mistakes(case, turn))


def test_there_are_many_traps_and_each_is_well_formed() -> None:
    traps, serious = content()["traps"], content()["serious"]
    known = known_services() | {EMERGENCY}

    assert len(traps) >= FEWEST_TRAPS
    assert len(serious) >= FEWEST_SERIOUS
    for case in (*traps, *serious):
        assert set(case) <= KEYS, case
        assert case["sense"], case
        for key in ("never", "no_answer", "expect"):
            assert services_of(case.get(key, ())) <= known, case
        assert set(case.get("outcome", ())) <= OUTCOMES, case
        re.compile(case.get("reply", ""))
    assert all(case.get("never") for case in traps)
    assert all(case.get("expect") or case.get("outcome") for case in serious)


def test_no_trap_stands_twice() -> None:
    counts = Counter(fold(case["text"]) for case in all_cases())

    assert [text for text, count in counts.items() if count > 1] == []


def test_no_trap_stands_in_the_training_data() -> None:
    trained = {
        fold(line.strip().removeprefix("- "))
        for path in (PROJECT_ROOT / "data" / "nlu").rglob("*.yml")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.lstrip().startswith("- ")
    }

    known = [case["text"] for case in all_cases() if fold(case["text"]) in trained]

    assert known == []


def all_cases() -> list[dict[str, Any]]:
    return [*content()["traps"], *content()["serious"]]
