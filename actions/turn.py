"""One turn of a conversation: what an action gets, and what it gives back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from actions.understanding import Understanding
from kumpel.answers.wording import Wording
from kumpel.appointments.desk import AppointmentDesk
from kumpel.nlu.button_payload import sign
from kumpel.portal_client.client import PortalClient

ANSWERED = "answered"
ASKED_BACK = "asked_back"
FALLBACK = "fallback"
SMALLTALK = "smalltalk"
OUT_OF_SCOPE = "out_of_scope"
EMERGENCY = "emergency"
HANDOFF = "handoff"
IN_DIALOGUE = "in_dialogue"


@dataclass(frozen=True)
class Turn:
    """A message in its conversation."""

    said: Understanding
    slots: Mapping[str, Any]
    wording: Wording
    portal: PortalClient
    """Limited to the time that this answer may take."""
    now: datetime
    secret: str
    desk: AppointmentDesk | None = None
    """Limited likewise; None where no appointments are given."""
    conversation: str = ""
    """The sender id."""
    patience: float = 1.0
    """How many times its usual limits this answer may take."""

    @property
    def service(self) -> str | None:
        """Slug of the service under discussion before this message."""
        return self.slots.get("service") or None

    @property
    def choices(self) -> tuple[str, ...]:
        """Slugs that the last reply offered."""
        return tuple(self.slots.get("choices") or ())

    @property
    def last_reply(self) -> str:
        """The last reply, or an empty text."""
        return str(self.slots.get("last_reply") or "")

    @property
    def fallback_count(self) -> int:
        """How often in a row nothing was understood before this message."""
        return int(self.slots.get("fallback_count") or 0)

    def fresh(self, name: str, **facts: object) -> str:
        """Returns a variation of a response that differs from the last reply."""
        texts = [
            self.wording.text(name, turn, **facts)
            for turn in range(self.wording.count(name))
        ]
        return next((text for text in texts if text != self.last_reply), texts[0])

    def button(self, title: str, intent: str, values: Mapping[str, str]) -> Button:
        """Makes a button whose payload only we can sign."""
        return Button(title, sign(intent, values, self.secret))


@dataclass(frozen=True)
class Button:
    """A button below a reply."""

    title: str
    payload: str


@dataclass(frozen=True)
class Reply:
    """What an action says, and how the conversation stands after it."""

    outcome: str
    texts: Sequence[str]
    buttons: Sequence[Button] = ()
    slots: Mapping[str, Any] = field(default_factory=dict)
    """Slots that change besides `outcome` and `last_reply`."""
    custom: Mapping[str, Any] | None = None
    """A card that shows the last text more usably, where the channel can."""
