"""The latest events of one conversation, as its streams send them.

Pure data without I/O: what is in it, from where a stream goes on, and what is dropped
to keep it small.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from kumpel.channels.history import Utterance

CITIZEN, MESSAGE, TYPING, DONE, ENDED = "citizen", "message", "typing", "done", "ended"

_MAX_FRAMES = 400
_MAX_BYTES = 256 * 1024
_FRAME_OVERHEAD_IN_BYTES = 200
_MAX_TITLES = 500


class Frame(NamedTuple):
    """One event of a stream."""

    name: str
    data: str
    """JSON in ASCII, so that no line break and no half character can be in it."""
    position: int = 0
    """Number of the utterance in the conversation, 0 for what is none."""
    message_id: str = ""

    def encoded(self) -> bytes:
        """Returns the event in the format of the HTML standard (9.2.6)."""
        number = f"id: {self.position}\n" if self.position else ""
        return f"event: {self.name}\n{number}data: {self.data}\n\n".encode("ascii")


def frame(
    name: str, data: dict[str, Any], position: int = 0, message_id: str = ""
) -> Frame:
    """Makes an event of JSON data."""
    return Frame(name, json.dumps(data), position, message_id)


def frames_of(said: Sequence[Utterance]) -> list[Frame]:
    """Returns the events that a conversation consisted of, without those of a turn.

    A turn ends with `done`, which says less here than it did at its time: what went
    wrong is not kept.
    """
    made: list[Frame] = []
    open_turn = ""
    for utterance in said:
        message_id = utterance.get("messageId", "")
        is_citizen = utterance["speaker"] == "citizen"
        if is_citizen and open_turn:
            made.append(frame(DONE, {"messageId": open_turn}, 0, open_turn))
        open_turn = message_id or open_turn
        data = {k: v for k, v in utterance.items() if k not in {"position", "speaker"}}
        if not data["text"]:
            del data["text"]
        name = CITIZEN if is_citizen else MESSAGE
        made.append(frame(name, data, utterance["position"], message_id))
    if open_turn:
        made.append(frame(DONE, {"messageId": open_turn}, 0, open_turn))
    return made


class EventLog:
    """A window on the end of a conversation's events.

    A place in it is a sequence number, counted on where old events are dropped.
    """

    def __init__(
        self,
        said: Sequence[Utterance] = (),
        max_frames: int = _MAX_FRAMES,
        max_bytes: int = _MAX_BYTES,
    ) -> None:
        """Creates a log.

        Args:
            said: The conversation so far.
            max_frames: How many events are kept.
            max_bytes: How much of them is kept; the newest event always is.
        """
        self._max_frames, self._max_bytes = max_frames, max_bytes
        self._frames: deque[Frame] = deque()
        self._start = 0
        self._is_whole = True
        self.size_in_bytes = 0
        self.last_position = 0
        self.working = ""
        """Id of the message that is being answered, else empty."""
        self._title_by_choice: dict[str, str] = {}
        for made in frames_of(said):
            self._append(made)
        for utterance in said:
            self._learn_titles(utterance.get("buttons", []))

    @property
    def end(self) -> int:
        """The place behind the newest event."""
        return self._start + len(self._frames)

    @property
    def first_position(self) -> int:
        """Position of the oldest utterance that is kept, or of the next one."""
        kept = (each.position for each in self._frames if each.position)
        return next(kept, self.last_position + 1)

    def say(self, name: str, data: dict[str, Any], message_id: str) -> int:
        """Adds an utterance; returns its position."""
        self._learn_titles(data.get("buttons", []))
        self._append(frame(name, data, self.last_position + 1, message_id))
        return self.last_position

    def tell(self, name: str, data: dict[str, Any], message_id: str = "") -> None:
        """Adds an event that is no utterance."""
        self._append(frame(name, data, 0, message_id))

    def place_after(self, position: int) -> int | None:
        """Returns from where a stream goes on that has seen up to a position.

        Returns:
            A place, or None where utterances in between are no longer kept.
        """
        if position >= self.last_position:
            # What followed the last utterance and is none may have been missed.
            position = self.last_position
        if position + 1 < self.first_position:
            return None
        if position == 0 and self._is_whole:
            return self._start
        place = self._start
        for number, each in enumerate(self._frames, self._start):
            if each.position and each.position <= position:
                place = number + 1
            elif each.position:
                break
        return place

    def read(self, place: int) -> tuple[list[Frame], int] | None:
        """Returns the events from a place on, and the place behind them.

        Returns:
            None where some of them are no longer kept.
        """
        if place < self._start:
            return None
        fresh = [
            each
            for number, each in enumerate(self._frames, self._start)
            if number >= place
            # Work that is done is no news.
            and (each.name != TYPING or each.message_id == self.working)
        ]
        return fresh, self.end

    def title_of(self, choice: str) -> str | None:
        """Returns what stood on a button."""
        return self._title_by_choice.get(choice)

    def _append(self, made: Frame) -> None:
        self._frames.append(made)
        self.last_position = made.position or self.last_position
        self.size_in_bytes += _size(made)
        while len(self._frames) > 1 and (
            len(self._frames) > self._max_frames or self.size_in_bytes > self._max_bytes
        ):
            self.size_in_bytes -= _size(self._frames.popleft())
            self._start += 1
            self._is_whole = False

    def _learn_titles(self, buttons: Iterable[Any]) -> None:
        for button in buttons:
            self._title_by_choice[button["choice"]] = button["title"]
            if len(self._title_by_choice) > _MAX_TITLES:
                del self._title_by_choice[next(iter(self._title_by_choice))]


def _size(made: Frame) -> int:
    return len(made.data) + _FRAME_OVERHEAD_IN_BYTES
