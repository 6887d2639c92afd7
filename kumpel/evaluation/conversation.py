"""What scoring sees of an assistant, so that it can also score a fake one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

ANSWERED = "answered"
ASKED_BACK = "asked_back"
EMERGENCY = "emergency"


@dataclass(frozen=True)
class Button:
    """A button that was offered."""

    title: str
    payload: str


@dataclass(frozen=True)
class Turn:
    """The assistant's side of one turn, and how the conversation stands after it."""

    texts: tuple[str, ...] = ()
    """The messages, in order."""
    buttons: tuple[Button, ...] = ()
    service: str | None = None
    aspect: str | None = None
    outcome: str | None = None
    choices: tuple[str, ...] = ()
    language: str | None = None
    cards: tuple[Mapping[str, Any], ...] = ()
    """What the web channel shows more usably than the text."""
    slots: Mapping[str, Any] = field(default_factory=dict)
    """All that is remembered after it."""
    latency_in_ms: float = 0.0
    """Time for the whole handling of the message."""

    @property
    def reply(self) -> str:
        """Everything that the citizen reads: all messages, then all button titles."""
        return "\n".join([*self.texts, *(button.title for button in self.buttons)])


class Assistant(Protocol):
    """Answers messages; keeps conversations apart."""

    def ask(self, conversation: str, text: str) -> Turn:
        """Sends one message.

        Args:
            conversation: Name of the conversation; a new name begins a new one.
            text: What the citizen writes, or the payload of a pressed button.
        """
        ...

    def wait(self, conversation: str, minutes: int) -> None:
        """Lets time pass before the next message of a conversation.

        Args:
            conversation: Name of the conversation; time passes in no other one.
            minutes: For how long the citizen is silent.
        """
        ...
