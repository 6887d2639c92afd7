"""`python -m bench.understanding`: one run, one machine, one table."""

from __future__ import annotations

import argparse
import json
import shlex
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias

from bench.understanding import report as reports
from bench.understanding.chart import draw
from bench.understanding.child import Say, StepError
from bench.understanding.contestants import CONTESTANTS, Contestant
from bench.understanding.machine import describe_machine
from bench.understanding.scoring import score
from bench.understanding.training import Serving, Training, Workspace
from bench.understanding.training_data import (
    Block,
    count_utterances,
    read_blocks,
    subset,
)
from kumpel.clock import system_clock
from kumpel.errors import InvalidInputError, KumpelError
from kumpel.evaluation.input_files import (
    OutOfScopeMessage,
    Question,
    known_services,
    read_out_of_scope,
    read_questions,
)
from kumpel.settings import PROJECT_ROOT

DOCUMENT = PROJECT_ROOT / "docs" / "benchmarks.md"
CHART = PROJECT_ROOT / "docs" / "images" / "benchmark-understanding.svg"
RESULTS = PROJECT_ROOT / "bench" / "results" / "understanding.json"

_BUSY_LOAD = 0.5
#: How often each pipeline is started and asked all questions.
ROUNDS = 5

_Failures: TypeAlias = dict[str, dict[str, Any]]


class _Input:
    """What all contestants are given."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.blocks: list[Block] = subset(
            read_blocks(options.data), options.utterances_per_intent
        )
        self.questions: list[Question] = read_questions(
            options.questions, known_services()
        )
        self.messages: list[OutOfScopeMessage] = read_out_of_scope(options.out_of_scope)

    @property
    def texts(self) -> list[str]:
        questions = [question.text for question in self.questions]
        return questions + [message.text for message in self.messages]


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the comparison.

    Args:
        arguments: Default is the command line.

    Returns:
        0; 1 where the input is unusable or a contestant failed; 130 on Ctrl-C.
    """
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    options = _parser().parse_args(arguments)
    say = _progress()
    try:
        report = _compare(options, arguments, say)
        _write(report, options, say)
    except KumpelError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{error.filename or 'Datei'}: {error.strerror}.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Abgebrochen; mit --resume geht es weiter.", file=sys.stderr)
        return 130
    return 1 if any("failure" in each for each in report["contestants"]) else 0


def _compare(
    options: argparse.Namespace, arguments: Sequence[str], say: Say
) -> dict[str, Any]:
    # All of it first: a mistake in a file shall not show after an hour of training.
    given = _Input(options)
    if options.publish:
        reports.around_markers(DOCUMENT)
    machine = describe_machine()
    if machine["load"] > _BUSY_LOAD:
        say(f"Achtung: Die Maschine ist beschäftigt (Last {machine['load']:.1f}).")
    workspaces = [
        Workspace(options.out, each, given.blocks, options.epochs)
        for each in _chosen(options.contestants)
    ]
    report: dict[str, Any] = {
        "date": f"{system_clock():%Y-%m-%d}",
        "command": shlex.join(["python", "-m", "bench.understanding", *arguments]),
        "machine": machine,
        "data": _described(given, options),
        "contestants": [],
    }
    failed = _estimate(workspaces, say, resume=options.resume)
    trained = _train(workspaces, failed, say, resume=options.resume)
    served = _serve(workspaces, failed, given.texts, say)
    for workspace in workspaces:
        name = workspace.contestant.name
        result = failed.get(name) or _result(given, trained[name], served[name])
        report["contestants"].append(_head(workspace) | result)
    _write_json(report, options.out / "results.json")
    return report


def _described(given: _Input, options: argparse.Namespace) -> dict[str, Any]:
    return {
        "utterances": count_utterances(given.blocks),
        "intents": len({block.intent for block in given.blocks}),
        "utterances_per_intent": options.utterances_per_intent,
        "questions": len(given.questions),
        "out_of_scope": len(given.messages),
    }


def _head(workspace: Workspace) -> dict[str, Any]:
    contestant = workspace.contestant
    return {
        "name": contestant.name,
        "title": contestant.title,
        "epochs": workspace.epochs,
        "authors_epochs": contestant.epochs(),
    }


def _estimate(workspaces: Sequence[Workspace], say: Say, *, resume: bool) -> _Failures:
    """Says how long the trainings will take; returns those that fail already."""
    failed: _Failures = {}
    total = 0.0
    for workspace in workspaces:
        name = workspace.contestant.name
        if not resume:
            workspace.forget()
        elif workspace.is_trained():
            continue
        try:
            estimate = workspace.estimate(say)
        except StepError as error:
            say(str(error))
            failed[name] = {"failure": str(error)}
            continue
        if estimate is None:
            continue
        seconds = estimate.total_seconds(workspace.epochs or 0)
        total += seconds
        say(
            f"{name}: {workspace.epochs} Epochen zu {estimate.epoch_seconds:.1f} s und "
            f"{estimate.fixed_seconds:.0f} s davor und danach, zusammen etwa "
            f"{_duration(seconds)}"
        )
    if total:
        say(
            f"Geschätzte Dauer aller Trainings mit Epochen: {_duration(total)}; "
            "abbrechen mit Strg-C, fortsetzen mit --resume"
        )
    return failed


def _train(
    workspaces: Sequence[Workspace], failed: _Failures, say: Say, *, resume: bool
) -> dict[str, Training]:
    """Trains all that have not failed yet; adds those that do."""
    trained = {}
    for workspace in workspaces:
        name = workspace.contestant.name
        if name in failed:
            continue
        try:
            trained[name] = workspace.train(say, resume=resume)
        except StepError as error:
            say(str(error))
            failed[name] = {"failure": str(error)}
            continue
        say(f"{name}: trainiert in {_duration(trained[name].usage.seconds)}")
    return trained


def _serve(
    workspaces: Sequence[Workspace],
    failed: _Failures,
    texts: Sequence[str],
    say: Say,
) -> dict[str, Serving]:
    """Asks all that have not failed; adds those that do.

    In rounds, one after the other: a slow minute of the machine shall hit all. Asked
    once each, the ratio of two pipelines was 3.8, 4.4 or 5.4 by such minutes.
    """
    rounds: dict[str, list[Serving]] = {}
    for number in range(1, ROUNDS + 1):
        for workspace in workspaces:
            name = workspace.contestant.name
            if name in failed:
                continue
            try:
                rounds.setdefault(name, []).append(workspace.serve(texts, say))
            except StepError as error:
                say(str(error))
                failed[name] = {"failure": str(error)}
        say(f"Runde {number} von {ROUNDS} gefragt")
    return {
        name: Serving.middle(some)
        for name, some in rounds.items()
        if name not in failed
    }


def _result(given: _Input, training: Training, serving: Serving) -> dict[str, Any]:
    return {
        **score(given.questions, given.messages, serving.answers),
        "training_seconds": training.usage.seconds,
        "training_peak_mb": training.usage.peak_memory_in_mb,
        "model_mb": training.model_size_in_mb,
        "is_resumed": training.is_resumed,
        "load_seconds": serving.load_seconds,
        "start_seconds": serving.import_seconds + serving.load_seconds,
        "serving_peak_mb": serving.usage.peak_memory_in_mb,
    }


def _write(report: dict[str, Any], options: argparse.Namespace, say: Say) -> None:
    finished = [each for each in report["contestants"] if "failure" not in each]
    print(reports.as_markdown(report))
    if not finished:
        return
    if options.publish and len(finished) == len(report["contestants"]):
        draw(finished, CHART)
        link = str(CHART.relative_to(DOCUMENT.parent))
        reports.publish(DOCUMENT, reports.as_markdown(report, link))
        _write_json(report, RESULTS)
        say(f"Geschrieben: {DOCUMENT}, {RESULTS}, {CHART}")
        return
    if options.publish:
        say(f"{DOCUMENT} bleibt, wie es ist: nicht alle sind fertig geworden.")
    draw(finished, options.out / "chart.svg")
    say(f"Geschrieben: {options.out / 'results.json'}, {options.out / 'chart.svg'}")


def _write_json(report: dict[str, Any], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(report, ensure_ascii=False, indent=2)
    path.write_text(f"{text}\n", encoding="utf-8")


def _chosen(names: str) -> list[Contestant]:
    wanted = [name.strip() for name in names.split(",") if name.strip()]
    unknown = [name for name in wanted if name not in CONTESTANTS]
    if unknown or not wanted:
        known = ", ".join(CONTESTANTS)
        raise InvalidInputError(f"--contestants {names}: es gibt nur {known}.")
    return [CONTESTANTS[name] for name in wanted]


def _progress() -> Say:
    begin = time.monotonic()

    def say(line: str) -> None:
        print(
            f"[{time.monotonic() - begin:6.0f} s] {line}", file=sys.stderr, flush=True
        )

    return say


def _duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes < 2:
        return f"{seconds:.0f} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("muss mindestens 1 sein")
    return number


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench.understanding",
        description="Vergleicht unser Verstehen mit dem anderer Rasa-Pipelines.",
    )
    heldout = PROJECT_ROOT / "tests" / "heldout"
    for name, default, text in (
        ("data", PROJECT_ROOT / "data" / "nlu", "Ordner der Trainingsdaten"),
        ("questions", heldout / "test_questions.jsonl", "Fragen zu Leistungen"),
        (
            "out-of-scope",
            heldout / "test_out_of_scope.jsonl",
            "Nachrichten, die keine Leistung betreffen",
        ),
        (
            "out",
            PROJECT_ROOT / "var" / "bench" / "understanding",
            "Ordner für Modelle, Protokolle und Ergebnisse",
        ),
    ):
        parser.add_argument(
            f"--{name}", type=Path, default=default, metavar="PFAD", help=text
        )
    names = ",".join(CONTESTANTS)
    parser.add_argument(
        "--contestants", default=names, metavar="NAMEN", help=f"davon: {names}"
    )
    parser.add_argument(
        "--epochs", type=_positive, metavar="N", help="statt derer der Autoren"
    )
    parser.add_argument(
        "--utterances-per-intent",
        type=_positive,
        metavar="N",
        help="nur so viele, für alle dieselben: für einen schnellen Blick",
    )
    parser.add_argument(
        "--resume", action="store_true", help="fertige Trainings weiterverwenden"
    )
    parser.add_argument(
        "--publish", action="store_true", help="Tabelle und Bild nach docs/ schreiben"
    )
    return parser
