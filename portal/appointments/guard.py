"""What every request of the citizen API passes before it is answered."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timezone
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qs

from sanic.request import Request

from portal.appointments.errors import ZmsError

#: ZMS's limit, ten times what the rest of the portal takes.
MAXIMUM_BODY_IN_BYTES = 10_485_760

_MAXIMUM_DEPTH = 10
_MAXIMUM_STRING = 32_768
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_MAXIMUM_ADDRESSES = 10_000

_SECURITY_HEADERS = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "X-XSS-Protection": "1; mode=block",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "geolocation=(), microphone=(), camera=()",
    "X-Permitted-Cross-Domain-Policies": "none",
}


def headers(now: datetime) -> dict[str, str]:
    """Returns the headers that ZMS sends with every answer."""
    date = format_datetime(now.astimezone(timezone.utc), usegmt=True)
    return {
        "Cache-Control": "max-age=0",
        "Expires": date,
        "Last-Modified": date,
        **_SECURITY_HEADERS,
    }


def sanitized(value: Any, depth: int = 0) -> Any:
    """Trims texts and takes control characters out of them, at any depth.

    Raises:
        ZmsError: `securityHeaderViolation`: it is nested too deep or too long.
    """
    if depth > _MAXIMUM_DEPTH:
        raise ZmsError("securityHeaderViolation")
    if isinstance(value, str):
        if len(value) > _MAXIMUM_STRING:
            raise ZmsError("securityHeaderViolation")
        return _CONTROL.sub("", value).strip()
    if isinstance(value, list):
        return [sanitized(item, depth + 1) for item in value]
    if isinstance(value, dict):
        return {key: sanitized(item, depth + 1) for key, item in value.items()}
    return value


def query_of(request: Request) -> dict[str, str]:
    """Returns the sanitized query, the last value of each name."""
    raw: bytes = request._parsed_url.query or b""
    return _form(raw)


def body_of(request: Request) -> dict[str, Any]:
    """Returns the sanitized body of a JSON or form request.

    Raises:
        ZmsError: `invalidRequest`: there is none, or it cannot be read.
            `requestEntityTooLarge`, where the server before us let it through.
    """
    if len(request.body) > MAXIMUM_BODY_IN_BYTES:
        raise ZmsError("requestEntityTooLarge")
    kind = (request.headers.get("content-type") or "").split(";")[0].strip().lower()
    if kind == "application/x-www-form-urlencoded":
        found: Any = _form(request.body)
    else:
        try:
            found = json.loads(request.body)
        except (ValueError, RecursionError) as error:
            raise ZmsError("invalidRequest") from error
    if not isinstance(found, dict) or not (found or kind == "application/json"):
        raise ZmsError("invalidRequest")
    body: dict[str, Any] = sanitized(found)
    return body


def _form(raw: bytes) -> dict[str, Any]:
    try:
        pairs = parse_qs(
            raw.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=64
        )
    except ValueError as error:
        raise ZmsError("invalidRequest") from error
    return {
        # `serviceId[]=1&serviceId[]=2` is a list, as PHP reads it.
        name.removesuffix("[]"): sanitized(
            values if name.endswith("[]") else values[-1]
        )
        for name, values in pairs.items()
    }


@dataclass
class _Window:
    ends_at: float
    count: int = 0


class CallerLimit:
    """Counts requests per caller; a window begins with the first request in it.

    ZMS begins the window anew with every request, so that a steady caller would be
    locked out for good in the end; that is left out.

    Args:
        monotonic: Time that goes on even where the injected clock stands still.
    """

    def __init__(
        self,
        window_in_seconds: int = 60,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._window_in_seconds = window_in_seconds
        self._monotonic = monotonic
        self._windows: dict[str, _Window] = {}

    def count(self, caller: str, limit: int) -> dict[str, str]:
        """Counts a request.

        Returns:
            The headers that tell what is left.

        Raises:
            ZmsError: `rateLimitExceeded`.
        """
        now = self._monotonic()
        if len(self._windows) >= _MAXIMUM_ADDRESSES:
            self._windows = {
                name: window
                for name, window in self._windows.items()
                if window.ends_at > now
            }
        window = self._windows.get(caller)
        if window is None or window.ends_at <= now:
            if len(self._windows) >= _MAXIMUM_ADDRESSES:
                self._windows.clear()
            window = _Window(now + self._window_in_seconds)
            self._windows[caller] = window
        seconds_left = max(1, round(window.ends_at - now))
        if window.count >= limit:
            raise ZmsError(
                "rateLimitExceeded", headers={"Retry-After": str(seconds_left)}
            )
        window.count += 1
        return {
            "X-RateLimit-Limit": str(limit),
            "X-RateLimit-Remaining": str(limit - window.count),
            "X-RateLimit-Reset": str(int(time.time()) + seconds_left),
        }
