"""Asks back with named choices; shared by several actions."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from actions.turn import ASKED_BACK, HANDOFF, Button, Reply, Turn
from kumpel.answers.choices import MOST_CHOICES, Choice, choice_of, question
from kumpel.errors import PortalError

logger = logging.getLogger(__name__)


def load_choices(turn: Turn, slugs: Sequence[str]) -> list[Choice]:
    """Fetches the names of services; one that cannot be had is left out."""
    choices = []
    for slug in dict.fromkeys(slugs):
        try:
            choices.append(choice_of(turn.portal.service(slug).value))
        except PortalError as error:
            logger.warning("No name of %s: %s", slug, error)
    return choices


def ask_back(
    turn: Turn,
    slugs: Sequence[str],
    name: str,
    aspects: Sequence[str],
    candidates: Sequence[str] = (),
) -> Reply:
    """Offers at most three services and "nichts davon".

    Args:
        turn: The message.
        slugs: Services, the most probable first.
        name: Response that asks, with the placeholder `choices`.
        aspects: What is to be answered about the chosen one.
        candidates: Services for a second try, if none of these fits.
    """
    choices = load_choices(turn, slugs[:MOST_CHOICES])
    if not choices:
        return Reply(HANDOFF, [turn.wording.text("utter_unavailable")])
    text = question(choices, turn.wording, name)
    if len(choices) == 1:
        text = turn.wording.text("utter_ask_back_one", choice=choices[0].name)
    slots = {
        "service": None,
        "aspect": aspects[0] if aspects else None,
        "choices": [choice.slug for choice in choices],
        "pending_aspects": list(aspects),
        "candidates": [slug for slug in candidates if slug not in slugs[:MOST_CHOICES]],
    }
    return Reply(ASKED_BACK, [text], buttons_for(turn, choices, aspects), slots)


def buttons_for(
    turn: Turn, choices: Sequence[Choice], aspects: Sequence[str]
) -> list[Button]:
    """Makes a button for each choice, and one for none of them."""
    aspect = {"aspect": aspects[0]} if aspects else {}
    buttons = [
        turn.button(choice.name, "choose", {"service": choice.slug, **aspect})
        for choice in choices
    ]
    none = turn.wording.text("utter_none_of_these_button")
    return [*buttons, turn.button(none, "none_of_these", {})]
