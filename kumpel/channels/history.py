"""Reads from a conversation's events what both sides have said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal, TypedDict

from typing_extensions import NotRequired

from kumpel.channels.output import WebButton, WebMessage, web_message
from kumpel.nlu.button_payload import verify

_UNKNOWN_CHOICE = "(Auswahl)"

Event = Mapping[str, Any]


class Utterance(TypedDict):
    """What one side has said."""

    speaker: Literal["citizen", "kumpel"]
    text: str
    language: str
    """`de` or `en`: what the citizen wrote in, and is answered in."""
    buttons: NotRequired[list[WebButton]]
    messageId: NotRequired[str]


def utterances(events: Iterable[Event], secret: str) -> list[Utterance]:
    """Returns what was said, in order; a pressed button is told by its title."""
    said: list[Utterance] = []
    title_by_choice: dict[str, str] = {}
    language = "de"
    for event in events:
        if event["event"] == "user" and event.get("text"):
            text = str(event["text"])
            language = _language_of(event) or language
            if verify(text, secret) is not None:
                text = title_by_choice.get(text, _UNKNOWN_CHOICE)
            said.append(
                {
                    "speaker": "citizen",
                    "text": text,
                    "language": language,
                    "messageId": str(event.get("message_id") or ""),
                }
            )
        elif event["event"] == "bot":
            message = _message_of(event, secret)
            buttons = message.get("buttons", [])
            title_by_choice.update({b["choice"]: b["title"] for b in buttons})
            if "text" in message:
                utterance: Utterance = {
                    "speaker": "kumpel",
                    "text": message["text"],
                    "language": language,
                }
                if buttons:
                    utterance["buttons"] = buttons
                said.append(utterance)
    return said


def answer_to(
    events: Iterable[Event], message_id: str, secret: str
) -> list[WebMessage] | None:
    """Returns how a message was answered, or None where it never arrived."""
    messages: list[WebMessage] | None = None
    for event in events:
        if event["event"] == "user":
            if messages is not None:
                break
            if event.get("message_id") == message_id:
                messages = []
        elif event["event"] == "bot" and messages is not None:
            message = _message_of(event, secret)
            if message:
                messages.append(message)
    return messages


def _language_of(event: Event) -> str | None:
    entities = (event.get("parse_data") or {}).get("entities") or []
    for entity in entities:
        if entity.get("entity") == "language":
            return str(entity.get("value"))
    # A pressed button says nothing: the language stays.
    return None


def _message_of(event: Event, secret: str) -> WebMessage:
    return web_message({**(event.get("data") or {}), "text": event.get("text")}, secret)
