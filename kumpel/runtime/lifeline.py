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
