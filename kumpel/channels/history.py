"""Reads from a conversation's events what both sides have said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Literal, TypedDict

from typing_extensions import NotRequired

from kumpel.channels.output import WebButton, WebMessage, web_message
from kumpel.clock import TIME_ZONE
from kumpel.nlu.button_payload import verify

UNKNOWN_CHOICE = "(Auswahl)"

Event = Mapping[str, Any]


class Utterance(TypedDict):
    """What one side has said."""

    position: int
    """Number in the conversation, from 1 and without gaps."""
    speaker: Literal["citizen", "kumpel"]
    text: str
    language: str
    """`de` or `en`: what the citizen wrote in, and is answered in."""
    time: str
    messageId: NotRequired[str]
    """The citizen's message, or the one that is answered."""
    buttons: NotRequired[list[WebButton]]
    image: NotRequired[str]
    custom: NotRequired[dict[str, Any]]


class Answered(WebMessage):
    """A message of an answer, with its number in the conversation."""

    position: NotRequired[int]


def utterances(events: Iterable[Event], secret: str) -> list[Utterance]:
    """Returns what was said, in order; a pressed button is told by its title."""
    said: list[Utterance] = []
    title_by_choice: dict[str, str] = {}
    language = "de"
    message_id = ""
    for event in events:
        position = len(said) + 1
        time = iso_time(event.get("timestamp"))
        if event["event"] == "user" and event.get("text"):
            text = str(event["text"])
            language = _language_of(event) or language
            message_id = str(event.get("message_id") or "")
            if verify(text, secret) is not None:
                text = title_by_choice.get(text, UNKNOWN_CHOICE)
            said.append(
                {
                    "position": position,
                    "speaker": "citizen",
                    "text": text,
                    "language": language,
                    "time": time,
                    "messageId": message_id,
                }
            )
        elif event["event"] == "bot":
            message = _message_of(event, secret)
            if not message:
                continue
            buttons = message.get("buttons", [])
            title_by_choice.update({b["choice"]: b["title"] for b in buttons})
            said.append(
                {
                    "position": position,
                    "speaker": "kumpel",
                    "language": language,
                    "time": time,
                    "messageId": message_id,
                    **{"text": "", **message},  # type: ignore[typeddict-item]
                }
            )
    return said


def answer_to(said: Iterable[Utterance], message_id: str) -> list[Answered] | None:
    """Returns how a message was answered, or None where it never arrived."""
    messages: list[Answered] | None = None
    for utterance in said:
        if utterance.get("messageId") != message_id:
            continue
        if utterance["speaker"] == "citizen":
            messages = []
        elif messages is not None:
            messages.append(
                {
                    **message_in(utterance),
                    "position": utterance["position"],
                }
            )
    return messages


def message_in(utterance: Utterance) -> Answered:
    """Returns the part of an utterance of the assistant that is shown."""
    keys = ("text", "buttons", "image", "custom")
    return {key: utterance[key] for key in keys if utterance.get(key)}  # type: ignore[return-value,literal-required]


def iso_time(seconds: float | None) -> str:
    """Returns local time of a moment given in seconds since 1970."""
    moment = datetime.fromtimestamp(seconds or 0.0, TIME_ZONE)
    return moment.isoformat(timespec="seconds")


def _language_of(event: Event) -> str | None:
    entities = (event.get("parse_data") or {}).get("entities") or []
    for entity in entities:
        if entity.get("entity") == "language":
            return str(entity.get("value"))
    # A pressed button says nothing: the language stays.
    return None


def _message_of(event: Event, secret: str) -> WebMessage:
    return web_message({**(event.get("data") or {}), "text": event.get("text")}, secret)
