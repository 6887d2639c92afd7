"""The training utterances, in the form that each contestant can use."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from kumpel.errors import InvalidInputError

#: In a plain intent's name instead of the slash, which Rasa keeps to retrieval intents.
FLAT_SEPARATOR = "__"
_BULLET = "- "


@dataclass(frozen=True)
class Block:
    """Utterances of one intent that have their metadata in common."""

    intent: str
    metadata: dict[str, Any]
    utterances: tuple[str, ...]


def read_blocks(folder: Path) -> list[Block]:
    """Reads all training utterances below a folder.

    Args:
        folder: Such as `data/nlu`.

    Raises:
        InvalidInputError: There are none, or a file cannot be read.
    """
    paths = sorted(p for p in folder.rglob("*.yml") if not p.name.startswith("."))
    blocks = [block for path in paths for block in _blocks_of(path)]
    if not blocks:
        raise InvalidInputError(f"{folder}: enthält keine Trainingsdaten (*.yml).")
    return blocks


def _blocks_of(path: Path) -> Iterator[Block]:
    try:
        content = yaml.load(path.read_bytes(), Loader=_LOADER)  # noqa: S506 - a safe one
    except (OSError, yaml.YAMLError) as error:
        raise InvalidInputError(f"{path}: nicht lesbar ({error}).") from error
    if not isinstance(content, dict):
        raise InvalidInputError(f"{path}: enthält kein 'nlu'.")
    for number, entry in enumerate(content.get("nlu") or [], start=1):
        # Lookup tables, synonyms and the like are no utterances.
        if isinstance(entry, dict) and "intent" in entry:
            yield _block(entry, f"{path}, Block {number}")


def _block(entry: dict[str, Any], place: str) -> Block:
    examples = entry.get("examples")
    if not isinstance(examples, str):
        raise InvalidInputError(f"{place}: 'examples' muss Text sein (examples: |).")
    lines = (line.strip() for line in examples.splitlines())
    utterances = tuple(
        line.removeprefix(_BULLET).strip() for line in lines if line.startswith(_BULLET)
    )
    return Block(str(entry["intent"]), dict(entry.get("metadata") or {}), utterances)


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def count_utterances(blocks: Iterable[Block]) -> int:
    """Returns how many utterances there are."""
    return sum(len(block.utterances) for block in blocks)


def subset(blocks: Iterable[Block], per_intent: int | None) -> list[Block]:
    """Takes at most so many utterances of each intent: the same ones in every run.

    Args:
        blocks: All there are.
        per_intent: None takes all.
    """
    by_intent: defaultdict[str, list[Block]] = defaultdict(list)
    for block in blocks:
        by_intent[block.intent].append(block)
    taken = [
        part
        for intent, parts in by_intent.items()
        for part in _taken(intent, parts, per_intent)
    ]
    return [block for block in taken if block.utterances]


def _taken(intent: str, blocks: list[Block], most: int | None) -> Iterator[Block]:
    places = [(i, j) for i, b in enumerate(blocks) for j in range(len(b.utterances))]
    if most is not None and most < len(places):
        # Seeded by the name: an intent that is added elsewhere changes nothing here.
        places = random.Random(intent).sample(places, most)  # noqa: S311 - no secret
    chosen = set(places)
    for i, block in enumerate(blocks):
        kept = tuple(u for j, u in enumerate(block.utterances) if (i, j) in chosen)
        yield replace(block, utterances=kept)


def as_rasa_file(blocks: Iterable[Block], *, has_flat_intents: bool) -> str:
    """Writes utterances in Rasa's own format.

    Args:
        blocks: What is written.
        has_flat_intents: Whether retrieval intents become plain ones. The metadata,
            which only our pipeline reads, is left out then.
    """
    lines = ['version: "3.1"', "nlu:"]
    for block in blocks:
        intent = block.intent
        if has_flat_intents:
            intent = intent.replace("/", FLAT_SEPARATOR)
        lines.append(f"- intent: {json.dumps(intent)}")
        if block.metadata and not has_flat_intents:
            lines.append(f"  metadata: {json.dumps(block.metadata)}")
        lines.append("  examples: |")
        lines += [f"    {_BULLET}{utterance}" for utterance in block.utterances]
    return "\n".join(lines) + "\n"
