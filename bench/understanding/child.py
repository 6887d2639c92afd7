"""Runs a step in a process of its own: time, peak memory, and why it failed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kumpel.errors import KumpelError
from kumpel.runtime.lifeline import end_with_parent
from kumpel.settings import PROJECT_ROOT

Say = Callable[[str], None]

_PROGRESS_EVERY_SECONDS = 30.0
_POLL_EVERY_SECONDS = 0.2
_KIB_PER_MB = 1000 * 1000 / 1024
_END_OF_LOG_IN_BYTES = 20_000
_EPOCHS = re.compile(r"Epochs:[^|\r\n]*\|[^|\r\n]*\| (\d+/\d+) \[[\d:]+<([\d:?]+)")
_OUT_OF_MEMORY = ("MemoryError", "ResourceExhausted", "Cannot allocate memory")
_LESS_DATA = "mit --utterances-per-intent weniger Daten nehmen oder Speicher freimachen"


class StepError(KumpelError):
    """A contestant could not be trained or asked."""


@dataclass(frozen=True)
class Usage:
    """What a step took."""

    seconds: float
    """From the start of the process to its end."""
    peak_memory_in_mb: float
    """Largest resident memory, in 10^6 bytes."""


def run(
    command: Sequence[str],
    *,
    what: str,
    log: Path,
    environment: Mapping[str, str],
    say: Say,
) -> Usage:
    """Runs a command in the project's folder and waits for its end.

    Args:
        command: Program and arguments.
        what: Name of the step, for progress and errors.
        log: File for what it prints.
        environment: All its variables.
        say: Takes lines of progress.

    Raises:
        StepError: It failed; the message names the reason and the way out.
    """
    parent = os.getpid()
    begin = time.monotonic()
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - our own command
            command,
            cwd=PROJECT_ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=lambda: end_with_parent(parent),
        )
    try:
        code, peak_in_kib = _wait(process.pid, what, log, begin, say)
        process.returncode = code
    except BaseException:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise
    if code != 0:
        raise StepError(f"{what}: {_reason(code, log)} (Protokoll: {log}).")
    return Usage(time.monotonic() - begin, peak_in_kib / _KIB_PER_MB)


def _wait(pid: int, what: str, log: Path, begin: float, say: Say) -> tuple[int, int]:
    """Waits; returns the exit code, and the peak that the kernel kept of this child."""
    next_word = begin + _PROGRESS_EVERY_SECONDS
    while True:
        # Popen.wait drops the usage; RUSAGE_CHILDREN would mix all children. Before it
        # becomes the command, a child counts as large as this process, which therefore
        # must not import Rasa.
        ended, status, usage = os.wait4(pid, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status), usage.ru_maxrss
        if time.monotonic() >= next_word:
            next_word += _PROGRESS_EVERY_SECONDS
            epoch = last_epoch(log)
            at = f", Epoche {epoch}" if epoch else ""
            say(f"{what}: läuft seit {time.monotonic() - begin:.0f} s{at}")
        time.sleep(_POLL_EVERY_SECONDS)


def last_epoch(log: Path) -> str:
    """Returns how far Rasa's progress bar is ("12/100, noch 04:53"), or nothing."""
    found = _EPOCHS.findall(end_of(log))
    if not found:
        return ""
    epoch, remaining = found[-1]
    return epoch if remaining == "?" else f"{epoch}, noch {remaining}"


def end_of(log: Path) -> str:
    """Returns the last part of a log."""
    with log.open("rb") as stream:
        size = stream.seek(0, os.SEEK_END)
        stream.seek(max(0, size - _END_OF_LOG_IN_BYTES))
        return stream.read().decode("utf-8", "replace")


def _reason(code: int, log: Path) -> str:
    end = end_of(log)
    if code == -signal.SIGKILL:
        return f"vom System beendet, meist weil der Speicher voll ist: {_LESS_DATA}"
    if any(sign in end for sign in _OUT_OF_MEMORY):
        return f"der Speicher reicht nicht: {_LESS_DATA}"
    if code < 0:
        return f"durch Signal {signal.Signals(-code).name} beendet: noch einmal starten"
    lines = [line.strip() for line in end.splitlines() if line.strip()]
    errors = [line for line in lines if re.search(r"Error\b|Exception\b", line)]
    last = (errors or lines or ["keine Ausgabe"])[-1][:300]
    return f"gescheitert ({last}): Ursache beheben und mit --resume fortsetzen"
