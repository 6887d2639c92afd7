"""Calls a Sanic application in this process as if it were a server: no port.

`requests` knows WSGI adapters only, and Sanic speaks ASGI. The application lives in an
event loop of its own thread, because the callers block in other threads.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import threading
from collections.abc import Coroutine, Iterator, Mapping
from concurrent.futures import TimeoutError as FutureTimeoutError
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

import requests
import urllib3
from requests.adapters import HTTPAdapter
from sanic import Sanic

T = TypeVar("T")

_START_IN_SECONDS = 60.0
_READ_TIMEOUT_IN_SECONDS = 30.0


@contextlib.contextmanager
def session_for(app: Sanic) -> Iterator[requests.Session]:
    """Starts an application and yields a session whose every call it answers.

    Args:
        app: An application that was not started yet.

    Raises:
        Exception: Whatever a listener of the application raises at its start.
    """
    with _running_loop() as loop:
        lifespan = _wait(_Lifespan.start(app), loop, _START_IN_SECONDS)
        session = requests.Session()
        # For each address: what has no port must not reach one by mistake.
        for prefix in ("http://", "https://"):
            session.mount(prefix, AsgiAdapter(app, loop))
        try:
            yield session
        finally:
            session.close()
            _wait(lifespan.stop(), loop, _START_IN_SECONDS)


class AsgiAdapter(HTTPAdapter):
    """Hands requests to an ASGI application (ASGI 3.0, HTTP)."""

    def __init__(self, app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        """Takes a started application.

        Args:
            app: The application.
            loop: The event loop in which it was started.
        """
        super().__init__()
        self._app = app
        self._loop = loop

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: Any = None,
        verify: Any = True,
        cert: Any = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Returns the application's answer (see parent class).

        Raises:
            requests.ReadTimeout: It did not answer in time.
        """
        limit = timeout[-1] if isinstance(timeout, tuple) else timeout
        try:
            status, headers, body = _wait(
                _exchange(self._app, request),
                self._loop,
                limit or _READ_TIMEOUT_IN_SECONDS,
            )
        except FutureTimeoutError as error:
            raise requests.ReadTimeout(request=request) from error
        answer = urllib3.HTTPResponse(
            body=io.BytesIO(body),
            headers=urllib3.HTTPHeaderDict(headers),
            status=status,
            preload_content=False,
        )
        return self.build_response(request, answer)


async def _exchange(
    app: Sanic, request: requests.PreparedRequest
) -> tuple[int, list[tuple[str, str]], bytes]:
    parts = urlsplit(str(request.url))
    body = request.body or b""
    content = body.encode() if isinstance(body, str) else body
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": parts.scheme,
        "path": unquote(parts.path) or "/",
        "query_string": parts.query.encode(),
        "root_path": "",
        "headers": [
            (name.lower().encode("latin-1"), _as_bytes(value))
            for name, value in {"Host": parts.netloc, **request.headers}.items()
        ],
        "client": ("127.0.0.1", 0),
        "server": (parts.hostname, parts.port),
    }
    status = 500
    headers: list[tuple[str, str]] = []
    received = bytearray()

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": content, "more_body": False}

    async def send(message: Mapping[str, Any]) -> None:
        nonlocal status, headers
        if message["type"] == "http.response.start":
            status = message["status"]
            headers = [
                (name.decode("latin-1"), value.decode("latin-1"))
                for name, value in message["headers"]
            ]
        else:
            received.extend(message.get("body") or b"")

    await app(scope, receive, send)
    return status, headers, bytes(received)


class _Lifespan:
    """Starts and stops an application by the lifespan protocol of ASGI."""

    def __init__(self, app: Sanic) -> None:
        self._to_app: asyncio.Queue[dict[str, str]] = asyncio.Queue()
        self._from_app: asyncio.Queue[dict[str, str]] = asyncio.Queue()
        scope = {"type": "lifespan"}
        call = app(scope, self._to_app.get, self._from_app.put)
        self._task: asyncio.Task[None] = asyncio.ensure_future(call)

    @classmethod
    async def start(cls, app: Sanic) -> _Lifespan:
        # Sanic rewrites some of its own methods at a start. Only in test mode it keeps
        # the originals, without which a second application cannot start.
        before, Sanic.test_mode = Sanic.test_mode, True
        try:
            lifespan = cls(app)
            await lifespan._tell("lifespan.startup")
        finally:
            Sanic.test_mode = before
        return lifespan

    async def stop(self) -> None:
        await self._tell("lifespan.shutdown")
        self._task.cancel()
        # Sanic 21.12 goes on after the shutdown as if a request had come.
        with contextlib.suppress(Exception, asyncio.CancelledError):
            await self._task

    async def _tell(self, event: str) -> None:
        await self._to_app.put({"type": event})
        answer = asyncio.ensure_future(self._from_app.get())
        await asyncio.wait({answer, self._task}, return_when=asyncio.FIRST_COMPLETED)
        if not answer.done():
            answer.cancel()
            await self._task


@contextlib.contextmanager
def _running_loop() -> Iterator[asyncio.AbstractEventLoop]:
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="asgi", daemon=True)
    thread.start()
    try:
        yield loop
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()


def _wait(
    work: Coroutine[Any, Any, T],
    loop: asyncio.AbstractEventLoop,
    timeout_in_seconds: float,
) -> T:
    future = asyncio.run_coroutine_threadsafe(work, loop)
    try:
        return future.result(timeout_in_seconds)
    except FutureTimeoutError:
        future.cancel()
        raise


def _as_bytes(value: str | bytes) -> bytes:
    return value if isinstance(value, bytes) else value.encode("latin-1")
