"""Small talk."""

from __future__ import annotations

from actions.base import CityAction
from actions.turn import SMALLTALK, Reply, Turn


class ActionSmalltalk(CityAction):
    """Answers greetings, thanks, goodbye and the like: `utter_<intent>`."""

    action_name = "action_smalltalk"

    def reply(self, turn: Turn) -> Reply:
        """Makes the reply (see parent class)."""
        name = f"utter_{turn.said.intent}"
        if not turn.wording.has(name):
            name = "utter_help"
        return Reply(SMALLTALK, [turn.fresh(name)])
