"""Reads a stream of events as a browser does, for tests."""

from __future__ import annotations

import json
import queue
import threading
from typing import Any, NamedTuple

import requests

from kumpel.channels.web_requests import CONVERSATION_HEADER


class Event(NamedTuple):
    """One event of a stream."""

    name: str
    data: dict[str, Any]
    position: int
    """0 where the event has no id."""


class Reader:
    """Reads the events of a conversation in a thread, until it is cut or they end."""

    def __init__(
        self, url: str, conversation: str, after: int | None = None, **headers: str
    ) -> None:
        """Connects.

        Args:
            url: Address of the events.
            conversation: The signed id.
            after: What `Last-Event-ID` says, if anything.
            **headers: Further headers.
        """
        headers[CONVERSATION_HEADER] = conversation
        if after is not None:
            headers["Last-Event-ID"] = str(after)
        self.answer = requests.get(url, headers=headers, stream=True, timeout=40)
        self.seen: list[Event] = []
        self.comments: list[str] = []
        self.has_ended = threading.Event()
        self._events: queue.Queue[Event] = queue.Queue()
        if self.answer.status_code == 200:
            threading.Thread(target=self._read, daemon=True).start()

    def until(self, name: str, count: int = 1, timeout: float = 20.0) -> list[Event]:
        """Returns the next events up to the one of this name, or its nth."""
        found: list[Event] = []
        while count:
            found.append(self._events.get(timeout=timeout))
            count -= found[-1].name == name
        return found

    def rest(self, timeout: float = 0.5) -> list[Event]:
        """Returns what comes until nothing more does for a while."""
        found: list[Event] = []
        while True:
            try:
                found.append(self._events.get(timeout=timeout))
            except queue.Empty:
                return found

    def cut(self) -> None:
        """Drops the connection at once, as a lost network does."""
        self.answer.raw._fp.fp.raw._sock.shutdown(2)
        self.has_ended.wait(5)

    def _read(self) -> None:
        fields: dict[str, str] = {}
        try:
            for line in self.answer.iter_lines(chunk_size=1, decode_unicode=True):
                if line.startswith(":"):
                    self.comments.append(line)
                elif line:
                    name, _, value = line.partition(": ")
                    fields[name] = value
                elif fields:
                    self._take(fields)
                    fields = {}
        except (requests.RequestException, OSError, AttributeError, ValueError):
            pass
        finally:
            self.has_ended.set()

    def _take(self, fields: dict[str, str]) -> None:
        event = Event(
            fields["event"], json.loads(fields["data"]), int(fields.get("id", 0))
        )
        self.seen.append(event)
        self._events.put(event)


def positions(events: list[Event]) -> list[int]:
    """Returns the ids of those events that have one."""
    return [event.position for event in events if event.position]
