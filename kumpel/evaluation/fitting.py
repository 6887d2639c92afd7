"""Fits sharpness and thresholds of the understanding on the development set.

Run by `make fit-thresholds`; prints the lines for `config.yml`. Never look at the test
set with it: what is fitted on a set says nothing about that set any more.
"""

from __future__ import annotations

import argparse
import json
import sys
import tarfile
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from tqdm import tqdm

from kumpel.errors import KumpelError
from kumpel.evaluation.aspect_fitting import aspect_table, fit_aspects, read_asked
from kumpel.evaluation.input_files import known_services, read_tuning_lines
from kumpel.evaluation.scoring import KIND_OF_EMERGENCIES
from kumpel.evaluation.worth import Line, is_clearly_better, outcome, worths
from kumpel.nlu.decision import EMERGENCY, SERVICE_UNCLEAR, Summary, decide
from kumpel.nlu.linear_model import Floats
from kumpel.nlu.ranking import SERVICE
from kumpel.nlu.thresholds import Thresholds
from kumpel.nlu.understanding import Tuning, Understander
from kumpel.runtime.model import newest_model
from kumpel.settings import PROJECT_ROOT

#: Below, "Bei euch ist die Leitung immer tot" is offered a death (tests/traps).
_OFFER_EVIDENCE = (-0.4, -0.35, -0.3, -0.25, -0.2)
_SHARPNESS = (2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 12.0, 14.0)
_GRID: Mapping[str, Sequence[float]] = {
    "answer_confidence": [round(0.1 + 0.03 * i, 2) for i in range(25)],
    "answer_margin": [round(0.02 * i, 2) for i in range(20)],
    "answer_evidence": [round(-1.0 + 0.05 * i, 2) for i in range(22)],
    "choice_confidence": [round(0.04 + 0.03 * i, 2) for i in range(22)],
    "choice_evidence": [round(-1.1 + 0.05 * i, 2) for i in range(20)],
    "choice_share": [0.0, 0.02, 0.05, 0.1, 0.15, 0.2],
    "refusal_confidence": [round(0.1 + 0.05 * i, 2) for i in range(15)],
    "dialogue_confidence": [round(0.1 + 0.05 * i, 2) for i in range(15)],
    # Below, "das bringt mich um" is one. Of the 67 emergencies recognised in the
    # development set and tests/traps none had less than 0.86.
    "emergency_confidence": [round(0.40 + 0.04 * i, 2) for i in range(10)],
    # Below, some bare numbers ask for a doctor.
    "emergency_evidence": [-0.4, -0.35, -0.3, -0.25, -0.2],
    "sensitive_evidence": [round(-0.5 + 0.05 * i, 2) for i in range(11)],
    "short_message_gap": [round(0.05 * i, 2) for i in range(21)],
    "bare_word_evidence": [round(-0.4 + 0.1 * i, 2) for i in range(10)],
    "follow_up_evidence": [round(-0.8 + 0.05 * i, 2) for i in range(17)],
    # What comes out is too high: no tuning file holds what really leaves a topic.
    "leaving_evidence": [round(-0.8 + 0.05 * i, 2) for i in range(17)],
    "new_topic_evidence": [round(-0.6 + 0.05 * i, 2) for i in range(21)],
}
#: Share of all that may be given up so as not to miss an emergency.
_PRICE_OF_CAUTION = 0.003


def read_lines(understander: Understander, paths: Sequence[Path]) -> list[Line]:
    """Scores every line of the development files.

    Raises:
        InvalidInputError: A file cannot be read, is empty, or has a wrong line.
    """
    services = known_services()
    read = [line for path in paths for line in read_tuning_lines(path, services)]
    return [
        Line(
            understander.expecting(understander.label_scores(line.text), line.topic),
            len(line.text.split()),
            understander.main_aspect(line.text),
            line.services,
            line.kind == KIND_OF_EMERGENCIES,
            line.topic,
            tuple(understander.with_topic(line.text, line.topic)) if line.topic else (),
            line.must_ask,
        )
        for line in tqdm(read, desc="Scoring")
    ]


def _summary(understander: Understander, line: Line, sharpness: float) -> Summary:
    ranked = understander.rank(line.scores, sharpness)
    return Summary.of(ranked, line.count_of_words, line.main_aspect, line.with_topic)


def fit_sharpness(understander: Understander, lines: Sequence[Line]) -> float:
    """Returns the sharpness with the least log loss (calibration)."""
    index = {label: i for i, label in enumerate(understander.labels.labels)}

    def loss(sharpness: float) -> float:
        losses = []
        for line in (each for each in lines if each.topic is None):
            columns = [
                index[f"service/{slug}"]
                for slug in line.services
                if f"service/{slug}" in index
            ]
            if columns:
                shifted = np.exp(sharpness * (line.scores - line.scores.max()))
                share = shifted[columns].sum() / shifted.sum()
                losses.append(-np.log(max(float(share), 1e-9)))
        return float(np.mean(losses))

    return min(_SHARPNESS, key=loss)


def fit(understander: Understander, lines: Sequence[Line]) -> dict[str, float]:
    """Fits sharpness, then each threshold in turn until nothing gets better.

    Starts from the thresholds of `config.yml`.
    """
    sharpness = fit_sharpness(understander, lines)
    summaries = [_summary(understander, line, sharpness) for line in lines]
    limits = understander.limits
    now = worths(lines, summaries, limits)
    for _ in range(4):
        before = limits
        for name, values in tqdm(_GRID.items(), desc="Fitting"):
            others = [replace(limits, **{name: value}) for value in values]
            tried = [worths(lines, summaries, each) for each in others]
            best = max(range(len(tried)), key=lambda i: float(tried[i].sum()))
            if is_clearly_better(tried[best], now):
                limits, now = others[best], tried[best]
        if limits == before:
            break
    limits = _cautious(lines, summaries, limits)
    fitted = asdict(_with_fitted_offers(understander, lines, limits, sharpness))
    names = (*_GRID, "sensitive_offer_evidence")
    return {"sharpness": sharpness, **{name: fitted[name] for name in names}}


def _with_fitted_offers(
    understander: Understander,
    lines: Sequence[Line],
    limits: Thresholds,
    sharpness: float,
) -> Thresholds:
    """Fits from which margin a sensitive service may be named among the choices.

    For itself, since it decides what a summary holds.
    """

    def found(tried: Thresholds) -> Floats:
        ranker = _with_limits(understander, tried)
        summaries = [_summary(ranker, line, sharpness) for line in lines]
        return worths(lines, summaries, tried)

    others = [replace(limits, sensitive_offer_evidence=v) for v in _OFFER_EVIDENCE]
    tried = [found(each) for each in others]
    best = max(range(len(tried)), key=lambda i: float(tried[i].sum()))
    return others[best] if is_clearly_better(tried[best], found(limits)) else limits


def _with_limits(understander: Understander, limits: Thresholds) -> Understander:
    return Understander(
        understander.vectorizer,
        understander.labels,
        understander.aspects,
        understander.tuning,
        limits,
    )


def _cautious(
    lines: Sequence[Line], summaries: Sequence[Summary], limits: Thresholds
) -> Thresholds:
    """Lowers the line for emergencies as far as it hardly costs anything else.

    Two dozen emergencies in a development set cannot show where one would be missed.
    """
    enough = worths(lines, summaries, limits).sum() * (1 - _PRICE_OF_CAUTION)
    for value in _GRID["emergency_confidence"]:
        lower = replace(limits, emergency_confidence=value)
        if worths(lines, summaries, lower).sum() >= enough:
            return lower
    return limits


def report(
    understander: Understander, lines: Sequence[Line], fitted: Mapping[str, float]
) -> dict[str, Any]:
    """Returns the shares of outcomes with the fitted values."""
    limits = replace(
        Thresholds.from_config(fitted),
        sensitive_services=understander.limits.sensitive_services,
        helping_services=understander.limits.helping_services,
    )
    understander = _with_limits(understander, limits)
    counts = {"direct": 0, "asked_back": 0, "wrong": 0, "lost": 0}
    refused = {"false_answers": 0, "asked_back": 0, "emergencies_missed": 0}
    for line in lines:
        summary = _summary(understander, line, fitted["sharpness"])
        if line.services:
            counts[outcome(summary, line, limits)] += 1
            continue
        intent = decide(summary, limits).intent
        refused["false_answers"] += intent == SERVICE
        refused["asked_back"] += intent == SERVICE_UNCLEAR
        refused["emergencies_missed"] += line.is_emergency and intent != EMERGENCY
    asked = sum(counts.values()) or 1
    return {
        **{name: round(count / asked, 4) for name, count in counts.items()},
        "out_of_scope": refused,
    }


def trained_understander(model: Path) -> Understander:
    """Takes the understanding out of a trained model.

    Raises:
        KumpelError: The model holds none.
    """
    with tarfile.open(model) as archive, tempfile.TemporaryDirectory() as folder:
        for member in archive.getmembers():
            component, _, name = member.name.rpartition("/")
            if component.endswith("UnderstandingClassifier1") and member.isfile():
                content = archive.extractfile(member)
                (Path(folder) / name).write_bytes(content.read() if content else b"")
        if not (Path(folder) / "labels.npz").exists():
            raise KumpelError(f"{model.name} holds no understanding: run make train.")
        return Understander.load(Path(folder), Tuning(), configured_thresholds())


def configured_thresholds(path: Path = PROJECT_ROOT / "config.yml") -> Thresholds:
    """Reads what config.yml says about the lines between the decisions."""
    pipeline = yaml.safe_load(path.read_text(encoding="utf-8"))["pipeline"]
    ours = next(c for c in pipeline if c["name"].endswith("UnderstandingClassifier"))
    return Thresholds.from_config(ours)


def main(arguments: Sequence[str] | None = None) -> int:
    """Fits on the development files, prints their report and lines for config.yml.

    Returns:
        The exit code: 1 where a file or the model is unusable, as is then said.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, help="JSONL development files")
    try:
        _fit_and_print(parser.parse_args(arguments).files)
    except KumpelError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _fit_and_print(files: Sequence[Path]) -> None:
    model = newest_model()
    if model is None:
        raise KumpelError("There is no model yet: run make train.")
    understander = trained_understander(model)
    fitted = fit(understander, read_lines(understander, files))
    for path in files:
        of_file = read_lines(understander, [path])
        print(path.name, json.dumps(report(understander, of_file, fitted)))
    for name, value in fitted.items():
        print(f"    {name}: {value}")
    asked = read_asked(understander, files)
    weights = fit_aspects(understander, asked)
    print(f"    aspect_habit: {weights.habit}")
    print(f"    overview_leaning: {weights.overview}")
    table = aspect_table(understander, asked, weights)
    print("Aspects that are right:", *table, sep="\n")


if __name__ == "__main__":
    sys.exit(main())
