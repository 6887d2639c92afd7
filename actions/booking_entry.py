"""How the talk about an appointment begins."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from actions.booking_manage import manage, wait
from actions.booking_memory import MENTIONED
from actions.booking_search import Heard, exact_slot, hear, offer, recall
from actions.booking_steps import choose
from actions.booking_talk import Talk
from actions.turn import ANSWERED, Reply, Turn
from kumpel.answers.cards import merged
from kumpel.booking import words
from kumpel.booking.box import APPOINTMENT, DIALOGUE, open_box
from kumpel.booking.state import State
from kumpel.errors import PortalError

logger = logging.getLogger(__name__)

_APPOINTMENT_ASPECT = "appointment"


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
    if len(requests) > 1 or reply.outcome != ANSWERED or turn.desk is None:
        return reply
    opened = State.from_json(turn.slots.get(DIALOGUE))
    if opened is not None and opened.is_begun:
        return reply
    is_about_it = _APPOINTMENT_ASPECT in aspects
    try:
        if not turn.desk.capabilities.can_book:
            return _with_link(turn, reply, slug) if is_about_it else reply
        if not turn.desk.is_bookable(slug):
            return reply
        if not is_about_it:
            return _with_button(turn, reply, slug)
        offered = _offer(turn, slug, is_alone=len(aspects) == 1)
    except PortalError as error:
        logger.warning("No dates to offer: %s", error)
        return _with_link(turn, reply, slug) if is_about_it else reply
    if offered.slots.get(DIALOGUE) is None:
        return reply
    state = State.from_json(offered.slots[DIALOGUE])
    is_begun = state is not None and state.is_begun
    texts = offered.texts if is_begun else [*reply.texts, *offered.texts]
    slots = {**reply.slots, **offered.slots}
    if not is_begun:
        slots["last_reply"] = "\n".join(texts)
    text = "\n".join(texts)
    card = offered.custom if is_begun else merged(reply.custom, offered.custom)
    return Reply(ANSWERED, [text], offered.buttons, slots, card)


def books_here(turn: Turn, slug: str) -> bool:
    """Tells whether we book a service ourselves: then no other way is shown."""
    if turn.desk is None:
        return False
    try:
        return turn.desk.capabilities.can_book and turn.desk.is_bookable(slug)
    except PortalError as error:
        logger.warning("Unknown whether %s is booked here: %s", slug, error)
        return False


def _with_button(turn: Turn, reply: Reply, slug: str) -> Reply:
    """Adds the button that books, below an answer about something else."""
    title = turn.wording.text("utter_booking_button")
    values = {"service": slug, "aspect": _APPOINTMENT_ASPECT}
    button = turn.button(title, "choose", values)
    return replace(reply, buttons=[*reply.buttons, button])


def _with_link(turn: Turn, reply: Reply, slug: str) -> Reply:
    """Adds the page on which citizens book on their own, unless it is told already."""
    try:
        url = turn.desk.link(slug, turn.slots.get("place")).url if turn.desk else None
    except PortalError as error:
        logger.warning("No booking page of %s: %s", slug, error)
        return reply
    if not url or url in "\n".join(reply.texts):
        return reply
    link = turn.wording.text("utter_appointment_book", url=url)
    return replace(reply, texts=["\n".join([*reply.texts, f"- {link}"])])


def _offer(turn: Turn, slug: str, *, is_alone: bool) -> Reply:
    state = State("booking", "slot", slug, began=turn.now.isoformat())
    known = recall(Talk.of(turn, state), _mentioned(turn, slug))
    is_choice = words.ordinal(turn.said.text, len(turn.choices)) is not None
    # "Der erste" chooses a service here, and is no first of the month.
    heard = Heard(known.talk) if is_choice else hear(known.talk)
    is_wish = is_alone and (heard.is_new or not words.asks(turn.said.text))
    lead = turn.wording.text("utter_booking_begin" if is_wish else "utter_booking_can")
    slot = exact_slot(heard) if heard.is_new or known.is_new else None
    if slot and heard.talk.state.office:
        return choose(heard.talk, slot)
    reply = offer(heard, lead)
    opened = State.from_json(reply.slots.get(DIALOGUE))
    if is_wish or opened is None:
        return reply
    offered = replace(opened, step="offered").to_json()
    return replace(reply, slots={**reply.slots, DIALOGUE: offered})


def _mentioned(turn: Turn, slug: str) -> Mapping[str, Any]:
    """Returns what was said before, unless it was about another service."""
    known: Mapping[str, Any] = turn.slots.get(MENTIONED) or {}
    return known if known.get("service") in (None, slug) else {}


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
    about_it = {_APPOINTMENT_ASPECT, "overview", "status", "deadline"}
    return turn.said.clear_aspect not in {None, *about_it}
