"""Reads the files of the language data, without Rasa and many times as fast."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from kumpel.errors import InvalidInputError
from kumpel.nlu.decision import ASPECT, OVERVIEW
from kumpel.nlu.ranking import SERVICE
from kumpel.nlu.understanding import Example

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BULLET = "- "


@dataclass(frozen=True)
class Block:
    """The utterances of one intent and aspect in a file."""

    label: str
    """Full name of the intent such as ``service/personalausweis`` or ``greet``."""
    utterances: tuple[str, ...]
    metadata: Mapping[str, Any] | None
    """What the file says about the utterances, such as their aspect."""


def read_blocks(path: Path) -> Iterator[Block]:
    """Reads the blocks of a file.

    Raises:
        InvalidInputError: The file is no valid YAML or holds no blocks under `nlu`.
    """
    blocks = read_yaml(path).get("nlu") or []
    if not isinstance(blocks, list):
        raise InvalidInputError(f"{path}: `nlu:` must hold a list of blocks.")
    for number, block in enumerate(blocks, start=1):
        try:
            label, utterances = str(block["intent"]), _utterances(block["examples"])
            if label.count("/") > 1:
                raise InvalidInputError(f"{path}: {label} has more than one slash.")
            yield Block(label, tuple(utterances), block.get("metadata"))
        except (KeyError, TypeError, AttributeError) as error:
            raise InvalidInputError(
                f"{path}: block {number} of `nlu:` needs `intent:` and `examples: |`."
            ) from error


def read_yaml(path: Path) -> dict[str, Any]:
    """Reads a file of Rasa's data.

    Raises:
        InvalidInputError: The file is no valid YAML or no mapping.
    """
    try:
        content = yaml.load(path.read_bytes(), Loader=_LOADER)  # noqa: S506 - safe
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InvalidInputError(f"{path} is no valid YAML: {error}") from error
    if not isinstance(content, dict):
        raise InvalidInputError(f"{path} must hold keys such as `nlu:`.")
    return content


def examples_of(
    label: str, utterances: Iterable[str], metadata: Mapping[str, Any] | None
) -> list[Example]:
    """Returns what the model learns from a block; see `Block` for the arguments."""
    aspect = (metadata or {}).get("aspect")
    if aspect is None and label.startswith(f"{ASPECT}/"):
        aspect = label.split("/", 1)[1]
    if aspect is None and label.startswith(f"{SERVICE}/"):
        aspect = OVERVIEW
    return [Example(text, label, aspect) for text in utterances]


def read_examples(paths: Iterable[Path]) -> list[Example]:
    """Reads what the model learns from files, each utterance once.

    Raises:
        InvalidInputError: See `read_blocks`.
    """
    blocks = [block for path in paths for block in read_blocks(path)]
    examples = (examples_of(b.label, b.utterances, b.metadata) for b in blocks)
    return list(dict.fromkeys(example for each in examples for example in each))


def _utterances(examples: str) -> Iterator[str]:
    for line in examples.splitlines():
        if line.startswith(_BULLET):
            yield line.removeprefix(_BULLET).strip()
