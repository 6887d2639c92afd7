"""A Sanic application behind `requests`, without a port."""

from __future__ import annotations

import asyncio
import itertools
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from sanic import Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from kumpel.evaluation.asgi_session import session_for

_numbers = itertools.count()


@pytest.fixture
def app() -> Sanic:
    app = Sanic(f"asgi-session-{next(_numbers)}", configure_logging=False)
    app.ctx.events = []

    @app.get("/echo/<name:str>")
    async def echo(request: Request, name: str) -> HTTPResponse:
        words = {"name": name, "q": request.args.get("q"), "ip": request.ip}
        return response.json(words, headers={"ETag": '"1"'})

    @app.post("/body")
    async def body(request: Request) -> HTTPResponse:
        return response.text(request.body.decode(), status=201)

    @app.get("/slow")
    async def slow(_request: Request) -> HTTPResponse:
        await asyncio.sleep(0.2)
        return response.text("done")

    app.register_listener(
        lambda *_: app.ctx.events.append("start"), "before_server_start"
    )
    app.register_listener(lambda *_: app.ctx.events.append("stop"), "after_server_stop")
    return app


def test_requests_reach_the_application(app: Sanic) -> None:
    with session_for(app) as session:
        answer = session.get("http://127.0.0.1:9/echo/a", params={"q": "Hüls & Oppum"})
        posted = session.post("https://anywhere.example/body", data="größer".encode())
        missing = session.get("http://127.0.0.1:9/missing")

    assert answer.json() == {"name": "a", "q": "Hüls & Oppum", "ip": "127.0.0.1"}
    assert answer.headers["etag"] == '"1"'
    assert (posted.status_code, posted.text) == (201, "größer")
    assert missing.status_code == 404


def test_the_application_starts_and_stops_once(app: Sanic) -> None:
    # The assistant that other tests share has such a thread, too.
    threads_before = set(threading.enumerate())

    with session_for(app) as session:
        session.get("http://127.0.0.1:9/echo/a")
        assert app.ctx.events == ["start"]

    assert app.ctx.events == ["start", "stop"]
    fresh = set(threading.enumerate()) - threads_before
    assert not any(thread.name == "asgi" for thread in fresh)


def test_calls_of_several_threads_overlap(app: Sanic) -> None:
    with session_for(app) as session, ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(session.get, ["http://127.0.0.1:9/slow"] * 8))

    assert {answer.text for answer in answers} == {"done"}
    assert all(answer.elapsed.total_seconds() < 1 for answer in answers)


def test_a_late_answer_is_a_timeout(app: Sanic) -> None:
    with session_for(app) as session, pytest.raises(requests.ReadTimeout):
        session.get("http://127.0.0.1:9/slow", timeout=(1, 0.05))


def test_an_application_that_cannot_start_says_why(app: Sanic) -> None:
    async def refuse(*_: object) -> None:
        raise OSError("no room left")

    app.register_listener(refuse, "before_server_start")

    with pytest.raises(OSError, match="no room left"), session_for(app):
        pass
