"""Figures of a run as a small file, and the runs that were published before.

Only figures: what was asked stays in the page, which is not committed, so that nobody
who trains reads the test set by accident.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from kumpel.errors import InvalidInputError
from kumpel.evaluation.records import Record
from kumpel.evaluation.scoring import Report
from kumpel.quality.calibration import Bin, bins_of, expected_calibration_error
from kumpel.quality.measuring import Measurement, by_aspect, by_category

FORMAT = 1
#: Figures that the page compares: key, and whether more is better. Asking back is
#: better than a wrong answer and worse than a right one: more of it says nothing.
COMPARED: Mapping[str, bool | None] = {
    "direct": True,
    "asked_back": None,
    "wrong": False,
    "lost": False,
    "aspect_correct": True,
    "false_answers": False,
    "emergencies": True,
    "dialogues": True,
    "calibration_error": False,
}


@dataclass(frozen=True)
class Run:
    """When and what was measured."""

    moment: datetime
    model: str
    """Name of the model's archive without ending."""
    question_set: str
    """Digest of all input files: only runs on the same ones can be compared."""

    @property
    def file_name(self) -> str:
        """Name for the published figures: the day, and the hash of the data."""
        return f"{self.moment:%Y-%m-%d}-{self.model.rpartition('-')[2]}.json"


@dataclass(frozen=True)
class Published:
    """Figures of an earlier run."""

    moment: datetime
    model: str
    question_set: str
    figures: Mapping[str, float]


def digest_of(paths: Sequence[Path]) -> str:
    """Returns a digest of files, which tells sets of questions apart.

    Raises:
        InvalidInputError: A file cannot be read.
    """
    digest = hashlib.sha256()
    for path in paths:
        try:
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        except OSError as error:
            raise InvalidInputError(
                f"{path}: nicht lesbar ({error.strerror})."
            ) from error
    return digest.hexdigest()[:12]


def as_json(
    run: Run, measurement: Measurement, categories: Mapping[str, str]
) -> dict[str, Any]:
    """Returns what is kept of a run: figures only, no texts."""
    bins = bins_of(measurement.guesses)
    return {
        "format": FORMAT,
        "moment": run.moment.isoformat(timespec="seconds"),
        "model": run.model,
        "question_set": run.question_set,
        "figures": figures_of(measurement, bins),
        "questions": _without_failures(measurement.questions),
        "by_category": by_category(measurement.asked, categories),
        "by_aspect": by_aspect(measurement.asked),
        "calibration": [asdict(each) for each in bins],
        "out_of_scope": _without_failures(measurement.out_of_scope),
        "dialogues": _without_failures(measurement.dialogues),
    }


def figures_of(measurement: Measurement, bins: Sequence[Bin]) -> dict[str, float]:
    """Returns the few shares that are compared over time, from 0 to 1."""
    questions = measurement.questions
    figures = {
        key: float(questions[key])
        for key in ("direct", "asked_back", "wrong", "lost", "aspect_correct")
    }
    if measurement.out_of_scope:
        figures["false_answers"] = measurement.out_of_scope["false_answers"]
        emergencies = measurement.out_of_scope["emergencies"]
        if emergencies["n"]:
            figures["emergencies"] = emergencies["correct"]
    if measurement.dialogues:
        held = measurement.dialogues
        figures["dialogues"] = held["passed"] / held["n"]
    figures["calibration_error"] = expected_calibration_error(bins)
    return figures


def read_published(folder: Path) -> list[Published]:
    """Reads all published runs, the newest first; none where the folder is missing.

    Raises:
        InvalidInputError: A file there is no published run.
    """
    runs = [_read(path) for path in sorted(folder.glob("*.json"))]
    return sorted(runs, key=lambda run: run.moment, reverse=True)


def _read(path: Path) -> Published:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise InvalidInputError(
            f"{path}, Zeile {error.lineno}: kein gültiges JSON ({error.msg})."
        ) from error
    except UnicodeDecodeError as error:
        raise InvalidInputError(f"{path}: kein UTF-8.") from error
    except OSError as error:
        raise InvalidInputError(f"{path}: nicht lesbar ({error.strerror}).") from error
    record = Record(values, str(path))
    if record.value("format") != FORMAT:
        raise record.mistake(f"'format' ist nicht {FORMAT}")
    figures = record.value("figures")
    if not isinstance(figures, Mapping) or not all(map(_is_share, figures.values())):
        raise record.mistake("'figures' muss Anteile von 0 bis 1 enthalten")
    try:
        moment = datetime.fromisoformat(record.text("moment"))
    except ValueError as error:
        raise record.mistake(f"'moment' ist kein Zeitpunkt ({error})") from error
    if moment.tzinfo is None:
        raise record.mistake("'moment' hat keine Zeitzone")
    return Published(
        moment, record.text("model"), record.text("question_set"), dict(figures)
    )


def _is_share(value: object) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and 0 <= float(str(value)) <= 1


def _without_failures(report: Report) -> Report:
    return {key: value for key, value in report.items() if key != "failures"}
