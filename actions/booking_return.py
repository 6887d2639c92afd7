"""What becomes of a booking whose citizen fell silent until the session ended."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from actions.booking_memory import MENTIONED
from actions.booking_search import Heard, exact_slot, hear, offer
from actions.booking_steps import choose
from actions.booking_talk import BEGIN_CANCEL, BEGIN_MOVE, STOP, Talk, without_talk
from actions.context import Context
from actions.turn import FALLBACK, Button, Reply, Turn
from kumpel.appointments.models import Slot
from kumpel.booking import person, words
from kumpel.booking.box import DIALOGUE, open_box
from kumpel.booking.state import PERSONAL_STEPS, State
from kumpel.errors import InvalidInputError, PortalError

logger = logging.getLogger(__name__)

#: What a message was understood as, if it only makes sense within the old talk.
_OF_THE_TALK = frozenset({"affirm", "choose", "nlu_fallback", "repeat"})
_GIVING_BACK_TAKES_IN_SECONDS = 3.0


def leave(slots: Mapping[str, Any], shared: Context) -> dict[str, Any] | None:
    """Ends a talk together with its session; returns the slot of the new one.

    Nothing that identifies the citizen is taken over: somebody else may sit there by
    now. A slot that is still held is given back.

    Args:
        slots: All slots of the session that ended.
        shared: The desk, the clock and the key.
    """
    state = State.from_json(slots.get(DIALOGUE))
    left = state.left() if state else None
    if state is None or left is None:
        return None
    if left.slot and shared.desk is not None:
        credentials = open_box(state.sealed, shared.secret).credentials
        desk = shared.desk.within(_GIVING_BACK_TAKES_IN_SECONDS * shared.patience)
        try:
            if credentials:
                desk.cancel(credentials)
        except PortalError as error:
            # As a rule it has lapsed long ago, else it lapses by itself.
            logger.info("A reservation was not given back: %s", error)
    return left.to_json()


def come_back(turn: Turn, state: State, elsewhere: Callable[[Turn], Reply]) -> Reply:
    """Answers the first message after the session of a talk ended.

    Args:
        turn: The message.
        state: What `leave` kept.
        elsewhere: Answers what has nothing to do with the talk.
    """
    talk = Talk.of(turn, state)
    told = _told(talk)
    if state.kind in ("manage", "move"):
        return _managed(talk, told, elsewhere)
    anew = talk.at(kind="booking", step="slot", slot=None, began=turn.now.isoformat())
    if talk.pick == STOP or words.is_stop(talk.text) or words.is_no(talk.text):
        return talk.end([told])
    if talk.pick is not None:
        return _pressed(anew, talk.pick, told)
    if talk.text and _goes_on(talk):
        return _again(anew, told)
    other = elsewhere(without_talk(turn))
    if other.slots.get(DIALOGUE):
        return _after(told, other)
    wishes: dict[str, Any] = {
        "wishes": state.wishes,
        "persons": state.persons if state.persons > 1 else None,
        "office": _office_name(talk),
    }
    known = {key: value for key, value in wishes.items() if value}
    known["service"] = state.service
    slots = {**other.slots, DIALOGUE: None, MENTIONED: known}
    if other.slots.get("service") is None:
        slots["service"] = state.service
    button = _go_on_button(talk)
    others = [b for b in other.buttons if b.payload != button.payload]
    return _after(told, replace(other, buttons=[*others, button], slots=slots))


def _told(talk: Talk) -> str:
    """Says in one sentence what became of what was begun."""
    wording, slot = talk.turn.wording, talk.state.chosen
    if talk.state.kind in ("manage", "move"):
        return wording.text("utter_booking_left_appointment")
    if talk.state.kind == "waitlist":
        return wording.text("utter_booking_left_waitlist")
    if slot is not None:
        return wording.text("utter_booking_left_slot", slot=talk.slot_text(slot))
    return wording.text("utter_booking_left")


def _goes_on(talk: Talk) -> bool:
    """Says whether a message only makes sense as a part of the old talk."""
    said, text = talk.turn.said, talk.text
    if person.has_mail(text) or words.is_yes(text) or words.goes_on(text):
        return True
    if talk.state.left_at in PERSONAL_STEPS and person.telephone_in(text):
        return True
    if words.asks(text):
        return False
    return said.intent in _OF_THE_TALK or hear(talk).is_new


def _again(talk: Talk, told: str) -> Reply:
    """Looks for dates anew, with the wishes of before."""
    mail, is_usable = person.mail_in(talk.text)
    if mail and is_usable:
        talk = talk.knowing(mail=mail)
    heard = hear(talk)
    if talk.state.left_at in PERSONAL_STEPS and not heard.is_new:
        # It may be the name that was asked for; then it must not be stored.
        heard = replace(heard, talk=heard.talk.knowing(said=talk.text))
    slot = exact_slot(heard) if heard.is_new else None
    if slot is not None:
        return _after(told, choose(heard.talk, slot))
    return offer(heard, told)


def _pressed(talk: Talk, pick: str, told: str) -> Reply:
    """Takes a slot that was on offer before, if it is still free."""
    try:
        slot = Slot.from_token(pick)
    except InvalidInputError:
        return offer(Heard(talk), told)
    return _after(told, choose(talk, slot))


def _managed(talk: Talk, told: str, elsewhere: Callable[[Turn], Reply]) -> Reply:
    turn = talk.turn
    is_ours = turn.said.intent in _OF_THE_TALK and not words.asks(talk.text)
    buttons = [
        talk.named("utter_appointment_move_button", BEGIN_MOVE),
        talk.named("utter_appointment_cancel_button", BEGIN_CANCEL),
    ]
    if talk.pick is not None or is_ours:
        return talk.end([told], buttons)
    other = elsewhere(without_talk(turn))
    slots = {DIALOGUE: None, **other.slots}
    is_other_talk = slots[DIALOGUE] is not None
    shown = [*other.buttons, *([] if is_other_talk else buttons)]
    return _after(told, replace(other, buttons=shown, slots=slots))


def _after(told: str, reply: Reply) -> Reply:
    """Puts the sentence in front of a reply."""
    first, *rest = reply.texts
    if reply.outcome == FALLBACK:
        first = ""
    texts = ["\n".join(filter(None, [told, first])), *rest]
    last = reply.slots.get("last_reply")
    slots = {**reply.slots, "last_reply": f"{told}\n{last}"} if last else reply.slots
    return replace(reply, texts=texts, slots=slots)


def _office_name(talk: Talk) -> str | None:
    office = talk.office(talk.state.office)
    return office.name if office else None


def _go_on_button(talk: Talk) -> Button:
    values = {"service": talk.state.service or "", "aspect": "appointment"}
    title = talk.turn.wording.text("utter_booking_go_on_button")
    return talk.turn.button(title, "choose", values)
