"""What a request of the page does, and what the page then shows."""

from __future__ import annotations

import contextlib
import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from portal.city_page.chat import (
    Caller,
    Chat,
    ChatRefusedError,
    ChatUnreachableError,
    Utterance,
)
from portal.city_page.texts import texts_for

logger = logging.getLogger(__name__)

_MAX_TEXT_IN_CHARACTERS = 1000


@dataclass
class View:
    """Everything about the chat that the page shows.

    Attributes:
        message_id: Marks the next message, so that sending it twice is harmless.
        draft: What stands in the input field.
        error: What went wrong, tied to the field; empty if nothing did.
        notice: Something else to tell above the chat.
    """

    conversation: str = ""
    message_id: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    utterances: list[Utterance] = field(default_factory=list)
    draft: str = ""
    error: str = ""
    notice: str = ""
    status: int = 200

    @property
    def newest(self) -> int:
        """Index of the first utterance that answers the citizen's latest one."""
        indices = [i for i, each in enumerate(self.utterances) if each.is_citizen]
        return min(indices[-1] + 1 if indices else 0, len(self.utterances) - 1)


def opened(chat: Chat, caller: Caller, draft: str = "") -> View:
    """Returns the view of somebody who opens the page."""
    view = View(draft=draft)
    try:
        view.conversation = chat.start(caller)
    except ChatUnreachableError as error:
        # The page is there in any case; who sends something is told.
        logger.warning("%s", error)
    except ChatRefusedError:
        pass
    return view


def acted(chat: Chat, caller: Caller, form: Mapping[str, str]) -> View:
    """Does what a form of the page asks for.

    Args:
        chat: The assistant.
        caller: Who sent the form.
        form: `action` (`send`, `end` or `show`), `conversation`, `message_id`,
            `text`, `choice` and `service`.
    """
    texts = texts_for(caller.language)
    action = form.get("action", "send")
    view = View(
        conversation=form.get("conversation", ""),
        draft=form.get("text", "")[:_MAX_TEXT_IN_CHARACTERS],
    )
    try:
        if action == "end":
            _end(chat, caller, view)
            view.notice = texts.ended
        elif action == "show":
            _show(chat, caller, view)
        else:
            _send(chat, caller, view, form)
    except ChatRefusedError as error:
        _refused(chat, caller, view, error)
    except ChatUnreachableError as error:
        logger.warning("%s", error)
        view.error, view.status = texts.unreachable, 503
        # The same message: should the first one have arrived, nothing comes twice.
        view.message_id = form.get("message_id") or view.message_id
    return view


def _end(chat: Chat, caller: Caller, view: View) -> None:
    if view.conversation:
        # Whoever ends an ended conversation again, has what they want.
        with contextlib.suppress(ChatRefusedError):
            chat.end(caller, view.conversation)
    view.conversation, view.draft = "", ""
    view.conversation = chat.start(caller)


def _show(chat: Chat, caller: Caller, view: View) -> None:
    if not view.conversation:
        view.conversation = chat.start(caller)
    view.utterances = chat.history(caller, view.conversation)


def _send(chat: Chat, caller: Caller, view: View, form: Mapping[str, str]) -> None:
    choice = form.get("choice", "")
    message_id = form.get("message_id", "")
    if not view.conversation:
        view.conversation = chat.start(caller)
    if not message_id:
        view.error, view.status = texts_for(caller.language).unreadable, 400
    elif not choice and not view.draft.strip():
        view.error, view.status = texts_for(caller.language).empty, 400
    else:
        answer = chat.send(
            caller,
            view.conversation,
            message_id,
            text=view.draft,
            choice=choice,
            service=form.get("service", ""),
        )
        view.conversation = answer.conversation
        view.utterances = _history(chat, caller, view.conversation)
        said = {utterance.message_id for utterance in view.utterances}
        # What went wrong is in no history, and the history may be out of reach.
        if message_id not in said and not choice:
            view.utterances.append(Utterance(True, view.draft.strip()))
        shown = {utterance.position for utterance in view.utterances} - {None}
        if answer.is_trouble or message_id not in said:
            view.utterances += [u for u in answer.utterances if u.position not in shown]
        view.draft = ""
        return
    view.utterances = _history(chat, caller, view.conversation)


def _history(chat: Chat, caller: Caller, conversation: str) -> list[Utterance]:
    with contextlib.suppress(ChatRefusedError, ChatUnreachableError):
        return chat.history(caller, conversation)
    return []


def _refused(chat: Chat, caller: Caller, view: View, error: ChatRefusedError) -> None:
    view.error = error.text
    if error.needs_new_conversation:
        view.status = 400
        view.conversation = opened(chat, caller).conversation
        return
    view.status = 429 if error.wait_in_seconds else 400
    view.utterances = _history(chat, caller, view.conversation)
