"""`kumpel run`, `train` and `setup-spacy`: what the Makefile calls."""

from __future__ import annotations

import os
import signal
from types import FrameType

from kumpel.runtime.model import ensure_model
from kumpel.runtime.model import train as train_model
from kumpel.runtime.parts import all_parts
from kumpel.runtime.preflight import check_folder, check_ports
from kumpel.runtime.spacy_pipeline import ensure_pipeline
from kumpel.settings import Settings

_TRAINING_LOG = "training.log"


def run() -> int:
    """Prepares what is missing, then runs all parts until it is told to stop.

    Returns:
        0 after Ctrl-C or SIGTERM.

    Raises:
        KumpelError: Something is missing, broken or in the way.
    """
    _end_with_make()
    signal.signal(signal.SIGTERM, _interrupt)
    settings = Settings.from_environment()
    try:
        # First what is quickly checked: nobody wants to hear of a busy port after
        # minutes of training.
        check_ports(all_parts(settings))
        check_folder(settings.var)
        ensure_pipeline(_say)
        ensure_model(_say, settings.var / _TRAINING_LOG)
        # honcho is imported late: it copies the signal handlers of this process.
        from kumpel.runtime.supervisor import Supervisor

        Supervisor(settings).run()
    except KeyboardInterrupt:
        _say("Abgebrochen.")
        return 0
    _say("Kumpel Krefeld ist beendet.")
    return 0


def train(*, is_forced: bool) -> int:
    """Trains where the data changed since the last model.

    Args:
        is_forced: Trains in any case.
    """
    signal.signal(signal.SIGTERM, _interrupt)
    settings = Settings.from_environment()
    check_folder(settings.var)
    ensure_pipeline(_say)
    log = settings.var / _TRAINING_LOG
    if is_forced:
        model = train_model(_say, log, starts_anew=True)
    else:
        model = ensure_model(_say, log)
    _say(f"Aktuelles Modell: {model.name}")
    return 0


def set_up_spacy(*, is_forced: bool) -> int:
    """Builds the spaCy pipeline where its inputs changed.

    Args:
        is_forced: Builds in any case, and tries to fetch de_core_news_sm again.
    """
    ensure_pipeline(_say, is_forced=is_forced)
    return 0


def _say(text: str) -> None:
    print(text, flush=True)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _end_with_make() -> None:
    """Stops in an orderly way when the `make` that started us is killed."""
    if "MAKELEVEL" in os.environ:
        from kumpel.runtime.lifeline import end_with_parent

        end_with_parent(os.getppid(), signal.SIGTERM)
