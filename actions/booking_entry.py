"""How the talk about an appointment begins."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

from actions.booking_manage import manage, wait
from actions.booking_search import exact_slot, hear, offer
from actions.booking_steps import choose
from actions.booking_talk import Talk
from actions.turn import ANSWERED, Reply, Turn
from kumpel.booking import words
from kumpel.booking.box import APPOINTMENT, DIALOGUE, open_box
from kumpel.booking.state import State
from kumpel.errors import PortalError

logger = logging.getLogger(__name__)

_APPOINTMENT_ASPECT = "appointment"
#: Above, "Was kostet es, den Termin abzusagen?" asks for the price.
_CLEAR_ASPECT = 0.6


def with_booking(
    turn: Turn, reply: Reply, requests: Sequence[tuple[str, Sequence[str]]]
) -> Reply:
    """Offers free dates with an answer about appointments.

    Who asks for an appointment gets the dates alone; who asks whether one is needed
    gets the answer first, and the talk ends if they go on to something else.

    Args:
        turn: The message.
        reply: The answer.
        requests: Service and aspects of each request that was answered.
    """
    slug, aspects = requests[0]
    is_about_it = len(requests) == 1 and _APPOINTMENT_ASPECT in aspects
    if not is_about_it or reply.outcome != ANSWERED or turn.desk is None:
        return reply
    opened = State.from_json(turn.slots.get(DIALOGUE))
    if opened is not None and opened.is_begun:
        return reply
    try:
        if not turn.desk.capabilities.can_book:
            return _with_link(turn, reply, slug)
        if not turn.desk.is_bookable(slug):
            return reply
        offered = _offer(turn, slug, is_alone=len(aspects) == 1)
    except PortalError as error:
        logger.warning("No dates to offer: %s", error)
        return reply
    if offered.slots.get(DIALOGUE) is None:
        return reply
    state = State.from_json(offered.slots[DIALOGUE])
    is_begun = state is not None and state.is_begun
    texts = offered.texts if is_begun else [*reply.texts, *offered.texts]
    slots = {**reply.slots, **offered.slots}
    if not is_begun:
        slots["last_reply"] = "\n".join(texts)
    return Reply(ANSWERED, ["\n".join(texts)], offered.buttons, slots)


def _with_link(turn: Turn, reply: Reply, slug: str) -> Reply:
    """Adds the page on which citizens book on their own, unless it is told already."""
    url = turn.desk.link(slug, turn.slots.get("place")).url if turn.desk else None
    if not url or url in "\n".join(reply.texts):
        return reply
    link = turn.wording.text("utter_appointment_book", url=url)
    return replace(reply, texts=["\n".join([*reply.texts, f"- {link}"])])


def _offer(turn: Turn, slug: str, *, is_alone: bool) -> Reply:
    state = State("booking", "slot", slug, began=turn.now.isoformat())
    heard = hear(Talk.of(turn, state))
    is_wish = is_alone and (heard.is_new or not words.asks(turn.said.text))
    lead = turn.wording.text("utter_booking_begin" if is_wish else "utter_booking_can")
    slot = exact_slot(heard) if heard.is_new else None
    if slot and heard.talk.state.office:
        return choose(heard.talk, slot)
    reply = offer(heard, lead)
    opened = State.from_json(reply.slots.get(DIALOGUE))
    if is_wish or opened is None:
        return reply
    offered = replace(opened, step="offered").to_json()
    return replace(reply, slots={**reply.slots, DIALOGUE: offered})


def begin_managing(turn: Turn) -> Reply | None:
    """Begins to look up, cancel or move an appointment, if a message asks for it."""
    text = turn.said.text
    intent = words.manage_in(text)
    waits = words.wants_waitlist(text)
    if turn.desk is None or not (intent or waits) or _asks_something_else(turn):
        return None
    opened = State.from_json(turn.slots.get(DIALOGUE))
    if not turn.desk.capabilities.can_book or (opened and opened.is_begun):
        return None
    box = open_box(turn.slots.get(APPOINTMENT), turn.secret)
    service = turn.service if waits and not intent else None
    named = turn.said.intent == "service" and turn.said.services[:1]
    if named:
        if not turn.desk.is_bookable(named[0]):
            return None
        service = named[0]
    state = State(
        "manage", "credentials", service, began=turn.now.isoformat(), intent=intent
    )
    talk = replace(Talk.of(turn, state), box=box)
    if intent is None:
        if box.credentials is None and service is None:
            return None
        return wait(talk)
    return manage(talk)


def _asks_something_else(turn: Turn) -> bool:
    said = turn.said
    about_it = {_APPOINTMENT_ASPECT, "overview", "status", "deadline"}
    is_clear = said.aspect_confidence >= _CLEAR_ASPECT
    return bool(said.aspects) and is_clear and said.aspects[0] not in about_it
