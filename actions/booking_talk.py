"""One message in the talk about an appointment, and the reply to it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from actions.turn import IN_DIALOGUE, SMALLTALK, Button, Reply, Turn
from kumpel.answers import formats
from kumpel.appointments.desk import AppointmentDesk
from kumpel.appointments.models import BookableOffice, BookableService, Slot
from kumpel.booking import cards
from kumpel.booking.box import DIALOGUE, Box, open_box
from kumpel.booking.state import State
from kumpel.errors import NotBookableError

#: Entity of our buttons; what it may hold is read in `actions.booking`.
PICK = "pick"
STOP, BACK, YES, NO, WAITLIST = "stop", "back", "yes", "no", "waitlist"
#: These work whether or not a talk is open.
BEGIN_MOVE, BEGIN_CANCEL = "begin:move", "begin:cancel"


@dataclass(frozen=True)
class Talk:
    """A message, where the talk stands, and who talks."""

    turn: Turn
    state: State
    box: Box

    @classmethod
    def of(cls, turn: Turn, state: State) -> Talk:
        """Opens what is known of the citizen; what was said is of this message only."""
        box = replace(open_box(state.sealed, turn.secret), said="")
        return cls(turn, state, box)

    def at(self, **changes: Any) -> Talk:
        """Returns the talk with another state."""
        return replace(self, state=replace(self.state, **changes))

    def knowing(self, **changes: str) -> Talk:
        """Returns the talk with more known of the citizen."""
        return replace(self, box=replace(self.box, **changes))

    @property
    def text(self) -> str:
        """What the citizen wrote; empty for a button."""
        return "" if self.turn.said.text.startswith("/") else self.turn.said.text

    @property
    def pick(self) -> str | None:
        """What the pressed button stands for."""
        return self.turn.said.entity(PICK)

    @property
    def desk(self) -> AppointmentDesk:
        """The desk.

        Raises:
            NotBookableError: There is none.
        """
        if self.turn.desk is None:
            raise NotBookableError("No appointments are given here.")
        return self.turn.desk

    @property
    def service(self) -> BookableService:
        """The service that is booked.

        Raises:
            NotBookableError: It is none that is booked here.
        """
        return self.desk.service(self.state.service or "")

    def office(self, number: str | None) -> BookableOffice | None:
        """Returns an office of the service, None where the desk knows no such."""
        try:
            return self.service.office(number) if number else None
        except NotBookableError:
            return None

    @property
    def key(self) -> str:
        """Makes the same step of the same talk harmless when it is repeated."""
        name = f"{self.turn.conversation}/{self.state.began}/{self.state.tries}"
        return str(uuid.uuid5(uuid.NAMESPACE_OID, name))

    @property
    def has_lapsed(self) -> bool:
        """Whether the reservation is over."""
        until = self.state.expires_at
        return bool(until) and datetime.fromisoformat(str(until)) <= self.turn.now

    def slot_text(self, slot: Slot) -> str:
        """Writes day, time and office of a slot."""
        language = self.turn.wording.language
        office = self.office(slot.office)
        return self.turn.wording.text(
            "utter_booking_slot",
            day=formats.full_day(slot.day, language),
            time=clock(slot.starts_at),
            office=office.name if office else "",
        ) or formats.moment(slot.starts_at, language)

    def moment_text(self, slot: Slot) -> str:
        """Writes day and time of a slot."""
        return formats.moment(slot.starts_at, self.turn.wording.language)

    def slots_card(self, slots: Sequence[Slot]) -> dict[str, Any] | None:
        """Makes the card of slots on offer; None where there are none."""
        offers = []
        for slot in slots:
            button, office = self.slot_button(slot), self.office(slot.office)
            offers.append(
                cards.Offer(
                    day=formats.full_day(slot.day, self.turn.wording.language),
                    date=slot.day.isoformat(),
                    time=clock(slot.starts_at),
                    office=office.name if office else "",
                    title=button.title,
                    choice=button.payload,
                )
            )
        return cards.slots_card(offers) if offers else None

    def slot_button(self, slot: Slot) -> Button:
        """Makes a short button of a slot."""
        language = self.turn.wording.language
        office = self.office(slot.office)
        day = f"{formats.short_day(slot.day.weekday(), language)} {slot.day:%d.%m.}"
        title = f"{day} {clock(slot.starts_at)}, {office.name if office else ''}"
        return self.button(title.rstrip(", "), slot.token)

    def button(self, title: str, pick: str) -> Button:
        """Makes a button of this talk."""
        return self.turn.button(title, "in_dialogue", {PICK: pick})

    def named(self, response: str, pick: str) -> Button:
        """Makes a button whose title stands in domain.yml."""
        return self.button(self.turn.wording.text(response), pick)

    def say(
        self,
        texts: Sequence[str],
        buttons: Sequence[Button] = (),
        outcome: str = IN_DIALOGUE,
        card: Mapping[str, Any] | None = None,
    ) -> Reply:
        """Replies and keeps the talk open."""
        sealed = self.box.seal(self.turn.secret) if self.box != Box() else None
        state = replace(self.state, sealed=sealed)
        slots = {
            "service": self.state.service or self.turn.service,
            "aspect": "appointment",
            DIALOGUE: state.to_json(),
            "last_reply": self.masked("\n".join(filter(None, texts))),
            "fallback_count": 0,
        }
        return Reply(outcome, [joined(texts)], buttons, slots, card)

    def end(
        self,
        texts: Sequence[str],
        buttons: Sequence[Button] = (),
        outcome: str = SMALLTALK,
        card: Mapping[str, Any] | None = None,
        **slots: Any,
    ) -> Reply:
        """Replies and closes the talk; of the citizen nothing is kept."""
        told = self.say(texts, buttons, outcome, card)
        return replace(told, slots={**told.slots, DIALOGUE: None, **slots})

    def masked(self, text: str) -> str:
        """Takes out of a text what identifies the citizen."""
        for part, label in self.box.parts().items():
            text = text.replace(part, f"[{label}]")
        return text


def without_talk(turn: Turn) -> Turn:
    """Returns a message as one outside of the open talk."""
    return replace(turn, slots={**turn.slots, DIALOGUE: None})


def joined(texts: Sequence[str]) -> str:
    """Joins sentences and lines, without blank lines."""
    return "\n".join(text for text in texts if text)


def clock(at: datetime) -> str:
    """Writes ``9:05``."""
    return f"{at.hour}:{at.minute:02d}"
