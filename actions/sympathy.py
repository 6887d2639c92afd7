"""Says first that one is sorry, where somebody has lost somebody."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.turn import ANSWERED, ASKED_BACK, FALLBACK, HANDOFF, Reply, Turn
from kumpel.text.fold import fold

_LOSS = re.compile(
    r"\b(?:gestorben|verstorben|verstorbene\w*|todesfall|tot|died|passed away|dead)\b"
)
_OWN = re.compile(r"\b(?:mein|unser)(?:e[nmrs]?)?\b|\b(?:my|our)\b")
_OUTCOMES = frozenset({ANSWERED, ASKED_BACK, FALLBACK, HANDOFF})


def with_sympathy(turn: Turn, reply: Reply) -> Reply:
    """Puts a word of sympathy first, if the message tells of a loss."""
    said = fold(turn.said.text)
    if reply.outcome not in _OUTCOMES or not (_LOSS.search(said) and _OWN.search(said)):
        return reply
    first, *others = reply.texts
    condolence = turn.wording.text("utter_condolence")
    return replace(reply, texts=[f"{condolence} {first}", *others])
