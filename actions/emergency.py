"""Names the number to call at once."""

from __future__ import annotations

import logging

from actions.base import CityAction
from actions.turn import EMERGENCY, Reply, Turn
from kumpel.errors import PortalError
from kumpel.portal_client.client import PortalClient

logger = logging.getLogger(__name__)

#: Topics of the portal's numbers for each kind of emergency.
_TOPICS = {
    "fire": {"fire"},
    "gas": {"gas"},
    "medical": {"medical"},
    "doctor": {"medical"},
    "poison": {"poisoning"},
    "police": {"crime", "violence"},
    "suicide": {"suicide", "crisis"},
}
_PORTAL_TIME_IN_SECONDS = 1.5


class ActionEmergency(CityAction):
    """Answers `emergency`.

    The number to call first stands in domain.yml, because it must come even when
    the portal does not; the portal only adds further numbers.
    """

    action_name = "action_emergency"

    def reply(self, turn: Turn) -> Reply:
        """Makes the reply (see parent class)."""
        kind = turn.said.kind or ""
        text = turn.wording.first(
            [f"utter_emergency_{kind}", "utter_emergency_last_resort"]
        )
        lines = self._further_numbers(turn, kind, text)
        return Reply(EMERGENCY, ["\n".join([text, *lines])])

    def _further_numbers(self, turn: Turn, kind: str, text: str) -> list[str]:
        topics = _TOPICS.get(kind)
        if topics is None:
            return []
        portal: PortalClient = turn.portal.within(_PORTAL_TIME_IN_SECONDS)
        try:
            numbers = portal.emergency_numbers().value
        except PortalError as error:
            logger.warning("No emergency numbers: %s", error)
            return []
        return [
            f"- {turn.wording.text('utter_emergency_item', number=each.number, name=each.name)}"  # noqa: E501
            for each in numbers
            if topics & set(each.topics) and each.number not in text
        ]
