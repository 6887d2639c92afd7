"""Runs all parts in the foreground: one log, restarts, and an end together.

honcho starts the parts and merges their output. What is added here: a part that dies
is started again a few times, the end of the supervisor ends every part however it
comes, and one thread tells when the assistant is ready.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from datetime import datetime
from typing import Any, TextIO

from honcho.manager import Manager
from honcho.printer import Message, Printer
from honcho.process import Popen, Process

from kumpel.errors import StartError
from kumpel.runtime.environment import part_environment
from kumpel.runtime.health import check_part, is_assistant_ready
from kumpel.runtime.lifeline import Lifeline, end_with_parent
from kumpel.runtime.parts import HOPELESS, Part, all_parts
from kumpel.settings import PROJECT_ROOT, Settings

MAX_RESTARTS = 3
RESTART_WINDOW_IN_SECONDS = 60.0
START_TIMEOUT_IN_SECONDS = 180.0
#: A part that runs and does not answer for so long is killed, and so started again.
HANG_TIMEOUT_IN_SECONDS = 60.0

_TERMINATE_TIMEOUT_IN_SECONDS = 6.0
_CHECK_EVERY_SECONDS = 0.3
_RECHECK_EVERY_SECONDS = 2.0
_GAVE_UP = 1
_STOPPED = 0


class Log(Printer):
    """Prints lines with the prefix of their part, and our own lines without one."""

    def write(self, message: Message) -> None:
        """Prints one message; honcho's own chatter about pids is left out."""
        if message.name is None:
            print(message.data, file=self.output, flush=True)
        elif message.name != "system":
            super().write(message)


def _line(text: str) -> Message:
    return Message("line", text, datetime.now(), None, None)


def kill_group(pid: int, number: signal.Signals) -> None:
    """Signals a part and its children; one that is gone already is fine."""
    try:
        os.killpg(pid, number)
    except ProcessLookupError:
        return


class _RestartingProcess(Process):
    """A part in a process of its own that starts it again when it dies.

    `run` is executed in a child of the supervisor, which survives signals from the
    terminal and ends after its part.
    """

    def __init__(self, part: Part, lifeline: Lifeline, **kwargs: Any) -> None:
        super().__init__(part.command, name=part.name, **kwargs)
        self._part = part
        self._lifeline = lifeline
        self._stopping = threading.Event()
        self._deaths: deque[float] = deque(maxlen=MAX_RESTARTS + 1)
        self._exit_code = 0
        self._child_ctor = self._start_child

    def run(self, events: Any = None, ignore_signals: bool = False) -> None:
        """Starts the part again and again; see the parent class for `events`."""
        self._lifeline.hold_other_end()
        for number in (signal.SIGINT, signal.SIGTERM):
            # Not SIG_IGN, which the part would inherit.
            signal.signal(number, lambda *_: None)
        threading.Thread(target=self._stop_when_told, daemon=True).start()
        while True:
            super().run(events, ignore_signals=False)
            if self._stopping.is_set() or not self._may_start_again():
                break
        code = _STOPPED if self._stopping.is_set() else _GAVE_UP
        super()._send_message({"returncode": code}, type="stop")

    def _start_child(self, command: list[str], **options: Any) -> Popen:
        parent = os.getpid()
        return Popen(
            command,
            shell=False,
            stdin=subprocess.DEVNULL,
            preexec_fn=lambda: end_with_parent(parent),
            **options,
        )

    def _send_message(self, data: Any, type: str = "line") -> None:  # noqa: A002
        if type == "stop":
            # honcho would end everything; whether this is the end is decided above.
            self._exit_code = data["returncode"]
            return
        super()._send_message(data, type=type)
        if type == "start" and self._stopping.is_set():
            self._signal_part(signal.SIGTERM)

    def _may_start_again(self) -> bool:
        now = time.monotonic()
        self._deaths.append(now)
        title, code = self._part.title, self._exit_code
        if code == HOPELESS:
            self._say(f"{title} kann nicht starten (Grund: siehe oben).")
            return False
        is_too_often = (
            len(self._deaths) > MAX_RESTARTS
            and now - self._deaths[0] < RESTART_WINDOW_IN_SECONDS
        )
        if is_too_often:
            self._say(
                f"{title} ist {len(self._deaths)}-mal in weniger als "
                f"{RESTART_WINDOW_IN_SECONDS:.0f} s ausgefallen (zuletzt mit {code})."
            )
            return False
        self._say(f"{title} ist ausgefallen (mit {code}) und wird neu gestartet.")
        return True

    def _say(self, text: str) -> None:
        self._events.put(_line(text))

    def _stop_when_told(self) -> None:
        # By this process, which always knows its part; the supervisor learns of a
        # new pid only some time after a restart.
        self._lifeline.wait()
        self._stopping.set()
        self._signal_part(signal.SIGTERM)
        time.sleep(_TERMINATE_TIMEOUT_IN_SECONDS)
        self._signal_part(signal.SIGKILL)

    def _signal_part(self, number: signal.Signals) -> None:
        child = self._child
        if child is not None and child.returncode is None:
            # The part leads a group of its own, and its children are in it.
            kill_group(child.pid, number)


class Supervisor(Manager):
    """Runs the parts until it is told to stop, or until one of them gives up."""

    def __init__(
        self,
        settings: Settings,
        parts: list[Part] | None = None,
        output: TextIO = sys.stdout,
    ) -> None:
        """Prepares; nothing is started yet.

        Args:
            settings: Ports and the environment of the parts.
            parts: What to run; default is the whole assistant.
            output: Gets the log.
        """
        super().__init__(Log(output))
        self._settings = settings
        self._lifeline = Lifeline()
        self._stopping = threading.Event()
        self._terminating = False
        self._trouble: str | None = None
        self._parts = parts or all_parts(settings)

    def run(self) -> None:
        """Starts everything and returns after an orderly end.

        Raises:
            StartError: A part gave up or the assistant never got ready; all parts
                were stopped.
        """
        environment = part_environment(self._settings)
        for part in self._parts:
            self._add(part, environment)
        self.loop()
        for part in self._parts:
            if self._processes[part.name].get("returncode") == _GAVE_UP:
                self._trouble = self._trouble or (
                    f"{part.title} läuft nicht, deshalb wurde alles beendet: Bitte den "
                    f"Grund oben im Protokoll unter „{part.name}“ lesen und beheben."
                )
        if self._trouble:
            raise StartError(self._trouble)

    def terminate(self) -> None:
        """Stops every part (see parent class); safe at any time."""
        if not self._terminating:
            # A signal may come while this very function runs: first the flag.
            self._terminating = True
            self._lifeline.cut()
            self._stopping.set()

    def kill(self) -> None:
        """Does nothing: each part's own process kills it when it takes too long."""

    def _add(self, part: Part, environment: dict[str, str]) -> None:
        self._process_ctor = lambda _command, name, **kwargs: _RestartingProcess(
            part, self._lifeline, **kwargs
        )
        self.add_process(part.name, "", env=environment, cwd=str(PROJECT_ROOT))

    def _start(self) -> None:
        super()._start()
        # After the fork of the parts: a thread would be copied half.
        threading.Thread(target=self._watch, daemon=True).start()

    def _say(self, text: str) -> None:
        self.events.put(_line(text))

    def _watch(self) -> None:
        """Tells what is loaded, when all is ready, and when no longer."""
        self._say("Starte Portal und Aktionen, lade Sprachmodell …")
        if not self._await_start():
            return
        self._say(
            f"Kumpel Krefeld ist bereit: http://127.0.0.1:{self._settings.portal_port}/"
        )
        unready_since: float | None = None
        while not self._stopping.wait(_RECHECK_EVERY_SECONDS):
            if is_assistant_ready(self._settings):
                if unready_since is not None:
                    self._say("Wieder bereit.")
                unready_since = None
            elif unready_since is None:
                self._say("Zurzeit nicht bereit …")
                unready_since = time.monotonic()
            elif time.monotonic() - unready_since > HANG_TIMEOUT_IN_SECONDS:
                self._kill_hanging_parts()
                unready_since = time.monotonic()

    def _kill_hanging_parts(self) -> None:
        for part in self._parts:
            health = check_part(part, self._settings.rasa_token)
            if not health.is_ready and not self._stopping.is_set():
                self._say(f"{part.title} {health.state} und wird beendet.")
                kill_group(self._processes[part.name]["pid"], signal.SIGKILL)

    def _await_start(self) -> bool:
        deadline = time.monotonic() + START_TIMEOUT_IN_SECONDS
        announced: set[str] = set()
        while not self._stopping.wait(_CHECK_EVERY_SECONDS):
            if is_assistant_ready(self._settings):
                return True
            health = [check_part(p, self._settings.rasa_token) for p in self._parts]
            for part in (h.part for h in health if h.is_ready):
                if part.name not in announced:
                    announced.add(part.name)
                    self._say(f"{part.title} bereit.")
            if time.monotonic() > deadline:
                states = ", ".join(f"{h.part.title} {h.state}" for h in health)
                self._trouble = (
                    f"Kumpel ist nach {START_TIMEOUT_IN_SECONDS:.0f} s nicht bereit "
                    f"({states}): Bitte den Grund oben im Protokoll lesen."
                )
                self.terminate()
        return False
