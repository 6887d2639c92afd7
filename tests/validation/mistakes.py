"""What a broken example is."""

from __future__ import annotations

from typing import NamedTuple

DOMAIN = "domain.yml"
PASSPORT = "data/nlu/ausweise/reisepass.yml"
SMALL_TALK = "data/nlu/dialogue/small_talk.yml"
PLACES = "data/nlu/lookups/places.yml"
RULES = "data/rules/conversation.yml"
STORIES = "data/stories/topics.yml"
SEED = "portal/seed/services/ausweise/reisepass.yml"
ANSWER = "actions/answer.py"


class Mistake(NamedTuple):
    """A change that breaks the good project."""

    check: str
    file: str
    old: str
    """Text that is replaced; empty means that the file is written anew."""
    new: str
    at: str
    """The line that the problem must name."""
    words: str
    """Part of the sentence."""
    where: str = ""
    """File that the problem names, where it is another one."""
