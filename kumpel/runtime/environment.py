"""What every part finds in its environment."""

from __future__ import annotations

import os
import sys
import warnings

from kumpel.settings import PROJECT_ROOT, Settings

# Set before TensorFlow, Rasa or spaCy are imported, and against what stands there:
# Rasa itself raises TensorFlow's level again for all that is started from it.
_QUIET = {
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_ENABLE_ONEDNN_OPTS": "0",
    "CUDA_VISIBLE_DEVICES": "-1",
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "PYTHONWARNINGS": "ignore",
    "PYTHONUNBUFFERED": "1",
    "PYTHONUTF8": "1",
    # structlog colours and `rich` tracebacks have no place in a log with prefixes.
    "NO_COLOR": "1",
}
# One message needs no second core: with more threads the parts only wait for
# each other.
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


# Without compiled files in the environment the import of Rasa alone takes 20 s of
# computing at every start, with them 5 s.
_SLOWING = "PYTHONDONTWRITEBYTECODE"


def quieten() -> None:
    """Makes this process and its children quiet and quick to start.

    Call it before heavy imports.
    """
    os.environ.pop(_SLOWING, None)
    sys.dont_write_bytecode = False
    os.environ.update(_QUIET)


def mute_warnings() -> None:
    """Keeps the deprecations of the frozen Rasa stack out of the log, for good.

    PYTHONWARNINGS is not enough: Sanic and sqlalchemy switch warnings on again when
    they are imported.
    """
    warnings.showwarning = lambda *_, **__: None


def resolved(settings: Settings) -> dict[str, str]:
    """Returns the settings that endpoints.yml and credentials.yml name.

    Rasa expands `${NAME}` there and knows no defaults.
    """
    return {
        "KUMPEL_PORTAL_PORT": str(settings.portal_port),
        "KUMPEL_RASA_PORT": str(settings.rasa_port),
        "KUMPEL_ACTIONS_PORT": str(settings.actions_port),
        "KUMPEL_EDITOR_PORT": str(settings.editor_port),
        "KUMPEL_VAR": str(settings.var.resolve()),
    }


def part_environment(settings: Settings) -> dict[str, str]:
    """Returns the environment in which the parts are started.

    The operator's own variables are handed on whole: PATH, proxies, certificates,
    and the settings that have no default.
    """
    environment = {**_ONE_THREAD, **os.environ, **_QUIET, **resolved(settings)}
    # An entry of its own, so that `python -m portal` works from any folder.
    paths = [str(PROJECT_ROOT), *environment.get("PYTHONPATH", "").split(os.pathsep)]
    environment["PYTHONPATH"] = os.pathsep.join(path for path in paths if path)
    return environment


def training_environment(cache: str) -> dict[str, str]:
    """Returns the environment in which a training runs.

    Args:
        cache: Folder of Rasa's own training cache.
    """
    return {**os.environ, **_QUIET, "RASA_CACHE_DIRECTORY": cache}
