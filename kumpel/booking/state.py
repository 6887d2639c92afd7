"""Where the talk about an appointment stands; it is kept in one slot as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, get_args

from kumpel.appointments.models import Slot
from kumpel.dates.values import When, Wishes
from kumpel.errors import InvalidInputError

Kind = Literal["booking", "move", "manage", "waitlist"]
Step = Literal[
    "offered",  # free dates were shown with an answer; nothing is begun yet
    "left",  # the session ended in the middle; the citizen does not know it yet
    "service",  # one of several services is to be chosen
    "slot",
    "which",  # one of several meanings of a time is to be chosen
    "name",
    "mail",
    "telephone",
    "remark",
    "check",
    "change",
    "credentials",
    "shown",
    "sure",
]

#: Steps at which a citizen tells of themselves.
PERSONAL_STEPS = frozenset({"name", "mail", "telephone", "remark", "credentials"})
#: Steps at which a message may tell of the citizen, asked or not.
TELLING_STEPS = PERSONAL_STEPS | {"check", "change"}


@dataclass(frozen=True)
class State:
    """An open dialogue. Whatever identifies a citizen is in `sealed` only."""

    kind: Kind
    step: Step
    service: str | None = None
    began: str = ""
    """ISO moment at which it began; with `tries` it makes repetitions harmless."""
    tries: int = 0
    """How many reservations were made in it."""
    persons: int = 1
    office: str | None = None
    """Number of the office that is wanted."""
    wishes: Mapping[str, Any] | None = None
    """See `Wishes.to_json`."""
    meanings: tuple[Mapping[str, Any], ...] = ()
    """What a time may mean, see `When.to_json`."""
    offers: tuple[str, ...] = ()
    """Tokens of the slots on offer."""
    slot: str | None = None
    """Token of the slot that is reserved or chosen."""
    process_id: str | None = None
    expires_at: str | None = None
    intent: str | None = None
    """For `manage`: ``cancel``, ``move`` or ``show``."""
    services: tuple[str, ...] = ()
    """Slugs of which one is to be chosen."""
    left_at: str | None = None
    """For `left`: the step at which the citizen fell silent."""
    misses: int = 0
    """How often in a row an answer could not be used."""
    sealed: str | None = None
    """A `Box`, encrypted."""

    @property
    def is_begun(self) -> bool:
        """Whether the citizen has taken part; else any other message ends it."""
        return self.step not in ("offered", "left")

    @property
    def may_be_told_of_citizen(self) -> bool:
        """Whether the next message may hold a name, an address or a code."""
        return self.step in TELLING_STEPS or self.left_at in TELLING_STEPS

    @property
    def wanted(self) -> Wishes:
        """What suits the citizen."""
        return Wishes.from_json(self.wishes)

    @property
    def options(self) -> tuple[When, ...]:
        """What the last time may have meant."""
        return tuple(map(When.from_json, self.meanings))

    @property
    def offered_slots(self) -> tuple[Slot, ...]:
        """The slots on offer."""
        return tuple(map(Slot.from_token, self.offers))

    @property
    def chosen(self) -> Slot | None:
        """The slot that was chosen."""
        return Slot.from_token(self.slot) if self.slot else None

    def left(self) -> State | None:
        """Returns what stays when the session ends; None where there is nothing.

        The service and the wishes stay, and which slot was held, so that it can be
        told; not who it was for, nor when an appointment is that they had before.
        """
        if not self.is_begun:
            return None
        slot = self.slot if self.kind == "booking" and self.process_id else None
        return State(
            self.kind,
            "left",
            self.service,
            persons=self.persons,
            office=self.office,
            wishes=self.wishes,
            slot=slot,
            intent=self.intent,
            left_at=self.step,
        )

    def to_json(self) -> dict[str, Any]:
        """Returns plain values for the slot; defaults are left out."""
        plain = asdict(self)
        return {
            each.name: list(value) if isinstance(value, tuple) else value
            for each in fields(self)
            if (value := plain[each.name]) != each.default
        }

    @classmethod
    def from_json(cls, plain: Any) -> State | None:
        """Reads the slot; None where no dialogue of ours is open, or it is spoilt."""
        if not isinstance(plain, Mapping) or plain.get("kind") not in get_args(Kind):
            return None
        known = {each.name for each in fields(cls)}
        values: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value
            for key, value in plain.items()
            if key in known
        }
        try:
            state = cls(**values)
            _ = (state.wanted, state.options, state.offered_slots, state.chosen)
        except (TypeError, ValueError, InvalidInputError):
            return None
        return state
