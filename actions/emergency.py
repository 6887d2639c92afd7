"""Names the number to call at once."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

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
_LAST_RESORT = {
    "de": "Wählen Sie jetzt 112 (Feuerwehr, Rettungsdienst) oder 110 (Polizei).",
    "en": "Call 112 now (fire, ambulance) or 110 (police).",
}


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

    def apology(
        self, error: Exception, domain: Mapping[str, Any], language: str
    ) -> Reply:
        """Names 112 and 110 even where domain.yml has no texts (see parent class)."""
        return Reply(EMERGENCY, [_LAST_RESORT[language]])

    def _further_numbers(self, turn: Turn, kind: str, text: str) -> list[str]:
        topics = _TOPICS.get(kind)
        if topics is None:
            return []
        portal: PortalClient = turn.portal.within(
            _PORTAL_TIME_IN_SECONDS * turn.patience
        )
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
