"""What holds for every request and answer: ids, limits, headers, errors."""

from __future__ import annotations

import contextlib
import logging
import re
import secrets

import sqlalchemy as sa
from sanic import Sanic
from sanic.exceptions import (
    InvalidUsage,
    MethodNotSupported,
    NotFound,
    PayloadTooLarge,
    RequestTimeout,
)
from sanic.request import Request
from sanic.response import HTTPResponse, text

from kumpel.errors import KumpelError
from kumpel.settings import Settings
from portal.appointments.mount import error_response, is_below
from portal.pages import problem_page
from portal.problems import Problem, problem_response
from portal.rate_limit import Allowance, RateLimiter

logger = logging.getLogger(__name__)

_REQUEST_ID = re.compile(r"^[A-Za-z0-9._-]{1,64}$")
_FORMS = "/metaform/"
_POSTDATA = "/metaform/Form-Solutions/postdata"
_APIS = ("/portal/", "/openapi.json", "/healthz", "/readyz")

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Language": "de",
}


def request_id(request: Request) -> str:
    """Returns the caller's request id, or makes one."""
    known = getattr(request.ctx, "request_id", None)
    if known is None:
        given = request.headers.get("x-request-id", "") if request.headers else ""
        known = given if _REQUEST_ID.match(given) else secrets.token_hex(12)
        request.ctx.request_id = known
    return str(known)


def apply(app: Sanic, settings: Settings) -> None:
    """Applies the rules to an application."""
    limiter = RateLimiter(settings.portal_requests_per_minute)

    async def limit(request: Request) -> None:
        address = _address(request)
        if address is None or not settings.limits_apply_to(address):
            return
        allowance = request.ctx.allowance = limiter.count(address)
        if allowance.is_exceeded:
            raise _too_many(allowance)

    async def finish(request: Request, response: HTTPResponse) -> None:
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers["X-Request-Id"] = request_id(request)
        allowance = getattr(request.ctx, "allowance", None)
        if allowance:
            response.headers.update(allowance.headers())
        _allow_origin(request, response, settings.portal_origins)

    async def fail(request: Request, error: Exception) -> HTTPResponse:
        if is_below(request.path):
            return error_response(error, settings)
        problem = _problem_for(request, error)
        return _rendered(request, problem)

    app.register_middleware(limit, "request")
    app.register_middleware(finish, "response")
    app.error_handler.add(Exception, fail)


def _address(request: Request) -> str | None:
    # Calls within the process have no connection; there is nobody to limit.
    with contextlib.suppress(AttributeError, TypeError):
        return request.remote_addr or request.ip or None
    return None


def _too_many(allowance: Allowance) -> Problem:
    return Problem(
        "rate-limited",
        f"Bitte versuchen Sie es in {allowance.seconds_left} Sekunden noch einmal.",
        headers={"Retry-After": str(allowance.seconds_left)},
    )


def _allow_origin(
    request: Request, response: HTTPResponse, origins: tuple[str, ...]
) -> None:
    if not origins:
        return
    response.headers["Vary"] = "Origin"
    origin = request.headers.get("origin", "").lower()
    if origin in origins:
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"


def _problem_for(request: Request, error: Exception) -> Problem:
    if isinstance(error, Problem):
        return error
    if isinstance(error, NotFound):
        return Problem("not-found", "Unter dieser Adresse gibt es hier nichts.")
    if isinstance(error, MethodNotSupported):
        allowed = str(getattr(error, "headers", {}).get("Allow", ""))
        detail = f"Die Methode {request.method} ist hier nicht möglich."
        return Problem("method-not-allowed", detail, headers={"Allow": allowed})
    if isinstance(error, PayloadTooLarge):
        return Problem("too-large", "Die Anfrage ist zu groß.")
    if isinstance(error, RequestTimeout):
        return Problem("timeout", "Die Anfrage kam nicht rechtzeitig vollständig an.")
    # Sanic itself stumbles over headers such as `Content-Length: abc`.
    is_before_routing = isinstance(error, ValueError) and request.route is None
    if isinstance(error, InvalidUsage) or is_before_routing:
        return Problem("malformed", "Die Anfrage ist nicht lesbar.")
    # The caller learns the id only; with it the log tells operators the rest.
    logger.exception("Request %s failed.", request_id(request), exc_info=error)
    if isinstance(error, sa.exc.SQLAlchemyError | KumpelError):
        detail = (
            "Die Daten sind gerade nicht erreichbar. Bitte später erneut versuchen."
        )
        return Problem("unavailable", detail, headers={"Retry-After": "10"})
    return Problem(
        "internal", "Die Anfrage ist an einem Fehler des Portals gescheitert."
    )


def _rendered(request: Request, problem: Problem) -> HTTPResponse:
    path = request.path if request.path else "/"
    if path == _POSTDATA:
        return text(
            f"{problem.detail}\n",
            status=problem.status,
            headers={**problem.headers, "Cache-Control": "no-store"},
        )
    wants_page = "text/html" in request.headers.get("accept", "")
    if path.startswith(_FORMS) or (wants_page and not path.startswith(_APIS)):
        return problem_page(problem)
    return problem_response(problem, path, request_id(request))
