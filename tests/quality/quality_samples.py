"""A small measurement whose every figure is known."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from kumpel.clock import TIME_ZONE
from kumpel.evaluation.conversation import Turn
from kumpel.evaluation.input_files import OutOfScopeMessage, Question
from kumpel.nlu.ranking import Candidate
from kumpel.quality.history import Run
from kumpel.quality.measuring import Inputs, Measurement, measure
from kumpel.quality.page import Names

NAMES = Names(
    services={
        "reisepass": "Reisepass beantragen",
        "wohngeld": "Wohngeld",
        "laerm": "Lärm melden",
    },
    category_of={"reisepass": "ausweise", "wohngeld": "soziales", "laerm": "umwelt"},
    categories={"ausweise": "Ausweise", "soziales": "Soziales", "umwelt": "Umwelt"},
)
RUN = Run(
    datetime(2026, 11, 24, 10, 15, tzinfo=TIME_ZONE), "kumpel-20261124-abc123", "set1"
)
#: Text, service, aspect, style, and what comes.
QUESTIONS = (
    ("Was kostet ein Pass?", "reisepass", "fee", "standard"),
    ("pass unterlagen", "reisepass", "documents", "keyword"),
    ("Hilfe bei der Miete <b>&", "wohngeld", "overview", "indirect"),
    ("Krach", "laerm", "overview", "keyword"),
    ("blubb", "laerm", "overview", "dialect"),
)
TURNS = {
    "Was kostet ein Pass?": Turn(
        service="reisepass", aspect="fee", outcome="answered", latency_in_ms=4.0
    ),
    "pass unterlagen": Turn(service="reisepass", aspect="fee", outcome="answered"),
    "Hilfe bei der Miete <b>&": Turn(
        service="reisepass", aspect="overview", outcome="answered"
    ),
    "Krach": Turn(outcome="asked_back", choices=("laerm", "wohngeld")),
    "blubb": Turn(outcome="fallback"),
    "Es brennt": Turn(texts=("Wählen Sie 112.",), outcome="emergency"),
    "Wie wird das Wetter?": Turn(service="laerm", outcome="answered"),
}
#: Most probable service and its confidence.
GUESSES = {
    "Was kostet ein Pass?": ("reisepass", 0.95),
    "pass unterlagen": ("reisepass", 1.0),
    "Hilfe bei der Miete <b>&": ("reisepass", 0.85),
    "Krach": ("laerm", 0.45),
    "blubb": ("wohngeld", 0.05),
}


class Fake:
    """Answers as it was told, and understands likewise."""

    def ask(self, conversation: str, text: str) -> Turn:
        return TURNS[text]

    def understand(self, text: str) -> Any:
        slug, confidence = GUESSES[text]
        return SimpleNamespace(services=[Candidate(f"service/{slug}", confidence, 0.0)])


def inputs() -> Inputs:
    return Inputs(
        [Question(t, (s,), (a,), style) for t, s, a, style in QUESTIONS],
        [
            OutOfScopeMessage("Es brennt", "sensitive_emergency", ()),
            OutOfScopeMessage("Wie wird das Wetter?", "weather", ()),
        ],
        [],
    )  # fmt: skip


def quiet(items: Sequence[Any], name: str) -> Iterable[Any]:
    return items


def measured() -> Measurement:
    return measure(Fake(), Fake(), inputs(), quiet)


def write_inputs(folder: Path) -> list[str]:
    """Writes the input files; returns the arguments that name them."""
    questions = folder / "questions.jsonl"
    questions.write_text(
        "\n".join(
            json.dumps({"text": t, "service": [s], "aspect": [a], "style": style})
            for t, s, a, style in QUESTIONS
        )
    )
    others = folder / "others.jsonl"
    others.write_text(
        json.dumps({"text": "Es brennt", "kind": "sensitive_emergency"})
        + "\n"
        + json.dumps({"text": "Wie wird das Wetter?", "kind": "weather"})
    )
    return [
        "--questions", str(questions), "--out-of-scope", str(others), "--dialogues",
        "--published", str(folder / "published"), "--output", str(folder / "page.html"),
    ]  # fmt: skip
