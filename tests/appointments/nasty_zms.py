"""A real HTTP server that answers as a test says, or cuts the connection."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

HTML = b"<html><body><h1>502 Bad Gateway</h1></body></html>"


@dataclass
class Asked:
    """One request."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: Any


@dataclass
class Reply:
    """One answer.

    Attributes:
        is_cut: Whether the connection ends without a word.
    """

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    is_cut: bool = False


def errors(*codes: str, status: int = 400, **headers: str) -> Reply:
    entries = [
        {"errorCode": code, "statusCode": status, "errorMessage": "English."}
        for code in codes
    ]
    return Reply(status, {"errors": entries}, headers)


class NastyZms:
    """Counts what it is asked; answers from `script`."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.script: Callable[[Asked], Reply] = lambda _: Reply(500, HTML)
        server = self

        class Handler(BaseHTTPRequestHandler):
            def _serve(self) -> None:
                parts = urlsplit(self.path)
                length = int(self.headers.get("Content-Length") or 0)
                raw = self.rfile.read(length)
                asked = Asked(
                    self.command,
                    parts.path.rpartition("/citizen/")[2],
                    {k: v[-1] for k, v in parse_qs(parts.query).items()},
                    dict(self.headers),
                    json.loads(raw) if raw else None,
                )
                server.asked.append(asked)
                reply = server.script(asked)
                if reply.is_cut:
                    self.connection.shutdown(socket.SHUT_RDWR)
                    return
                body = reply.body
                if not isinstance(body, bytes):
                    body = json.dumps(body).encode()
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name.replace("_", "-"), value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST = _serve

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]
        self.port = int(self._server.server_address[1])
        self.url = f"http://127.0.0.1:{self.port}/citizen"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]
