"""Runs the portal on its own: `python -m portal`."""

from __future__ import annotations

import logging
import socket
import sys

from kumpel.errors import KumpelError, StartError
from kumpel.settings import Settings
from portal.app import create_app
from portal.database import prepare

_HOST = "127.0.0.1"


def main() -> int:
    """Runs the portal in the foreground until it is told to stop.

    Returns:
        0 after an orderly stop, 1 where it cannot start.
    """
    try:
        settings = Settings.from_environment()
        logging.basicConfig(
            level=settings.log_level, format="%(levelname)s %(name)s: %(message)s"
        )
        logging.getLogger("alembic").setLevel(logging.WARNING)
        # Socket and database before the server: a mistake is one sentence then,
        # while Sanic would log a traceback and end as if all were well.
        listener = _listen(settings.portal_port)
        prepare(settings.portal_database, clock=settings.clock).dispose()
        create_app(settings).run(sock=listener, access_log=False, motd=False)
    except KumpelError as error:
        print(f"Das Portal startet nicht: {error}", file=sys.stderr)
        return 1
    return 0


def _listen(port: int) -> socket.socket:
    try:
        return socket.create_server((_HOST, port), backlog=128)
    except OSError as error:
        raise StartError(
            f"Port {port} kann nicht benutzt werden ({error.strerror}). "
            "Einen anderen Port setzt KUMPEL_PORTAL_PORT."
        ) from error


if __name__ == "__main__":
    sys.exit(main())
