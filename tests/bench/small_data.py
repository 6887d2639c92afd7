"""Training data and questions that are learnt in seconds."""

from __future__ import annotations

import json
from pathlib import Path

_SUBJECTS = {
    "service/reisepass": ("overview", "Reisepass"),
    "service/hundesteuer-anmelden": ("fee", "Hundesteuer"),
    "service/sperrmuell": ("appointment", "Sperrmüll"),
    "out_of_scope/weather": (None, "Wetter"),
}
_FRAMES = (
    "{}",
    "{} bitte",
    "Ich brauche Hilfe: {}",
    "Frage zu {}",
    "{} in Krefeld",
    "Wo geht das mit {}?",
    "Guten Tag, es geht um {}",
    "{} wie geht das",
    "Können Sie mir etwas zu {} sagen?",
    "noch mal {}",
)


def write_training_data(folder: Path) -> Path:
    """Writes four intents with ten utterances each; returns the folder."""
    folder.mkdir(parents=True)
    for intent, (aspect, subject) in _SUBJECTS.items():
        lines = ['version: "3.1"', "nlu:", f"- intent: {intent}"]
        if aspect:
            lines += ["  metadata:", f"    aspect: {aspect}"]
        lines += ["  examples: |", *(f"    - {f.format(subject)}" for f in _FRAMES)]
        path = folder / f"{intent.replace('/', '-')}.yml"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def write_questions(path: Path) -> Path:
    """Writes three questions; returns the file."""
    questions = [
        ("Ich möchte einen Reisepass", "reisepass", "standard"),
        ("sperrmüll", "sperrmuell", "keyword"),
        ("Hundesteuer für meinen Hund", "hundesteuer-anmelden", "standard"),
    ]
    return _write_lines(
        path,
        [
            {"text": text, "service": [slug], "aspect": ["overview"], "style": style}
            for text, slug, style in questions
        ],
    )


def write_out_of_scope(path: Path) -> Path:
    """Writes one message; returns the file."""
    return _write_lines(path, [{"text": "Wie wird das Wetter?", "kind": "weather"}])


def _write_lines(path: Path, records: list[dict[str, object]]) -> Path:
    lines = [json.dumps(record, ensure_ascii=False) for record in records]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
