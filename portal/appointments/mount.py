"""Mounts the citizen API on the portal's application."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sanic import Sanic
from sanic.exceptions import (
    MethodNotSupported,
    NotFound,
    PayloadTooLarge,
    RequestTimeout,
    SanicException,
)
from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy.engine import Engine

from kumpel.settings import Settings
from portal.appointments import guard, handlers, legacy
from portal.appointments.captcha import Captcha, Login
from portal.appointments.catalogue_reader import Options, read_catalogue
from portal.appointments.desk import Desk
from portal.appointments.errors import ZmsError
from portal.appointments.handlers import Answer, Api, Handler, Question
from portal.appointments.keys import Cipher
from portal.appointments.letters import LetterWriter
from portal.appointments.outbox import Outbox
from portal.appointments.seed import BookingSeed
from portal.appointments.store import AppointmentStore
from portal.appointments.supply import Supply
from portal.catalogue import Catalogue
from portal.etag import etag_of, has_same
from portal.problems import Problem

logger = logging.getLogger(__name__)

#: Where ZMS's front ends expect the API: the product's path and Munich's gateway.
MOUNTS = ("/terminvereinbarung/api/citizen", "/buergeransicht/api/citizen")

#: Methods for which an unknown path is "not found", as ZMS's catch-all has it.
_METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS")
_TRUSTED_REQUESTS_PER_WINDOW = 600


def make_api(
    engine: Engine, facts: Catalogue, settings: Settings, seed: BookingSeed
) -> Api:
    """Puts together what answers the citizen API.

    Args:
        engine: The portal's database.
        facts: Its offices and services.
        settings: Settings of the process.
        seed: The rules of appointments.
    """
    options = Options(settings.needs_captcha, settings.mail_sender)
    catalogue = read_catalogue(engine, facts, seed, options)
    cipher = Cipher(settings.secret())
    store = AppointmentStore(engine, cipher, settings.clock)
    desk = Desk(
        catalogue=catalogue,
        supply=Supply(seed, facts.special_days()),
        store=store,
        outbox=Outbox(engine, cipher, lambda: store.now),
        letters=LetterWriter(catalogue, settings.public_url),
        clock=settings.clock,
    )

    def now() -> int:
        return store.now

    return Api(desk, Captcha(cipher, now), Login(cipher, now), settings)


class PortalRequest(Request):
    """A request that may hold more at the citizen API than on the rest of the portal.

    Sanic knows one limit for a whole application, but asks the connection for it when
    it reads a body. Each request sets its own: the connection may have served the
    other kind before. (Sanic's signals would do as well, but using one breaks every
    other application in the same process.)
    """

    async def receive_body(self) -> None:
        """Reads the body up to the limit of its path (see parent class)."""
        # Typed as either kind of stream; that of ASGI has no limit to set.
        stream: Any = self.stream
        stream.request_max_size = (
            guard.MAXIMUM_BODY_IN_BYTES
            if is_below(self.path)
            else self.app.config.REQUEST_MAX_SIZE
        )
        await super().receive_body()


class CitizenApi:
    """Answers all requests below the mounts.

    Args:
        settings: Settings of the process.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._limit = guard.CallerLimit()
        self._routes: dict[str, tuple[str, Handler]] = dict(handlers.ROUTES)
        if settings.has_legacy_zms_routes:
            self._routes.update(legacy.ROUTES)
        #: None until the application has started.
        self.api: Api | None = None

    def add_to(self, app: Sanic) -> None:
        """Adds the routes to an application that has not started."""
        for position, mount in enumerate(MOUNTS):
            app.add_route(
                self._answer,
                f"{mount}/<rest:path>",
                methods=[*_METHODS, "HEAD"],
                name=f"citizen_api_{position}",
                strict_slashes=False,
            )

    async def _answer(self, request: Request, rest: str) -> HTTPResponse:
        headers = guard.headers(self._settings.clock())
        try:
            headers |= self._admit(request)
            answer = await self._dispatch(request)
        except ZmsError as error:
            response = error.response()
            response.headers.update(headers | error.headers)
            return response
        return _rendered(request, answer, headers)

    def _admit(self, request: Request) -> dict[str, str]:
        """Passes the request through the checks that stand before the routes."""
        address = _address(request)
        if address in self._settings.blocked_addresses:
            raise ZmsError("IP_BLACKLISTED")
        headers: dict[str, str] = {}
        if self._settings.limits_apply_to(address):
            is_trusted = self._is_trusted(request)
            limit = self._settings.zms_requests_per_minute
            if is_trusted:
                limit = max(limit, _TRUSTED_REQUESTS_PER_WINDOW)
            caller = f"trusted {address}" if is_trusted else address
            headers = self._limit.count(caller, limit)
        if self._settings.is_in_maintenance:
            raise ZmsError("serviceUnavailable")
        return headers

    async def _dispatch(self, request: Request) -> Answer:
        mount, path = _split(request.path)
        method, handler = self._routes.get(path, (None, None))
        asked = "GET" if request.method == "HEAD" else request.method
        if handler is None or asked != method:
            raise ZmsError("notFound")
        if self.api is None:
            raise ZmsError("zmsClientCommunicationError", headers={"Retry-After": "5"})
        is_get = method == "GET"
        question = Question(
            fields=guard.query_of(request) if is_get else guard.body_of(request),
            address=_address(request),
            is_trusted=self._is_trusted(request),
            headers={name.lower(): value for name, value in request.headers.items()},
            base_url=self._settings.public_url + mount,
        )
        # Handlers wait for the database: in a thread, so that other requests go on.
        return await asyncio.to_thread(handler, self.api, question)

    def _is_trusted(self, request: Request) -> bool:
        return self._settings.is_portal_api_key(request.headers.get("x-api-key", ""))


def is_below(path: str | None) -> bool:
    """Tells whether a path belongs to the citizen API."""
    return bool(path) and any(
        path == mount or str(path).startswith(f"{mount}/") for mount in MOUNTS
    )


def error_response(error: Exception, settings: Settings) -> HTTPResponse:
    """Returns an error of the server or of routing in ZMS's shape."""
    response = _zms_error(error).response()
    response.headers.update(guard.headers(settings.clock()))
    return response


def _zms_error(error: Exception) -> ZmsError:
    if isinstance(error, ZmsError):
        return error
    if isinstance(error, Problem):
        code = {"rate-limited": "rateLimitExceeded"}.get(error.code)
        return ZmsError(
            code or "zmsClientCommunicationError", headers=dict(error.headers)
        )
    if isinstance(error, NotFound):
        return ZmsError("notFound")
    if isinstance(error, MethodNotSupported):
        return ZmsError("requestMethodNotAllowed")
    if isinstance(error, PayloadTooLarge):
        return ZmsError("requestEntityTooLarge")
    if isinstance(error, RequestTimeout):
        return ZmsError("zmsClientCommunicationError")
    if isinstance(error, SanicException | ValueError):
        return ZmsError("invalidRequest")
    if isinstance(error, sa.exc.SQLAlchemyError):
        logger.exception("The database of appointments fails.", exc_info=error)
        return ZmsError("zmsClientCommunicationError", headers={"Retry-After": "10"})
    logger.exception("A request of the citizen API failed.", exc_info=error)
    return ZmsError("internalError")


def _rendered(
    request: Request, answer: Answer, headers: Mapping[str, str]
) -> HTTPResponse:
    body = json.dumps(answer.document, ensure_ascii=False, separators=(",", ":"))
    all_headers = {**headers, **answer.headers}
    if answer.has_etag:
        etag = all_headers["ETag"] = etag_of(body.encode())
        if has_same(request, etag):
            return HTTPResponse(status=304, headers=all_headers)
    return HTTPResponse(
        body, headers=all_headers, content_type="application/json; charset=utf-8"
    )


def _split(path: str) -> tuple[str, str]:
    mount = next(mount for mount in MOUNTS if path.startswith(f"{mount}/"))
    return mount, path[len(mount) + 1 :]


def _address(request: Request) -> str:
    # Calls within the process have no connection.
    with contextlib.suppress(AttributeError, TypeError):
        return str(request.remote_addr or request.ip or "127.0.0.1")
    return "127.0.0.1"
