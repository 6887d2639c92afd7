"""Serves the built chat element, so that one line on any page holds the chat."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import NamedTuple

from sanic.request import Request
from sanic.response import BaseHTTPResponse, HTTPResponse, empty, raw, text

from kumpel.settings import PROJECT_ROOT
from portal.etag import etag_of, has_same

BUNDLE = PROJECT_ROOT / "widget" / "dist" / "kumpel-chat.js"

_HEADERS = {
    # The address stays the same for ever, therefore an hour; then the ETag saves the
    # transfer.
    "Cache-Control": "public, max-age=3600",
    "X-Content-Type-Options": "nosniff",
}
_MISSING = (
    "Das Chatfenster ist noch nicht gebaut. Auf dem Server im Ordner widget "
    "ausführen: npm ci && npm run build\n"
)


class _Built(NamedTuple):
    """The file as it was at a time."""

    changed_at: int
    plain: bytes
    packed: bytes
    tag: str


class Bundle:
    """The built file, read again whenever it has changed."""

    def __init__(self, path: Path = BUNDLE) -> None:
        self._path = path
        self._built: _Built | None = None

    def answer(self, request: Request) -> HTTPResponse:
        """Returns the file, or that the browser's copy is still good."""
        try:
            built = self._read()
        except OSError:
            return text(_MISSING, status=404, headers={"Cache-Control": "no-store"})
        is_packed = "gzip" in str(request.headers.get("accept-encoding", ""))
        # Both forms differ in bytes, so each has its own tag (RFC 9110, 8.8.3.3).
        tag = f'{built.tag[:-1]}-gzip"' if is_packed else built.tag
        headers = {**_HEADERS, "ETag": tag}
        if has_same(request, tag):
            return empty(304, headers=headers)
        if is_packed:
            headers["Content-Encoding"] = "gzip"
        body = built.packed if is_packed else built.plain
        return raw(body, content_type="text/javascript; charset=utf-8", headers=headers)

    def _read(self) -> _Built:
        changed_at = self._path.stat().st_mtime_ns
        if self._built is None or self._built.changed_at != changed_at:
            plain = self._path.read_bytes()
            tag = etag_of(plain)
            self._built = _Built(changed_at, plain, gzip.compress(plain, 9), tag)
        return self._built


def mark_for_all(response: BaseHTTPResponse) -> None:
    """Lets pages of every origin load the element; the chat itself it does not open."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Vary"] = "Accept-Encoding"
