"""`kumpel evaluate`: measures the newest model with everything that belongs to it."""

from __future__ import annotations

import argparse
import contextlib
import json
import logging
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple, TypeVar

from tqdm import tqdm

from kumpel.errors import InvalidInputError
from kumpel.evaluation.conversation import Assistant
from kumpel.evaluation.input_files import (
    Dialogue,
    known_services,
    read_dialogues,
    read_out_of_scope,
    read_questions,
)
from kumpel.evaluation.scoring import (
    Report,
    score_dialogues,
    score_out_of_scope,
    score_questions,
)
from kumpel.evaluation.tables import (
    dialogues_table,
    out_of_scope_table,
    questions_table,
)

T = TypeVar("T")

#: Opens an assistant; the tests open a fake one.
Opener = Callable[[], AbstractContextManager[Assistant]]


class _Job(NamedTuple):
    """Input that was read, with what is done with it."""

    score: Callable[[Assistant], Report]
    table: Callable[[Report], str]


def main(
    arguments: Sequence[str] | None = None, open_assistant: Opener | None = None
) -> int:
    """Runs `kumpel evaluate`.

    Args:
        arguments: Without ``kumpel evaluate``; default is the command line.
        open_assistant: Who is measured; default is the newest model in process.

    Returns:
        0, whatever the scores are.

    Raises:
        InvalidInputError: The file has a mistake, or the report cannot be written.
        StartError: There is no usable model.
    """
    options = _parser().parse_args(arguments)
    _check_report(options.report)
    job = _job(options)
    with _quiet(), (open_assistant or _in_process)() as assistant:
        report = job.score(assistant)
    print(job.table(report))
    if options.report:
        text = json.dumps(report, ensure_ascii=False, indent=2)
        options.report.write_text(f"{text}\n", encoding="utf-8")
    return 0


def _job(options: argparse.Namespace) -> _Job:
    """Reads the input; before the model is loaded, which takes far longer."""
    path: Path = options.file
    match options.what:
        case "questions":
            questions = read_questions(path, known_services())
            return _Job(
                lambda assistant: score_questions(assistant, _progress(questions)),
                questions_table,
            )
        case "out-of-scope":
            messages = read_out_of_scope(path)
            return _Job(
                lambda assistant: score_out_of_scope(assistant, _progress(messages)),
                out_of_scope_table,
            )
        case _:
            dialogues = _chosen(path, options.only)
            return _Job(
                lambda assistant: score_dialogues(assistant, _progress(dialogues)),
                dialogues_table,
            )


def _chosen(path: Path, only: str | None) -> list[Dialogue]:
    dialogues = read_dialogues(path, known_services())
    chosen = [d for d in dialogues if only is None or d.id == only]
    if not chosen:
        names = ", ".join(dialogue.id for dialogue in dialogues)
        raise InvalidInputError(f"{path}: {only!r} gibt es nicht, nur {names}.")
    return chosen


def _progress(items: Sequence[T]) -> Iterable[T]:
    # disable=None: only where the output is a terminal.
    bar: Iterable[T] = tqdm(items, disable=None, unit="", leave=False)
    return bar


def _check_report(path: Path | None) -> None:
    if path is None:
        return
    if path.is_dir() or not path.absolute().parent.is_dir():
        raise InvalidInputError(
            f"--report {path}: ist keine Datei in einem vorhandenen Ordner."
        )


def _in_process() -> AbstractContextManager[Assistant]:
    # Importing Rasa takes seconds; mistakes in the input are told before.
    import sanic  # noqa: F401 - importing it shows deprecations again

    warnings.simplefilter("ignore")
    from rasa.utils.log_utils import configure_structlog

    from kumpel.evaluation.harness import in_process_assistant

    # Unconfigured, structlog prints what every message was understood as.
    configure_structlog(logging.ERROR)
    return in_process_assistant()


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Leaves the terminal to the table; errors are still told."""
    root = logging.getLogger()
    level = root.level
    root.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            yield
    finally:
        root.setLevel(level)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kumpel evaluate",
        description="Misst das neueste Modell mit Regeln, Aktionen und Portal.",
    )
    kinds = parser.add_subparsers(dest="what", required=True, metavar="WAS")
    for name, pattern, text in (
        ("questions", "FILE.jsonl", "Fragen zu Leistungen"),
        ("out-of-scope", "FILE.jsonl", "Nachrichten, die keine Leistung betreffen"),
        ("dialogues", "FILE.yaml", "Gespräche"),
    ):
        kind = kinds.add_parser(name, help=text)
        kind.add_argument("file", type=Path, metavar=pattern)
        kind.add_argument(
            "--report", type=Path, metavar="OUT.json", help="schreibt alles als JSON"
        )
        if name == "dialogues":
            kind.add_argument("--only", metavar="ID", help="nur dieser Dialog")
    return parser
