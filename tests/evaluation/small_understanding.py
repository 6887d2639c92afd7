"""An understanding of four labels, and development lines for it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kumpel.evaluation.worth import Line
from kumpel.nlu.decision import Summary
from kumpel.nlu.thresholds import Thresholds
from kumpel.nlu.understanding import Example, Understander

WASTE, DEATH, FIRE = "service/abfallkalender", "service/sterbefall", "emergency/fire"
LIMITS = Thresholds(sensitive_services=frozenset({"sterbefall"}))
EXAMPLES = [
    *(Example(f"Tonne {w}", WASTE, "deadline") for w in ("heute", "wann", "raus")),
    *(Example(f"{w} gestorben", DEATH, "overview") for w in ("Oma", "Opa", "Vater")),
    *(
        Example(f"es brennt {w}", FIRE, None)
        for w in ("hier", "im Keller", "lichterloh")
    ),
    *(Example(f"schönes {w}", "greet", None) for w in ("Wetter", "Wochenende")),
]
WASTE_QUESTION = {"text": "wann Tonne raus", "service": ["abfallkalender"]}


def written(folder: Path, *records: dict[str, Any]) -> Path:
    path = folder / "dev.jsonl"
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    return path


def summaries(understander: Understander, lines: list[Line]) -> list[Summary]:
    return [
        Summary.of(
            understander.rank(line.scores, understander.tuning.sharpness),
            line.count_of_words,
            line.main_aspect,
            line.with_topic,
        )
        for line in lines
    ]
