"""What the web channel reads from a request, and how it refuses one."""

from __future__ import annotations

import json
import logging
import math
import re
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, NamedTuple

from sanic import response
from sanic.request import Request
from sanic.response import HTTPResponse

from kumpel.channels.conversation_ids import RejectedConversationError
from kumpel.channels.metadata import allowed_metadata
from kumpel.channels.outcomes import Outcome
from kumpel.errors import KumpelError
from kumpel.nlu.button_payload import verify

logger = logging.getLogger(__name__)

CONVERSATION_HEADER = "x-conversation"
#: In answers to POST, so that the events bring what is said (RFC 7240).
ASYNC_PREFERENCE = "respond-async"

_MAX_BODY_IN_BYTES = 16 * 1024
_MAX_TEXT_IN_CHARACTERS = 4_000
_MESSAGE_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
_RETRY_AFTER_STARTING_IN_SECONDS = 10

Handler = Callable[[Request], Awaitable[HTTPResponse | None]]


class RefusedError(KumpelError):
    """A request is not served; carries what the citizen is told."""

    def __init__(self, outcome: Outcome, wait_in_seconds: float = 0.0) -> None:
        super().__init__(outcome.kind)
        self.outcome = outcome
        self.wait_in_seconds = wait_in_seconds


class Posted(NamedTuple):
    """A citizen's message as it was sent."""

    conversation: object
    """The signed id, not yet checked."""
    message_id: str
    text: str
    """What was written, or the token of the button that was pressed."""
    metadata: dict[str, Any]


def refusing(handler: Handler) -> Handler:
    """Turns refusals of a handler, and all that nobody expected, into answers."""

    @wraps(handler)
    async def answer(request: Request) -> HTTPResponse | None:
        try:
            return await handler(request)
        except RejectedConversationError as error:
            return _refused(request, error.outcome)
        except RefusedError as error:
            return _refused(request, error.outcome, error.wait_in_seconds)
        except Exception:
            logger.exception("A request of the web channel failed.")
            return _refused(request, Outcome.FAILED)

    return answer


def answered(content: dict[str, Any], status: int = 200) -> HTTPResponse:
    """Returns JSON that nobody may store."""
    headers = {"Cache-Control": "no-store"}
    # Sanic's own encoder stumbles over half a character (a lone surrogate).
    return response.json(content, status, headers=headers, dumps=json.dumps)


def body_of(request: Request) -> dict[str, Any]:
    """Returns the JSON object that was sent.

    Raises:
        RefusedError: It is too long, or none.
    """
    if len(request.body) > _MAX_BODY_IN_BYTES:
        raise RefusedError(Outcome.TOO_LONG)
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise RefusedError(Outcome.MALFORMED) from error
    if not isinstance(body, dict):
        raise RefusedError(Outcome.MALFORMED)
    return body


def posted(request: Request, secret: str) -> Posted:
    """Returns the message that was sent.

    Raises:
        RefusedError: It is no message.
    """
    body = body_of(request)
    message_id = body.get("messageId")
    if not isinstance(message_id, str) or not _MESSAGE_ID.fullmatch(message_id):
        raise RefusedError(Outcome.MALFORMED)
    metadata = allowed_metadata(body.get("metadata"))
    return Posted(body.get("conversation"), message_id, _said(body, secret), metadata)


def last_position(request: Request) -> int:
    """Returns the number in `Last-Event-ID`, 0 where there is none.

    Raises:
        RefusedError: It is no number that an event could have.
    """
    text = str(request.headers.get("last-event-id", "")).strip()
    if not text:
        return 0
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise RefusedError(Outcome.MALFORMED)
    return int(text)


def prefers_async(request: Request) -> bool:
    """Returns whether the answer shall come by the events only."""
    preferences = str(request.headers.get("prefer", "")).lower()
    return ASYNC_PREFERENCE in re.split(r"[,;\s]+", preferences)


def _said(body: dict[str, Any], secret: str) -> str:
    choice, text = body.get("choice"), body.get("text")
    if isinstance(choice, str) and choice:
        if verify(choice, secret) is None and choice.startswith("~"):
            raise RefusedError(Outcome.STALE_CHOICE)
        text = choice
    if not isinstance(text, str) or not text.strip():
        raise RefusedError(Outcome.EMPTY)
    if len(text) > _MAX_TEXT_IN_CHARACTERS:
        raise RefusedError(Outcome.TOO_LONG)
    return text


def _refused(
    request: Request, outcome: Outcome, wait_in_seconds: float = 0.0
) -> HTTPResponse:
    prefers_english = str(request.headers.get("accept-language", "")).startswith("en")
    error = {
        "kind": outcome.kind,
        "text": outcome.sentence("en" if prefers_english else "de"),
    }
    answer = answered({"error": error}, outcome.status)
    if outcome is Outcome.STARTING:
        wait_in_seconds = _RETRY_AFTER_STARTING_IN_SECONDS
    if wait_in_seconds:
        answer.headers["Retry-After"] = str(math.ceil(wait_in_seconds))
    return answer
