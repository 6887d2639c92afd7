"""A small HTTP server that answers as a test says."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from kumpel.clock import TIME_ZONE

NOW = datetime(2026, 11, 23, 10, 15, tzinfo=TIME_ZONE)
#: Gives status, headers and body for each request.
Script = Callable[["Request"], tuple[int, dict[str, str], bytes]]


class Request:
    """What the server got."""

    def __init__(self, path: str, headers: dict[str, str], write: Any) -> None:
        self.path = path
        self.headers = headers
        self.write = write


class SmallPortal:
    """A real server; counts what it is asked."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.script: Script = lambda request: (500, {}, b"")
        portal = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                request = Request(self.path, dict(self.headers), self.wfile.write)
                portal.requests.append(request)
                status, headers, body = portal.script(request)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def holidays_answer(name: str = "Neujahr") -> bytes:
    return json.dumps({"items": [{"date": "2026-01-01", "name": name}]}).encode()
