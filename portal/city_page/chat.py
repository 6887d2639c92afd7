"""Speaks to the assistant's web channel on behalf of the page."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import requests

from kumpel.errors import KumpelError

# A page view must not wait for an assistant that hangs; an answer may take as long
# as the channel's own deadline.
_START_TIMEOUT_IN_SECONDS = (1.0, 2.0)
_ANSWER_TIMEOUT_IN_SECONDS = (2.0, 35.0)


class ChatUnreachableError(KumpelError):
    """The assistant gives no usable answer."""


class ChatRefusedError(KumpelError):
    """The assistant refuses a request.

    Attributes:
        kind: Name of the reason, as the web channel calls it.
        text: What the citizen is told.
        wait_in_seconds: How long to wait before the next try, 0 if it is not that.
    """

    def __init__(self, kind: str, text: str, wait_in_seconds: int = 0) -> None:
        super().__init__(f"The web channel refuses: {kind}.")
        self.kind = kind
        self.text = text
        self.wait_in_seconds = wait_in_seconds

    @property
    def needs_new_conversation(self) -> bool:
        """Whether the conversation is over."""
        return self.kind.endswith("_conversation")


@dataclass(frozen=True)
class Utterance:
    """What one side has said."""

    is_citizen: bool
    text: str
    buttons: list[tuple[str, str]] = field(default_factory=list)
    """Title and choice of each button."""
    message_id: str = ""
    language: str = ""
    """Where it is known: `de` or `en`."""
    position: int | None = None
    """Place in the history; None for what no history holds."""


@dataclass(frozen=True)
class Answer:
    """How a message was answered."""

    conversation: str
    utterances: list[Utterance]
    is_trouble: bool


@dataclass(frozen=True)
class Caller:
    """Who uses the page.

    Attributes:
        address: For the assistant's rate limits.
        language: `de` or `en`.
    """

    address: str
    language: str


class Chat:
    """The web channel of one assistant. Every method blocks.

    Every method raises ChatRefusedError or ChatUnreachableError.
    """

    def __init__(self, rasa_url: str) -> None:
        self._url = f"{rasa_url}/webhooks/web"

    def start(self, caller: Caller) -> str:
        """Returns the signed id of a new conversation."""
        content = self._call("POST", "conversations", caller, is_quick=True)
        return str(content["conversation"])

    def send(
        self,
        caller: Caller,
        conversation: str,
        message_id: str,
        *,
        text: str = "",
        choice: str = "",
        service: str = "",
    ) -> Answer:
        """Sends a text or a choice; sending the same message again is harmless.

        `service` is the slug of the page that the citizen comes from.
        """
        page = {"service": service} if service else {}
        body = {
            "conversation": conversation,
            "messageId": message_id,
            "metadata": {"language": caller.language, **page},
            **({"choice": choice} if choice else {"text": text}),
        }
        content = self._call("POST", "messages", caller, body=body)
        return Answer(
            conversation=str(content["conversation"]),
            utterances=[_utterance(message) for message in content["messages"]],
            is_trouble="trouble" in content,
        )

    def history(self, caller: Caller, conversation: str) -> list[Utterance]:
        """Returns what both sides said."""
        content = self._call("GET", "history", caller, conversation=conversation)
        return [_utterance(each) for each in content["utterances"]]

    def end(self, caller: Caller, conversation: str) -> None:
        """Deletes a conversation."""
        self._call("DELETE", "conversations", caller, conversation=conversation)

    def _call(
        self,
        method: str,
        path: str,
        caller: Caller,
        *,
        body: dict[str, Any] | None = None,
        conversation: str = "",
        is_quick: bool = False,
    ) -> dict[str, Any]:
        headers = {
            "X-Forwarded-For": caller.address,
            "Accept-Language": caller.language,
        }
        if conversation:
            headers["X-Conversation"] = conversation
        timeout = _START_TIMEOUT_IN_SECONDS if is_quick else _ANSWER_TIMEOUT_IN_SECONDS
        try:
            answer = requests.request(
                method,
                f"{self._url}/{path}",
                json=body,
                headers=headers,
                timeout=timeout,
                allow_redirects=False,
            )
            content = answer.json() if answer.content else {}
        except (requests.RequestException, ValueError) as error:
            raise ChatUnreachableError(
                f"The assistant at {self._url} gives no answer "
                f"({type(error).__name__}): is it running? See `kumpel status`."
            ) from None
        return _content(answer, content)


def _content(answer: requests.Response, content: Any) -> dict[str, Any]:
    if answer.ok and isinstance(content, dict):
        return content
    error = content.get("error") if isinstance(content, dict) else None
    if not isinstance(error, dict) or "text" not in error:
        raise ChatUnreachableError(
            f"The assistant answers {answer.status_code} in an unknown shape: do the "
            "page and the assistant have the same version?"
        )
    retry_after = answer.headers.get("Retry-After", "0")
    wait = math.ceil(float(retry_after)) if retry_after.isdigit() else 0
    raise ChatRefusedError(str(error.get("kind")), str(error["text"]), wait)


def _utterance(message: dict[str, Any]) -> Utterance:
    return Utterance(
        is_citizen=message.get("speaker") == "citizen",
        text=str(message.get("text", "")),
        buttons=[
            (str(b["title"]), str(b["choice"])) for b in message.get("buttons", [])
        ],
        message_id=str(message.get("messageId", "")),
        language=str(message.get("language", "")),
        position=message.get("position"),
    )
