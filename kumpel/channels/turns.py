"""Handles the messages of the web channel, one of a conversation at a time."""

from __future__ import annotations

import asyncio
import logging
import time
import weakref
from collections.abc import Coroutine
from typing import Any

from rasa.core.channels.channel import UserMessage

from kumpel.channels.answer_memory import Answer, AnswerMemory
from kumpel.channels.answering import MessageHandler, Trouble, handle
from kumpel.channels.conversation_ids import (
    ConversationIds,
    RejectedConversationError,
)
from kumpel.channels.event_hub import EventHub, Live, Read
from kumpel.channels.event_log import CITIZEN, DONE, MESSAGE, TYPING
from kumpel.channels.history import (
    UNKNOWN_CHOICE,
    answer_to,
    iso_time,
)
from kumpel.channels.outcomes import Outcome
from kumpel.channels.output import WebMessage, WebOutput
from kumpel.channels.page_context import enter_page
from kumpel.channels.unsaved_turns import UnsavedTurn, save
from kumpel.nlu.button_payload import verify
from kumpel.stores.access import failures
from kumpel.text.language import detect_language

logger = logging.getLogger(__name__)

#: Beginning of a text that its language shows in.
_ENOUGH_TO_TELL = 300


class Turns:
    """Takes messages, tells the streams what happens, and returns the answers."""

    def __init__(
        self,
        secret: str,
        ids: ConversationIds,
        hub: EventHub,
        deadline_in_seconds: float,
    ) -> None:
        self._secret = secret
        self._ids = ids
        self._hub = hub
        self._deadline = deadline_in_seconds
        self._memory = AnswerMemory()
        # One message of a conversation at a time. Rasa's own lock does the same,
        # but who waits there asks again only once a second.
        self._locks: weakref.WeakValueDictionary[str, asyncio.Lock] = (
            weakref.WeakValueDictionary()
        )
        # The event loop itself holds its tasks weakly.
        self._tasks: set[asyncio.Task[Answer]] = set()

    def lock(self, sender_id: str) -> asyncio.Lock:
        """Returns what the one holds who works on a conversation."""
        return self._locks.setdefault(sender_id, asyncio.Lock())

    def knows(self, message: UserMessage) -> bool:
        """Returns whether a message was answered lately, or is being answered."""
        return self._memory.knows(message.sender_id, message.message_id)

    def forget(self, sender_id: str) -> None:
        """Forgets all answers of a conversation."""
        self._memory.forget(sender_id)

    def start(self, answering: Coroutine[Any, Any, Answer]) -> None:
        """Answers a message in the background."""
        task = asyncio.create_task(answering)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def answer(
        self,
        agent: Any,
        on_new_message: MessageHandler,
        message: UserMessage,
        read: Read,
    ) -> Answer:
        """Returns the answer to a message; handles it unless that was done before.

        Args:
            agent: Rasa's agent.
            on_new_message: Rasa's handler.
            message: What the citizen sent.
            read: Reads the conversation from the store.
        """

        async def make() -> Answer:
            try:
                answer = await self._turn(agent, on_new_message, message, read)
            except RejectedConversationError as error:
                answer = _trouble([], error.outcome, _language_of(message))
            except Exception:
                logger.exception("A message of the web channel failed.")
                answer = _trouble([], Outcome.FAILED, _language_of(message))
                live = self._hub.known(message.sender_id)
                if live is not None:
                    self._done(live, message, answer)
            if answer.get("trouble") in {Outcome.BUSY.kind, Outcome.STARTING.kind}:
                # Nothing has happened yet: sending it again is what helps.
                self._memory.forget(message.sender_id, message.message_id)
                self._hub.may_come_again(message.sender_id, message.message_id)
            return answer

        return await self._memory.answer(message.sender_id, message.message_id, make)

    async def _turn(
        self,
        agent: Any,
        on_new_message: MessageHandler,
        message: UserMessage,
        read: Read,
    ) -> Answer:
        if agent is None or not agent.is_ready():
            return _trouble([], Outcome.STARTING, _language_of(message))
        async with self.lock(message.sender_id):
            live = await self._hub.live(message.sender_id, read)
            if live.is_ended:
                return _trouble([], Outcome.ENDED_CONVERSATION, _language_of(message))
            earlier = await self._earlier_answer(live, message, read)
            if earlier is not None:
                self._done(live, message, {})
                return {"messages": earlier}
            await save(agent, live.unsaved, self._secret)
            return await self._handle(agent, on_new_message, message, live)

    async def _handle(
        self,
        agent: Any,
        on_new_message: MessageHandler,
        message: UserMessage,
        live: Live,
    ) -> Answer:
        told: list[Any] = []

        def tell(said: WebMessage) -> None:
            language = _language_in(said.get("text", "")) or live.language
            data = {**said, "language": language, **self._stamp(message)}
            number = live.log.say(MESSAGE, data, message.message_id)
            told.append({**said, "position": number})
            live.wake()

        async def work(said: UserMessage) -> None:
            await enter_page(agent, said)
            await on_new_message(said)

        position = live.log.last_position + 1
        message.output_channel = WebOutput(self._secret, tell)
        self._say(live, message)
        failures_before = failures(agent.tracker_store)
        live.log.working = message.message_id
        try:
            live.log.tell(TYPING, {"messageId": message.message_id}, message.message_id)
            live.wake()
            trouble = await handle(work, message, self._deadline)
        finally:
            live.log.working = ""
        is_unremembered = failures(agent.tracker_store) > failures_before
        answer = _outcome(told, trouble, is_unremembered, message)
        self._done(live, message, answer)
        if (trouble or is_unremembered) and not live.is_apart:
            live.unsaved.append(UnsavedTurn(position, message, live.language, told))
            await save(agent, live.unsaved, self._secret)
        return answer

    def _say(self, live: Live, message: UserMessage) -> None:
        text = str(message.text)
        if verify(text, self._secret) is not None:
            text = live.log.title_of(text) or UNKNOWN_CHOICE
        else:
            live.language = _language_in(text) or live.language
        data = {"text": text, "language": live.language, **self._stamp(message)}
        live.log.say(CITIZEN, data, message.message_id)
        live.remember(message.message_id)
        self._hub.touch(live)

    def _done(self, live: Live, message: UserMessage, answer: Answer) -> None:
        data = {
            "messageId": message.message_id,
            "conversation": self._ids.renew(message.sender_id),
        }
        if "trouble" in answer:
            data |= {
                "trouble": answer["trouble"],
                "text": answer["messages"][-1]["text"],
            }
        live.log.tell(DONE, data, message.message_id)
        live.wake()

    async def _earlier_answer(
        self, live: Live, message: UserMessage, read: Read
    ) -> list[Any] | None:
        """Returns the answer to a message that came long ago, or before a restart."""
        if message.message_id not in live.handled:
            return None
        return answer_to(await read(), message.message_id)

    @staticmethod
    def _stamp(message: UserMessage) -> dict[str, str]:
        return {"time": iso_time(time.time()), "messageId": message.message_id}


def _outcome(
    told: list[Any],
    trouble: Trouble | None,
    is_unremembered: bool,
    message: UserMessage,
) -> Answer:
    if told and trouble is None and not is_unremembered:
        return {"messages": told}
    language = _language_of(message)
    if trouble is not None:
        return _trouble(told, trouble.outcome, language, trouble.reference)
    if not told:
        logger.warning("A message got no answer; see the lines above.")
        return _trouble([], Outcome.SILENT, language)
    return _trouble(told, Outcome.UNREMEMBERED, language)


def _trouble(
    messages: list[Any], outcome: Outcome, language: str, reference: str = ""
) -> Answer:
    told = [*messages, {"text": outcome.sentence(language)}]
    answer: Answer = {"messages": told, "trouble": outcome.kind}
    if reference:
        answer["reference"] = reference
    return answer


def _language_of(message: UserMessage) -> str:
    """Returns the language that a citizen writes; where unclear, the page's."""
    page = str((message.metadata or {}).get("language", "de"))
    return _language_in(str(message.text or "")) or page


def _language_in(text: str) -> str | None:
    # The detector cannot read half a character (a lone surrogate).
    return detect_language(text[:_ENOUGH_TO_TELL].encode(errors="replace").decode())
