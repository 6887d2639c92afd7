"""Actions of the domain and the classes that implement them."""

from __future__ import annotations

from collections.abc import Iterator

from kumpel.validation.code import ActionClass
from kumpel.validation.problem import Problem
from kumpel.validation.project import Project

#: Rasa's own; a class may replace them (rasa.core.actions.action, 3.6).
BUILT_IN = frozenset(
    {
        "action_listen",
        "action_restart",
        "action_session_start",
        "action_default_fallback",
        "action_deactivate_loop",
        "action_revert_fallback_events",
        "action_default_ask_affirmation",
        "action_default_ask_rephrase",
        "action_two_stage_fallback",
        "action_unlikely_intent",
        "action_back",
        "action_extract_slots",
    }
)


def actions_without_code(project: Project) -> Iterator[Problem]:
    """Finds actions that nobody implements (V1)."""
    implemented = {action.name for action in project.code.actions}
    for name, place in project.actions.items():
        if name not in implemented | BUILT_IN and not name.startswith("utter_"):
            yield Problem(
                place,
                f"Die Aktion „{name}“ gibt es in actions/ nicht. Bitte die Zeile "
                "löschen oder den Namen richtig schreiben.",
            )


def code_without_action(project: Project) -> Iterator[Problem]:
    """Finds classes that Rasa never calls, because the domain does not name them."""
    for action in project.code.actions:
        if action.name not in project.actions:
            yield Problem(
                action.place,
                f"Die Aktion „{action.name}“ fehlt in domain.yml unter „actions“. Ohne "
                "diese Zeile wird sie nie ausgeführt.",
            )


def actions_implemented_twice(project: Project) -> Iterator[Problem]:
    """Finds two classes of one name, of which the last silently wins (A5)."""
    first: dict[str, ActionClass] = {}
    for action in project.code.actions:
        other = first.setdefault(action.name, action)
        if other is not action:
            yield Problem(
                action.place,
                f"Die Aktion „{action.name}“ gibt es schon in {other.place}. Bitte "
                "eine der beiden umbenennen.",
            )


def actions_never_called(project: Project) -> Iterator[Problem]:
    """Finds actions that no rule, story or form calls."""
    called = {step.name for step in project.steps if step.kind == "action"}
    for form in project.forms:
        called |= {f"validate_{form.name}"}
        called |= {f"action_ask_{slot}" for slot in form.slots}
        called |= {f"action_ask_{form.name}_{slot}" for slot in form.slots}
    for name, place in project.actions.items():
        if name not in called | BUILT_IN | {"action_validate_slot_mappings"}:
            yield Problem(
                place,
                f"Die Aktion „{name}“ kommt in keiner Regel vor. Bitte eine Regel in "
                "data/rules ergänzen oder die Zeile löschen.",
            )
