"""Lookup tables and synonyms."""

from __future__ import annotations

from collections.abc import Iterator

from kumpel.validation.problem import Place, Problem
from kumpel.validation.project import Project


def lookups_that_hide_entries(project: Project) -> Iterator[Problem]:
    """Finds shorter entries before longer ones that begin alike (V6).

    Of "Krefeld" and "Krefeld-Uerdingen" Rasa's pattern takes the first that fits.
    """
    for block in project.blocks:
        if block.kind != "lookup":
            continue
        seen: dict[str, Place] = {}
        for place, text in block.entries():
            folded = text.lower()
            for end in range(1, len(folded)):
                shorter = folded[:end]
                if shorter in seen and not folded[end].isalnum():
                    yield Problem(
                        place,
                        f"„{text}“ muss vor „{text[:end]}“ ({seen[shorter]}) stehen, "
                        "sonst wird nur das kürzere erkannt.",
                    )
            seen.setdefault(folded, place)


def lookups_with_trailing_dots(project: Project) -> Iterator[Problem]:
    """Finds entries such as "Str." that Rasa's pattern never matches (V6)."""
    for block in project.blocks:
        if block.kind == "lookup":
            for place, text in block.entries():
                if text.endswith("."):
                    yield Problem(
                        place,
                        f"„{text}“ wird mit dem Punkt am Ende nie erkannt. Bitte den "
                        "Punkt weglassen.",
                    )


def contradicting_synonyms(project: Project) -> Iterator[Problem]:
    """Finds words that stand for two values; only the last would count (V7)."""
    first: dict[str, tuple[str, Place]] = {}
    for word, value, place in _synonyms(project):
        known, where = first.setdefault(word.strip().lower(), (value, place))
        if known != value:
            yield Problem(
                place,
                f"„{word}“ steht hier für „{value}“, in {where} aber für „{known}“. "
                "Ein Wort kann nur für eins stehen: bitte eine Stelle ändern.",
            )


def _synonyms(project: Project) -> Iterator[tuple[str, str, Place]]:
    for block in project.blocks:
        if block.kind == "synonym":
            for place, text in block.entries():
                yield text, block.name, place
    for utterance in project.utterances:
        for annotation in utterance.annotations:
            if annotation.value is not None:
                yield annotation.text, annotation.value, utterance.place
