"""Another service in the middle of a booking: "ach nein, doch lieber der Reisepass"."""

from __future__ import annotations

from dataclasses import replace

from actions.asking import load_choices
from actions.booking_search import Heard, exact_slot, hear, offer
from actions.booking_steps import ask, choose, give_back
from actions.booking_talk import Talk
from actions.turn import Reply
from kumpel.answers.choices import MOST_CHOICES, Choice, choice_of, chosen, named_in
from kumpel.booking import words
from kumpel.booking.state import PERSONAL_STEPS
from kumpel.text.fold import tokens

#: As many of the best guesses are looked at as may be shown.
_GUESSES = 5
#: "Reisepass bitte" names the matter; a longer message says something about it.
_LONGEST_NAME_IN_WORDS = 4


def switched(talk: Talk) -> Reply | None:
    """Books another service if a message wants that, else None.

    What was told of time, place and person holds on.
    """
    if talk.state.step == "service":
        options = load_choices(talk.turn, talk.state.services)
        option = chosen(talk.text, options)
        if option:
            return _switch_to(talk, option)
    named = _other_services(talk)
    if len(named) > 1:
        slugs = tuple(choice.slug for choice in named)
        return ask(talk.at(step="service", services=slugs))
    return _switch_to(talk, named[0]) if named else None


def _other_services(talk: Talk) -> list[Choice]:
    """Returns the services that a message wants instead of the one that is booked.

    Who only asks about another one ("was kostet eigentlich ein Reisepass?") wants an
    answer and no other booking: then there is none.
    """
    text, state = talk.text, talk.state
    said = talk.turn.said
    has_word = words.switches(text)
    is_service = said.intent in ("service", "service_unclear")
    if state.kind != "booking" or not (is_service or has_word):
        return []
    if words.asks(text) and not has_word:
        return []
    is_short = len(text.split()) <= _LONGEST_NAME_IN_WORDS
    if not has_word and (state.step in PERSONAL_STEPS or not is_short):
        return []
    guesses = load_choices(talk.turn, said.services[:_GUESSES])
    named = named_in(_without_places(talk), guesses)
    if any(choice.slug == state.service for choice in named):
        return []
    if said.intent == "service" and named and named[0].slug == said.services[0]:
        return named[:1]
    return named[:MOST_CHOICES]


def named_other(talk: Talk) -> str | None:
    """Returns the service that a message names, if it is not the one that is booked."""
    guesses = load_choices(talk.turn, talk.turn.said.services[:_GUESSES])
    named = [choice.slug for choice in named_in(_without_places(talk), guesses)]
    return named[0] if named and talk.state.service not in named else None


def _without_places(talk: Talk) -> str:
    """Takes out where it is to be: "lieber in Bockum" names no service."""
    entities = talk.turn.said.entities
    places = {
        word
        for name in ("office", "district", "street")
        for value in entities.get(name, ())
        for word in tokens(value)
    }
    return " ".join(word for word in tokens(talk.text) if word not in places)


def switch_to(talk: Talk, slug: str) -> Reply:
    """Switches to a service that was chosen by a button.

    Raises:
        PortalError: Its name cannot be had.
    """
    return _switch_to(talk, choice_of(talk.turn.portal.service(slug).value))


def _switch_to(talk: Talk, choice: Choice) -> Reply:
    desk, wording = talk.desk, talk.turn.wording
    if not desk.is_bookable(choice.slug):
        text = wording.text("utter_booking_not_here", service=choice.name)
        step = "slot" if talk.state.step == "service" else talk.state.step
        return ask(talk.at(step=step, services=()), text)
    talk = give_back(talk)
    wanted = talk.office(talk.state.office)
    talk = talk.at(
        service=choice.slug,
        step="slot",
        offers=(),
        services=(),
        meanings=(),
        tries=talk.state.tries + 1,
        misses=0,
    )
    if talk.office(talk.state.office) is None:
        talk = talk.at(office=None)
    lead = wording.text("utter_booking_switched", service=choice.name)
    if wanted and talk.state.office is None:
        missing = wording.text("utter_booking_not_at", office=wanted.name)
        lead = f"{lead} {missing}"
    heard = hear(talk)
    slot = exact_slot(heard) if heard.is_new else None
    if slot is not None:
        reply = choose(heard.talk, slot)
        return replace(reply, texts=[f"{lead} {reply.texts[0]}", *reply.texts[1:]])
    return offer(Heard(heard.talk, True, heard.problem), lead)
