"""The project's own web channel.

- `POST /webhooks/web/conversations` issues a signed conversation id.
- `POST /webhooks/web/messages` takes `{conversation, text | choice, messageId}` and
  answers `{messages, conversation}`; `trouble` names what went wrong, if anything.
- `GET /webhooks/web/history` tells what both sides said.
- `DELETE /webhooks/web/conversations` deletes the conversation.

The last two take the id in the header `X-Conversation`, since addresses end up in
logs. A refused request is answered with `{error: {kind, text}}`.
"""

from __future__ import annotations

import asyncio
import json
import logging
import math
import re
import weakref
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from kumpel.channels.answer_memory import Answer, AnswerMemory
from kumpel.channels.answering import DEADLINE_IN_SECONDS, MessageHandler, handle
from kumpel.channels.conversation_ids import ConversationIds, RejectedConversationError
from kumpel.channels.history import answer_to, utterances
from kumpel.channels.limits import RateLimit, caller_address, is_loopback
from kumpel.channels.metadata import allowed_metadata
from kumpel.channels.outcomes import Outcome
from kumpel.channels.output import WebOutput
from kumpel.errors import KumpelError
from kumpel.nlu.button_payload import verify
from kumpel.settings import Settings
from kumpel.stores.access import (
    delete_conversation,
    failures,
    stored_events,
    tidy_hourly,
)

logger = logging.getLogger(__name__)

CONVERSATION_HEADER = "x-conversation"

_MAX_BODY_IN_BYTES = 16 * 1024
_MAX_TEXT_IN_CHARACTERS = 4_000
_MAX_ENDED_REMEMBERED = 10_000
_MESSAGE_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")

Handler = Callable[[Request], Awaitable[HTTPResponse]]


class _RefusedError(KumpelError):
    """A request is not served; carries what the citizen is told."""

    def __init__(self, outcome: Outcome, wait_in_seconds: float = 0.0) -> None:
        super().__init__(outcome.kind)
        self.outcome = outcome
        self.wait_in_seconds = wait_in_seconds


class WebInput(InputChannel):
    """Is the channel of the city page and the widget."""

    @classmethod
    def name(cls) -> str:
        """Name of the channel, and of its path."""
        return "web"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> WebInput:
        """Creates the channel from the settings; credentials.yml holds none."""
        settings = Settings.from_environment()
        return cls(settings, settings.secret())

    def __init__(
        self,
        settings: Settings,
        secret: str,
        deadline_in_seconds: float = DEADLINE_IN_SECONDS,
    ) -> None:
        """Creates a channel without conversations.

        Args:
            settings: The settings of this process.
            secret: The key that signs conversation ids and buttons.
            deadline_in_seconds: Longest wait of a citizen.
        """
        self._secret = secret
        self._has_rate_limits = settings.has_rate_limits
        self._keep_in_days = settings.keep_conversations_in_days
        self._tidying: asyncio.Task[None] | None = None
        self._deadline = deadline_in_seconds
        self._ids = ConversationIds(secret, settings.clock)
        self._memory = AnswerMemory()
        # One message of a conversation at a time. Rasa's own lock does the same,
        # but who waits there asks again only once a second.
        self._turns: weakref.WeakValueDictionary[str, asyncio.Lock] = (
            weakref.WeakValueDictionary()
        )
        self._ended: dict[str, None] = {}
        self._met: dict[str, None] = {}
        self._conversation_limit = RateLimit(20, 60.0)
        self._address_limit = RateLimit(120, 60.0)
        self._start_limit = RateLimit(60, 60.0)

    def blueprint(self, on_new_message: MessageHandler) -> Blueprint:
        """Returns the routes of the channel (see parent class)."""
        routes = Blueprint("kumpel_web")

        @routes.listener("after_server_start")
        async def start_tidying(app: Sanic, *_: Any) -> None:
            agent = getattr(app.ctx, "agent", None)
            if agent is not None:
                tidying = tidy_hourly(agent.tracker_store, self._keep_in_days)
                self._tidying = asyncio.create_task(tidying)

        @routes.listener("before_server_stop")
        async def stop_tidying(*_: Any) -> None:
            if self._tidying is not None:
                self._tidying.cancel()

        @routes.get("/")
        async def health(request: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @routes.post("/conversations")
        @_refusing
        async def start(request: Request) -> HTTPResponse:
            self._limit(request, self._start_limit, caller_address(request))
            return _answered({"conversation": self._ids.issue()}, 201)

        @routes.post("/messages")
        @_refusing
        async def receive(request: Request) -> HTTPResponse:
            return _answered(await self._receive(request, on_new_message))

        @routes.get("/history")
        @_refusing
        async def history(request: Request) -> HTTPResponse:
            sender_id = self._sender_id(request.headers.get(CONVERSATION_HEADER))
            self._limit(request, self._address_limit, caller_address(request))
            events = await _events(request, sender_id)
            return _answered({"utterances": utterances(events, self._secret)})

        @routes.delete("/conversations", ignore_body=False)
        @_refusing
        async def end(request: Request) -> HTTPResponse:
            sender_id = self._sender_id(request.headers.get(CONVERSATION_HEADER))
            await self._end(request, sender_id)
            return response.empty()

        return routes

    async def _receive(
        self, request: Request, on_new_message: MessageHandler
    ) -> Answer:
        body = _body(request)
        sender_id = self._sender_id(body.get("conversation"))
        message_id = body.get("messageId")
        if not isinstance(message_id, str) or not _MESSAGE_ID.fullmatch(message_id):
            raise _RefusedError(Outcome.MALFORMED)
        text = self._said(body)
        if not self._memory.knows(sender_id, message_id):
            self._limit(request, self._conversation_limit, sender_id)
            self._limit(request, self._address_limit, caller_address(request))

        async def make() -> Answer:
            output = WebOutput(self._secret)
            message = UserMessage(
                text,
                output,
                sender_id,
                input_channel=self.name(),
                message_id=message_id,
                metadata=allowed_metadata(body.get("metadata")),
            )
            return await self._make_answer(request, on_new_message, message)

        answer = await self._memory.answer(sender_id, message_id, make)
        if answer.get("trouble") in {Outcome.BUSY.kind, Outcome.STARTING.kind}:
            # Nothing has happened yet: sending it again is what helps.
            self._memory.forget(sender_id, message_id)
        return {**answer, "conversation": self._ids.renew(sender_id)}

    async def _make_answer(
        self, request: Request, on_new_message: MessageHandler, message: UserMessage
    ) -> Answer:
        language = str((message.metadata or {}).get("language", "de"))
        agent = getattr(request.app.ctx, "agent", None)
        if agent is None or not agent.is_ready():
            return _trouble([], Outcome.STARTING, language)
        sender_id = message.sender_id
        async with self._turns.setdefault(sender_id, asyncio.Lock()):
            if sender_id in self._ended:
                return _trouble([], Outcome.ENDED_CONVERSATION, language)
            earlier = await self._earlier_answer(agent, message)
            if earlier is not None:
                return {"messages": earlier}
            failures_before = failures(agent.tracker_store)
            trouble = await handle(on_new_message, message, self._deadline)
            messages = message.output_channel.messages
            if trouble is not None:
                return _trouble(messages, trouble.outcome, language, trouble.reference)
            if not messages:
                logger.warning("A message got no answer; see the lines above.")
                return _trouble([], Outcome.SILENT, language)
            if failures(agent.tracker_store) > failures_before:
                return _trouble(messages, Outcome.UNREMEMBERED, language)
            return {"messages": messages}

    async def _earlier_answer(self, agent: Any, message: UserMessage) -> Any:
        """Returns the answer to a message that came before this process started."""
        if message.sender_id in self._met:
            return None
        _remember(self._met, message.sender_id)
        events = await stored_events(agent.tracker_store, message.sender_id)
        return answer_to(events, message.message_id, self._secret)

    async def _end(self, request: Request, sender_id: str) -> None:
        agent = _agent(request)
        async with self._turns.setdefault(sender_id, asyncio.Lock()):
            try:
                async with agent.lock_store.lock(sender_id):
                    await delete_conversation(agent.tracker_store, sender_id)
            except Exception as error:
                logger.exception("A conversation could not be deleted.")
                raise _RefusedError(Outcome.STORE_DOWN) from error
            _remember(self._ended, sender_id)
            self._memory.forget(sender_id)

    def _sender_id(self, conversation: object) -> str:
        sender_id = self._ids.sender_id(conversation)
        if sender_id in self._ended:
            raise RejectedConversationError(Outcome.ENDED_CONVERSATION)
        return sender_id

    def _said(self, body: dict[str, Any]) -> str:
        choice, text = body.get("choice"), body.get("text")
        if isinstance(choice, str) and choice:
            if verify(choice, self._secret) is None and choice.startswith("~"):
                raise _RefusedError(Outcome.STALE_CHOICE)
            text = choice
        if not isinstance(text, str) or not text.strip():
            raise _RefusedError(Outcome.EMPTY)
        if len(text) > _MAX_TEXT_IN_CHARACTERS:
            raise _RefusedError(Outcome.TOO_LONG)
        return text

    def _limit(self, request: Request, limit: RateLimit, key: str) -> None:
        if not self._has_rate_limits and is_loopback(caller_address(request)):
            return
        wait = limit.wait_in_seconds(key)
        if wait > 0:
            raise _RefusedError(Outcome.TOO_MANY, wait)


def _refusing(handler: Handler) -> Handler:
    """Turns refusals of a handler, and all that nobody expected, into answers."""

    @wraps(handler)
    async def answer(request: Request) -> HTTPResponse:
        try:
            return await handler(request)
        except RejectedConversationError as error:
            return _refused(request, error.outcome)
        except _RefusedError as error:
            return _refused(request, error.outcome, error.wait_in_seconds)
        except Exception:
            logger.exception("A request of the web channel failed.")
            return _refused(request, Outcome.FAILED)

    return answer


def _answered(content: dict[str, Any], status: int = 200) -> HTTPResponse:
    return response.json(content, status, headers={"Cache-Control": "no-store"})


def _refused(
    request: Request, outcome: Outcome, wait_in_seconds: float = 0.0
) -> HTTPResponse:
    prefers_english = str(request.headers.get("accept-language", "")).startswith("en")
    error = {
        "kind": outcome.kind,
        "text": outcome.sentence("en" if prefers_english else "de"),
    }
    answer = _answered({"error": error}, outcome.status)
    if wait_in_seconds:
        answer.headers["Retry-After"] = str(math.ceil(wait_in_seconds))
    return answer


def _trouble(
    messages: list[Any], outcome: Outcome, language: str, reference: str = ""
) -> Answer:
    told = [*messages, {"text": outcome.sentence(language)}]
    answer: Answer = {"messages": told, "trouble": outcome.kind}
    if reference:
        answer["reference"] = reference
    return answer


def _body(request: Request) -> dict[str, Any]:
    if len(request.body) > _MAX_BODY_IN_BYTES:
        raise _RefusedError(Outcome.TOO_LONG)
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise _RefusedError(Outcome.MALFORMED) from error
    if not isinstance(body, dict):
        raise _RefusedError(Outcome.MALFORMED)
    return body


def _agent(request: Request) -> Any:
    agent = getattr(request.app.ctx, "agent", None)
    if agent is None:
        raise _RefusedError(Outcome.STARTING)
    return agent


async def _events(request: Request, sender_id: str) -> list[dict[str, Any]]:
    store = _agent(request).tracker_store
    failures_before = failures(store)
    events = await stored_events(store, sender_id)
    if failures(store) > failures_before:
        raise _RefusedError(Outcome.STORE_DOWN)
    return events


def _remember(keys: dict[str, None], key: str) -> None:
    keys[key] = None
    if len(keys) > _MAX_ENDED_REMEMBERED:
        del keys[next(iter(keys))]
