"""Reads the errors of ZMS's citizen API, in each of the shapes that occur.

Its own shape is ``{"errors": [{"errorCode": …}]}``. What nobody caught comes as
``{"error": {"message": …}}``, gateways send ``{"error": "…", "status": 400}`` or HTML.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kumpel.errors import (
    AppointmentError,
    AppointmentNotFoundError,
    CaptchaNeededError,
    InvalidPersonError,
    LockedError,
    NotBookableError,
    NotCancellableError,
    PortalError,
    PortalUnavailableError,
    ReservationLapsedError,
    SlotTakenError,
    TooManyAppointmentsError,
    TooManyPersonsError,
    UncertainError,
    WrongCodeError,
)


class NothingFreeError(AppointmentError):
    """Generation A's way to say that a list is empty."""

    def __init__(self, message: str) -> None:
        super().__init__(message, kind="not_found", status=404)


class UnknownEndpointError(PortalError):
    """The system does not have this path: it is of the other generation."""


_FIELDS = {
    "invalidFamilyName": "name",
    "invalidEmail": "mail",
    "emailIsRequired": "mail",
    "invalidTelephone": "telephone",
    "telephoneIsRequired": "telephone",
    "invalidCustomTextfield": "remark",
    "invalidCustomTextfield2": "remark",
}

#: The first one that stands among the codes decides.
_ERRORS: Mapping[str, Callable[[str], PortalError]] = {
    "captchaMissing": CaptchaNeededError,
    "captchaInvalid": CaptchaNeededError,
    "captchaExpired": CaptchaNeededError,
    "captchaVerificationFailed": CaptchaNeededError,
    "captchaVerificationError": CaptchaNeededError,
    "appointmentNotAvailable": SlotTakenError,
    # The only wrong moment that we send is one that has passed meanwhile.
    "invalidTimestamp": SlotTakenError,
    "processNotReservedAnymore": ReservationLapsedError,
    "processNotPreconfirmedAnymore": ReservationLapsedError,
    "preconfirmationExpired": ReservationLapsedError,
    "appointmentNotFound": AppointmentNotFoundError,
    "invalidProcessId": AppointmentNotFoundError,
    "invalidAuthKey": WrongCodeError,
    "invalidCredentials": WrongCodeError,
    "authKeyMismatch": WrongCodeError,
    "appointmentCanNotBeCanceled": NotCancellableError,
    "processAlreadyCalled": NotCancellableError,
    "invalidLocationAndServiceCombination": NotBookableError,
    "invalidOfficeId": NotBookableError,
    "invalidServiceId": NotBookableError,
    "requestNotFound": NotBookableError,
    "providerNotFound": NotBookableError,
    "scopeNotFound": NotBookableError,
    "scopesNotFound": NotBookableError,
    "tooManySlotsPerAppointment": TooManyPersonsError,
    "tooManyServicesPerAppointment": TooManyPersonsError,
    "invalidServiceCount": TooManyPersonsError,
    "tooManyAppointmentsWithSameMail": TooManyAppointmentsError,
    "noAppointmentForThisDay": NothingFreeError,
    "noAppointmentForThisScope": NothingFreeError,
    "notFound": lambda message: UnknownEndpointError(message, status=404),
    "rateLimitExceeded": lambda message: PortalError(
        message, kind="limit", status=429, is_retryable=True
    ),
    # Said before anything is done.
    "serviceUnavailable": lambda message: PortalUnavailableError(message, status=503),
    # Said wherever the backend gave no answer: perhaps after it did its work.
    "zmsClientCommunicationError": UncertainError,
    "processDeleteFailed": UncertainError,
    "internalError": UncertainError,
    "unknownError": UncertainError,
}
_MAXIMUM_LOCK_IN_SECONDS = 86_400


def error_from(
    status: int, headers: Mapping[str, str], document: Any
) -> PortalError | None:
    """Makes the error that an answer tells of, None where it tells of none.

    Args:
        status: HTTP status. Errors are known by the body: some versions send 200.
        headers: Of the answer.
        document: Its JSON, or None.
    """
    codes = _codes(document)
    if not codes:
        return _foreign(status, document)
    message = f"ZMS refused with {status}: {', '.join(codes)}"
    fields = tuple(dict.fromkeys(_FIELDS[code] for code in codes if code in _FIELDS))
    if fields:
        return InvalidPersonError(message, fields=fields)
    code = next((code for code in _ERRORS if code in codes), None)
    if code is None:
        return _by_status(status, message)
    retry_in = headers.get("Retry-After", "")
    if code == "authKeyMismatch" and retry_in.isascii() and retry_in.isdigit():
        seconds = min(int(retry_in), _MAXIMUM_LOCK_IN_SECONDS)
        return LockedError(message, retry_in_seconds=seconds)
    return _ERRORS[code](message)


def _codes(document: Any) -> list[str]:
    """Returns the codes of ZMS's own shape, as far as they can be shown."""
    entries = document.get("errors") if isinstance(document, Mapping) else None
    if not isinstance(entries, list):
        return []
    return [
        str(entry.get("errorCode"))[:60] if isinstance(entry, Mapping) else "unreadable"
        for entry in entries[:20]
    ]


def _foreign(status: int, document: Any) -> PortalError | None:
    """Makes the error of somebody in front of ZMS, or of its own crash."""
    is_error = isinstance(document, Mapping) and "error" in document
    if not is_error:
        return None if status < 500 else _by_status(status, f"Answered {status}.")
    inner = document.get("status")
    if status < 400 and isinstance(inner, int) and 400 <= inner < 600:
        status = inner
    return _by_status(max(status, 400), f"A gateway answered {status}.")


def _by_status(status: int, message: str) -> PortalError:
    if status >= 500:
        return UncertainError(message)
    kinds = {401: "auth", 403: "auth", 409: "conflict", 429: "limit"}
    return PortalError(message, kind=kinds.get(status, "unknown"), status=status)
