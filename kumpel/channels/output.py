"""What leaves the channels: our payload contract, and buttons that are signed.

A button of `domain.yml` says `/intent{"key": "value"}`, as everywhere in Rasa.
Since nobody may type that (see `MessageGuard`), it is signed on its way out.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any, TypedDict

from rasa.core.channels.channel import CollectingOutputChannel, OutputChannel
from typing_extensions import NotRequired

from kumpel.errors import InvalidInputError
from kumpel.nlu.button_payload import sign

logger = logging.getLogger(__name__)


class WebButton(TypedDict):
    """A choice that a citizen can press."""

    title: str
    choice: str


class WebMessage(TypedDict):
    """One message of the assistant; blank lines in the text are paragraphs."""

    text: NotRequired[str]
    buttons: NotRequired[list[WebButton]]
    image: NotRequired[str]
    custom: NotRequired[dict[str, Any]]


def signed_payload(payload: str, secret: str) -> str:
    """Returns a button's payload with an `/intent{...}` turned into a token.

    Raises:
        InvalidInputError: The payload begins with a slash but cannot be signed.
    """
    if not payload.startswith("/"):
        return payload
    intent, brace, rest = payload[1:].partition("{")
    try:
        values = json.loads(brace + rest) if brace else {}
    except ValueError as error:
        raise InvalidInputError(f"The button {payload!r} is no valid JSON.") from error
    return sign(
        intent.strip(), {key: str(value) for key, value in values.items()}, secret
    )


def signed_buttons(buttons: list[dict[str, Any]], secret: str) -> list[dict[str, Any]]:
    """Returns copies of buttons with signed payloads; unusable ones are left out."""
    usable = []
    for button in buttons:
        if not button.get("payload"):
            usable.append(dict(button))
            continue
        try:
            payload = signed_payload(str(button["payload"]), secret)
        except InvalidInputError:
            logger.exception("A button is left out. Correct it in domain.yml.")
            continue
        usable.append({**button, "payload": payload})
    return usable


def web_message(message: dict[str, Any], secret: str) -> WebMessage:
    """Returns what the web channel shows of a message of the dialogue.

    Keys that the contract does not name are left out (Rasa adds its own).
    """
    shown: WebMessage = {}
    text = str(message.get("text") or "").strip()
    if text:
        shown["text"] = text
    buttons = [*(message.get("buttons") or []), *(message.get("quick_replies") or [])]
    choices: list[WebButton] = [
        {"title": str(button["title"]), "choice": str(button["payload"])}
        for button in signed_buttons(buttons, secret)
        if button.get("title") and button.get("payload")
    ]
    if choices:
        shown["buttons"] = choices
    if message.get("image"):
        shown["image"] = str(message["image"])
    if message.get("custom"):
        shown["custom"] = message["custom"]
    return shown


class WebOutput(CollectingOutputChannel):
    """Collects the messages of one turn in the shape of `WebMessage`.

    Rasa's own collector splits a text at blank lines into several messages and
    passes unknown keys on as JSON; this one does neither.
    """

    messages: list[WebMessage]

    def __init__(
        self, secret: str, tell: Callable[[WebMessage], None] | None = None
    ) -> None:
        """Creates an empty collector.

        Args:
            secret: The key that signs the buttons.
            tell: Is told of each message at once.
        """
        super().__init__()
        self._secret = secret
        self._tell = tell

    @classmethod
    def name(cls) -> str:
        """Name of the channel, for responses that only one channel has."""
        return "web"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Takes a message of the dialogue; leaves `message` itself unchanged."""
        collected = web_message(message, self._secret)
        if collected:
            self.messages.append(collected)
            if self._tell is not None:
                self._tell(collected)

    async def send_text_message(
        self, recipient_id: str, text: str, **kwargs: Any
    ) -> None:
        """Takes a text as one message (see parent class for full docstring)."""
        await self.send_response(recipient_id, {"text": text})


class SigningOutput(OutputChannel):
    """Signs the buttons on their way to another output channel."""

    def __init__(self, inner: OutputChannel, secret: str) -> None:
        self._inner = inner
        self._secret = secret

    def name(self) -> str:
        """Name of the channel behind."""
        return str(self._inner.name())

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Passes a copy with signed buttons on (see parent class)."""
        copy = dict(message)
        for key in ("buttons", "quick_replies"):
            if copy.get(key):
                copy[key] = signed_buttons(copy[key], self._secret)
        # Rasa's channels would send a card as a text of raw JSON.
        copy.pop("custom", None)
        await self._inner.send_response(recipient_id, copy)

    async def send_text_message(
        self, recipient_id: str, text: str, **kwargs: Any
    ) -> None:
        """Passes a text on (see parent class for full docstring)."""
        await self._inner.send_text_message(recipient_id, text, **kwargs)
