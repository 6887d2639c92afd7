"""A cable that a test can cut: forwards TCP until told otherwise."""

from __future__ import annotations

import contextlib
import socket
import threading


class CuttableProxy:
    """Forwards connections of a free port to another port of this machine."""

    def __init__(self, target_port: int) -> None:
        self._target = ("127.0.0.1", target_port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._lock = threading.Lock()
        self._sockets: set[socket.socket] = set()
        self._left: int | None = None
        """Bytes of answers that still come through; None for all."""
        self._is_cut = False

    def start(self) -> None:
        threading.Thread(target=self._accept, daemon=True).start()

    def stop(self) -> None:
        self._listener.close()
        self._cut()

    def cut_after(self, answer_bytes: int) -> None:
        """Lets a number of bytes of answers through, then cuts everything."""
        with self._lock:
            self._left = answer_bytes

    def restore(self) -> None:
        with self._lock:
            self._left = None
            self._is_cut = False

    def _cut(self) -> None:
        with self._lock:
            self._is_cut = True
            sockets = list(self._sockets)
        for each in sockets:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        while True:
            try:
                browser, _ = self._listener.accept()
            except OSError:
                return
            if self._is_cut:
                browser.close()
                continue
            server = socket.create_connection(self._target)
            with self._lock:
                self._sockets |= {browser, server}
            for way in ((browser, server, False), (server, browser, True)):
                threading.Thread(target=self._pump, args=way, daemon=True).start()

    def _pump(
        self, source: socket.socket, sink: socket.socket, is_answer: bool
    ) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65_536):
                is_last = False
                if is_answer:
                    with self._lock:
                        if self._left is not None:
                            data = data[: self._left]
                            self._left -= len(data)
                            is_last = self._left == 0
                sink.sendall(data)
                if is_last:
                    self._cut()
        for each in (source, sink):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        with self._lock:
            self._sockets -= {source, sink}
