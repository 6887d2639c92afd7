"""What the actions of one process share."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from kumpel.appointments.desk import AppointmentDesk
from kumpel.appointments.factory import make_desk
from kumpel.clock import Clock
from kumpel.portal_client.client import PortalClient
from kumpel.settings import Settings


@dataclass(frozen=True)
class Context:
    """Portal, clock, signing key, and the desk that gives appointments."""

    portal: PortalClient
    clock: Clock
    secret: str
    desk: AppointmentDesk | None = None
    """None where no appointments are given at all."""
    patience: float = 1.0
    """How many times its usual limits an answer may take; above 1 only where a busy
    machine must not make the assistant look wrong, as in tests of what it says."""


_lock = threading.Lock()
_context: Context | None = None


def current() -> Context:
    """Returns the process's context; makes it from the settings at the first call.

    The SDK makes the actions without arguments, so they cannot be handed one.
    """
    global _context
    with _lock:
        if _context is None:
            settings = Settings.from_environment()
            portal = PortalClient.from_settings(settings)
            desk = make_desk(settings, portal)
            _context = Context(portal, settings.clock, settings.secret(), desk)
        return _context


def patience() -> float:
    """Returns the patience of the context in place; makes none, so it never waits."""
    return _context.patience if _context else 1.0


def install(context: Context | None) -> Context | None:
    """Puts another context in place, e.g. of an in-process portal; None resets.

    Returns:
        The one that was in place before, if any.
    """
    global _context
    with _lock:
        before, _context = _context, context
        return before
