"""Starts the action server on 127.0.0.1: `python -m kumpel.runtime.actions_server`."""

from __future__ import annotations

import logging
import os
import sys
import traceback

from sanic import Sanic, response
from sanic.exceptions import SanicException
from sanic.handlers import ErrorHandler
from sanic.request import Request
from sanic.response import HTTPResponse

from kumpel.errors import KumpelError
from kumpel.runtime.environment import mute_warnings, quieten
from kumpel.runtime.parts import HOPELESS
from kumpel.settings import PROJECT_ROOT, Settings

logger = logging.getLogger(__name__)

_HOST = "127.0.0.1"


def create_app(package: str = "actions") -> Sanic:
    """Returns the SDK's application with `/health` and a discreet error handler.

    The SDK's own handler sends the whole tracker back to the caller and logs it
    (pitfall A7).

    Args:
        package: Package or module that holds the actions.
    """
    from rasa_sdk.endpoint import create_app as create_sdk_app

    app = create_sdk_app(package, cors_origins="")
    app.error_handler = ErrorHandler()
    app.error_handler.add(Exception, _refuse)
    return app


def _refuse(request: Request, error: Exception) -> HTTPResponse:
    """Names the kind of error and nothing of the conversation."""
    if isinstance(error, SanicException) and error.status_code < 500:
        return response.json({"error": "bad request"}, status=error.status_code)
    # Messages of exceptions quote what they choke on, and that may be a citizen's
    # address: kind and place must do.
    places = "".join(traceback.format_tb(error.__traceback__))
    logger.error("%s %s: %s\n%s", request.method, request.path, type(error), places)
    return response.json({"error": "internal error"}, status=500)


def main() -> int:
    """Serves until it is told to stop.

    Returns:
        0 after a normal end, HOPELESS where starting again would not help.
    """
    quieten()
    mute_warnings()
    try:
        settings = Settings.from_environment()
    except KumpelError as error:
        print(f"Fehler: {error}", file=sys.stderr)
        return HOPELESS
    logging.basicConfig(
        level=settings.log_level,
        format="%(levelname)s %(name)s: %(message)s",
        stream=sys.stdout,
    )
    os.chdir(PROJECT_ROOT)
    create_app().run(
        host=_HOST, port=settings.actions_port, access_log=False, motd=False
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
