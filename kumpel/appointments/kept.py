"""A value that is asked for once in a while."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from kumpel.errors import PortalError

T = TypeVar("T")


class Kept(Generic[T]):
    """A value that is asked for once in a while."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._value: T | None = None
        self._until = 0.0

    def get(self, read: Callable[[], T], until: float) -> T:
        """Returns the value, read anew where it is too old and reading works."""
        # One reads, the others wait: else a start under load asks a hundred times.
        with self._lock:
            if self._value is None or self._until <= time.monotonic():
                self._value, self._until = self._read(read), until
            return self._value

    def _read(self, read: Callable[[], T]) -> T:
        try:
            return read()
        except PortalError:
            if self._value is None:
                raise
            return self._value
