"""Forms and slots (pitfalls F1 to F6)."""

from __future__ import annotations

from collections.abc import Iterator

from kumpel.validation.problem import Problem
from kumpel.validation.project import Form, Project
from kumpel.validation.yaml_lines import Mapping, Sequence

#: What a citizen may say in the middle of a form; without this a free-text slot would
#: take it for its value. `nlu_fallback` is no such word: free text often is one (F2).
INTERRUPTIONS = (
    "service",
    "aspect",
    "human",
    "cancel",
    "restart",
    "help",
    "emergency",
)
#: Rasa manages these itself.
_BUILT_IN_SLOTS = frozenset({"requested_slot", "session_started_metadata"})


def forms_that_swallow_questions(project: Project) -> Iterator[Problem]:
    """Finds forms whose free text takes any question for an answer (F1, F2)."""
    for form in project.forms:
        if not any(_takes_free_text(project, slot) for slot in form.slots):
            continue
        wanted = [intent for intent in INTERRUPTIONS if intent in project.intents]
        missing = [intent for intent in wanted if intent not in form.ignored_intents]
        if missing:
            yield Problem(
                form.place,
                f"Das Formular „{form.name}“ nimmt freien Text an und würde jede "
                "Zwischenfrage als Antwort speichern. Bitte unter „ignored_intents“ "
                f"ergänzen: {', '.join(missing)}.",
            )


def free_text_without_conditions(project: Project) -> Iterator[Problem]:
    """Finds free-text slots that every message would fill (F3)."""
    for slot in project.slots:
        for mapping in project.mappings(slot):
            if mapping.get("type") != "from_text":
                continue
            conditions = mapping.get("conditions")
            items = conditions if isinstance(conditions, Sequence) else ()
            keys = {key for item in items if isinstance(item, Mapping) for key in item}
            missing = [k for k in ("active_loop", "requested_slot") if k not in keys]
            if missing:
                yield Problem(
                    project.in_domain(mapping.line),
                    f"Der Slot „{slot}“ würde sich mit jeder Nachricht füllen. Bitte "
                    f"unter „conditions“ ergänzen: {' und '.join(missing)}.",
                )


def slots_without_question(project: Project) -> Iterator[Problem]:
    """Finds slots for which a form would ask without a word (V1, F5)."""
    for form in project.forms:
        for slot in form.slots:
            names = [
                f"{kind}_ask_{middle}{slot}"
                for kind in ("utter", "action")
                for middle in ("", f"{form.name}_")
            ]
            if not any(n in project.responses or n in project.actions for n in names):
                yield Problem(
                    form.place,
                    f"Das Formular „{form.name}“ fragt nach „{slot}“, aber die Frage "
                    f"fehlt. Bitte in domain.yml den Text „utter_ask_{slot}“ ergänzen.",
                )


def forms_without_validation(project: Project) -> Iterator[Problem]:
    """Finds forms that would accept any value (F5)."""
    for form in project.forms:
        name = f"validate_{form.name}"
        if name not in project.actions:
            yield Problem(
                form.place,
                f"Dem Formular „{form.name}“ fehlt die Prüfung seiner Angaben. Bitte "
                f"die Aktion „{name}“ anlegen und in domain.yml nennen.",
            )


def unknown_form_names(project: Project) -> Iterator[Problem]:
    """Finds slots and intents that a form names and the domain lacks."""
    for form in project.forms:
        for kind, names, known in _references(project, form):
            for name in names:
                if name not in known:
                    yield Problem(
                        form.place,
                        f"Das Formular „{form.name}“ nennt {kind} „{name}“, den "
                        "domain.yml nicht kennt.",
                    )


def _references(
    project: Project, form: Form
) -> Iterator[tuple[str, list[str], set[str]]]:
    yield "den Slot", list(form.slots), set(project.slots)
    yield "den Intent", sorted(form.ignored_intents), set(project.intents)


def slots_that_no_rule_needs(project: Project) -> Iterator[Problem]:
    """Finds slots that would steer the choice of rules by accident (F6)."""
    needed = {
        name
        for step in project.steps
        if step.kind == "slots"
        for name, _ in step.values
    }
    for slot in project.slots:
        options = project.slots[slot]
        if not isinstance(options, Mapping) or slot in _BUILT_IN_SLOTS | needed:
            continue
        has_influence = options.get("influence_conversation", True) is not False
        if has_influence and options.get("type") != "any":
            yield Problem(
                project.slot_place(slot),
                f"Der Slot „{slot}“ beeinflusst, welche Regel gilt, aber keine Regel "
                "braucht ihn. Bitte „influence_conversation: false“ ergänzen.",
            )


def unknown_slot_entities(project: Project) -> Iterator[Problem]:
    """Finds slots that are filled from unknown entities or intents."""
    for slot in project.slots:
        for mapping in project.mappings(slot):
            entity = mapping.get("entity")
            if entity is not None and entity not in project.entities:
                yield Problem(
                    project.in_domain(mapping.line),
                    f"Der Slot „{slot}“ kommt aus der Entität „{entity}“, die "
                    "domain.yml nicht kennt.",
                )


def _takes_free_text(project: Project, slot: str) -> bool:
    return any(m.get("type") == "from_text" for m in project.mappings(slot))
