"""Ties the life of a process to that of its parent."""

from __future__ import annotations

import ctypes
import os
import signal

_LIBC = ctypes.CDLL(None, use_errno=True)
_PR_SET_PDEATHSIG = 1


def end_with_parent(
    parent_pid: int, signal_number: signal.Signals = signal.SIGKILL
) -> None:
    """Lets the kernel signal this process when its parent ends, however it ends.

    A supervisor that is killed with -9 has no chance to stop its parts; nothing but
    the kernel (prctl, PR_SET_PDEATHSIG) knows of it.

    Args:
        parent_pid: Who the parent was when the caller was started: it may be gone
            before the kernel is told.
        signal_number: What to send.
    """
    _LIBC.prctl(_PR_SET_PDEATHSIG, int(signal_number), 0, 0, 0)
    if os.getppid() != parent_pid:
        os.kill(os.getpid(), signal_number)


class Lifeline:
    """A pipe by which children learn that their parent wants or met its end.

    The kernel closes the pipe of a killed process, so that one mechanism serves both
    cases. An Event of multiprocessing does not: it hangs once a child that waits for
    it has died.
    """

    def __init__(self) -> None:
        self._read_end, self._write_end = os.pipe()

    def cut(self) -> None:
        """Tells the children to end. Called by the parent, once."""
        os.close(self._write_end)

    def hold_other_end(self) -> None:
        """Gives up the parent's end. Called by each child after its start."""
        os.close(self._write_end)

    def wait(self) -> None:
        """Waits, in a child, until the parent cuts the line or is gone."""
        os.read(self._read_end, 1)
