"""Takes the answer to a question back: a choice, yes, no, nothing of these."""

from __future__ import annotations

from actions.answering import OVERVIEW, answer_services
from actions.asking import ask_back, load_choices
from actions.base import CityAction
from actions.turn import HANDOFF, SMALLTALK, Reply, Turn
from kumpel.answers.choices import chosen


class ActionChoose(CityAction):
    """Answers `choose`, `affirm`, `deny` and `none_of_these`."""

    action_name = "action_choose"

    def reply(self, turn: Turn) -> Reply:
        """Makes the reply (see parent class)."""
        said = turn.said
        button = said.entity("service")
        if said.intent == "choose" and button:
            return answer_services(
                turn, [(button, said.aspects or self._aspects(turn))]
            )
        if not turn.choices:
            return self._without_choices(turn)
        if said.intent in {"deny", "none_of_these"}:
            return self._none(turn)
        if said.intent == "affirm" and len(turn.choices) == 1:
            return self._take(turn, turn.choices[0])
        choice = chosen(said.text, load_choices(turn, turn.choices))
        if choice:
            return self._take(turn, choice.slug)
        return ask_back(
            turn,
            turn.choices,
            "utter_ask_back_again",
            self._aspects(turn),
            candidates=turn.slots.get("candidates") or (),
        )

    def _take(self, turn: Turn, slug: str) -> Reply:
        # The aspects of "das zweite" are a guess; those of a button are signed.
        signed = turn.said.aspects if turn.said.entity("aspect") else ()
        return answer_services(turn, [(slug, signed or self._aspects(turn))])

    def _without_choices(self, turn: Turn) -> Reply:
        is_no = turn.said.intent in {"deny", "none_of_these"}
        name = "utter_deny" if is_no else "utter_affirm"
        return Reply(SMALLTALK, [turn.wording.text(name)])

    def _none(self, turn: Turn) -> Reply:
        """Offers the next candidates once, then a person."""
        others = turn.slots.get("candidates") or []
        if others:
            return ask_back(turn, others, "utter_ask_back_others", self._aspects(turn))
        return Reply(
            HANDOFF,
            [turn.fresh("utter_fallback_person")],
            slots={"candidates": [], "service": None, "aspect": None},
        )

    def _aspects(self, turn: Turn) -> tuple[str, ...]:
        return tuple(turn.slots.get("pending_aspects") or ()) or OVERVIEW
