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


class AppointmentError(PortalError):
    """Nothing came of a step towards an appointment; its kind says whose turn it is."""


class SlotTakenError(AppointmentError):
    """Somebody else has the slot meanwhile, or it lies in the past: offer others."""

    def __init__(self, message: str) -> None:
        super().__init__(message, kind="conflict", status=404)


class ReservationLapsedError(AppointmentError):
    """The reservation is gone: too much time passed. Nothing is booked."""

    def __init__(self, message: str) -> None:
        super().__init__(message, kind="conflict", status=409)


class AppointmentNotFoundError(AppointmentError):
    """There is no appointment with this number (any more)."""

    def __init__(self, message: str) -> None:
        super().__init__(message, kind="not_found", status=404)


class WrongCodeError(AppointmentError):
    """The code does not belong to the number, or it was used up by a cancellation."""

    def __init__(self, message: str) -> None:
        super().__init__(message, kind="auth", status=406)


class LockedError(WrongCodeError):
    """Too many wrong codes: not even the right one helps for a while.

    Attributes:
        retry_in_seconds: After which time the code is looked at again.
    """

    def __init__(self, message: str, *, retry_in_seconds: int) -> None:
        super().__init__(message)
        self.retry_in_seconds = retry_in_seconds


class NotCancellableError(AppointmentError):
    """The appointment is over, being served, or cancelled already."""

    def __init__(self, message: str) -> None:
        super().__init__(message, kind="conflict", status=406)


class NotBookableError(AppointmentError):
    """The service, the office or the combination is not booked here.

    `AppointmentDesk.link` knows where else, if anywhere.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message, kind="validation", status=400)


class CaptchaNeededError(NotBookableError):
    """Only people may book there: a captcha, which is not for us to solve."""


class TooManyPersonsError(NotBookableError):
    """One appointment is not long enough for that many persons.

    Attributes:
        most: How many it is for at most; None where only trying tells.
    """

    def __init__(self, message: str, *, most: int | None = None) -> None:
        super().__init__(message)
        self.most = most


class TooManyAppointmentsError(AppointmentError):
    """The office gives one mail address no further appointment."""

    def __init__(self, message: str) -> None:
        super().__init__(message, kind="limit", status=406)


class InvalidPersonError(AppointmentError):
    """What a citizen told of themselves is refused.

    Attributes:
        fields: What is wrong or missing: ``name``, ``mail``, ``telephone``, ``remark``.
    """

    def __init__(self, message: str, *, fields: tuple[str, ...]) -> None:
        super().__init__(message, kind="validation", status=400)
        self.fields = fields


class UncertainError(PortalUnavailableError):
    """A step was sent and no answer came: it is done, or it is not.

    Never repeat it blindly. A reservation lapses by itself; for a confirmation or a
    cancellation, look the appointment up.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.is_retryable = False
