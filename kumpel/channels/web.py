"""The project's own web channel.

- `POST /webhooks/web/conversations` issues a signed conversation id.
- `POST /webhooks/web/messages` takes `{conversation, text | choice, messageId}`. With
  the header `Prefer: respond-async` it answers 202, and what is said comes by the
  events. Without, it answers `{messages, conversation}`; `trouble` names what went
  wrong, if anything.
- `GET /webhooks/web/events` streams what is said from behind `Last-Event-ID` on.
- `GET /webhooks/web/history` tells what both sides said.
- `DELETE /webhooks/web/conversations` deletes the conversation.

The last three take the id in the header `X-Conversation`, since addresses end up in
logs. A refused request is answered with `{error: {kind, text}}`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import aclosing
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from kumpel.channels.answering import DEADLINE_IN_SECONDS, MessageHandler
from kumpel.channels.conversation_ids import ConversationIds, RejectedConversationError
from kumpel.channels.deletion import Deletion
from kumpel.channels.event_hub import EventHub
from kumpel.channels.event_stream import HEARTBEAT_IN_SECONDS, StreamCount, frames, send
from kumpel.channels.history import Utterance, utterances
from kumpel.channels.limits import RateLimit, caller_address, is_loopback
from kumpel.channels.outcomes import Outcome
from kumpel.channels.turns import Turns
from kumpel.channels.web_requests import (
    CONVERSATION_HEADER,
    RefusedError,
    answered,
    last_position,
    posted,
    prefers_async,
    refusing,
)
from kumpel.settings import Settings
from kumpel.stores.access import failures, stored_events, tidy_hourly

_STREAM_WAIT_IN_SECONDS = 30.0


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
        self._ids = ConversationIds(secret, settings.clock)
        self._hub = EventHub()
        self._turns = Turns(secret, self._ids, self._hub, deadline_in_seconds)
        self._deletion = Deletion(self._hub, self._turns)
        self._streams = StreamCount()
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
        async def stop(*_: Any) -> None:
            # Sanic would wait for the streams, which have no end of their own.
            self._hub.close()
            if self._tidying is not None:
                self._tidying.cancel()

        @routes.get("/")
        async def health(request: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @routes.post("/conversations")
        @refusing
        async def start(request: Request) -> HTTPResponse:
            self._limit(request, self._start_limit, caller_address(request))
            return answered({"conversation": self._ids.issue()}, 201)

        @routes.post("/messages")
        @refusing
        async def receive(request: Request) -> HTTPResponse:
            return await self._receive(request, on_new_message)

        @routes.get("/events")
        @refusing
        async def events(request: Request) -> None:
            await self._stream(request)

        @routes.get("/history")
        @refusing
        async def history(request: Request) -> HTTPResponse:
            sender_id = self._sender_id(request.headers.get(CONVERSATION_HEADER))
            self._limit(request, self._address_limit, caller_address(request))
            return answered({"utterances": await self._read(request, sender_id)})

        @routes.delete("/conversations", ignore_body=False)
        @refusing
        async def end(request: Request) -> HTTPResponse:
            sender_id = self._sender_id(request.headers.get(CONVERSATION_HEADER))
            await self._deletion.delete(_agent(request), sender_id)
            return response.empty()

        return routes

    async def _receive(
        self, request: Request, on_new_message: MessageHandler
    ) -> HTTPResponse:
        said = posted(request, self._secret)
        sender_id = self._sender_id(said.conversation)
        message = UserMessage(
            said.text,
            None,
            sender_id,
            input_channel=self.name(),
            message_id=said.message_id,
            metadata=said.metadata,
        )
        if not self._turns.knows(message):
            self._limit(request, self._conversation_limit, sender_id)
            self._limit(request, self._address_limit, caller_address(request))
        agent = getattr(request.app.ctx, "agent", None)
        answering = self._turns.answer(
            agent, on_new_message, message, lambda: self._read(request, sender_id)
        )
        conversation = {"conversation": self._ids.renew(sender_id)}
        if not prefers_async(request):
            return answered({**await answering, **conversation})
        if agent is None or not agent.is_ready():
            answering.close()
            raise RefusedError(Outcome.STARTING)
        self._turns.start(answering)
        return answered({"messageId": said.message_id, **conversation}, 202)

    async def _stream(self, request: Request) -> None:
        sender_id = self._sender_id(request.headers.get(CONVERSATION_HEADER))
        position = last_position(request)
        address = caller_address(request)
        self._limit(request, self._address_limit, address)
        if self._streams.is_full(sender_id, address):
            raise RefusedError(Outcome.TOO_MANY_STREAMS, _STREAM_WAIT_IN_SECONDS)
        self._streams.add(sender_id, address)
        try:
            live = await self._hub.live(
                sender_id, lambda: self._read(request, sender_id)
            )

            async def wait() -> bool:
                if not self._hub.is_closing:
                    await live.wait(HEARTBEAT_IN_SECONDS)
                return not self._hub.is_closing

            found = frames(live, position, lambda: self._read(request, sender_id), wait)
            async with aclosing(found) as events:
                await send(request, live, events)
        finally:
            self._streams.remove(sender_id, address)

    async def _read(self, request: Request, sender_id: str) -> Sequence[Utterance]:
        store = _agent(request).tracker_store
        failures_before = failures(store)
        events = await stored_events(store, sender_id)
        if failures(store) > failures_before:
            raise RefusedError(Outcome.STORE_DOWN)
        return utterances(events, self._secret)

    def _sender_id(self, conversation: object) -> str:
        sender_id = self._ids.sender_id(conversation)
        if self._deletion.was_deleted(sender_id):
            raise RejectedConversationError(Outcome.ENDED_CONVERSATION)
        return sender_id

    def _limit(self, request: Request, limit: RateLimit, key: str) -> None:
        if not self._has_rate_limits and is_loopback(caller_address(request)):
            return
        wait = limit.wait_in_seconds(key)
        if wait > 0:
            raise RefusedError(Outcome.TOO_MANY, wait)


def _agent(request: Request) -> Any:
    agent = getattr(request.app.ctx, "agent", None)
    if agent is None:
        raise RefusedError(Outcome.STARTING)
    return agent
