"""Small talk."""

from __future__ import annotations

from actions.base import CityAction
from actions.turn import FALLBACK, SMALLTALK, Reply, Turn
from kumpel.answers.foreign import understood_languages

LANGUAGE = "language"


class ActionSmalltalk(CityAction):
    """Answers greetings, thanks, goodbye and the like: `utter_<intent>`.

    With the intent `language` a kind names a language that is not understood.
    """

    action_name = "action_smalltalk"

    def reply(self, turn: Turn) -> Reply:
        """Makes the reply (see parent class)."""
        if turn.said.intent == LANGUAGE and turn.said.kind:
            return Reply(FALLBACK, ["\n".join(understood_languages(turn.said.kind))])
        name = f"utter_{turn.said.intent}"
        if not turn.wording.has(name):
            name = "utter_help"
        return Reply(SMALLTALK, [turn.fresh(name)])
