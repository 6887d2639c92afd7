"""Passes the chat's requests on to the assistant, so that citizens never reach Rasa.

Only the routes of the web channel are passed on, with the headers that it reads. The
events are passed on as they come.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from typing import NamedTuple, cast

import aiohttp
from sanic import Blueprint
from sanic.request import Request
from sanic.response import BaseHTTPResponse, HTTPResponse, empty, raw

from kumpel.settings import Settings
from portal.chat_bundle import Bundle, mark_for_all
from portal.chat_origins import Origins

logger = logging.getLogger(__name__)

#: A little more than the channel allows, which answers more kindly.
_MAX_BODY_IN_BYTES = 20 * 1024
_MAX_HEADER_IN_CHARACTERS = 500
_CONNECT_TIMEOUT_IN_SECONDS = 2.0
#: More than the channel's own deadline of 25 s.
_ANSWER_TIMEOUT_IN_SECONDS = 35.0
#: Three of the channel's signs of life.
_SILENCE_TIMEOUT_IN_SECONDS = 45.0
_SEND_TIMEOUT_IN_SECONDS = 30.0
_RETRY_AFTER_IN_SECONDS = 10

_PASSED_ON = ("Accept-Language", "Last-Event-ID", "Prefer", "X-Conversation")
_PASSED_BACK = ("Content-Type", "Cache-Control", "Retry-After", "X-Accel-Buffering")

_ROUTES = {
    "conversations": ["POST", "DELETE"],
    "messages": ["POST"],
    "events": ["GET"],
    "history": ["GET"],
    "feedback": ["POST"],
}

_NUMBER = "02151 86-0"


class _Refusal(NamedTuple):
    status: int
    kind: str
    german: str
    english: str


_UNREACHABLE = _Refusal(
    503,
    "unreachable",
    "Kumpel ist gerade nicht erreichbar. Bitte versuchen Sie es in einigen Minuten "
    f"noch einmal oder rufen Sie an: {_NUMBER}.",
    "Kumpel cannot be reached right now. Please try again in a few minutes or call "
    f"{_NUMBER}.",
)
_TOO_LONG = _Refusal(
    413,
    "too_long",
    "Ihre Nachricht ist zu lang. Bitte fassen Sie sich kürzer.",
    "Your message is too long. Please be brief.",
)
_FOREIGN = _Refusal(
    403,
    "foreign_origin",
    "Auf dieser Internetseite darf der Chat der Stadt nicht benutzt werden. Bitte "
    f"besuchen Sie die Seite der Stadt oder rufen Sie an: {_NUMBER}.",
    "The city's chat may not be used on this website. Please visit the city's own "
    f"page or call {_NUMBER}.",
)

Handler = Callable[[Request], Awaitable[HTTPResponse | None]]


class Gateway:
    """The way from the portal to the assistant's web channel."""

    def __init__(self, settings: Settings) -> None:
        self._url = f"{settings.rasa_url}/webhooks/web"
        self._client: aiohttp.ClientSession | None = None
        self._streams: set[asyncio.Task[object]] = set()

    def add_life(self, routes: Blueprint) -> None:
        """Opens and closes the way with the server."""
        routes.listener("before_server_start")(self._open)
        routes.listener("before_server_stop")(self._end_streams)
        routes.listener("after_server_stop")(self._close)

    async def _open(self, *_: object) -> None:
        self._client = aiohttp.ClientSession(
            # Each open chat holds a connection; the channel limits their number.
            connector=aiohttp.TCPConnector(limit=0),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
        )

    async def _end_streams(self, *_: object) -> None:
        # They have no end of their own, and the server would wait for one.
        for task in list(self._streams):
            task.cancel()

    async def _close(self, *_: object) -> None:
        if self._client is not None:
            await self._client.close()

    async def call(self, request: Request, path: str) -> HTTPResponse:
        """Passes a request on and returns its answer."""
        if len(request.body) > _MAX_BODY_IN_BYTES:
            return _refused(request, _TOO_LONG)
        timeout = aiohttp.ClientTimeout(
            total=_ANSWER_TIMEOUT_IN_SECONDS, sock_connect=_CONNECT_TIMEOUT_IN_SECONDS
        )
        try:
            async with self._request(request, path, timeout) as answer:
                body = await answer.read()
                return raw(body, answer.status, headers=_passed_back(answer))
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
            return _unreachable(request, error)

    async def stream(self, request: Request, path: str) -> HTTPResponse | None:
        """Passes the events on as they come, until one side is gone."""
        task = cast("asyncio.Task[object]", asyncio.current_task())
        self._streams.add(task)
        timeout = aiohttp.ClientTimeout(
            total=None,
            sock_connect=_CONNECT_TIMEOUT_IN_SECONDS,
            sock_read=_SILENCE_TIMEOUT_IN_SECONDS,
        )
        response: BaseHTTPResponse | None = None
        try:
            async with self._request(request, path, timeout) as answer:
                if answer.status != 200:
                    body = await answer.read()
                    return raw(body, answer.status, headers=_passed_back(answer))
                response = await request.respond(headers=_passed_back(answer))
                async for piece in answer.content.iter_any():
                    if not await _sent(response, piece):
                        # It takes nothing: what is in the way would only grow.
                        request.transport.abort()
                        return None
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
            if response is None:
                return _unreachable(request, error)
        finally:
            self._streams.discard(task)
        await response.send(end_stream=True)
        return None

    def _request(
        self, request: Request, path: str, timeout: aiohttp.ClientTimeout
    ) -> aiohttp.client._RequestContextManager:
        if self._client is None:
            raise aiohttp.ClientError("the server has not started")
        headers = {
            "X-Forwarded-For": str(request.remote_addr or request.ip or ""),
            **_passed_on(request),
        }
        body = None
        if request.method == "POST":
            body, headers["Content-Type"] = request.body, "application/json"
        return self._client.request(
            request.method,
            f"{self._url}/{path}",
            data=body,
            headers=headers,
            timeout=timeout,
            allow_redirects=False,
        )


def create_gateway(settings: Settings) -> Blueprint:
    """Makes the blueprint of `/chat/`: the gateway and the chat element.

    Args:
        settings: Tells where the assistant is, and which pages may hold the chat.
    """
    routes = Blueprint("chat_gateway", url_prefix="/chat")
    gateway, origins, bundle = Gateway(settings), Origins(settings), Bundle()

    gateway.add_life(routes)

    @routes.middleware("response")
    async def mark(request: Request, response: BaseHTTPResponse) -> None:
        if request.path.endswith(".js"):
            mark_for_all(response)
        else:
            origins.mark(request, response)

    for path, methods in _ROUTES.items():
        routes.add_route(
            _passing(gateway, origins, path),
            f"/{path}",
            methods=[*methods, "OPTIONS"],
            name=path,
        )

    @routes.route("/kumpel-chat.js", methods=["GET", "HEAD"])
    async def element(request: Request) -> HTTPResponse:
        return bundle.answer(request)

    return routes


def _passing(gateway: Gateway, origins: Origins, path: str) -> Handler:
    async def handler(request: Request) -> HTTPResponse | None:
        if not origins.allows(request):
            return _refused(request, _FOREIGN)
        if request.method == "OPTIONS":
            return empty()
        if path == "events":
            return await gateway.stream(request, path)
        return await gateway.call(request, path)

    return handler


async def _sent(response: BaseHTTPResponse, piece: bytes) -> bool:
    try:
        await asyncio.wait_for(response.send(piece), _SEND_TIMEOUT_IN_SECONDS)
    except asyncio.TimeoutError:
        return False
    return True


def _passed_on(request: Request) -> dict[str, str]:
    # What a header may not hold would fail on the way; no good value does.
    return {
        name: value
        for name in _PASSED_ON
        if (value := str(request.headers.get(name, "")))
        and len(value) <= _MAX_HEADER_IN_CHARACTERS
        and value.isascii()
        and value.isprintable()
    }


def _passed_back(answer: aiohttp.ClientResponse) -> dict[str, str]:
    return {
        name: answer.headers[name] for name in _PASSED_BACK if name in answer.headers
    }


def _unreachable(request: Request, error: Exception) -> HTTPResponse:
    logger.warning(
        "The assistant gives no answer (%s): see `kumpel status`.", type(error).__name__
    )
    response = _refused(request, _UNREACHABLE)
    response.headers["Retry-After"] = str(_RETRY_AFTER_IN_SECONDS)
    return response


def _refused(request: Request, refusal: _Refusal) -> HTTPResponse:
    is_english = str(request.headers.get("accept-language", "")).startswith("en")
    sentence = refusal.english if is_english else refusal.german
    return raw(
        json.dumps({"error": {"kind": refusal.kind, "text": sentence}}).encode(),
        refusal.status,
        headers={"Cache-Control": "no-store", "Content-Type": "application/json"},
    )
