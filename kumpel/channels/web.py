"""The project's own web channel.

- `POST /webhooks/web/conversations` issues a signed conversation id.
- `POST /webhooks/web/messages` takes `{conversation, text | choice, messageId}`. With
  the header `Prefer: respond-async` it answers 202, and what is said comes by the
  events. Without, it answers `{messages, conversation}`; `trouble` names what went
  wrong, if anything.
- `GET /webhooks/web/events` streams what is said from behind `Last-Event-ID` on.
- `POST /webhooks/web/feedback` takes `{conversation, position, rating, kind, comment}`.
- `GET /webhooks/web/history` tells what both sides said.
- `DELETE /webhooks/web/conversations` deletes the conversation.

Requests without a body take the id in the header `X-Conversation`, since addresses end
up in logs. A refused request is answered with `{error: {kind, text}}`.
"""

from __future__ import annotations

import asyncio
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from kumpel.channels.answering import DEADLINE_IN_SECONDS, MessageHandler
from kumpel.channels.conversation_ids import ConversationIds
from kumpel.channels.conversations import Conversations
from kumpel.channels.event_hub import EventHub
from kumpel.channels.event_stream import Streams
from kumpel.channels.feedback import feedback_in, save_feedback
from kumpel.channels.limits import RateLimit, caller_address
from kumpel.channels.outcomes import Outcome
from kumpel.channels.turns import Turns
from kumpel.channels.web_requests import (
    CONVERSATION_HEADER,
    RefusedError,
    answered,
    body_of,
    last_position,
    posted,
    prefers_async,
    refusing,
)
from kumpel.settings import Settings
from kumpel.stores.access import tidy_hourly


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
        self._settings = settings
        self._ids = ConversationIds(secret, settings.clock)
        self._hub = EventHub()
        self._conversations = Conversations(
            self._ids, self._hub, secret, settings.chat_idle_minutes
        )
        self._turns = Turns(secret, self._ids, self._hub, deadline_in_seconds)
        self._streams = Streams(self._hub, self._conversations)
        self._conversation_limit = RateLimit(20, 60.0)
        self._address_limit = RateLimit(120, 60.0)
        self._start_limit = RateLimit(60, 60.0)

    def blueprint(self, on_new_message: MessageHandler) -> Blueprint:
        """Returns the routes of the channel (see parent class)."""
        routes = Blueprint("kumpel_web")
        self._add_life(routes)

        async def receive(request: Request) -> HTTPResponse:
            return await self._receive(request, on_new_message)

        routes.add_route(_health, "/", methods=["GET"])
        for handler, path, method in (
            (self._start, "/conversations", "POST"),
            (self._end, "/conversations", "DELETE"),
            (receive, "/messages", "POST"),
            (self._stream, "/events", "GET"),
            (self._history, "/history", "GET"),
            (self._feedback, "/feedback", "POST"),
        ):
            name = f"{method}{path.replace('/', '_')}".lower()
            routes.add_route(
                refusing(handler), path, methods=[method], name=name, ignore_body=False
            )
        return routes

    def _add_life(self, routes: Blueprint) -> None:
        tasks: list[asyncio.Task[None]] = []

        @routes.listener("after_server_start")
        async def start(app: Sanic, *_: Any) -> None:
            agent = getattr(app.ctx, "agent", None)
            if agent is not None:
                tidying = tidy_hourly(
                    agent.tracker_store, self._settings.keep_conversations_in_days
                )
                tasks.append(asyncio.create_task(tidying))

        @routes.listener("before_server_stop")
        async def stop(*_: Any) -> None:
            # Sanic would wait for the streams, which have no end of their own.
            while tasks:
                tasks.pop().cancel()
            await self._streams.close()

    async def _start(self, request: Request) -> HTTPResponse:
        self._limit(request, self._start_limit, caller_address(request))
        return answered({"conversation": self._ids.issue()}, 201)

    async def _receive(
        self, request: Request, on_new_message: MessageHandler
    ) -> HTTPResponse:
        said = posted(request, self._secret)
        sender_id = self._conversations.sender_id(said.conversation)
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
        is_async = prefers_async(request)
        agent = getattr(request.app.ctx, "agent", None)
        if agent is not None:
            await self._conversations.open(agent.tracker_store, said.conversation)
        if is_async and (agent is None or not agent.is_ready()):
            raise RefusedError(Outcome.STARTING)
        answering = self._turns.answer(
            agent,
            on_new_message,
            message,
            lambda: self._conversations.read(_agent(request).tracker_store, sender_id),
        )
        renewed = {"conversation": self._ids.renew(sender_id)}
        if is_async:
            self._turns.start(answering)
            return answered({"messageId": said.message_id, **renewed}, 202)
        return answered({**await answering, **renewed})

    async def _stream(self, request: Request) -> None:
        position = last_position(request)
        self._limit(request, self._address_limit, caller_address(request))
        store = _agent(request).tracker_store
        opened = await self._conversations.open(store, _signed_id(request))
        await self._streams.serve(
            request,
            opened,
            position,
            lambda: self._conversations.read(store, opened.sender_id),
        )

    async def _history(self, request: Request) -> HTTPResponse:
        self._conversations.sender_id(_signed_id(request))
        self._limit(request, self._address_limit, caller_address(request))
        store = _agent(request).tracker_store
        opened = await self._conversations.open(store, _signed_id(request))
        said = await self._conversations.read(store, opened.sender_id)
        return answered({"utterances": said})

    async def _feedback(self, request: Request) -> HTTPResponse:
        body = body_of(request)
        self._conversations.sender_id(body.get("conversation"))
        self._limit(request, self._address_limit, caller_address(request))
        given = feedback_in(body)
        store = _agent(request).tracker_store
        opened = await self._conversations.open(store, body.get("conversation"))
        said = await self._conversations.read(store, opened.sender_id)
        await save_feedback(store, opened.sender_id, given, said)
        return response.empty()

    async def _end(self, request: Request) -> HTTPResponse:
        # Who lets a conversation rest may delete it all the same.
        sender_id = self._conversations.sender_id(_signed_id(request))
        agent = _agent(request)
        async with self._turns.lock(sender_id):
            await self._conversations.delete(agent, sender_id)
            self._turns.forget(sender_id)
        return response.empty()

    def _limit(self, request: Request, limit: RateLimit, key: str) -> None:
        if not self._settings.limits_apply_to(caller_address(request)):
            return
        wait = limit.wait_in_seconds(key)
        if wait > 0:
            raise RefusedError(Outcome.TOO_MANY, wait)


async def _health(_request: Request) -> HTTPResponse:
    return response.json({"status": "ok"})


def _signed_id(request: Request) -> object:
    return request.headers.get(CONVERSATION_HEADER)


def _agent(request: Request) -> Any:
    agent = getattr(request.app.ctx, "agent", None)
    if agent is None:
        raise RefusedError(Outcome.STARTING)
    return agent
