"""Rasa's REST channel for tools, without its two traps.

A message without `sender` is refused (Rasa puts all of those into one conversation
that strangers share), and a stream ends even where handling fails.
"""

from __future__ import annotations

from typing import Any

from rasa.core.channels.rest import RestInput
from sanic import Blueprint
from sanic.exceptions import InvalidUsage
from sanic.request import Request

from kumpel.channels.answering import (
    DEADLINE_IN_SECONDS,
    MessageHandler,
    always_answering,
)
from kumpel.channels.metadata import allowed_metadata
from kumpel.settings import Settings

_MAX_SENDER_LENGTH = 255  # the width of the column in the tracker store


class StrictRestInput(RestInput):
    """Takes and answers what Rasa's REST channel does. Never for citizens."""

    @classmethod
    def name(cls) -> str:
        """Name of the channel, and of its path."""
        return "rest"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> StrictRestInput:
        """Creates the channel from the settings; credentials.yml holds none."""
        return cls(Settings.from_environment().secret())

    def __init__(
        self, secret: str, deadline_in_seconds: float = DEADLINE_IN_SECONDS
    ) -> None:
        """Creates the channel.

        Args:
            secret: The key that signs the buttons.
            deadline_in_seconds: Longest wait for an answer.
        """
        self._secret = secret
        self._deadline = deadline_in_seconds

    def blueprint(self, on_new_message: MessageHandler) -> Blueprint:
        """Returns Rasa's routes with a handler that never raises."""
        answering = always_answering(on_new_message, self._secret, self._deadline)
        return super().blueprint(answering)

    async def _extract_sender(self, req: Request) -> str:
        sender = _body(req).get("sender")
        if isinstance(sender, bool) or not isinstance(sender, str | int):
            raise InvalidUsage("sender is missing: name the conversation.")
        text = str(sender).strip()
        if not 0 < len(text) <= _MAX_SENDER_LENGTH:
            raise InvalidUsage(f"sender has 1 to {_MAX_SENDER_LENGTH} characters.")
        return text

    def _extract_message(self, req: Request) -> str:
        message = _body(req).get("message")
        if not isinstance(message, str):
            raise InvalidUsage("message is missing: a text is needed.")
        return message

    def _extract_input_channel(self, req: Request) -> str:
        # Rasa lets the caller choose: then a caller could pass for another channel.
        return self.name()

    def get_metadata(self, request: Request) -> dict[str, str]:
        """Returns the allowed part of the metadata (see parent class)."""
        return allowed_metadata(_body(request).get("metadata"))


def _body(request: Request) -> dict[str, Any]:
    body = request.json
    if not isinstance(body, dict):
        raise InvalidUsage("The body is no JSON object.")
    return body
