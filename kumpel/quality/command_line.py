"""`python -m kumpel.quality`: measures the newest model and writes the page."""

from __future__ import annotations

import argparse
import contextlib
import json
import logging
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, NamedTuple

from tqdm import tqdm

from kumpel.clock import Clock, system_clock
from kumpel.errors import InvalidInputError, KumpelError, StartError
from kumpel.evaluation.conversation import Assistant
from kumpel.evaluation.input_files import (
    known_services,
    read_dialogues,
    read_out_of_scope,
    read_questions,
)
from kumpel.quality.history import Run, as_json, digest_of, read_published
from kumpel.quality.measuring import Inputs, Understands, measure
from kumpel.runtime.environment import quieten
from kumpel.runtime.model import newest_model
from kumpel.settings import PROJECT_ROOT, Settings

HELDOUT = PROJECT_ROOT / "tests" / "heldout"
PUBLISHED = PROJECT_ROOT / "docs" / "quality"

_TROUBLE = 2
_ENDINGS = ".tar.gz"

#: Opens the assistant that runs a model; the tests open a fake one.
Opener = Callable[[Path], AbstractContextManager[tuple[Assistant, Understands]]]


class _Outputs(NamedTuple):
    page: Path
    figures: Path
    published: Path | None


def main(
    arguments: Sequence[str] | None = None,
    open_product: Opener | None = None,
    clock: Clock = system_clock,
) -> int:
    """Measures, and writes page and figures.

    Args:
        arguments: Default is the command line.
        open_product: Who is measured; default is the newest model in process.
        clock: When it was measured. Not KUMPEL_NOW: that is the assistant's clock.

    Returns:
        0, whatever the figures are; 2 where something was unusable.
    """
    quieten()
    options = _parser().parse_args(arguments)
    try:
        _run(options, open_product or _product, clock)
    except KumpelError as error:
        print(error, file=sys.stderr)
        return _TROUBLE
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        print(f"{place}{error.strerror or error}.", file=sys.stderr)
        return _TROUBLE
    return 0


def _run(options: argparse.Namespace, open_product: Opener, clock: Clock) -> None:
    from kumpel.quality.names import read_names
    from kumpel.quality.page import render

    inputs = _inputs(options)
    published = read_published(options.published)
    model = options.model or newest_model()
    if model is None or not model.is_file():
        where = f"{model}: " if model else ""
        raise StartError(f"{where}Es gibt kein Modell. Bitte make train ausführen.")
    paths = [*options.questions, *options.out_of_scope, *options.dialogues]
    run = Run(clock(), model.name.removesuffix(_ENDINGS), digest_of(paths))
    outputs = _prepared(options, run)
    names = read_names()
    with open_product(model) as (assistant, understands):
        measurement = measure(assistant, understands, inputs, _progress)
    figures = as_json(run, measurement, names.category_of)
    text = json.dumps(figures, ensure_ascii=False, indent=2) + "\n"
    _write(outputs.figures, text)
    _write(outputs.page, render(run, measurement, names, published))
    print(f"Bericht: {outputs.page}\nZahlen: {outputs.figures}")
    if outputs.published:
        _write(outputs.published, text)
        print(f"Veröffentlicht: {outputs.published}")


def _inputs(options: argparse.Namespace) -> Inputs:
    services = known_services()
    return Inputs(
        [q for path in options.questions for q in read_questions(path, services)],
        [m for path in options.out_of_scope for m in read_out_of_scope(path)],
        [d for path in options.dialogues for d in read_dialogues(path, services)],
    )


def _prepared(options: argparse.Namespace, run: Run) -> _Outputs:
    """Finds out before the long work whether its result can be written."""
    folder = Settings.from_environment().var / "quality"
    outputs = _Outputs(
        page=options.output or folder / "bericht.html",
        figures=folder / f"{run.moment:%Y%m%d-%H%M%S}-{run.model}.json",
        published=options.published / run.file_name if options.publish else None,
    )
    for path in outputs:
        if path is not None:
            _check_writable(path)
    return outputs


def _check_writable(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        is_new = not path.exists()
        with path.open("a", encoding="utf-8"):
            pass
        if is_new:
            path.unlink()
    except OSError as error:
        raise InvalidInputError(
            f"{path}: nicht beschreibbar ({error.strerror})."
        ) from error


def _write(path: Path, text: str) -> None:
    # In one step: a page that is being read must not be half of one.
    draft = path.with_name(f".{path.name}.draft")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


def _progress(items: Sequence[Any], name: str) -> Iterable[Any]:
    # disable=None: only where the output is a terminal.
    bar: Iterable[Any] = tqdm(items, desc=name, disable=None, unit="", leave=False)
    return bar


@contextlib.contextmanager
def _product(model: Path) -> Iterator[tuple[Assistant, Understands]]:
    # Importing Rasa takes seconds; mistakes in the input are told before. Sanic shows
    # deprecations again while it is imported, so it comes before the filter.
    import sanic  # noqa: F401

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from rasa.utils.log_utils import configure_structlog

        from kumpel.evaluation.harness import in_process_assistant
        from kumpel.quality.product import product_understander

        # Unconfigured, structlog prints what every message was understood as.
        configure_structlog(logging.ERROR)
        logging.getLogger().setLevel(logging.ERROR)
        understander = product_understander(model)
        with in_process_assistant(model) as assistant:
            yield assistant, understander


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m kumpel.quality",
        description="Misst das neueste Modell und schreibt einen Qualitätsbericht.",
    )
    for option, pattern, text in (
        ("--questions", "test_questions*.jsonl", "Fragen zu Leistungen"),
        ("--out-of-scope", "test_out_of_scope*.jsonl", "Anderes; ohne Datei: nichts"),
        ("--dialogues", "test_dialogues*.yaml", "Gespräche; ohne Datei: keine"),
    ):
        parser.add_argument(
            option,
            type=Path,
            nargs="+" if option == "--questions" else "*",
            default=sorted(HELDOUT.glob(pattern)),
            metavar="DATEI",
            help=f"{text} (sonst {pattern})",
        )
    parser.add_argument(
        "--model", type=Path, metavar="DATEI", help="Modell (sonst das neueste)"
    )
    parser.add_argument(
        "--output",
        type=Path,
        metavar="DATEI.html",
        help="wohin die Seite kommt (sonst var/quality/bericht.html)",
    )
    parser.add_argument(
        "--publish",
        action="store_true",
        help="legt die Zahlen auch zu den veröffentlichten",
    )
    parser.add_argument(
        "--published",
        type=Path,
        default=PUBLISHED,
        metavar="ORDNER",
        help="Ordner der veröffentlichten Zahlen (sonst docs/quality)",
    )
    return parser
