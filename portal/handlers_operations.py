"""Answers questions about the portal itself."""

from __future__ import annotations

from sanic.response import HTTPResponse, json

from portal.calls import Call
from portal.readiness import parts_of
from portal.specification import specification

_FRESH = {"Cache-Control": "no-store"}


async def get_specification(call: Call) -> HTTPResponse:
    """Shows the OpenAPI document."""
    return call.answer(specification().document)


async def get_health(_call: Call) -> HTTPResponse:
    """Tells that the process answers."""
    return json({"status": "ok"}, headers=_FRESH)


async def get_readiness(call: Call) -> HTTPResponse:
    """Tells whether the whole assistant can serve citizens."""
    parts = await parts_of(call.portal)
    is_ready = all(part.ready for part in parts)
    document = {"ready": is_ready, "parts": [vars(part) for part in parts]}
    return json(document, status=200 if is_ready else 503, headers=_FRESH)
