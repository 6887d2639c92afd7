"""The texts of domain.yml."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from kumpel.validation.problem import Problem
from kumpel.validation.project import Project, Variation
from kumpel.validation.yaml_lines import Mapping, Sequence

LANGUAGES = ("de", "en")

_VARIATION_KEYS = {"text", "condition", "buttons"}
_PAYLOAD = re.compile(r"/(?P<intent>[^{\s]+)(?P<entities>\{.*\})?$")
#: `utter_{intent}` alone would match every response: only intents count there.
_ANY_NAME = "utter_[a-z0-9_]+"


def is_used(project: Project, response: str) -> bool:
    """Tells whether code, a rule or a form says a response."""
    if response in project.code.responses or response in _uttered(project):
        return True
    if response in _asked(project):
        return True
    for pattern in project.code.patterns:
        if pattern.pattern == _ANY_NAME:
            if response.removeprefix("utter_") in project.intents:
                return True
        elif pattern.fullmatch(response):
            return True
    return False


def unused_responses(project: Project) -> Iterator[Problem]:
    """Finds texts that nobody ever says (V1)."""
    for name in project.responses:
        if not is_used(project, name):
            yield Problem(
                project.response_place(name),
                f"Den Text „{name}“ sagt niemand: weder eine Aktion noch eine Regel "
                "nennt ihn. Bitte löschen oder den Namen richtig schreiben.",
            )


def missing_responses(project: Project) -> Iterator[Problem]:
    """Finds texts that an action says and the domain lacks."""
    for name, place in project.code.responses.items():
        if name not in project.responses:
            yield Problem(
                place,
                f"Der Text „{name}“ fehlt in domain.yml unter „responses“. Bitte dort "
                "ergänzen (deutsch und englisch).",
            )


def placeholders_nobody_fills(project: Project) -> Iterator[Problem]:
    """Finds placeholders without a fact; the sentence would never be said (V1)."""
    for name, variations in project.responses.items():
        if not is_used(project, name):
            continue
        known = project.code.facts_of(name)
        if name in _uttered(project) | _asked(project):
            known |= set(project.slots)
        for variation in variations:
            for placeholder in sorted(variation.placeholders - known):
                choice = ", ".join(f"{{{each}}}" for each in sorted(known)) or "keine"
                yield Problem(
                    variation.place,
                    f"Den Platzhalter {{{placeholder}}} in „{name}“ füllt niemand. "
                    f"Möglich sind hier: {choice}.",
                )


def responses_in_one_language(project: Project) -> Iterator[Problem]:
    """Finds texts without a German or without an English wording."""
    for name, variations in project.responses.items():
        languages = {variation.language or "de" for variation in variations}
        for language, word in (("de", "deutsche"), ("en", "englische")):
            if language not in languages:
                yield Problem(
                    project.response_place(name),
                    f"Zu „{name}“ fehlt die {word} Fassung. Bitte nach dem Muster der "
                    "anderen Texte ergänzen.",
                )


def facts_in_one_language(project: Project) -> Iterator[Problem]:
    """Finds placeholders that only one of the two languages names."""
    for name, variations in project.responses.items():
        german = _placeholders(variations, None)
        english = _placeholders(variations, "en")
        if german and english and german != english:
            lost = ", ".join(f"{{{p}}}" for p in sorted(german ^ english))
            yield Problem(
                project.response_place(name),
                f"Deutsch und Englisch von „{name}“ nennen nicht dieselben Angaben: "
                f"{lost} steht nur in einer Sprache.",
            )


def malformed_variations(project: Project) -> Iterator[Problem]:
    """Finds unknown keys, empty texts and conditions that nobody understands."""
    for name, variations in project.responses.items():
        for variation in variations:
            for key in set(variation.item) - _VARIATION_KEYS:
                yield Problem(
                    project.in_domain(variation.item.line_of(key)),
                    f"Den Schlüssel „{key}“ gibt es bei Texten nicht. Erlaubt sind "
                    f"{', '.join(sorted(_VARIATION_KEYS))}.",
                )
            if not variation.text.strip():
                yield Problem(variation.place, f"„{name}“ hat hier keinen Text.")
            yield from _conditions(project, variation)


def _conditions(project: Project, variation: Variation) -> Iterator[Problem]:
    conditions = variation.item.get("condition")
    items = conditions if isinstance(conditions, Sequence) else ()
    for condition in items:
        found = condition if isinstance(condition, Mapping) else {}
        if (found.get("type"), found.get("name")) != ("slot", "language"):
            sentence = "Texte kennen nur die Bedingung „name: language“."
        elif found.get("value") not in LANGUAGES:
            sentence = (
                f"Die Sprache „{found.get('value')}“ gibt es nicht, nur de und en."
            )
        else:
            continue
        yield Problem(variation.place, sentence)


def wrong_buttons(project: Project) -> Iterator[Problem]:
    """Finds buttons that lead to unknown intents or entities (V1)."""
    for variations in project.responses.values():
        for variation in variations:
            buttons = variation.item.get("buttons")
            for line, button in (
                buttons.items() if isinstance(buttons, Sequence) else ()
            ):
                payload = button.get("payload") if isinstance(button, Mapping) else None
                for sentence in _payload_mistakes(project, str(payload or "")):
                    yield Problem(project.in_domain(line), sentence)
    for use in project.code.buttons:
        for sentence in _name_mistakes(project, use.intent, list(use.entities)):
            yield Problem(use.place, sentence)


def _payload_mistakes(project: Project, payload: str) -> Iterator[str]:
    match = _PAYLOAD.match(payload)
    if match is None:
        yield (
            f"Der Knopf sendet „{payload}“; nötig ist die Form /absicht oder "
            '/absicht{"entität": "wert"}.'
        )
        return
    try:
        entities = json.loads(match["entities"] or "{}")
    except ValueError:
        yield f"Der Knopf sendet „{payload}“; nach der Absicht steht dort kein JSON."
        return
    yield from _name_mistakes(project, match["intent"], list(entities))
    for name, known in project.closed_values.items():
        if name in entities and entities[name] not in known:
            yield f"Der Knopf nennt „{entities[name]}“ als {name}; das gibt es nicht."


def _name_mistakes(project: Project, intent: str, entities: list[str]) -> Iterator[str]:
    if intent.partition("/")[0] not in project.intents:
        yield f"Der Knopf führt zur Absicht „{intent}“; domain.yml kennt sie nicht."
    for entity in entities:
        if entity not in project.entities:
            yield f"Der Knopf nennt die Entität „{entity}“; domain.yml kennt sie nicht."


def _uttered(project: Project) -> set[str]:
    return {step.name for step in project.steps if step.kind == "action"}


def _asked(project: Project) -> set[str]:
    """Returns the names of the questions of all forms."""
    return {
        name
        for form in project.forms
        for slot in form.slots
        for name in (f"utter_ask_{slot}", f"utter_ask_{form.name}_{slot}")
    }


def _placeholders(
    variations: tuple[Variation, ...], language: str | None
) -> frozenset[str]:
    texts = [v.placeholders for v in variations if v.language == language]
    return frozenset(set().union(*texts))
