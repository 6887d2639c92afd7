"""Names 112 and 110 last, where a message may have told of an emergency."""

from __future__ import annotations

from dataclasses import replace

from actions.turn import ANSWERED, Reply, Turn


def with_emergency_numbers(turn: Turn, reply: Reply) -> Reply:
    """Adds the numbers, if somebody may be in danger and the reply does not say them.

    What was not understood as a whole and answered all the same was found by plain
    words such as "wie voll ist es": there is nothing left to doubt.
    """
    is_plain = turn.said.intent == "nlu_fallback" and reply.outcome == ANSWERED
    if not turn.said.may_be_emergency or is_plain:
        return reply
    if not turn.wording.has("utter_may_be_emergency"):
        # A model trained before there was such a text must answer all the same.
        return reply
    *others, last = reply.texts
    numbers = turn.wording.text("utter_may_be_emergency")
    return replace(reply, texts=[*others, f"{last}\n{numbers}"])
