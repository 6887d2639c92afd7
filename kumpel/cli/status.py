"""`kumpel status`: a line for each part."""

from __future__ import annotations

import time

from kumpel.runtime.health import PartHealth, check_all, is_assistant_ready
from kumpel.runtime.spacy_pipeline import read_info
from kumpel.settings import Settings

_CHECK_EVERY_SECONDS = 0.5


def status(wait_in_seconds: float = 0.0) -> int:
    """Prints address and state of each part, the model and the spaCy pipeline.

    Args:
        wait_in_seconds: How long to wait for everything to be ready.

    Returns:
        0 where all parts are ready, else 1.
    """
    settings = Settings.from_environment()
    deadline = time.monotonic() + wait_in_seconds
    while True:
        health = check_all(settings)
        is_ready = all(part.is_ready for part in health)
        is_ready = is_ready and is_assistant_ready(settings)
        if is_ready or time.monotonic() >= deadline:
            break
        time.sleep(_CHECK_EVERY_SECONDS)
    for line in report(settings, health, is_ready):
        print(line)
    return 0 if is_ready else 1


def report(settings: Settings, health: list[PartHealth], is_ready: bool) -> list[str]:
    """Returns the lines of the report.

    Args:
        settings: For the warnings.
        health: What each part answered.
        is_ready: What `/readyz` answered.
    """
    width = max(len(h.part.title) for h in health)
    lines = [f"{h.part.title:<{width}}  {h.part.url}/  {_state(h)}" for h in health]
    pipeline = read_info()
    described = pipeline.describe() if pipeline else "fehlt (make setup baut sie)"
    lines.append(f"{'spaCy':<{width}}  models/spacy/kumpel_de  {described}")
    if settings.now:
        lines.append(
            f"Warnung: KUMPEL_NOW ist gesetzt, die Uhr steht auf {settings.now}."
        )
    if not settings.has_rate_limits:
        lines.append(
            "Warnung: KUMPEL_RATE_LIMITS=off, von diesem Rechner aus gilt keine Grenze."
        )
    if is_ready:
        lines.append(f"Bereit: http://127.0.0.1:{settings.portal_port}/")
    else:
        lines.append("Nicht bereit (make run startet den Assistenten).")
    return lines


def _state(health: PartHealth) -> str:
    return f"{health.state}, Modell {health.model}" if health.model else health.state
