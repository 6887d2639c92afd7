"""Reads what the documents tell people to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")


class Change(NamedTuple):
    """A `diff` block: lines of a file before and after."""

    path: str
    before: str
    after: str


def blocks(document: Path, language: str) -> list[str]:
    """Returns the fenced blocks of a language."""
    found = _FENCE.findall(document.read_text(encoding="utf-8"))
    return [text for name, text in found if name == language]


def inline_code(document: Path) -> list[str]:
    """Returns what stands between single backticks."""
    text = _FENCE.sub("", document.read_text(encoding="utf-8"))
    return _INLINE.findall(text)


def links(document: Path) -> list[str]:
    """Returns the targets of links to files."""
    text = _FENCE.sub("", document.read_text(encoding="utf-8"))
    return [each for each in _LINK.findall(text) if "://" not in each]


def commands(document: Path) -> Iterator[str]:
    """Yields the shell commands, those within sentences too."""
    for language in ("sh", "bash", "console"):
        for block in blocks(document, language):
            for line in block.splitlines():
                command = line.removeprefix("$ ").split(" #")[0].strip()
                if command and not command.startswith("#"):
                    yield command
    for code in inline_code(document):
        if re.match(r"(make|kumpel|\.venv/bin/kumpel) [a-z]", code):
            yield code


def changes(document: Path) -> Iterator[Change]:
    """Yields the changes that a document shows."""
    for block in blocks(document, "diff"):
        head, *lines = block.splitlines()
        assert head.startswith("--- "), f"{document}: no file above {lines[:1]}"
        yield Change(
            head.removeprefix("--- "),
            "".join(f"{line[1:]}\n" for line in lines if not line.startswith("+")),
            "".join(f"{line[1:]}\n" for line in lines if not line.startswith("-")),
        )
