"""Says that nothing was understood, and never leaves it at that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa_sdk.events import FollowupAction

from actions.answering import answer_parts, answer_services
from actions.asking import ask_back, load_choices
from actions.base import CityAction
from actions.booking_entry import begin_managing
from actions.follow_up import follow_up_aspects, is_aspect_clear, named_guesses
from actions.office_answers import answer_unsure_office
from actions.person import staffed_sentence
from actions.queue_answers import answer_queue
from actions.turn import FALLBACK, HANDOFF, Reply, Turn
from kumpel.answers.choices import chosen

_OFFER_A_PERSON_FROM = 2
_ONLY_A_PERSON_FROM = 3
_SAYS_LITTLE_IN_WORDS = 5


class ActionFallback(CityAction):
    """Answers `nlu_fallback`: rephrase, then choices and a person, then a person."""

    action_name = "action_fallback"
    #: Rasa runs this action also where no rule fits; without a rule it would run it
    #: again and again, ten times (F10).
    closing_events = (FollowupAction("action_listen"),)

    def reply(self, turn: Turn) -> Reply:
        """Makes the reply (see parent class)."""
        choice = chosen(turn.said.text, load_choices(turn, turn.choices))
        if choice:
            pending = tuple(turn.slots.get("pending_aspects") or ()) or ("overview",)
            return answer_services(turn, [(choice.slug, pending)])
        return answer_unsure(turn) or not_understood(turn, FALLBACK)


def answer_unsure(turn: Turn) -> Reply | None:
    """Answers what can be answered of an unsure message, else returns None."""
    managed = begin_managing(turn)
    if managed:
        return managed
    if turn.said.parts:
        return answer_parts(turn)
    queue = answer_queue(turn)
    if queue:
        return queue
    office = answer_unsure_office(turn)
    if office:
        return office
    aspects = follow_up_aspects(turn)
    if aspects and turn.service:
        return answer_services(turn, [(turn.service, aspects)])
    return None


def not_understood(turn: Turn, outcome: str) -> Reply:
    """Makes the reply for what was not understood, by how often that happened.

    Args:
        turn: The message.
        outcome: Outcome until a person is offered.
    """
    count = turn.fallback_count + 1
    slots: dict[str, Any] = {"fallback_count": count}
    has_guesses = bool(turn.said.services) and turn.said.intent == "nlu_fallback"
    if count < _OFFER_A_PERSON_FROM:
        if has_guesses and (named_guesses(turn) or _asks_at_length(turn)):
            aspects = turn.said.aspects or ("overview",)
            return _guess(turn, "utter_ask_back_guess", aspects, count)
        if is_aspect_clear(turn):
            aspects = turn.said.aspects
            slots |= {"aspect": aspects[0], "pending_aspects": list(aspects)}
            text = turn.wording.text("utter_which_service")
            return Reply(outcome, [text], slots=slots)
        return Reply(
            outcome, [turn.wording.text("utter_fallback_rephrase")], slots=slots
        )
    if count < _ONLY_A_PERSON_FROM:
        if has_guesses:
            aspects = turn.said.aspects or ("overview",)
            return _guess(turn, "utter_fallback_choices", aspects, count)
        text = turn.wording.text("utter_fallback_person")
        return Reply(HANDOFF, [f"{text} {staffed_sentence(turn)}"], slots=slots)
    text = turn.fresh("utter_fallback_handoff")
    return Reply(HANDOFF, [text], slots=slots)


def _asks_at_length(turn: Turn) -> bool:
    """Says whether a message asks something and says enough for a guess.

    "Was muss ich mitbringen?" alone could be about anything.
    """
    is_long = len(turn.said.text.split()) > _SAYS_LITTLE_IN_WORDS
    return is_aspect_clear(turn) and is_long


def _guess(turn: Turn, name: str, aspects: Sequence[str], count: int) -> Reply:
    """Offers the best guesses; they still count as not understood."""
    offered = ask_back(turn, turn.said.services, name, aspects)
    slots = {**offered.slots, "candidates": [], "fallback_count": count}
    return Reply(offered.outcome, offered.texts, offered.buttons, slots)
