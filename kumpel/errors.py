"""The one error hierarchy of the project.

Each error says in its message what happened and what to do about it, in plain
words, because operators read it as a single line in the log.
"""

from __future__ import annotations


class KumpelError(Exception):
    """Is the root of all errors that the project raises on purpose."""


class ConfigurationError(KumpelError, ValueError):
    """A setting, a file of the project or a seed is wrong."""


class InvalidInputError(KumpelError, ValueError):
    """Somebody (citizen, caller, author of a file) sent something unusable."""


class StartError(KumpelError):
    """A part of the assistant cannot start."""


class PortalError(KumpelError):
    """The portal gave no usable answer.

    Attributes:
        kind: One of ``validation``, ``not_found``, ``conflict``, ``auth``,
            ``limit``, ``unavailable``, ``unknown``.
        status: HTTP status of the answer, or None where none arrived.
        is_retryable: Whether the same read may succeed a little later.
    """

    def __init__(
        self,
        message: str,
        *,
        kind: str = "unknown",
        status: int | None = None,
        is_retryable: bool = False,
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.status = status
        self.is_retryable = is_retryable


class PortalUnavailableError(PortalError):
    """The portal cannot be reached, is too slow, or answers 5xx."""

    def __init__(self, message: str, *, status: int | None = None) -> None:
        super().__init__(message, kind="unavailable", status=status, is_retryable=True)


class PortalNotFoundError(PortalError):
    """The portal does not know the thing that was asked for."""

    def __init__(self, message: str) -> None:
        super().__init__(message, kind="not_found", status=404)
