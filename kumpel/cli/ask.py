"""`kumpel ask`: one message through the running assistant."""

from __future__ import annotations

import json
import secrets
from typing import Any

import requests

from kumpel.errors import InvalidInputError, StartError
from kumpel.settings import Settings

_TIMEOUT_IN_SECONDS = 30.0


def ask(text: str, conversation: str | None, *, as_json: bool) -> int:
    """Sends one message and prints the reply.

    Args:
        text: What the citizen says.
        conversation: Continues the conversation of this name; default is a new one.
        as_json: Prints the answer as JSON with texts and buttons.

    Returns:
        0.

    Raises:
        InvalidInputError: There is nothing to ask.
        StartError: No assistant runs, or it gave no usable answer.
    """
    if not text.strip():
        raise InvalidInputError("Der Text ist leer: Bitte eine Frage angeben.")
    settings = Settings.from_environment()
    name = conversation or f"cli-{secrets.token_hex(8)}"
    messages = send(settings, text, name)
    if as_json:
        answer = {"conversation": name, "messages": messages}
        print(json.dumps(answer, ensure_ascii=False, indent=2))
        return 0
    for message in messages:
        print(as_text(message))
    return 0


def send(settings: Settings, text: str, conversation: str) -> list[dict[str, Any]]:
    """Sends one message over Rasa's REST channel.

    Args:
        settings: Where the assistant is.
        text: What the citizen says.
        conversation: Name of the conversation.

    Raises:
        StartError: No assistant runs, or it gave no usable answer.
    """
    try:
        answer = requests.post(
            f"{settings.rasa_url}/webhooks/rest/webhook",
            json={"sender": conversation, "message": text},
            timeout=_TIMEOUT_IN_SECONDS,
        )
        answer.raise_for_status()
        messages = answer.json()
    except requests.ConnectionError as error:
        raise StartError(
            f"Kumpel läuft nicht (keine Antwort auf {settings.rasa_url}): Bitte zuerst "
            "make run starten."
        ) from error
    except (requests.RequestException, ValueError) as error:
        raise StartError(
            f"Der Assistent auf {settings.rasa_url} gab keine brauchbare Antwort "
            f"({error}): Bitte mit kumpel status prüfen."
        ) from error
    if not isinstance(messages, list) or not messages:
        raise StartError(
            "Der Assistent schwieg: Bitte mit kumpel status und im Protokoll von "
            "make run nach dem Grund sehen."
        )
    return messages


def as_text(message: dict[str, Any]) -> str:
    """Returns a reply with its buttons as a list, as a terminal can show it."""
    lines = [str(message.get("text") or message.get("image") or "").rstrip()]
    lines += [f"  [{button.get('title')}]" for button in message.get("buttons") or []]
    return "\n".join(line for line in lines if line)
