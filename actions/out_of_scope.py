"""Says kindly that something is not the city's matter; never answers it."""

from __future__ import annotations

from actions.base import CityAction
from actions.fallback import not_understood
from actions.turn import OUT_OF_SCOPE, SMALLTALK, Reply, Turn
from kumpel.answers.authorities import authority_for


class ActionOutOfScope(CityAction):
    """Answers `out_of_scope`."""

    action_name = "action_out_of_scope"

    def reply(self, turn: Turn) -> Reply:
        """Makes the reply (see parent class)."""
        kind = turn.said.kind or ""
        if kind == "gibberish":
            return not_understood(turn, OUT_OF_SCOPE)
        if kind == "other_authority":
            authority = authority_for(turn.said.text)
            named = turn.wording.text(
                "utter_out_of_scope_other_authority_named", authority=authority
            )
            if named:
                return Reply(OUT_OF_SCOPE, [named])
        text = turn.wording.first([f"utter_out_of_scope_{kind}", "utter_out_of_scope"])
        return Reply(SMALLTALK if kind == "chitchat" else OUT_OF_SCOPE, [text])
