"""The whole assistant as real processes; tests of several packages start it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from kumpel.settings import PROJECT_ROOT, Settings

START_LIMIT_IN_SECONDS = 180.0
MODULES = ("portal", "kumpel.runtime.actions_server", "kumpel.runtime.rasa_server")


class RunningAssistant:
    """`kumpel run` on free ports, with its state in a folder of its own."""

    def __init__(
        self, folder: Path, variables: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        self.log = folder / "log"
        variables = {"KUMPEL_VAR": str(folder / "var"), **variables}
        # All held at once, or the system might give one port twice.
        probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(3)]
        for name, probe in zip(("PORTAL", "RASA", "ACTIONS"), probes, strict=True):
            variables[f"KUMPEL_{name}_PORT"] = str(probe.getsockname()[1])
            probe.close()
        self.settings = Settings.from_environment(variables)
        self.url = f"http://127.0.0.1:{self.settings.portal_port}"
        kept = {k: v for k, v in os.environ.items() if not k.startswith("KUMPEL_")}
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "kumpel.cli.main", "run"],
                cwd=PROJECT_ROOT,
                env={**kept, **variables},
                stdout=output,
                stderr=output,
            )

    def parts(self) -> dict[str, int]:
        """Process ids of the running parts by module."""
        found = {}
        marker = f"KUMPEL_VAR={self.settings.var}\0".encode()
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                words = (folder / "cmdline").read_bytes().decode().split("\0")
                is_ours = marker in (folder / "environ").read_bytes()
            except (OSError, UnicodeDecodeError):
                continue
            if is_ours and words[1:2] == ["-m"] and words[2] in MODULES:
                found[words[2]] = int(folder.name)
        return found

    def wait_until_ready(self) -> None:
        line = f"Kumpel Krefeld ist bereit: {self.url}/"
        self.until(lambda: line in self.log.read_text().splitlines())

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=30)

    def until(self, is_true: Callable[[], object]) -> None:
        deadline = time.monotonic() + START_LIMIT_IN_SECONDS
        while not is_true():
            assert self.process.poll() is None, self.log.read_text()[-3000:]
            assert time.monotonic() < deadline, self.log.read_text()[-3000:]
            time.sleep(0.2)
