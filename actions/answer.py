"""Answers a question about a service, or a follow-up about the one before."""

from __future__ import annotations

from dataclasses import replace

from actions.answering import OFFICE_ASPECTS, OVERVIEW, answer_parts, answer_services
from actions.asking import ask_back, buttons_for, load_choices
from actions.base import CityAction
from actions.booking_entry import begin_managing
from actions.facts_loader import NamedOffice
from actions.follow_up import (
    asks_only_a_day,
    elliptic_aspects,
    is_aspect_clear,
    named_guesses,
    names_another,
    starts_anew,
)
from actions.office_answers import (
    answer_awaited_office,
    answer_branch_elsewhere,
    answer_general_office,
    answer_office,
    answer_unsure_office,
    other_office,
)
from actions.queue_answers import answer_queue
from actions.turn import ANSWERED, FALLBACK, Reply, Turn
from kumpel.answers.choices import chosen
from kumpel.booking import words

_LONGEST_CHOICE_IN_WORDS = 3
#: Below, "Kann ich in Traar den Ausweis abholen?" asks for the place.
_UNSURE_ASPECT = 0.35


class ActionAnswer(CityAction):
    """Answers `service` and `aspect`."""

    action_name = "action_answer"

    def reply(self, turn: Turn) -> Reply:
        """Makes the reply (see parent class)."""
        said = turn.said
        aspects = said.aspects or OVERVIEW
        before = (
            begin_managing(turn)
            or self._book(turn)
            or answer_queue(turn)
            or answer_awaited_office(turn)
            or answer_general_office(turn)
            or answer_branch_elsewhere(turn)
        )
        if before:
            return before
        if said.intent == "service" and said.parts:
            return answer_parts(turn)
        choice = self._choice(turn)
        if choice:
            aspects = tuple(turn.slots.get("pending_aspects") or ()) or aspects
            return answer_services(turn, [(choice, aspects)])
        if said.intent == "service" and said.services and not self._is_day(turn):
            if not is_aspect_clear(turn):
                # "Was kostet das?" - "Was meinen Sie?" - "Den Reisepass."
                aspects = tuple(turn.slots.get("pending_aspects") or ()) or aspects
            if said.entity("district") and said.aspect_confidence < _UNSURE_ASPECT:
                aspects = ("location",)
            return answer_services(turn, [(said.services[0], aspects)])
        return self._follow_up(turn, aspects)

    def _book(self, turn: Turn) -> Reply | None:
        """Books what was talked about, if a message says no more than "Termin"."""
        if turn.service is None or not words.wants_to_book(turn.said.text):
            return None
        return answer_services(turn, [(turn.service, ("appointment",))])

    def _follow_up(self, turn: Turn, aspects: tuple[str, ...]) -> Reply:
        """Answers an aspect of what was talked about before."""
        if turn.service and names_another(turn) and starts_anew(turn):
            # "Was kostet das Ummelden vom Auto?" says itself what it is about.
            return answer_services(turn, [(named_guesses(turn)[0].slug, aspects)])
        if not is_aspect_clear(turn):
            # "Und am Samstag?" asks nothing by its words.
            aspects = elliptic_aspects(turn) or aspects
            office = None if turn.service else answer_unsure_office(turn)
            if office:
                return office
        about_office = tuple(a for a in aspects if a in OFFICE_ASPECTS)
        named = other_office(turn) if about_office else None
        if named:
            return answer_office(turn, named, about_office)
        if turn.service is not None:
            return answer_services(turn, [(turn.service, aspects)])
        if turn.choices:
            return self._presume(turn, aspects)
        place = turn.slots.get("place")
        if place and about_office:
            return answer_office(turn, NamedOffice(place), about_office)
        is_about_hours = aspects[0] == "opening_hours"
        key = "utter_hours_which" if is_about_hours else "utter_which_service"
        slots = {"aspect": aspects[0], "pending_aspects": list(aspects)}
        return Reply(FALLBACK, [turn.wording.text(key)], slots=slots)

    def _presume(self, turn: Turn, aspects: tuple[str, ...]) -> Reply:
        """Answers about the likeliest choice where somebody asks on and chooses none.

        To ask the same again ("Welches davon passt?") helped nobody in test dialogues.
        """
        choices = load_choices(turn, turn.choices)
        if not choices:
            return ask_back(turn, turn.choices, "utter_ask_back_again", aspects)
        likeliest, *others = choices
        reply = answer_services(turn, [(likeliest.slug, aspects)])
        if reply.outcome != ANSWERED:
            return reply
        note = turn.wording.text("utter_presumed", choice=likeliest.name)
        # Without "nichts davon": there is an answer already.
        buttons = (*reply.buttons, *buttons_for(turn, others, aspects)[:-1])
        return replace(reply, texts=[note, *reply.texts], buttons=buttons)

    def _is_day(self, turn: Turn) -> bool:
        """Says whether "Silvester?" asks when the office before is open."""
        return bool(turn.service or turn.slots.get("place")) and asks_only_a_day(turn)

    def _choice(self, turn: Turn) -> str | None:
        """Returns the offered service that a word or two name ("den Hund")."""
        said = turn.said
        if not turn.choices or len(said.text.split()) > _LONGEST_CHOICE_IN_WORDS:
            return None
        if said.services and said.services[0] in turn.choices:
            return said.services[0] if said.intent == "service" else None
        found = chosen(said.text, load_choices(turn, turn.choices))
        return found.slug if found else None
