"""Runs actions as the action server does, and keeps the slots between messages."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rasa_sdk.executor import ActionExecutor

from kumpel.nlu.button_payload import verify

SECRET = "test"
DOMAIN = Path(__file__).resolve().parents[2] / "domain.yml"


class Conversation:
    """A citizen's conversation, without understanding: tests say what is understood."""

    def __init__(self, executor: ActionExecutor, domain: dict[str, Any]) -> None:
        self._executor = executor
        self.domain = domain
        self.slots = {
            name: slot.get("initial_value") for name, slot in domain["slots"].items()
        }
        self.replies: list[dict[str, Any]] = []
        self.events: list[dict[str, Any]] = []

    def message(
        self,
        text: str = "",
        intent: str = "service",
        *,
        services: Sequence[str] = (),
        choices: Sequence[str] = (),
        aspects: Sequence[str] = (),
        kind: str | None = None,
        parts: Sequence[dict[str, Any]] = (),
        evidence: float = 0.0,
        may_be_emergency: bool = False,
        **entities: object,
    ) -> dict[str, Any]:
        """Makes the tracker's latest message."""
        return {
            "text": text,
            "intent": {"name": intent},
            "entities": [{"entity": k, "value": v} for k, v in entities.items()],
            "understanding": {
                "services": [
                    {"slug": s, "confidence": 0.5, "evidence": evidence}
                    for s in services
                ],
                "choices": list(choices),
                "aspects": [{"aspect": a, "confidence": 0.9} for a in aspects],
                "kind": kind,
                "may_be_emergency": may_be_emergency,
                "parts": list(parts),
                "language": None,
            },
        }

    async def call(self, action: str, message: dict[str, Any]) -> dict[str, Any]:
        """Calls an action; returns the SDK's answer."""
        answer = await self._executor.run(
            {
                "next_action": action,
                "tracker": {
                    "sender_id": "test",
                    "slots": dict(self.slots),
                    "latest_message": message,
                    "events": [],
                },
                "domain": self.domain,
            }
        )
        assert answer is not None
        return answer

    def say(self, action: str, text: str = "", **understood: Any) -> str:
        """Sends a message to an action; returns the whole reply as text."""
        return self.say_message(action, self.message(text, **understood))

    def say_message(self, action: str, message: dict[str, Any]) -> str:
        """Sends a message that a test made itself."""
        return self._take(asyncio.run(self.call(action, message)))

    def press(self, button: dict[str, str], secret: str) -> str:
        """Presses a button, as the message guard opens it."""
        opened = verify(button["payload"], secret)
        assert opened is not None
        intent, values = opened
        message = {
            "text": f"/{intent}",
            "intent": {"name": intent},
            "entities": [{"entity": k, "value": v} for k, v in values.items()],
        }
        return self._take(asyncio.run(self.call("action_choose", message)))

    @property
    def buttons(self) -> list[dict[str, str]]:
        """The buttons of the last reply."""
        return [b for reply in self.replies for b in reply.get("buttons") or []]

    @property
    def state(self) -> tuple[Any, ...]:
        """Service, aspect and outcome."""
        return tuple(self.slots[name] for name in ("service", "aspect", "outcome"))

    def _take(self, answer: dict[str, Any]) -> str:
        self.replies, self.events = answer["responses"], answer["events"]
        for event in self.events:
            if event["event"] == "slot":
                self.slots[event["name"]] = event["value"]
        return "\n".join(reply["text"] for reply in self.replies)
