"""Starts the Rasa server on 127.0.0.1: `python -m kumpel.runtime.rasa_server`.

Does what `rasa run --enable-api` does, with three differences: it loads none of
Rasa's other commands, it ends where the model cannot be loaded (Rasa would go on
without one and answer nothing), and it finds the action server by our settings.
"""

from __future__ import annotations

import logging
import os
import sys
from typing import TYPE_CHECKING, Any

from kumpel.errors import KumpelError, StartError
from kumpel.runtime.environment import mute_warnings, quieten, resolved
from kumpel.runtime.model import newest_model
from kumpel.runtime.parts import HOPELESS
from kumpel.settings import PROJECT_ROOT, Settings

if TYPE_CHECKING:
    from rasa.core.utils import AvailableEndpoints

_HOST = "127.0.0.1"


def main() -> int:
    """Serves until it is told to stop.

    Returns:
        0 after a normal end, HOPELESS where starting again would not help.
    """
    quieten()
    mute_warnings()
    try:
        settings = Settings.from_environment()
        os.environ.update(resolved(settings))
        # config.yml and the models name files from the project's folder.
        os.chdir(PROJECT_ROOT)
        _serve(settings)
    except KumpelError as error:
        print(f"Fehler: {error}", file=sys.stderr)
        return HOPELESS
    return 0


def _serve(settings: Settings) -> None:
    model = newest_model()
    if model is None:
        raise StartError("Es gibt noch kein Sprachmodell: Bitte make train ausführen.")
    _configure_logging(settings)
    import rasa.core.run

    from kumpel.runtime.action_answers import check_answers_quickly

    check_answers_quickly()
    rasa.core.run.serve_application(
        model_path=str(model),
        interface=_HOST,
        port=settings.rasa_port,
        credentials=str(PROJECT_ROOT / "credentials.yml"),
        endpoints=_endpoints(settings),
        enable_api=True,
        auth_token=settings.rasa_token,
        server_listeners=[(_end_without_model, "after_server_start")],
    )


def _configure_logging(settings: Settings) -> None:
    from rasa.utils.log_utils import configure_structlog

    level = logging.getLevelName(settings.log_level)
    configure_structlog(level if isinstance(level, int) else logging.INFO)
    # Its scheduler tells of every job; we have none.
    logging.getLogger("apscheduler").setLevel(logging.WARNING)


def _endpoints(settings: Settings) -> AvailableEndpoints:
    from rasa.core.utils import AvailableEndpoints

    endpoints = AvailableEndpoints.read_endpoints(str(PROJECT_ROOT / "endpoints.yml"))
    if endpoints.action is not None and _HOST in endpoints.action.url:
        endpoints.action.url = f"{settings.actions_url}/webhook"
    return endpoints


async def _end_without_model(app: Any, _loop: Any) -> None:
    """Ends the process where Rasa started without a model; it logged the cause."""
    agent = getattr(app.ctx, "agent", None)
    if agent is None or not agent.is_ready():
        print(
            "Fehler: Das Sprachmodell lässt sich nicht laden: Bitte make train "
            "ausführen.",
            file=sys.stderr,
            flush=True,
        )
        # Nobody was served yet, and Sanic knows no exit code.
        os._exit(HOPELESS)


if __name__ == "__main__":
    sys.exit(main())
