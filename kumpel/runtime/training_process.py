"""A training in a process of its own, with progress and an orderly end."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from kumpel.runtime.environment import training_environment
from kumpel.runtime.lifeline import end_with_parent

_PROGRESS_EVERY_SECONDS = 15.0
_KILL_AFTER_SECONDS = 10.0


def run_training(
    command: Sequence[str],
    root: Path,
    cache: str,
    log: Path,
    say: Callable[[str], None],
) -> int:
    """Runs a command until it ends; it ends with us.

    Args:
        command: Program and arguments.
        root: The project's folder, where it runs.
        cache: Folder of Rasa's own training cache.
        log: File to which what it prints is added.
        say: Takes lines of progress.

    Returns:
        The exit code.
    """
    parent = os.getpid()
    begin = time.monotonic()
    next_word = begin + _PROGRESS_EVERY_SECONDS
    with log.open("ab") as output:
        process = subprocess.Popen(  # noqa: S603 - our own command
            command,
            cwd=root,
            env=training_environment(cache),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=lambda: end_with_parent(parent),
        )
        try:
            while process.poll() is None:
                time.sleep(0.2)
                if time.monotonic() >= next_word:
                    next_word += _PROGRESS_EVERY_SECONDS
                    say(f"… Training läuft seit {time.monotonic() - begin:.0f} s")
        finally:
            _end(process)
    return process.returncode


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends a training that was interrupted; does nothing to one that is over."""
    if process.poll() is not None:
        return
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(_KILL_AFTER_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
