"""Limits how many requests one address may send."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

_MAXIMUM_ADDRESSES = 10_000


@dataclass(frozen=True)
class Allowance:
    """What an address may still send.

    Attributes:
        seconds_left: Until the count starts again.
    """

    limit: int
    remaining: int
    seconds_left: int
    is_exceeded: bool

    def headers(self) -> dict[str, str]:
        """Returns the `RateLimit-*` headers (seconds, as FIT-Connect has them)."""
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(self.seconds_left),
        }


class RateLimiter:
    """Counts requests per address in windows of fixed length.

    The injected clock is of no use here: where it stands still, no window would
    ever end.
    """

    def __init__(
        self,
        limit: int,
        window_in_seconds: int = 60,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limit = limit
        self._window_in_seconds = window_in_seconds
        self._monotonic = monotonic
        self._window = -1
        self._counts: dict[str, int] = {}

    def count(self, address: str) -> Allowance:
        """Counts one request of an address and tells what is left."""
        now = self._monotonic()
        window = int(now // self._window_in_seconds)
        if window != self._window or len(self._counts) > _MAXIMUM_ADDRESSES:
            # All windows end together, so that one cheap clear keeps memory small.
            self._window = window
            self._counts.clear()
        used = self._counts[address] = self._counts.get(address, 0) + 1
        end = (window + 1) * self._window_in_seconds
        return Allowance(
            limit=self._limit,
            remaining=max(0, self._limit - used),
            seconds_left=max(1, round(end - now)),
            is_exceeded=used > self._limit,
        )
