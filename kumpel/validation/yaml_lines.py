"""Reads YAML and keeps the line of every key and item."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

try:
    _Loader: Any = yaml.CSafeLoader
except AttributeError:  # PyYAML without libyaml: the same, only slower
    _Loader = yaml.SafeLoader

_DEEPEST = 40


class Mapping(dict[str, Any]):
    """A YAML mapping; `lines` holds the line of each key, `line` its own."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}

    def line_of(self, key: str) -> int:
        """Returns the line of a key, or of the mapping where it has no such key."""
        return self.lines.get(key, self.line)


class Sequence(list[Any]):
    """A YAML list; `lines` holds the line of each item, `line` its own."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: list[int] = []

    def items(self) -> Iterator[tuple[int, Any]]:
        """Yields each item after its line."""
        return zip(self.lines, self, strict=True)


class Block(str):
    """A text over several lines (`|`); `first_line` is the line of its first."""

    first_line: int

    def numbered(self) -> Iterator[tuple[int, str]]:
        """Yields each line after its number."""
        return enumerate(self.split("\n"), self.first_line)


@dataclass
class Document:
    """A file's content."""

    content: Any
    doubled_keys: list[tuple[int, str]] = field(default_factory=list)
    """Line and name of keys that stand twice in one mapping: YAML would silently
    take the last."""


def read_yaml(text: str) -> Document:
    """Reads one YAML document.

    Args:
        text: The file's text.

    Raises:
        yaml.YAMLError: It is no valid YAML.
    """
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        document = Document(None)
        if node is not None:
            document.content = _value(loader, node, document, 0)
        return document
    finally:
        loader.dispose()


def _value(loader: Any, node: Any, document: Document, depth: int) -> Any:
    if depth > _DEEPEST:
        raise yaml.constructor.ConstructorError(
            None, None, "zu tief verschachtelt", node.start_mark
        )
    if isinstance(node, yaml.MappingNode):
        return _mapping(loader, node, document, depth)
    if isinstance(node, yaml.SequenceNode):
        items = Sequence(node.start_mark.line + 1)
        for child in node.value:
            items.append(_value(loader, child, document, depth + 1))
            items.lines.append(child.start_mark.line + 1)
        return items
    value = loader.construct_object(node)
    if node.style == "|" and isinstance(value, str):
        block = Block(value)
        # The text begins below the line that holds the bar.
        block.first_line = node.start_mark.line + 2
        return block
    return value


def _mapping(loader: Any, node: Any, document: Document, depth: int) -> Mapping:
    mapping = Mapping(node.start_mark.line + 1)
    for key_node, value_node in node.value:
        key = str(getattr(key_node, "value", key_node))
        line = key_node.start_mark.line + 1
        if key in mapping:
            document.doubled_keys.append((line, key))
        mapping[key] = _value(loader, value_node, document, depth + 1)
        mapping.lines[key] = line
    return mapping
