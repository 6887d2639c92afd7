"""Which web pages may hold the chat (Fetch standard, 3.2: CORS)."""

from __future__ import annotations

from urllib.parse import urlsplit

from sanic.request import Request
from sanic.response import BaseHTTPResponse

from kumpel.settings import Settings

_METHODS = "GET, POST, DELETE"
_HEADERS = "Accept-Language, Content-Type, Last-Event-ID, Prefer, X-Conversation"
_PREFLIGHT_AGE_IN_SECONDS = 7_200


class Origins:
    """The portal's own pages, and those that `KUMPEL_WIDGET_ORIGINS` names."""

    def __init__(self, settings: Settings) -> None:
        self._foreign = frozenset(settings.widget_origins)
        url = urlsplit(settings.public_url.lower())
        self._own = f"{url.scheme}://{url.netloc}"

    def allows(self, request: Request) -> bool:
        """Returns whether a request comes from a page that may hold the chat.

        Whatever is no browser names no origin and is let through: it has to know a
        conversation's id, as everybody.
        """
        origin = _origin(request)
        return not origin or origin in self._foreign or self._is_own(request, origin)

    def mark(self, request: Request, response: BaseHTTPResponse) -> None:
        """Tells the browser whether the page may read an answer."""
        headers = response.headers
        # The portal's own rule for its data does not hold here.
        headers.pop("Access-Control-Allow-Origin", None)
        headers["Vary"] = "Origin"
        origin = _origin(request)
        if origin not in self._foreign:
            return
        headers["Access-Control-Allow-Origin"] = origin
        headers["Access-Control-Expose-Headers"] = "Retry-After"
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        if request.method == "OPTIONS":
            headers["Access-Control-Allow-Methods"] = _METHODS
            headers["Access-Control-Allow-Headers"] = _HEADERS
            headers["Access-Control-Max-Age"] = str(_PREFLIGHT_AGE_IN_SECONDS)

    def _is_own(self, request: Request, origin: str) -> bool:
        # The header of the browser itself holds behind proxies that rename the host.
        if request.headers.get("sec-fetch-site") == "same-origin":
            return True
        host = str(request.headers.get("host", "")).lower()
        return origin == self._own or origin.partition("://")[2] == host


def _origin(request: Request) -> str:
    return str(request.headers.get("origin", "")).lower()
