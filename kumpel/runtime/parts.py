"""The parts of the assistant: how each is started and where it answers."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from kumpel.settings import Settings

#: Exit code of a part that a restart cannot help (sysexits: EX_CONFIG).
HOPELESS = 78


@dataclass(frozen=True)
class Part:
    """A process of the assistant."""

    name: str
    """Prefix in the log."""
    title: str
    """German name for people."""
    module: str
    """Run with `python -m`."""
    port: int
    port_variable: str
    """Setting that moves the part to another port."""
    health_path: str
    """Answers 200 as soon as this part does its work."""

    @property
    def command(self) -> list[str]:
        """Arguments that start the part."""
        return [sys.executable, "-m", self.module]

    @property
    def url(self) -> str:
        """Base URL of the part."""
        return f"http://127.0.0.1:{self.port}"


def all_parts(settings: Settings) -> list[Part]:
    """Returns the parts in the order in which they are started and shown."""
    return [
        Part(
            "portal",
            "Portal",
            "portal",
            settings.portal_port,
            "KUMPEL_PORTAL_PORT",
            "/healthz",
        ),
        Part(
            "actions",
            "Aktionen",
            "kumpel.runtime.actions_server",
            settings.actions_port,
            "KUMPEL_ACTIONS_PORT",
            "/health",
        ),
        Part(
            "rasa",
            "Sprachmodell",
            "kumpel.runtime.rasa_server",
            settings.rasa_port,
            "KUMPEL_RASA_PORT",
            "/status",
        ),
    ]
