"""How full an office is, in one sentence."""

from __future__ import annotations

from kumpel.answers.facts import OfficeFacts
from kumpel.answers.wording import Wording

#: The figures are estimates: minutes are told in steps.
_STEP_IN_MINUTES = 5


def queue_sentence(place: OfficeFacts, wording: Wording) -> str:
    """Says how many people wait right now and how long; empty where nobody tells."""
    queue = place.queue
    if queue is None:
        return ""
    waiting, minutes = queue.waiting, _rounded(queue.estimated_minutes)
    if waiting == 0:
        text = wording.text("utter_queue_nobody")
    elif waiting is None:
        text = wording.text("utter_queue_minutes", minutes=minutes)
    elif waiting == 1:
        text = wording.text("utter_queue_one", minutes=minutes) or wording.text(
            "utter_queue_one_untimed"
        )
    else:
        text = wording.text(
            "utter_queue", waiting=waiting, minutes=minutes
        ) or wording.text("utter_queue_untimed", waiting=waiting)
    if not queue.is_demonstration:
        return text
    return wording.text("utter_queue_demonstration", sentence=text)


def _rounded(minutes: int | None) -> int | None:
    """Rounds up, so that nobody waits longer than told; None for no time at all."""
    return (
        -(-minutes // _STEP_IN_MINUTES) * _STEP_IN_MINUTES or None if minutes else None
    )
