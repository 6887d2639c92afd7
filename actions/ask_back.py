"""Offers choices where several services may be meant."""

from __future__ import annotations

from actions.answering import OVERVIEW, answer_parts, answer_services
from actions.asking import ask_back, load_choices
from actions.base import CityAction
from actions.booking_entry import begin_managing
from actions.fallback import not_understood
from actions.follow_up import follow_up_aspects, is_elliptic, named_guesses
from actions.office_answers import answer_unsure_office
from actions.turn import FALLBACK, Reply, Turn
from kumpel.answers.choices import chosen

_LONGEST_NAMING_IN_WORDS = 5


class ActionAskBack(CityAction):
    """Answers `service_unclear`."""

    action_name = "action_ask_back"

    def reply(self, turn: Turn) -> Reply:
        """Makes the reply (see parent class)."""
        said = turn.said
        managed = begin_managing(turn)
        if managed:
            return managed
        if turn.choices:
            # A free answer to the last question back may look like a new question.
            slug = _free_choice(turn)
            if slug:
                pending = tuple(turn.slots.get("pending_aspects") or ()) or OVERVIEW
                return answer_services(turn, [(slug, pending)])
        if said.parts:
            return answer_parts(turn)
        office = None if named_guesses(turn) else answer_unsure_office(turn)
        if office:
            return office
        aspects = follow_up_aspects(turn) if is_elliptic(turn) else ()
        if aspects and turn.service:
            return answer_services(turn, [(turn.service, aspects)])
        if not said.services:
            return not_understood(turn, FALLBACK)
        # Who was not understood before also reads how to reach a person.
        key = "utter_fallback_choices" if turn.fallback_count else "utter_ask_back"
        return ask_back(
            turn,
            said.choices,
            key,
            said.aspects or OVERVIEW,
            candidates=said.services,
        )


def _free_choice(turn: Turn) -> str | None:
    """Returns the offered service that a free answer means.

    In a longer answer what it is about as a whole says more than a word that it
    shares with a synonym: "ich bin Klempner und brauch den für den Firmenbulli".
    """
    likeliest = next(iter(turn.said.services), None)
    is_long = len(turn.said.text.split()) > _LONGEST_NAMING_IN_WORDS
    if is_long and likeliest in turn.choices:
        return likeliest
    choice = chosen(turn.said.text, load_choices(turn, turn.choices))
    return choice.slug if choice else None
