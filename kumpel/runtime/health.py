"""Asks the parts whether they do their work."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

import requests

from kumpel.runtime.parts import Part, all_parts
from kumpel.settings import Settings

_TIMEOUT_IN_SECONDS = 3.0


@dataclass(frozen=True)
class PartHealth:
    """What one part answered."""

    part: Part
    is_ready: bool
    state: str
    """German word for people, such as "bereit" or "antwortet nicht"."""
    model: str | None = None
    """File name of the loaded model; only the Rasa server has one."""


def check_part(part: Part, token: str | None = None) -> PartHealth:
    """Asks one part.

    Args:
        part: Which.
        token: The Rasa server's token, where it wants one.
    """
    try:
        answer = requests.get(
            part.url + part.health_path,
            params={"token": token} if token and part.name == "rasa" else None,
            timeout=_TIMEOUT_IN_SECONDS,
        )
    except requests.ConnectionError:
        return PartHealth(part, False, "läuft nicht")
    except requests.RequestException:
        return PartHealth(part, False, "antwortet nicht")
    if answer.status_code == requests.codes.conflict:
        return PartHealth(part, False, "kein Modell geladen")
    if answer.status_code == requests.codes.unauthorized:
        return PartHealth(part, False, "verlangt ein anderes Token")
    if answer.status_code != requests.codes.ok:
        return PartHealth(part, False, f"meldet Fehler {answer.status_code}")
    if part.name != "rasa":
        return PartHealth(part, True, "bereit")
    return _rasa_health(part, answer)


def check_all(settings: Settings) -> list[PartHealth]:
    """Asks every part, in the usual order."""
    return [check_part(part, settings.rasa_token) for part in all_parts(settings)]


def is_assistant_ready(settings: Settings) -> bool:
    """Tells whether `/readyz` says that a citizen would be answered."""
    url = f"http://127.0.0.1:{settings.portal_port}/readyz"
    try:
        answer = requests.get(url, timeout=_TIMEOUT_IN_SECONDS)
    except requests.RequestException:
        return False
    return bool(answer.status_code == requests.codes.ok)


def _rasa_health(part: Part, answer: requests.Response) -> PartHealth:
    try:
        model = PurePath(str(answer.json()["model_file"])).name
    except (ValueError, KeyError, TypeError):
        return PartHealth(part, False, "gehört nicht zu Kumpel")
    return PartHealth(part, True, "bereit", model)
