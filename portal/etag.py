"""Tells callers that they have an answer already (RFC 9110, 8.8.3 and 13.1.2)."""

from __future__ import annotations

import hashlib

from sanic.request import Request


def etag_of(body: bytes) -> str:
    """Returns the strong tag of a body."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def has_same(request: Request, etag: str) -> bool:
    """Tells whether the caller has the answer with this tag.

    The comparison is weak: a proxy that packs an answer may have weakened its tag.
    """
    header = str(request.headers.get("if-none-match", ""))
    known = [each.strip().removeprefix("W/") for each in header.split(",")]
    return etag in known or "*" in known
