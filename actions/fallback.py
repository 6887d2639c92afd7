"""Says that nothing was understood, and never leaves it at that."""

from __future__ import annotations

from actions.answering import answer_services, follow_up_aspects
from actions.asking import ask_back, load_choices
from actions.base import CityAction
from actions.person import staffed_sentence
from actions.turn import FALLBACK, HANDOFF, Reply, Turn
from kumpel.answers.choices import chosen

_OFFER_A_PERSON_FROM = 2
_ONLY_A_PERSON_FROM = 3


class ActionFallback(CityAction):
    """Answers `nlu_fallback`: rephrase, then choices and a person, then a person."""

    action_name = "action_fallback"

    def reply(self, turn: Turn) -> Reply:
        """Makes the reply (see parent class)."""
        choice = chosen(turn.said.text, load_choices(turn, turn.choices))
        if choice:
            pending = tuple(turn.slots.get("pending_aspects") or ()) or ("overview",)
            return answer_services(turn, [(choice.slug, pending)])
        aspects = follow_up_aspects(turn)
        if aspects and turn.service:
            return answer_services(turn, [(turn.service, aspects)])
        return not_understood(turn, FALLBACK)


def not_understood(turn: Turn, outcome: str) -> Reply:
    """Makes the reply for what was not understood, by how often that happened.

    Args:
        turn: The message.
        outcome: Outcome until a person is offered.
    """
    count = turn.fallback_count + 1
    slots = {"fallback_count": count}
    if count < _OFFER_A_PERSON_FROM:
        return Reply(
            outcome, [turn.wording.text("utter_fallback_rephrase")], slots=slots
        )
    if count < _ONLY_A_PERSON_FROM:
        if turn.said.services and turn.said.intent == "nlu_fallback":
            offered = ask_back(
                turn,
                turn.said.services,
                "utter_fallback_choices",
                turn.said.aspects or ("overview",),
            )
            if offered.slots.get("choices"):
                both = {**offered.slots, **slots, "candidates": []}
                return Reply(offered.outcome, offered.texts, offered.buttons, both)
        text = turn.wording.text("utter_fallback_person")
        return Reply(HANDOFF, [f"{text} {staffed_sentence(turn)}"], slots=slots)
    text = turn.fresh("utter_fallback_handoff")
    return Reply(HANDOFF, [text], slots=slots)
