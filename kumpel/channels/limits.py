"""Rate limits, and whose they are."""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Callable

from sanic.request import Request

_MAX_REMEMBERED_KEYS = 10_000
#: Else each of very many callers would cost a look at all others.
_LEAST_PAUSE_IN_SECONDS = 1.0


class RateLimit:
    """Allows a number of events per period and key, at an even pace after a burst.

    The generic cell rate algorithm (ITU-T I.371) keeps one number per key. The
    library `limits` was tried: it needs a newer `packaging` than Rasa 3.6 allows.
    """

    def __init__(
        self,
        count: int,
        period_in_seconds: float,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Creates a limit that nobody has used yet.

        Args:
            count: How many events may come at once.
            period_in_seconds: Time in which that many may come again.
            now: Gives seconds of a clock that never goes back.
        """
        self._period = period_in_seconds
        self._interval = period_in_seconds / count
        self._now = now
        self._free_at: dict[str, float] = {}
        self._tidied_at = now()

    def wait_in_seconds(self, key: str) -> float:
        """Counts an event; returns 0, or how long to wait where it is one too many."""
        now = self._now()
        free_at = max(self._free_at.get(key, now), now)
        wait = free_at - now - (self._period - self._interval)
        if wait > 1e-9:
            return wait
        are_many = len(self._free_at) >= _MAX_REMEMBERED_KEYS
        pause = _LEAST_PAUSE_IN_SECONDS if are_many else self._period
        if now - self._tidied_at >= pause:
            # Addresses are personal data: none is kept longer than it limits somebody
            # and until somebody else comes.
            self._free_at = {k: t for k, t in self._free_at.items() if t > now}
            self._tidied_at = now
        self._free_at[key] = free_at + self._interval
        return 0.0


def caller_address(request: Request) -> str:
    """Returns the address of the citizen behind a request.

    The header X-Forwarded-For counts only where the portal, or a proxy on the
    same machine, has set it, and of it only the last entry, which that one wrote.
    """
    peer = str(request.ip or "")
    forwarded = str(request.headers.get("x-forwarded-for", ""))
    last = forwarded.rpartition(",")[2].strip()
    return last if last and is_loopback(peer) else peer


def is_loopback(address: str) -> bool:
    """Returns whether an address is of this machine; nonsense is not."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
