"""Carries one step to an appointment system and back.

Reads are repeated where the system stumbles. What changes something is sent once: if
the answer gets lost, nobody knows whether it was done, and that is said.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pybreaker
import requests
import tenacity
import urllib3

from kumpel.errors import ConfigurationError, PortalError, PortalUnavailableError
from kumpel.errors import UncertainError as Uncertain

USER_AGENT = "KumpelKrefeld/0.1 (+https://www.krefeld.de; Tel. +49 2151 86-0)"
CONNECT_TIMEOUT_IN_SECONDS = 2.0
#: The catalogue of a large city takes some of it.
MAXIMUM_BODY_IN_BYTES = 16_000_000
MAXIMUM_ATTEMPTS = 3
FAILURES_UNTIL_OPEN = 5
OPEN_FOR_SECONDS = 30.0
_LEAST_TIME_IN_SECONDS = 0.05
#: A change that is cut off is worse than one that is not begun.
_LEAST_TIME_FOR_A_CHANGE_IN_SECONDS = 0.5


@dataclass(frozen=True)
class Answer:
    """A usable answer: its JSON and its headers."""

    document: Any
    headers: Mapping[str, str]


#: Makes the error of status, headers and decoded body (None where it is no JSON), or
#: returns None where they tell of none.
ErrorReader = Callable[[int, Mapping[str, str], Any], PortalError | None]


class Transport:
    """Speaks JSON with one system; shared by all threads of a process."""

    def __init__(
        self,
        base_url: str,
        *,
        timeout_in_seconds: float,
        error_from: ErrorReader,
        api_key: str | None = None,
        session: requests.Session | None = None,
    ) -> None:
        """Checks the address; opens nothing.

        Args:
            base_url: Root of the system. No other host is ever called.
            timeout_in_seconds: Longest wait for one answer, retries included.
            error_from: Reads the system's errors.
            api_key: Sent as ``X-API-Key``, where the system knows us.
            session: Another session, e.g. one with an adapter of an in-process portal.

        Raises:
            ConfigurationError: The base URL is no http address.
        """
        if not base_url.startswith(("http://", "https://")):
            raise ConfigurationError(
                f"{base_url!r} is no http(s) address of an appointment system."
            )
        self.base_url = base_url.rstrip("/") + "/"
        self._timeout_in_seconds = timeout_in_seconds
        self._error_from = error_from
        # At DEBUG it writes whole addresses, and ZMS has codes in its queries.
        logging.getLogger("urllib3.connectionpool").addFilter(_without_query)
        self._session = session or requests.Session()
        self._headers = {"User-Agent": USER_AGENT, "Accept": "application/json"}
        if api_key:
            self._headers["X-API-Key"] = api_key
        self._breaker = pybreaker.CircuitBreaker(
            fail_max=FAILURES_UNTIL_OPEN,
            reset_timeout=OPEN_FOR_SECONDS,
            exclude=[lambda error: not _is_outage(error)],
            throw_new_error_on_trip=False,
        )

    def get(
        self,
        path: str,
        query: Mapping[str, str] | None = None,
        *,
        deadline: float | None = None,
    ) -> Answer:
        """Reads; repeats what failed for the system's sake.

        Args:
            path: Path below the base URL.
            query: Its query.
            deadline: Moment of `time.monotonic` at which the answer is of no use.

        Raises:
            PortalError: As the system says, or `PortalUnavailableError`.
        """
        retrying = tenacity.Retrying(
            stop=tenacity.stop_after_attempt(MAXIMUM_ATTEMPTS),
            wait=tenacity.wait_random_exponential(multiplier=0.05, max=0.5),
            retry=tenacity.retry_if_exception(
                lambda error: _is_outage(error) and not isinstance(error, _TooLateError)
            ),
            reraise=True,
        )
        limit = self._limit(deadline)
        return self._guarded(
            retrying, self._exchange, "GET", path, limit, {"params": query or {}}
        )

    def post(
        self,
        path: str,
        body: Mapping[str, Any],
        *,
        headers: Mapping[str, str] | None = None,
        deadline: float | None = None,
    ) -> Answer:
        """Changes something; never repeats.

        Args:
            path: Path below the base URL.
            body: Sent as JSON.
            headers: Further headers.
            deadline: Moment of `time.monotonic` at which the answer is of no use.

        Raises:
            UncertainError: It was sent, and no usable answer came.
            PortalError: As the system says; nothing was done. So with
                `PortalUnavailableError`: it was not even sent.
        """
        limit = self._limit(deadline)
        if limit - time.monotonic() < _LEAST_TIME_FOR_A_CHANGE_IN_SECONDS:
            raise _TooLateError(f"No time was left to send {path}.")
        more = {"json": dict(body), "headers": headers or {}}
        return self._guarded(self._exchange, "POST", path, limit, more)

    def close(self) -> None:
        """Closes the connections."""
        self._session.close()

    def _limit(self, deadline: float | None) -> float:
        limit = time.monotonic() + self._timeout_in_seconds
        return min(limit, deadline or limit)

    def _guarded(self, work: Callable[..., Any], *arguments: Any) -> Answer:
        try:
            answer: Answer = self._breaker.call(work, *arguments)
        except pybreaker.CircuitBreakerError as error:
            raise PortalUnavailableError(
                f"{self.base_url} failed {FAILURES_UNTIL_OPEN} times and is asked "
                f"again after {OPEN_FOR_SECONDS:.0f} s."
            ) from error
        return answer

    def _exchange(
        self, method: str, path: str, limit: float, more: Mapping[str, Any]
    ) -> Answer:
        # Messages name the path only: query and body hold codes and names.
        address, lost = self.base_url + path, _lost(method)
        remaining = limit - time.monotonic()
        if remaining < _LEAST_TIME_IN_SECONDS:
            raise _TooLateError(f"No time was left to ask {address}.")
        options = dict(more)
        headers = {**self._headers, **options.pop("headers", {})}
        try:
            with self._session.request(
                method,
                address,
                headers=headers,
                timeout=(min(CONNECT_TIMEOUT_IN_SECONDS, remaining), remaining),
                # No system of appointments redirects; codes must not follow one.
                allow_redirects=False,
                stream=True,
                **options,
            ) as response:
                status, answered = response.status_code, response.headers
                body = _body(response, limit)
        except requests.RequestException as error:
            reason = type(error).__name__
            if _never_arrived(error):
                raise PortalUnavailableError(
                    f"{address} is out of reach ({reason})."
                ) from error
            raise lost(f"{address} gave no answer ({reason}).") from error
        if body is None:
            raise lost(f"{address} sent its answer too slowly, or too much of it.")
        return self._read(address, lost, status, answered, body)

    def _read(
        self,
        address: str,
        lost: type[PortalUnavailableError],
        status: int,
        headers: Mapping[str, str],
        body: bytes,
    ) -> Answer:
        try:
            document, is_json = json.loads(body), True
        except (ValueError, RecursionError):
            document, is_json = None, False
        error = self._error_from(status, headers, document)
        if isinstance(error, Uncertain):
            # To a question it only means that there is no answer.
            raise lost(str(error)) from error
        if error is not None:
            raise error
        if 300 <= status < 400:
            raise PortalUnavailableError(f"{address} redirects us.", status=status)
        if 400 <= status < 500:
            raise PortalError(f"{address} answered {status}.", status=status)
        if status >= 500 or not is_json:
            raise lost(f"{address} answered {status} without a usable body.")
        return Answer(document, headers)


class _TooLateError(PortalUnavailableError):
    """The time for the citizen's answer is used up; nothing was sent."""


def _without_query(record: logging.LogRecord) -> bool:
    """Takes the queries out of a line of the log."""
    if isinstance(record.args, tuple):
        record.args = tuple(
            part.partition("?")[0] if isinstance(part, str) else part
            for part in record.args
        )
    return True


def _lost(method: str) -> type[PortalUnavailableError] | type[Uncertain]:
    return PortalUnavailableError if method == "GET" else Uncertain


def _is_outage(error: BaseException) -> bool:
    return isinstance(error, PortalError) and error.kind == "unavailable"


def _never_arrived(error: requests.RequestException) -> bool:
    """Whether a request failed before any of it was sent."""
    if isinstance(error, requests.ConnectTimeout | requests.exceptions.SSLError):
        return True
    reason = getattr(error.args[0] if error.args else None, "reason", None)
    return isinstance(reason, urllib3.exceptions.NewConnectionError)


def _body(response: requests.Response, limit: float) -> bytes | None:
    """Reads a body within its limits of size and time, else returns None."""
    received = bytearray()
    for chunk in response.iter_content(65_536):
        received += chunk
        if len(received) > MAXIMUM_BODY_IN_BYTES or time.monotonic() > limit:
            return None
    return bytes(received)
