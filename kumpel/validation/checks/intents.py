"""Intents: of the domain, of the training data, and of the rules."""

from __future__ import annotations

from collections.abc import Iterator

from kumpel.validation.problem import Problem
from kumpel.validation.project import Project

#: Rasa answers these itself, without examples or rules.
BUILT_IN = frozenset({"restart", "back", "session_start", "nlu_fallback"})
#: The understanding makes these from what it is unsure of; nobody writes examples.
MADE_BY_UNDERSTANDING = frozenset({"service_unclear", "nlu_fallback", "in_dialogue"})


def intents_without_examples(project: Project) -> Iterator[Problem]:
    """Finds intents of the domain that no sentence teaches (V1)."""
    taught = {block.name.partition("/")[0] for block in project.blocks}
    for intent, place in project.intents.items():
        if intent not in taught | MADE_BY_UNDERSTANDING:
            yield Problem(
                place,
                f"Zur Absicht „{intent}“ gibt es keine Beispielsätze. Bitte "
                f"data/nlu/dialogue/{intent}.yml anlegen oder die Zeile löschen.",
            )


def examples_of_unknown_intents(project: Project) -> Iterator[Problem]:
    """Finds sentences of intents that the domain does not know."""
    for block in project.blocks:
        base = block.name.partition("/")[0]
        if block.kind == "intent" and base not in project.intents:
            yield Problem(
                block.place,
                f"Die Absicht „{base}“ steht nicht in domain.yml unter „intents“. "
                "Bitte dort ergänzen oder hier richtig schreiben.",
            )


def intents_without_rule(project: Project) -> Iterator[Problem]:
    """Finds intents to which Kumpel would say nothing."""
    used = {
        step.name.partition("/")[0] for step in project.steps if step.kind == "intent"
    }
    for intent, place in project.intents.items():
        if intent not in used | (BUILT_IN - {"nlu_fallback"}):
            yield Problem(
                place,
                f"Zur Absicht „{intent}“ gibt es keine Regel, Kumpel würde dazu nichts "
                "sagen. Bitte in data/rules eine Regel ergänzen.",
            )
