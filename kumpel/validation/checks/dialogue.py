"""Rules and stories."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kumpel.validation.checks.actions import BUILT_IN as BUILT_IN_ACTIONS
from kumpel.validation.checks.intents import BUILT_IN as BUILT_IN_INTENTS
from kumpel.validation.dialogue_data import Step, Story
from kumpel.validation.problem import Place, Problem
from kumpel.validation.project import Project


def unknown_names(project: Project) -> Iterator[Problem]:
    """Finds intents, actions, slots, entities and forms that do not exist."""
    forms = {form.name for form in project.forms}
    actions = {*project.actions, *project.responses, *forms, *BUILT_IN_ACTIONS}
    known = {
        "intent": ({*project.intents, *BUILT_IN_INTENTS}, "Die Absicht", "intents"),
        "action": (actions, "Die Aktion", "actions oder responses"),
        "loop": ({*forms, ""}, "Das Formular", "forms"),
    }
    for step in project.steps:
        if step.kind in known:
            names, word, key = known[step.kind]
            name = step.name.partition("/")[0] if step.kind == "intent" else step.name
            if name not in names:
                yield Problem(
                    step.place,
                    f"{word} „{name}“ steht nicht in domain.yml unter „{key}“. Bitte "
                    "richtig schreiben oder dort ergänzen.",
                )
        elif step.kind == "other":
            yield Problem(
                step.place,
                f"Den Schritt „{step.name}“ kennt Kumpel nicht. Üblich sind „intent“ "
                "und „action“.",
            )
        yield from _unknown_values(project, step)


def _unknown_values(project: Project, step: Step) -> Iterator[Problem]:
    is_slot = step.kind == "slots"
    names = {*project.slots, "requested_slot"} if is_slot else set(project.entities)
    for name, value in step.values:
        if name not in names:
            word = "Den Slot" if is_slot else "Die Entität"
            yield Problem(
                step.place, f"{word} „{name}“ gibt es in domain.yml nicht."
            )  # fmt: skip
        else:
            yield from _unknown_value(project, name, value, step.place)


def _unknown_value(
    project: Project, name: str, value: Any, place: Place
) -> Iterator[Problem]:
    known = project.closed_values.get(name)
    if known and isinstance(value, str) and value not in known:
        word = "Die Leistung" if name == "service" else "Den Aspekt"
        yield Problem(place, f"{word} „{value}“ gibt es im Portal nicht.")


def unknown_slugs_in_labels(project: Project) -> Iterator[Problem]:
    """Finds rules for a label that has no sentences, e.g. `service/reisepas`."""
    taught = {block.name for block in project.blocks if block.kind == "intent"}
    for step in project.steps:
        if step.kind == "intent" and "/" in step.name and step.name not in taught:
            yield Problem(
                step.place,
                f"Zu „{step.name}“ gibt es keine Beispielsätze in data/nlu. Bitte "
                "richtig schreiben.",
            )


def doubled_names(project: Project) -> Iterator[Problem]:
    """Finds two rules or stories of one name; the log could not tell them apart."""
    first: dict[tuple[str, bool], Story] = {}
    for story in project.stories:
        other = first.setdefault((story.name, story.is_rule), story)
        if other is not story:
            yield Problem(
                story.place,
                f"Den Namen „{story.name}“ gibt es schon in {other.place}. Bitte einen "
                "anderen wählen.",
            )


def empty_stories(project: Project) -> Iterator[Problem]:
    """Finds rules and stories without steps."""
    for story in project.stories:
        if not story.steps:
            yield Problem(
                story.place,
                f"„{story.name}“ hat keine Schritte. Bitte unter „steps:“ ergänzen.",
            )


_Key = tuple[object, ...]


def contradictions(project: Project) -> Iterator[Problem]:
    """Finds the same conditions with different actions (F7).

    Rasa itself would notice in the training only, minutes later.
    """
    decided: dict[_Key, Step] = {}
    for story in sorted(project.stories, key=lambda one: not one.is_rule):
        for path in story.paths():
            yield from _against(decided, story, path)


def _against(
    decided: dict[_Key, Step], story: Story, path: tuple[Step, ...]
) -> Iterator[Problem]:
    conditions = tuple(sorted(repr(step.key) for step in story.condition))
    before: list[_Key] = []
    for step in path:
        if step.kind == "action":
            for key in _situations(story, conditions, before):
                other = decided.setdefault(key, step)
                if other.name != step.name:
                    yield Problem(
                        step.place,
                        f"Widerspruch in „{story.name}“: hier folgt „{step.name}“, in "
                        f"{other.place} folgt auf dasselbe „{other.name}“. Bitte eine "
                        "der beiden Stellen ändern.",
                    )
                    return
        before.append(step.key)


def _situations(story: Story, conditions: _Key, before: list[_Key]) -> Iterator[_Key]:
    """Yields what decides about the next action.

    A rule holds wherever its steps appear. So a story must agree with a rule about
    what follows the last message, and with other stories about the whole course.
    """
    if story.is_rule:
        yield ("rule", story.options, conditions, *before)
        return
    yield ("story", *before)
    last = max((i for i, key in enumerate(before) if key[0] == "intent"), default=None)
    has_slots = any(key[0] in {"slots", "loop"} for key in before)
    if last is not None and not has_slots:
        yield ("rule", (), (), *before[last:])
