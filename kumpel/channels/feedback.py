"""Takes what citizens say about single answers."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from rasa.core.tracker_store import TrackerStore

from kumpel.channels.history import Utterance
from kumpel.channels.outcomes import Outcome
from kumpel.channels.web_requests import RefusedError
from kumpel.errors import KumpelError
from kumpel.stores.access import keep_feedback
from kumpel.stores.feedback import Feedback

logger = logging.getLogger(__name__)

_MAX_COMMENT_IN_CHARACTERS = 1_000
_KINDS = frozenset({"thumb", "error"})
_RATINGS = frozenset({"up", "down", None})


def feedback_in(body: Mapping[str, Any]) -> Feedback:
    """Returns the feedback in a request's body.

    Raises:
        RefusedError: There is none, or its comment is too long.
    """
    position, comment = body.get("position"), body.get("comment") or ""
    kind, rating = body.get("kind"), body.get("rating")
    is_number = isinstance(position, int) and not isinstance(position, bool)
    is_text = all(isinstance(each, str | None) for each in (kind, rating, comment))
    if not (is_number and is_text and kind in _KINDS and rating in _RATINGS):
        raise RefusedError(Outcome.MALFORMED)
    if len(comment) > _MAX_COMMENT_IN_CHARACTERS:
        raise RefusedError(Outcome.TOO_LONG)
    # Half a character (a lone surrogate) fits into no database.
    text = comment.strip().encode(errors="replace").decode()
    return Feedback(position, kind, rating, text)  # type: ignore[arg-type]


async def save_feedback(
    store: TrackerStore, sender_id: str, given: Feedback, said: Sequence[Utterance]
) -> None:
    """Keeps feedback on an answer of a conversation.

    Raises:
        RefusedError: There is no such answer, or the store is down.
    """
    answers = {each["position"] for each in said if each["speaker"] == "kumpel"}
    if given.position not in answers:
        raise RefusedError(Outcome.MALFORMED)
    try:
        await keep_feedback(store, sender_id, given)
    except KumpelError as error:
        logger.exception("Feedback could not be kept.")
        raise RefusedError(Outcome.STORE_DOWN) from error
