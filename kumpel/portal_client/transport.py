"""Carries one read to the portal and back: limits, retries, breaker, last known facts.

This is the only module that opens a connection to a portal.
"""

from __future__ import annotations

import json
import logging
import re
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from urllib.parse import urlencode, urljoin, urlsplit

import pybreaker
import requests
import tenacity

from kumpel.clock import Clock
from kumpel.errors import (
    ConfigurationError,
    PortalError,
    PortalNotFoundError,
    PortalUnavailableError,
)
from kumpel.portal_client.fact_store import FactStore, StoredAnswer
from kumpel.portal_client.models import Fetched

logger = logging.getLogger(__name__)
T = TypeVar("T")

USER_AGENT = "KumpelKrefeld/0.1 (+https://www.krefeld.de; Tel. +49 2151 86-0)"
CONNECT_TIMEOUT_IN_SECONDS = 2.0
MAXIMUM_BODY_IN_BYTES = 4_000_000
MAXIMUM_REDIRECTS = 3
MAXIMUM_ATTEMPTS = 3
FAILURES_UNTIL_OPEN = 5
OPEN_FOR_SECONDS = 30.0
#: An answer is trusted this long at most, whatever `max-age` allows: a changed fact
#: and a stopped portal are to be noticed at once, and asking again costs a 304.
MAXIMUM_AGE_IN_SECONDS = 5.0
#: Longest wait for something that an answer can do without.
GLANCE_IN_SECONDS = 0.4
_LEAST_TIME_IN_SECONDS = 0.05
_MOST_FRESH_VALUES = 2_000
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_KIND_BY_STATUS = {
    400: "validation",
    401: "auth",
    403: "auth",
    409: "conflict",
    422: "validation",
    429: "limit",
}


def error_from(status: int, body: bytes, address: str) -> PortalError:
    """Maps an HTTP error of the portal to our errors; the only place that does.

    Args:
        status: HTTP status, 400 or more.
        body: The answer, expected as RFC 9457 ``application/problem+json``.
        address: What was asked, for the message.
    """
    try:
        problem = json.loads(body)
    except ValueError:
        problem = {}
    problem = problem if isinstance(problem, dict) else {}
    detail = str(problem.get("detail") or problem.get("title") or "no detail")[:200]
    message = f"The portal answered {status} to {address}: {detail}"
    if status in {404, 410}:
        return PortalNotFoundError(message)
    if status >= 500:
        return PortalUnavailableError(message, status=status)
    return PortalError(
        message,
        kind=_KIND_BY_STATUS.get(status, "unknown"),
        status=status,
        is_retryable=status == 429,
    )


class Transport:
    """Reads JSON from one portal; shared by all threads of a process."""

    def __init__(
        self,
        base_url: str,
        *,
        allowed_hosts: tuple[str, ...],
        timeout_in_seconds: float,
        clock: Clock,
        store: FactStore,
        session: requests.Session | None = None,
        glance_in_seconds: float = GLANCE_IN_SECONDS,
    ) -> None:
        """Checks the address; opens nothing.

        Args:
            base_url: Root of the portal, e.g. ``http://127.0.0.1:8080``.
            allowed_hosts: The only hosts that are ever called, redirects included.
            timeout_in_seconds: Longest wait for one answer, retries included.
            clock: Dates the answers.
            store: Keeps the last known answers.
            session: Another session, e.g. one with an adapter of an in-process portal.
            glance_in_seconds: Longest wait for what an answer can do without.

        Raises:
            ConfigurationError: The base URL is no http address or not allowed.
        """
        self.base_url = base_url.rstrip("/")
        self._allowed_hosts = frozenset(
            host.strip("[]").lower() for host in allowed_hosts
        )
        self._timeout_in_seconds = timeout_in_seconds
        self._glance_in_seconds = glance_in_seconds
        self._clock = clock
        self._store = store
        self._session = session or requests.Session()
        self._session.headers.update(
            {"User-Agent": USER_AGENT, "Accept": "application/json"}
        )
        host = urlsplit(self.base_url).hostname
        if host in {"127.0.0.1", "localhost", "::1"}:
            # A proxy of the house must not be asked for the portal next door.
            self._session.trust_env = False
        if not self._is_allowed(self.base_url):
            raise ConfigurationError(
                f"KUMPEL_PORTAL_URL is {base_url!r}: write an http(s) address whose "
                "host stands in KUMPEL_PORTAL_HOSTS."
            )
        self._breaker = pybreaker.CircuitBreaker(
            fail_max=FAILURES_UNTIL_OPEN,
            reset_timeout=OPEN_FOR_SECONDS,
            exclude=[lambda error: not _is_outage(error)],
            throw_new_error_on_trip=False,
        )
        self._glances = pybreaker.CircuitBreaker(
            fail_max=1,
            reset_timeout=OPEN_FOR_SECONDS,
            exclude=[lambda error: not _is_outage(error)],
            throw_new_error_on_trip=False,
        )
        self._fresh: dict[str, tuple[float, Fetched[Any]]] = {}
        self._fresh_lock = threading.Lock()

    def get(
        self,
        path: str,
        parameters: Mapping[str, str | int | None],
        parse: Callable[[Any], T],
        *,
        deadline: float | None = None,
    ) -> Fetched[T]:
        """Reads a resource, or gives its last known state where the portal fails.

        Args:
            path: Path below the base URL.
            parameters: Query; None leaves one out.
            parse: Turns the JSON into a typed value; raises PortalError.
            deadline: Moment of `time.monotonic` at which the answer is of no use.

        Raises:
            PortalNotFoundError: The portal does not know the resource.
            PortalError: No usable answer came, and none is known from before.
        """
        # Messages name the path only: a query may hold the street of a citizen.
        query = urlencode({k: v for k, v in parameters.items() if v is not None})
        address = f"{self.base_url}{path}" + (f"?{query}" if query else "")
        fresh: Fetched[T] | None = self._still_fresh(address)
        if fresh is not None:
            return fresh
        known = self._store.read(address)
        limit = time.monotonic() + self._timeout_in_seconds
        try:
            return self._fetch(address, known, parse, min(limit, deadline or limit))
        except PortalError as error:
            if known is None or not (_is_outage(error) or error.is_retryable):
                raise
            logger.warning("Last known facts of %s: %s", known.confirmed_at, error)
            return Fetched(parse(known.body), known.confirmed_at, is_stale=True)

    def glance(
        self, path: str, parse: Callable[[Any], T], *, deadline: float | None = None
    ) -> T:
        """Reads what is nice to know: one short attempt, nothing kept for an outage.

        After a failure nobody tries for a while, so that a slow extra does not slow
        down every answer. It has a breaker of its own: what is unimportant must not
        cut us off from the facts.

        Args:
            path: Path below the base URL.
            parse: Turns the JSON into a typed value; raises PortalError.
            deadline: Moment of `time.monotonic` at which the answer is of no use.

        Raises:
            PortalError: No usable answer came.
        """
        address = self.base_url + path
        fresh: Fetched[T] | None = self._still_fresh(address)
        if fresh is not None:
            return fresh.value
        limit = time.monotonic() + self._glance_in_seconds
        if deadline is not None and limit + self._glance_in_seconds > deadline:
            raise _TooLateError(f"No time was left to ask {_shown(address)}.")
        try:
            _, headers, body = self._glances.call(self._request, address, None, limit)
        except pybreaker.CircuitBreakerError as error:
            raise PortalUnavailableError(
                f"{_shown(address)} failed just before."
            ) from error
        try:
            value = parse(json.loads(body))
        except ValueError as error:
            raise PortalUnavailableError(
                f"The portal's answer to {_shown(address)} is no JSON."
            ) from error
        fetched = Fetched(value, self._clock(), is_stale=False)
        self._keep_fresh(address, headers, fetched)
        return value

    def close(self) -> None:
        """Closes connections and the store."""
        self._session.close()
        self._store.close()

    def _fetch(
        self,
        address: str,
        known: StoredAnswer | None,
        parse: Callable[[Any], T],
        deadline: float,
    ) -> Fetched[T]:
        retrying = tenacity.Retrying(
            stop=tenacity.stop_after_attempt(MAXIMUM_ATTEMPTS),
            wait=tenacity.wait_random_exponential(multiplier=0.05, max=0.5),
            retry=tenacity.retry_if_exception(
                lambda error: isinstance(error, PortalError)
                and error.is_retryable
                and not isinstance(error, _TooLateError)
            ),
            reraise=True,
        )
        etag = known.etag if known else None
        try:
            status, headers, body = self._breaker.call(
                retrying, self._request, address, etag, deadline
            )
        except pybreaker.CircuitBreakerError as error:
            raise PortalUnavailableError(
                f"The portal at {self.base_url} failed {FAILURES_UNTIL_OPEN} times and "
                f"is asked again after {OPEN_FOR_SECONDS:.0f} s."
            ) from error
        now = self._clock()
        if status == 304 and known is not None:
            self._store.confirm(address, known, now)
            fetched = Fetched(parse(known.body), now, is_stale=False)
            self._keep_fresh(address, headers, fetched)
            return fetched
        try:
            decoded = json.loads(body)
        except ValueError as error:
            raise PortalUnavailableError(
                f"The portal's answer to {_shown(address)} is no JSON: {error}",
                status=status,
            ) from error
        value = parse(decoded)
        if not (known and headers.get("ETag") and known.etag == headers.get("ETag")):
            self._store.write(address, StoredAnswer(decoded, headers.get("ETag"), now))
        fetched = Fetched(value, now, is_stale=False)
        self._keep_fresh(address, headers, fetched)
        return fetched

    def _request(
        self, address: str, etag: str | None, deadline: float
    ) -> tuple[int, Mapping[str, str], bytes]:
        """Asks once, following redirects to allowed hosts only."""
        headers = {"If-None-Match": etag} if etag else {}
        target = address
        for _ in range(MAXIMUM_REDIRECTS + 1):
            if not self._is_allowed(target):
                raise PortalError(
                    f"The portal sent us to {urlsplit(target).hostname}, which is not "
                    "in KUMPEL_PORTAL_HOSTS."
                )
            status, answer_headers, body = self._exchange(target, headers, deadline)
            if status not in _REDIRECTS:
                if status >= 400:
                    raise error_from(status, body, _shown(address))
                return status, answer_headers, body
            target = urljoin(target, answer_headers.get("Location", ""))
        raise PortalError(f"The portal redirects {_shown(address)} in a circle.")

    def _exchange(
        self, target: str, headers: Mapping[str, str], deadline: float
    ) -> tuple[int, Mapping[str, str], bytes]:
        remaining = deadline - time.monotonic()
        if remaining < _LEAST_TIME_IN_SECONDS:
            raise _TooLateError(f"No time was left to ask {_shown(target)}.")
        try:
            with self._session.get(
                target,
                headers=dict(headers),
                timeout=(min(CONNECT_TIMEOUT_IN_SECONDS, remaining), remaining),
                allow_redirects=False,
                stream=True,
            ) as response:
                return response.status_code, response.headers, _body(response, deadline)
        except requests.Timeout as error:
            raise PortalUnavailableError(
                f"{_shown(target)} did not answer in time."
            ) from error
        except requests.RequestException as error:
            raise PortalUnavailableError(
                f"{_shown(target)} is out of reach ({type(error).__name__})."
            ) from error

    def _is_allowed(self, address: str) -> bool:
        parts = urlsplit(address)
        return (
            parts.scheme in {"http", "https"}
            and (parts.hostname or "").lower() in self._allowed_hosts
        )

    def _still_fresh(self, address: str) -> Fetched[Any] | None:
        with self._fresh_lock:
            until, fetched = self._fresh.get(address, (0.0, None))
        return fetched if until > time.monotonic() else None

    def _keep_fresh(
        self, address: str, headers: Mapping[str, str], fetched: Fetched[Any]
    ) -> None:
        """Keeps a value for the `max-age` that the portal grants (RFC 9111)."""
        match = re.search(r"max-age=(\d{1,6})", headers.get("Cache-Control", ""))
        if match is None:
            return
        until = time.monotonic() + min(float(match[1]), MAXIMUM_AGE_IN_SECONDS)
        with self._fresh_lock:
            if len(self._fresh) >= _MOST_FRESH_VALUES:
                self._fresh.clear()
            self._fresh[address] = (until, fetched)


class _TooLateError(PortalUnavailableError):
    """The time for the citizen's answer is used up; the portal was not asked."""


def _is_outage(error: BaseException) -> bool:
    """Whether an error tells of the portal's health, and not of our question."""
    return isinstance(error, PortalError) and error.kind in {"unavailable", "unknown"}


def _shown(address: str) -> str:
    """Returns an address for a message, without its query."""
    return address.partition("?")[0]


def _body(response: requests.Response, deadline: float) -> bytes:
    """Reads a body within its limits of size and time."""
    received = bytearray()
    for chunk in response.iter_content(65_536):
        received += chunk
        if len(received) > MAXIMUM_BODY_IN_BYTES:
            raise PortalUnavailableError(
                f"{_shown(response.url)} sent more than {MAXIMUM_BODY_IN_BYTES} bytes."
            )
        if time.monotonic() > deadline:
            raise PortalUnavailableError(
                f"{_shown(response.url)} sent its answer too slowly."
            )
    return bytes(received)
