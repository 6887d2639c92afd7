"""A citizen who books; tests say what the understanding makes of a message."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml
from rasa_sdk.executor import ActionExecutor

from actions import context
from kumpel.nlu.button_payload import verify
from kumpel.settings import PROJECT_ROOT

# The desk's tests have the embedded portal with a clock that can be moved.
sys.path.append(str(PROJECT_ROOT / "tests" / "appointments"))

from booking_counter import Counter, counter_in

SECRET = "test"
NOW = "2026-11-24T10:15:00+01:00"
#: What is said is tested here, not how fast a busy machine says it.
_PATIENCE = 15.0
#: What the rules do with an intent.
_ACTIONS = {
    "in_dialogue": "action_booking",
    "service": "action_answer",
    "aspect": "action_answer",
    "choose": "action_choose",
    "service_unclear": "action_ask_back",
    "out_of_scope": "action_out_of_scope",
    "affirm": "action_choose",
    "nlu_fallback": "action_fallback",
    "emergency": "action_emergency",
}


class Talker:
    """Holds one conversation."""

    def __init__(self, counter: Counter, executor: ActionExecutor) -> None:
        self.counter = counter
        self._executor = executor
        self._domain = yaml.safe_load((PROJECT_ROOT / "domain.yml").read_text("utf-8"))
        slots = self._domain["slots"]
        self.slots = {name: slot.get("initial_value") for name, slot in slots.items()}
        self.buttons: list[dict[str, str]] = []
        self.cards: list[dict[str, Any]] = []
        self.events: list[dict[str, Any]] = []
        self.sender = "citizen"

    desk: object = None
    """Another desk than the portal's, if set."""

    def another(self, sender: str) -> Talker:
        """Returns another citizen at the same portal, or another tab."""
        other = Talker(self.counter, self._executor)
        other.sender = sender
        return other

    def say(
        self,
        text: str,
        intent: str = "nlu_fallback",
        services: Sequence[str] = (),
        aspects: Sequence[str] = (),
        confidence: float = 0.9,
        **entities: str,
    ) -> str:
        """Writes a message; returns the reply."""
        is_open = bool(self.slots["dialogue"]) and intent != "emergency"
        message = {
            "text": text,
            "intent": {"name": "in_dialogue" if is_open else intent},
            "entities": [{"entity": k, "value": v} for k, v in entities.items()],
            "understanding": {
                "intent": intent,
                "services": [{"slug": s, "confidence": 0.9} for s in services],
                "aspects": [{"aspect": a, "confidence": confidence} for a in aspects],
                "kind": None,
                "parts": [],
                "language": None,
            },
        }
        return self._send(message)

    def book(self, text: str, service: str = "reisepass", **entities: str) -> str:
        """Asks for an appointment in free words."""
        return self.say(text, "service", [service], ["appointment"], **entities)

    def press(self, title: str) -> str:
        """Presses the first button whose title begins so."""
        button = next(b for b in self.buttons if b["title"].startswith(title))
        return self.press_payload(button["payload"])

    def press_payload(self, payload: str) -> str:
        """Presses a button, perhaps an old one."""
        opened = verify(payload, SECRET)
        assert opened
        intent, values = opened
        return self._send(
            {
                "text": f"/{intent}",
                "intent": {"name": intent},
                "entities": [{"entity": k, "value": v} for k, v in values.items()],
            }
        )

    def press_choice(self, payload: str) -> str:
        """Presses an old button of an answer while a booking is open."""
        opened = verify(payload, SECRET)
        assert opened
        return self._send(
            {
                "text": f"/{opened[0]}",
                "intent": {"name": "in_dialogue"},
                "entities": [{"entity": k, "value": v} for k, v in opened[1].items()],
                "understanding": {"intent": opened[0]},
            }
        )

    def wait(self, minutes: int) -> None:
        """Lets time pass."""
        self.counter.clock.forward(minutes=minutes)

    def end_session(self, minutes: int = 75) -> None:
        """Is silent until Rasa begins a new session, whose slots are empty."""
        self.wait(minutes)
        events = self._run("action_session_start", {"text": "", "intent": {}})["events"]
        slots = self._domain["slots"]
        self.slots = {name: slot.get("initial_value") for name, slot in slots.items()}
        self._apply(events)

    @property
    def step(self) -> str | None:
        """The step of the open dialogue."""
        dialogue = self.slots["dialogue"]
        return dialogue["step"] if dialogue else None

    def _send(self, message: dict[str, Any]) -> str:
        answer = self._run(_ACTIONS[message["intent"]["name"]], message)
        self._apply(answer["events"])
        replies = answer["responses"]
        self.buttons = [b for r in replies for b in r.get("buttons") or []]
        self.cards = [r["custom"] for r in replies if r.get("custom")]
        return "\n".join(reply["text"] for reply in replies)

    def _apply(self, events: list[dict[str, Any]]) -> None:
        self.events = events
        for event in events:
            if event["event"] == "slot":
                self.slots[event["name"]] = event["value"]

    def _run(self, action: str, message: dict[str, Any]) -> dict[str, Any]:
        counter = self.counter
        context.install(
            context.Context(
                counter.portal,
                counter.clock,
                SECRET,
                self.desk or counter.desk,  # type: ignore[arg-type]
                _PATIENCE,
            )
        )
        call = {
            "next_action": action,
            "tracker": {
                "sender_id": self.sender,
                "slots": dict(self.slots),
                "latest_message": message,
                "events": [],
            },
            "domain": self._domain,
        }
        try:
            answer = asyncio.run(self._executor.run(call))
        finally:
            context.install(None)
        assert answer
        return dict(answer)


def executor() -> ActionExecutor:
    """Returns the executor with our actions."""
    made = ActionExecutor()
    made.register_package("actions")
    return made


@contextlib.contextmanager
def talker_in(folder: Path) -> Iterator[Talker]:
    """Yields a citizen in front of a freshly seeded portal."""
    with counter_in(folder) as counter:
        yield Talker(counter, executor())
