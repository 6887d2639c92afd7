"""The errors of the ZMS citizen API, to the letter of its table.

Messages are English: clients translate by `errorCode`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sanic.response import HTTPResponse

#: Status, type and message by code, as far as this server can meet them.
ERRORS: Mapping[str, tuple[int, str, str]] = {
    "zmsClientCommunicationError": (
        503,
        "error",
        "The service is temporarily unavailable. Please try again later.",
    ),
    "notFound": (404, "error", "Endpoint not found."),
    "invalidRequest": (400, "warning", "Invalid request."),
    "requestMethodNotAllowed": (405, "warning", "Request method not allowed."),
    "invalidLocationAndServiceCombination": (
        400,
        "warning",
        "The provided service(s) do not exist at the given location.",
    ),
    "invalidStartDate": (
        400,
        "warning",
        "startDate is required and must be a valid date.",
    ),
    "invalidEndDate": (400, "warning", "endDate is required and must be a valid date."),
    "invalidSlotsStartDate": (400, "warning", "slotsStartDate must be a valid date."),
    "invalidSlotsEndDate": (400, "warning", "slotsEndDate must be a valid date."),
    "slotsStartDateAfterEndDate": (
        400,
        "warning",
        "slotsStartDate must not be after slotsEndDate.",
    ),
    "invalidOfficeId": (400, "warning", "officeId should be a 32-bit integer."),
    "invalidServiceId": (400, "warning", "serviceId should be a 32-bit integer."),
    "MISMATCHED_ARRAYS": (
        400,
        "warning",
        "Service IDs and counts must have same length.",
    ),
    "invalidServiceCount": (
        400,
        "warning",
        "serviceCounts should be an array of numeric values.",
    ),
    "invalidProcessId": (
        400,
        "warning",
        "processId should be a positive 32-bit integer.",
    ),
    "invalidScopeId": (400, "warning", "scopeId should be a positive 32-bit integer."),
    "invalidAuthKey": (400, "warning", "authKey should be a string."),
    "invalidDate": (400, "warning", "date is required and must be a valid date."),
    "invalidTimestamp": (
        400,
        "warning",
        "Missing timestamp or invalid timestamp format. It should be a positive numeric value.",
    ),
    "invalidFamilyName": (400, "warning", "familyName should be a non-empty string."),
    "invalidEmail": (400, "warning", "email should be a valid email address."),
    "invalidTelephone": (
        400,
        "warning",
        "telephone should be a numeric string between 7 and 15 digits.",
    ),
    "invalidCustomTextfield": (
        400,
        "warning",
        "customTextfield must be non-empty when required and at most 250 characters after normalization.",
    ),
    "invalidCustomTextfield2": (
        400,
        "warning",
        "customTextfield2 must be non-empty when required and at most 250 characters after normalization.",
    ),
    "appointmentCanNotBeCanceled": (
        406,
        "warning",
        "The selected appointment cannot be canceled.",
    ),
    "appointmentNotAvailable": (
        404,
        "error",
        "The selected appointment is unfortunately no longer available.",
    ),
    "noAppointmentForThisDay": (
        404,
        "info",
        "No available days found for the given criteria.",
    ),
    "captchaMissing": (400, "error", "Missing captcha token."),
    "captchaInvalid": (400, "error", "Invalid captcha token."),
    "captchaExpired": (400, "error", "Captcha token expired."),
    "serviceUnavailable": (
        503,
        "error",
        "Service Unavailable: The application is under maintenance.",
    ),
    "internalError": (
        500,
        "error",
        "An internal error occurred. Please try again later.",
    ),
    "providerNotFound": (404, "error", "Provider not found."),
    "requestNotFound": (404, "error", "Requested service not found."),
    "processInvalid": (400, "warning", "The process data is invalid."),
    "processAlreadyCalled": (
        409,
        "warning",
        "The appointment has already been called.",
    ),
    "processNotReservedAnymore": (
        409,
        "error",
        "The appointment is no longer reserved.",
    ),
    "processNotPreconfirmedAnymore": (
        409,
        "error",
        "The appointment is no longer preconfirmed.",
    ),
    "emailIsRequired": (406, "warning", "Email address is required."),
    "telephoneIsRequired": (406, "warning", "Telephone number is required."),
    "appointmentNotFound": (
        404,
        "error",
        "Maybe you have already canceled your appointment? Otherwise, please check that you have used the correct link.",
    ),
    "authKeyMismatch": (406, "warning", "Invalid authentication key."),
    "noAppointmentForThisScope": (404, "info", "Please try again at a later time."),
    "tooManyAppointmentsWithSameMail": (
        406,
        "error",
        "You can only book a limited number of appointments with your e-mail address. Please cancel another appointment before you book a new one.",
    ),
    "tooManySlotsPerAppointment": (
        400,
        "error",
        "The number of slots exceeds the maximum allowed slots per appointment.",
    ),
    "tooManyServicesPerAppointment": (
        400,
        "error",
        "The quantity of a service exceeds the maximum allowed quantity.",
    ),
    "scopesNotFound": (404, "error", "No scopes found."),
    "preconfirmationExpired": (
        400,
        "error",
        "Unfortunately, the time for activating your appointment has expired. Please schedule the appointment again.",
    ),
    "IP_BLACKLISTED": (403, "error", "Access denied - IP address is blacklisted."),
    "rateLimitExceeded": (
        429,
        "warning",
        "Rate limit exceeded. Please try again later.",
    ),
    "requestEntityTooLarge": (413, "warning", "Request entity too large."),
    "securityHeaderViolation": (403, "error", "Security policy violation."),
}

_UNKNOWN = (520, "error", "An unknown error occurred.")


class ZmsError(Exception):
    """Ends a request with one or several entries of the table.

    Attributes:
        codes: Codes of `ERRORS`, in the order in which they are listed.
        headers: Further headers, such as `Retry-After`.
        status: HTTP status where it is not the highest one of the entries.
    """

    def __init__(
        self,
        *codes: str,
        headers: Mapping[str, str] | None = None,
        status: int | None = None,
    ) -> None:
        super().__init__(", ".join(codes))
        self.codes = codes
        self.headers = dict(headers or {})
        self.status = status

    def response(self) -> HTTPResponse:
        """Returns the answer that ends the request."""
        entries = [_entry(code) for code in dict.fromkeys(self.codes)]
        status = self.status or max(entry["statusCode"] for entry in entries)
        return HTTPResponse(
            json.dumps({"errors": entries}, ensure_ascii=False),
            status=status,
            headers=self.headers,
            content_type="application/json; charset=utf-8",
        )


def _entry(code: str) -> dict[str, Any]:
    status, kind, message = ERRORS.get(code, _UNKNOWN)
    return {
        "errorCode": code if code in ERRORS else "unknownError",
        "statusCode": status,
        "errorMessage": message,
        "errorType": kind,
    }
