"""A web channel whose answers a test decides: for states that are hard to reach.

A real HTTP server on a free port. It speaks the routes of the portal's chat and
serves the built bundle, on pages with a policy as strict as a city may have it.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import threading
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import web

#: Trusted Types forbid `innerHTML` and its like wherever a page asks for them.
STRICT_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'"
)
_TIME = "2026-11-24T10:15:00+01:00"

WebMessage = Mapping[str, Any]
Json = dict[str, Any]


@dataclass(frozen=True)
class Turn:
    """What becomes of one message of the citizen."""

    messages: Sequence[WebMessage] = ()
    trouble: str | None = None
    text: str | None = None
    """The sentence of the trouble."""
    is_held: bool = False
    """The answer waits until `ScriptedChannel.release`."""
    refusal: tuple[int, str, str] | None = None
    """Status, kind and sentence, where the message is not taken at all."""
    retry_after_in_seconds: int | None = None
    gap_in_seconds: float = 0.0
    """Time before each message of the answer."""
    language: str | None = None
    """What the answer is in, where it is not what the citizen set."""


def says(*texts: str) -> Turn:
    """Makes a turn that answers with texts."""
    return Turn([{"text": text} for text in texts])


@dataclass
class Talk:
    """One conversation, as the channel's store has it."""

    utterances: list[Json] = field(default_factory=list)
    streams: list[asyncio.Queue[bytes | None]] = field(default_factory=list)
    answered: dict[str, Json] = field(default_factory=dict)

    def add(self, kind: str, data: Json) -> None:
        """Keeps an utterance and tells it to each open stream."""
        position = len(self.utterances) + 1
        kept = {"kind": kind, "position": position, **data}
        self.utterances.append(kept)
        self.tell(_frame(kind, data, position))

    def tell(self, frame: bytes) -> None:
        """Puts bytes into each open stream."""
        for stream in self.streams:
            stream.put_nowait(frame)


def _frame(kind: str, data: Json, position: int | None = None) -> bytes:
    number = "" if position is None else f"id: {position}\n"
    content = json.dumps(data, ensure_ascii=False)
    return f"event: {kind}\n{number}data: {content}\n\n".encode()


class ScriptedChannel:
    """The server, in a thread of its own."""

    def __init__(
        self, bundle: Path, extend: Callable[[web.Application], None] | None = None
    ) -> None:
        """Creates a channel that does not listen yet.

        Args:
            bundle: The built script of the chat.
            extend: Adds further routes to the server.
        """
        self.requests: list[tuple[str, str, Json]] = []
        """Method, path and body of all that was asked, in order."""
        self.is_down = False
        """Every request ends without an answer, as behind a cut cable."""
        self.has_streams = True
        """Without, `/chat/events` is refused, as by an old proxy of a company."""
        self.policy = STRICT_POLICY
        self._bundle = bundle
        self._extend = extend
        self._turns: list[Turn] = []
        self._talks: dict[str, Talk] = {}
        self._pages: dict[str, tuple[str, Mapping[str, str]]] = {}
        self._numbers = itertools.count(1)
        self._loop = asyncio.new_event_loop()
        self._released = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self.port = 0

    # -- for tests ------------------------------------------------------------------

    def start(self) -> None:
        """Listens on a free port."""
        self._script_content = self._bundle.read_bytes()
        self._thread.start()
        self.port = self._do(self._serve())

    def stop(self) -> None:
        """Ends the server and its thread."""
        self._do(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=5)

    @property
    def url(self) -> str:
        """Address without a slash at its end."""
        return f"http://127.0.0.1:{self.port}"

    def reset(self) -> None:
        """Forgets all conversations, turns and requests; test follows test."""

        async def forget() -> None:
            for talk in self._talks.values():
                for stream in talk.streams:
                    stream.put_nowait(None)
            self._talks = {}
            self._released = asyncio.Event()

        self._do(forget())
        self._turns.clear()
        self.requests.clear()
        self.is_down = False
        self.has_streams = True
        self.policy = STRICT_POLICY

    def will(self, *turns: Turn) -> None:
        """Says what becomes of the next messages; others are echoed."""
        self._turns.extend(turns)

    def forget_turns(self) -> None:
        """Echoes the next messages after all."""
        self._turns.clear()

    def release(self) -> None:
        """Lets all held answers go, and those to come."""
        self._loop.call_soon_threadsafe(self._released.set)

    def cut(self) -> None:
        """Breaks every open stream and refuses to listen any longer."""
        self.is_down = True
        self._end_streams()

    def restore(self) -> None:
        """Listens again."""
        self.is_down = False

    def break_streams(self) -> None:
        """Breaks the open streams once; they may be opened again at once."""
        self._end_streams()

    def end_conversations(self, text: str) -> None:
        """Ends every conversation, as idle time or another tab does."""
        self._tell_all(_frame("ended", {"text": text}))
        self._end_streams()
        self._do(self._forget_talks())

    def tell_raw(self, frame: bytes) -> None:
        """Puts bytes into every open stream, sense or nonsense."""
        self._tell_all(frame)

    def say(self, *messages: WebMessage) -> None:
        """Says something into every conversation without being asked."""

        async def add() -> None:
            for talk in self._talks.values():
                for message in messages:
                    talk.add(
                        "message",
                        {**message, "language": "de", "time": _TIME, "messageId": ""},
                    )

        self._do(add())

    def remember(self, *utterances: tuple[str, str]) -> None:
        """Writes speaker and text into every conversation, for a long history."""

        async def add() -> None:
            for talk in self._talks.values():
                for speaker, text in utterances:
                    said = {"text": text, "language": "de", "time": _TIME}
                    talk.add("citizen" if speaker == "citizen" else "message", said)

        self._do(add())

    def page(
        self, body: str, head: str = "", *, has_chat: bool = True, **headers: str
    ) -> str:
        """Serves a page and returns its address.

        Args:
            body: HTML; `<kumpel-chat>` and whatever else.
            head: HTML of the head, besides the chat's script.
            has_chat: Whether the chat's script is loaded.
            headers: Headers in place of others, with `_` for `-`; empty ones go.
        """
        path = f"/page/{next(self._numbers)}"
        script = '<script type="module" src="/chat/kumpel-chat.js"></script>'
        html = (
            '<!doctype html><html lang="de"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            # Browsers ask for an icon otherwise.
            '<link rel="icon" href="data:,">'
            f"<title>Stadt Krefeld</title>{head}{script if has_chat else ''}</head>"
            f"<body>{body}</body></html>"
        )
        named = {key.replace("_", "-"): value for key, value in headers.items()}
        self._pages[path] = (html, named)
        return self.url + path

    def file(self, path: str, content: str, content_type: str) -> None:
        """Serves a text at a path, such as the style of a hostile page."""
        self._pages[path] = (content, {"Content-Type": content_type})

    def sent(self, path: str = "/chat/messages") -> list[Json]:
        """Returns the bodies that were posted to a path."""
        return [
            body for method, at, body in self.requests if (method, at) == ("POST", path)
        ]

    # -- the server -----------------------------------------------------------------

    def _do(self, work: Awaitable[Any]) -> Any:
        async def run() -> Any:
            return await work

        return asyncio.run_coroutine_threadsafe(run(), self._loop).result(timeout=10)

    def _tell_all(self, frame: bytes) -> None:
        async def tell() -> None:
            for talk in self._talks.values():
                talk.tell(frame)

        self._do(tell())

    def _end_streams(self) -> None:
        async def end() -> None:
            for talk in self._talks.values():
                for stream in talk.streams:
                    stream.put_nowait(None)

        self._do(end())

    async def _forget_talks(self) -> None:
        self._talks = {}

    async def _serve(self) -> int:
        app = web.Application(middlewares=[self._guard])
        if self._extend:
            self._extend(app)
        app.add_routes(
            [
                web.get("/chat/kumpel-chat.js", self._script),
                web.post("/chat/conversations", self._begin),
                web.delete("/chat/conversations", self._delete),
                web.post("/chat/messages", self._receive),
                web.get("/chat/events", self._events),
                web.get("/chat/history", self._history),
                web.post("/chat/feedback", self._feedback),
                web.get("/{path:.*}", self._page),
            ]
        )
        self._runner = web.AppRunner(app, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port: int = self._runner.addresses[0][1]
        return port

    async def _close(self) -> None:
        for talk in self._talks.values():
            for stream in talk.streams:
                stream.put_nowait(None)
        await self._runner.cleanup()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    @web.middleware
    async def _guard(
        self,
        request: web.Request,
        handler: Callable[[web.Request], Awaitable[web.StreamResponse]],
    ) -> web.StreamResponse:
        body: Json = {}
        # Others' bodies are theirs to read; they can be read once only.
        if request.method == "POST" and request.path.startswith("/chat/"):
            with contextlib.suppress(ValueError):
                body = await request.json()
        request["body"] = body
        self.requests.append((request.method, request.path, body))
        if self.is_down:
            if request.transport:
                request.transport.abort()
            raise web.HTTPServiceUnavailable
        return await handler(request)

    async def _script(self, _: web.Request) -> web.StreamResponse:
        return web.Response(
            body=self._script_content,
            content_type="text/javascript",
            charset="utf-8",
            headers={
                "Access-Control-Allow-Origin": "*",
                "Cross-Origin-Resource-Policy": "cross-origin",
                "X-Content-Type-Options": "nosniff",
            },
        )

    async def _page(self, request: web.Request) -> web.StreamResponse:
        if request.path not in self._pages:
            raise web.HTTPNotFound
        content, headers = self._pages[request.path]
        named = {
            "Content-Type": "text/html",
            "Content-Security-Policy": self.policy,
            **headers,
        }
        kind = named.pop("Content-Type")
        told = {name: value for name, value in named.items() if value}
        return web.Response(
            text=content, content_type=kind, charset="utf-8", headers=told
        )

    async def _begin(self, _: web.Request) -> web.StreamResponse:
        name = f"talk-{next(self._numbers)}"
        self._talks[name] = Talk()
        return web.json_response({"conversation": name}, status=201)

    async def _delete(self, request: web.Request) -> web.StreamResponse:
        talk = self._talks.pop(request.headers.get("X-Conversation", ""), None)
        if talk is None:
            return _unknown()
        talk.tell(_frame("ended", {"text": "Das Gespräch ist beendet und gelöscht."}))
        for stream in talk.streams:
            stream.put_nowait(None)
        return web.Response(status=204)

    async def _feedback(self, request: web.Request) -> web.StreamResponse:
        return web.Response(status=204)

    async def _history(self, request: web.Request) -> web.StreamResponse:
        talk = self._talks.get(request.headers.get("X-Conversation", ""))
        if talk is None:
            return _unknown()
        told = [
            {
                "speaker": "citizen" if each["kind"] == "citizen" else "kumpel",
                **{key: value for key, value in each.items() if key != "kind"},
            }
            for each in talk.utterances
        ]
        return web.json_response({"utterances": told})

    async def _receive(self, request: web.Request) -> web.StreamResponse:
        body: Json = request["body"]
        name = str(body.get("conversation"))
        talk = self._talks.get(name)
        if talk is None:
            return _unknown()
        message_id = str(body["messageId"])
        is_async = "respond-async" in request.headers.get("Prefer", "")
        if message_id in talk.answered:
            known = talk.answered[message_id]
            return web.json_response(known, status=202 if is_async else 200)
        turn = self._turns.pop(0) if self._turns else _echo(body)
        if turn.refusal:
            return _refused(*turn.refusal, turn.retry_after_in_seconds)
        promise = {"messageId": message_id, "conversation": name}
        talk.answered[message_id] = promise
        language = turn.language or (body.get("metadata") or {}).get("language") or "de"
        said = str(body.get("text") or _title(talk, body.get("choice")))
        talk.add(
            "citizen",
            {
                "messageId": message_id,
                "text": said,
                "language": language,
                "time": _TIME,
            },
        )
        if is_async:
            task = asyncio.create_task(
                self._play(talk, turn, message_id, name, language)
            )
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
            return web.json_response(promise, status=202)
        before = len(talk.utterances)
        await self._play(talk, turn, message_id, name, language)
        answer: Json = {"messages": talk.utterances[before:], "conversation": name}
        if turn.trouble:
            answer["trouble"] = turn.trouble
            answer["messages"] = [*answer["messages"], {"text": turn.text}]
        talk.answered[message_id] = answer
        return web.json_response(answer)

    async def _play(
        self, talk: Talk, turn: Turn, message_id: str, name: str, language: str
    ) -> None:
        talk.tell(_frame("typing", {"messageId": message_id}))
        if turn.is_held:
            await self._released.wait()
        for message in turn.messages:
            await asyncio.sleep(turn.gap_in_seconds)
            of_turn = {"language": language, "time": _TIME, "messageId": message_id}
            talk.add("message", {**message, **of_turn})
        done: Json = {"messageId": message_id, "conversation": name}
        if turn.trouble:
            done |= {"trouble": turn.trouble, "text": turn.text}
        talk.tell(_frame("done", done))

    async def _events(self, request: web.Request) -> web.StreamResponse:
        talk = self._talks.get(request.headers.get("X-Conversation", ""))
        if talk is None:
            return _unknown()
        if not self.has_streams:
            return _refused(501, "failed", "Kein Strom.", None)
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await response.prepare(request)
        # As the real one: who hears nothing takes the stream for held back.
        await response.write(b": here\n\n")
        since = int(request.headers.get("Last-Event-ID") or 0)
        stream: asyncio.Queue[bytes | None] = asyncio.Queue()
        for kept in talk.utterances[since:]:
            data = {k: v for k, v in kept.items() if k not in {"kind", "position"}}
            stream.put_nowait(_frame(kept["kind"], data, kept["position"]))
        talk.streams.append(stream)
        try:
            while (frame := await stream.get()) is not None:
                await response.write(frame)
        except ConnectionError:
            pass
        finally:
            talk.streams.remove(stream)
        if request.transport:
            request.transport.abort()
        return response


def _echo(body: Json) -> Turn:
    return says(f"Antwort auf: {body.get('text') or body.get('choice')}")


def _title(talk: Talk, choice: object) -> str:
    for utterance in reversed(talk.utterances):
        for button in utterance.get("buttons") or ():
            if button["choice"] == choice:
                return str(button["title"])
    return "(Auswahl)"


def _unknown() -> web.Response:
    text = "Dieses Gespräch kenne ich nicht. Bitte beginnen Sie ein neues."
    return _refused(401, "unknown_conversation", text, None)


def _refused(
    status: int, kind: str, text: str, retry_after_in_seconds: int | None
) -> web.Response:
    response = web.json_response({"error": {"kind": kind, "text": text}}, status=status)
    if retry_after_in_seconds is not None:
        response.headers["Retry-After"] = str(retry_after_in_seconds)
    return response
