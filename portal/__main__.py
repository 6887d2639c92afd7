"""Runs the portal on its own: `python -m portal`."""

from __future__ import annotations

import logging
import sys

from kumpel.errors import KumpelError
from kumpel.settings import Settings
from portal.app import create_app
from portal.database import prepare


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
        # Once before the server, so that a mistake is one sentence and no traceback.
        prepare(settings.portal_database, clock=settings.clock).dispose()
        create_app(settings).run(
            host="127.0.0.1",
            port=settings.portal_port,
            access_log=False,
            debug=False,
            motd=False,
        )
    except KumpelError as error:
        print(f"Das Portal startet nicht: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(
            f"Das Portal startet nicht: Port {settings.portal_port} ist nicht frei "
            f"({error.strerror}). Anderen Port mit KUMPEL_PORTAL_PORT setzen.",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
