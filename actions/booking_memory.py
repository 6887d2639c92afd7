"""What was said of time and place before a booking began, so that nobody repeats it.

"Termin für Pass nächsten Freitag vormittag" is asked back which passport is meant, and
after "Hat Hüls am Freitag auf?" somebody presses the button that books: the day and
the place hold on.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions.turn import Reply, Turn
from kumpel.booking import words
from kumpel.booking.box import DIALOGUE
from kumpel.booking.state import State
from kumpel.dates.resolve import resolve
from kumpel.dates.values import Wishes

#: The slot that holds it.
MENTIONED = "mentioned"


def remembered(turn: Turn, reply: Reply) -> Mapping[str, Any] | None:
    """Returns what to remember after a message.

    Args:
        turn: The message.
        reply: The reply; where it opens or goes on with a booking, that knows all.
    """
    if MENTIONED in reply.slots:
        stays: Mapping[str, Any] | None = reply.slots[MENTIONED]
        return stays
    opened = State.from_json(reply.slots.get(DIALOGUE, turn.slots.get(DIALOGUE)))
    if opened is not None and opened.is_begun:
        return None
    before: Mapping[str, Any] = turn.slots.get(MENTIONED) or {}
    new = {} if turn.said.text.startswith("/") else _mentioned(turn)
    service = reply.slots.get("service", turn.service)
    about = before.get("service")
    if new and about not in (None, service):
        # Another matter: what was said of the one before has nothing to do with it.
        before = {}
    if "wishes" in new:
        earlier = Wishes.from_json(before.get("wishes"))
        merged = earlier.updated(Wishes.from_json(new["wishes"]))
        new["wishes"] = merged.to_json()
    known = {**before, **new}
    if not known:
        return None
    return {**known, "service": service if new else about or service}


def _mentioned(turn: Turn) -> dict[str, Any]:
    said = turn.said
    found: dict[str, Any] = {}
    wishes = resolve(said.text, turn.now).wishes
    if wishes:
        found["wishes"] = wishes.to_json()
    persons = words.persons_in(said.text)
    if persons:
        found["persons"] = persons
    for place in ("office", "district"):
        if said.entity(place):
            found[place] = said.entity(place)
    return found
