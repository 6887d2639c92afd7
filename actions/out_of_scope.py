"""Says kindly that something is not the city's matter; never answers it."""

from __future__ import annotations

from actions.answering import answer_services
from actions.base import CityAction
from actions.booking_entry import begin_managing
from actions.fallback import not_understood
from actions.follow_up import elliptic_aspects
from actions.turn import OUT_OF_SCOPE, SMALLTALK, Reply, Turn
from kumpel.answers.authorities import authority_for
from kumpel.text.fold import fold

_LONGEST_CONTINUATION = 4


class ActionOutOfScope(CityAction):
    """Answers `out_of_scope`."""

    action_name = "action_out_of_scope"

    def reply(self, turn: Turn) -> Reply:
        """Makes the reply (see parent class)."""
        managed = begin_managing(turn)
        if managed:
            return managed
        kind = turn.said.kind or ""
        aspects = elliptic_aspects(turn) if _goes_on(turn) else ()
        if aspects and turn.service:
            return answer_services(turn, [(turn.service, aspects)])
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


def _goes_on(turn: Turn) -> bool:
    """Says whether a message goes on with the topic: "und morgen?" is no weather."""
    words = fold(turn.said.text).split()
    return words[:1] in (["und"], ["and"]) and len(words) <= _LONGEST_CONTINUATION
