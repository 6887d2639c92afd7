"""`python -m kumpel.quality.overmatch_command`: the gate as a command."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import yaml
from tqdm import tqdm

from kumpel.errors import InvalidInputError, KumpelError, StartError
from kumpel.nlu.understanding import Tuning
from kumpel.quality.overmatch import (
    CROSS_VALIDATED,
    IN_SAMPLE,
    Limits,
    Theft,
    cross_validated,
    in_sample,
)
from kumpel.quality.overmatch_exceptions import outdated, read_exceptions, without
from kumpel.quality.product import COMPONENT, product_understander
from kumpel.runtime.fingerprint import training_hash
from kumpel.runtime.model import matching_model
from kumpel.settings import PROJECT_ROOT
from kumpel.validation.language_data import Utterance
from kumpel.validation.project import Project

EXCEPTIONS = PROJECT_ROOT / "tests" / "quality" / "overmatch_exceptions.yml"
_FOUND, _TROUBLE = 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Names stolen utterances; fails where one is surely another's.

    Args:
        arguments: Default is the command line.

    Returns:
        0 where all is well, 1 with sure thefts or outdated exceptions, 2 where
        something was unusable.
    """
    options = _parser().parse_args(arguments)
    try:
        return _run(options)
    except KumpelError as error:
        print(error, file=sys.stderr)
        return _TROUBLE


def check_in_sample(
    exceptions: Path = EXCEPTIONS, root: Path = PROJECT_ROOT
) -> tuple[list[Theft], list[str]]:
    """Checks the model that belongs to the data; takes seconds.

    Args:
        exceptions: File of judged thefts.
        root: The project's folder.

    Returns:
        All thefts, and the German sentences of what must not stay.

    Raises:
        StartError: There is no model of these data.
    """
    utterances = Project.read(root).utterances
    model = matching_model(training_hash(root), root / "models")
    if model is None:
        raise StartError(
            "Zu den Sprachdaten, wie sie jetzt sind, gibt es kein Modell: Bitte make "
            "train ausführen."
        )
    thefts = in_sample(utterances, product_understander(model))
    return thefts, _problems(thefts, IN_SAMPLE, exceptions, "in_sample", utterances)


def _run(options: argparse.Namespace) -> int:
    if options.in_sample:
        thefts, problems = check_in_sample(options.exceptions, options.root)
    else:
        read_exceptions(options.exceptions, "cross_validated")  # mistakes first
        utterances = Project.read(options.root).utterances
        if not utterances:
            raise InvalidInputError(f"{options.root}: hat keine Übungssätze.")
        thefts = cross_validated(utterances, _penalty(options.root), _progress)
        problems = _problems(
            thefts, CROSS_VALIDATED, options.exceptions, "cross_validated", utterances
        )
    for theft in thefts[: options.most]:
        print(line_of(theft))
    if len(thefts) > options.most:
        print(f"… und {len(thefts) - options.most} weitere (alle: --most 100000)")
    for problem in problems:
        print(problem)
    print(f"Gestohlene Sätze: {len(thefts)}, Probleme: {len(problems)}.")
    return _FOUND if problems else 0


def line_of(theft: Theft) -> str:
    """Returns place, utterance, owner and thief with their margins in one line."""
    utterance = theft.utterance
    return (
        f"{theft.place}: „{utterance.text}“ {utterance.intent} "
        f"{theft.own_margin:+.2f} → {theft.thief} {theft.thief_margin:+.2f}"
    )


def _problems(
    thefts: Sequence[Theft],
    limits: Limits,
    exceptions: Path,
    kind: str,
    utterances: Sequence[Utterance],
) -> list[str]:
    judged = read_exceptions(exceptions, kind)
    sure = [theft for theft in thefts if theft.is_sure(limits)]
    found = [
        f"{line_of(theft)}. Bitte umformulieren, dorthin verschieben oder mit Grund "
        f"in {exceptions.name} aufnehmen."
        for theft in without(sure, judged)
    ]
    found += [
        f"{each.place}: {why} Bitte den Eintrag löschen."
        for each, why in outdated(judged, thefts, utterances)
    ]
    return found


def _penalty(root: Path) -> float:
    path = root / "config.yml"
    try:
        pipeline = yaml.safe_load(path.read_text(encoding="utf-8"))["pipeline"]
        ours = next(each for each in pipeline if each["name"].endswith(COMPONENT))
    except OSError as error:
        raise InvalidInputError(f"{path}: nicht lesbar ({error.strerror}).") from error
    except (yaml.YAMLError, KeyError, TypeError, StopIteration) as error:
        raise InvalidInputError(f"{path}: nennt keinen {COMPONENT}.") from error
    return Tuning.from_config(ours).penalty


def _progress(folds: Iterable[int]) -> Iterable[int]:
    # disable=None: only where the output is a terminal.
    bar: Iterable[int] = tqdm(folds, desc="Trainings", disable=None, leave=False)
    return bar


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m kumpel.quality.overmatch_command",
        description="Nennt Übungssätze, die eine andere Leistung an sich zieht.",
    )
    parser.add_argument(
        "--in-sample",
        action="store_true",
        help="fragt das fertige Modell (Sekunden), statt vier neue zu trainieren",
    )
    parser.add_argument(
        "--most", type=int, default=200, metavar="N", help="Zeilen (sonst 200)"
    )
    parser.add_argument(
        "--exceptions",
        type=Path,
        default=EXCEPTIONS,
        metavar="DATEI.yml",
        help="beurteilte Ausnahmen (sonst tests/quality/overmatch_exceptions.yml)",
    )
    parser.add_argument(
        "--root",
        type=Path,
        default=PROJECT_ROOT,
        metavar="ORDNER",
        help="anderes Projekt",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
