"""The sentences of data/nlu."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from kumpel.aspects import ASPECTS
from kumpel.text.fold import fold
from kumpel.validation.language_data import KINDS, NluBlock, Utterance
from kumpel.validation.problem import Problem
from kumpel.validation.project import Project
from kumpel.validation.yaml_lines import Block, Mapping

FEWEST_UTTERANCES = 25

_ITEM_KEYS = {*KINDS, "examples", "metadata"}
_METADATA_KEYS = {"aspect"}
#: Rasa reads brackets and braces as marks of entities; a slash is a command (F11).
_FORBIDDEN = re.compile(r"^/|[\[\]{}|\\]")


def unknown_keys(project: Project) -> Iterator[Problem]:
    """Finds misspelt keys, which Rasa would silently leave out."""
    for block in project.blocks:
        for key in block.item:
            if key not in _ITEM_KEYS:
                yield Problem(
                    block.source.at(block.item.line_of(key)),
                    f"Den Schlüssel „{key}“ gibt es hier nicht. Erlaubt sind "
                    f"{', '.join(sorted(_ITEM_KEYS))}.",
                )
        if not block.kind:
            yield Problem(
                block.place,
                "Diesem Abschnitt fehlt der Name, zum Beispiel "
                "„- intent: service/reisepass“.",
            )
        found = block.item.get("metadata")
        metadata = found if isinstance(found, Mapping) else Mapping(1)
        for key in metadata:
            if key not in _METADATA_KEYS:
                yield Problem(
                    block.source.at(metadata.line_of(key)),
                    f"Den Schlüssel „{key}“ gibt es unter metadata nicht. Erlaubt ist "
                    "nur „aspect“.",
                )


def unknown_aspects(project: Project) -> Iterator[Problem]:
    """Finds aspects that Kumpel does not know, and service blocks without one."""
    for block in project.blocks:
        if block.kind != "intent":
            continue
        base, _, label = block.name.partition("/")
        if base == "service" and block.aspect is None:
            yield Problem(
                block.place,
                f"Zu „{block.name}“ fehlt, wonach gefragt wird. Bitte darunter "
                "„metadata:“ und eingerückt „aspect: overview“ ergänzen.",
            )
        for aspect in {block.aspect, label if base == "aspect" else None} - {None}:
            if aspect not in ASPECTS:
                yield Problem(
                    block.place,
                    f"Den Aspekt „{aspect}“ gibt es nicht. Es gibt: "
                    f"{', '.join(ASPECTS)}.",
                )


def blocks_without_examples(project: Project) -> Iterator[Problem]:
    """Finds blocks that hold no sentence."""
    for block in project.blocks:
        if block.kind and not any(block.entries()):
            yield Problem(
                block.place,
                f"„{block.name}“ hat keine Beispiele. Bitte unter „examples: |“ Sätze "
                "ergänzen, jeden mit „- “ am Anfang.",
            )


def lines_without_dash(project: Project) -> Iterator[Problem]:
    """Finds lines of examples that Rasa would drop or glue to the one before."""
    for block in project.blocks:
        examples = block.item.get("examples")
        if isinstance(examples, Block):
            for number, line in examples.numbered():
                if line.strip() and not line.startswith("- "):
                    yield Problem(
                        block.source.at(number),
                        f"Vor „{_short(line)}“ fehlt der Strich mit Leerzeichen „- “.",
                    )
        elif isinstance(examples, str):
            yield Problem(
                block.source.at(block.item.line_of("examples")),
                "Nach „examples:“ fehlt der senkrechte Strich: „examples: |“.",
            )


def forbidden_characters(project: Project) -> Iterator[Problem]:
    """Finds characters in sentences that Rasa would read as something else."""
    for utterance in project.utterances:
        found = _FORBIDDEN.search(utterance.text)
        if found:
            yield Problem(
                utterance.place,
                f"„{found[0]}“ ist in Beispielsätzen nicht erlaubt. Bitte so "
                "schreiben, wie jemand fragt; Orte werden als [Fischeln](district) "
                "markiert.",
            )


def unknown_entities(project: Project) -> Iterator[Problem]:
    """Finds marked words whose entity the domain does not know."""
    for utterance in project.utterances:
        for annotation in utterance.annotations:
            if annotation.entity not in project.entities:
                yield Problem(
                    utterance.place,
                    f"Die Entität „{annotation.entity}“ gibt es nicht. In domain.yml "
                    f"stehen: {', '.join(project.entities)}.",
                )


def utterances_that_stand_twice(project: Project) -> Iterator[Problem]:
    """Finds the same sentence twice: in two intents it contradicts itself."""
    first: dict[str, Utterance] = {}
    for utterance in project.utterances:
        key = fold(utterance.text) or utterance.text.strip().lower()
        other = first.setdefault(key, utterance)
        if other is utterance:
            continue
        same = (other.intent, other.aspect) == (utterance.intent, utterance.aspect)
        where = "schon" if same else f"auch bei „{_label(other)}“"
        advice = (
            "Bitte eine der beiden Zeilen löschen."
            if same
            else "Ein Satz kann nur eins bedeuten: bitte die schlechtere Stelle "
            "löschen oder genauer fragen lassen."
        )
        yield Problem(
            utterance.place,
            f"Der Satz „{_short(utterance.text)}“ steht {where} in {other.place} "
            "(Groß- und Kleinschreibung, Umlaute und Satzzeichen zählen nicht). "
            f"{advice}",
        )


def too_few_utterances(project: Project) -> Iterator[Problem]:
    """Finds services with too few sentences to be understood reliably."""
    counts = Counter(utterance.intent for utterance in project.utterances)
    blocks: dict[str, NluBlock] = {}
    for block in project.blocks:
        if block.kind == "intent" and block.name.startswith("service/"):
            blocks.setdefault(block.name, block)
    for name, block in blocks.items():
        if counts[name] < FEWEST_UTTERANCES:
            yield Problem(
                block.place,
                f"„{name}“ hat nur {counts[name]} Sätze, nötig sind mindestens "
                f"{FEWEST_UTTERANCES}. Bitte Sätze ergänzen, wie Leute "
                "wirklich fragen.",
            )


def intents_of_several_files(project: Project) -> Iterator[Problem]:
    """Finds intents that are spread over files: one intent, one file."""
    files: dict[str, dict[str, NluBlock]] = defaultdict(dict)
    for block in project.blocks:
        if block.kind == "intent":
            files[block.name].setdefault(block.source.path.as_posix(), block)
    for name, by_file in files.items():
        home = next(iter(by_file))
        for block in list(by_file.values())[1:]:
            yield Problem(
                block.place,
                f"„{name}“ steht schon in {home}. Bitte die Sätze dorthin verschieben.",
            )


def _label(utterance: Utterance) -> str:
    aspect = f" ({utterance.aspect})" if utterance.aspect else ""
    return f"{utterance.intent}{aspect}"


def _short(text: str) -> str:
    text = text.strip()
    return text if len(text) <= 60 else text[:59] + "…"
