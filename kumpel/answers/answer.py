"""An answer before it becomes text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

MAXIMUM_ITEMS = 10


@dataclass(frozen=True)
class Block:
    """Sentences, the last of which may announce the list below them."""

    sentences: tuple[str, ...]
    items: tuple[str, ...]

    @property
    def lines(self) -> list[str]:
        """The lines as they are shown."""
        return [" ".join(self.sentences), *(f"- {item}" for item in self.items)]


@dataclass(frozen=True)
class Answer:
    """Sentences first, then a list, then where it comes from."""

    blocks: tuple[Block, ...] = ()
    sources: tuple[str, ...] = ()

    def __add__(self, other: Answer) -> Answer:
        """Puts another answer below; a block or source of both stands there once."""
        return Answer(
            tuple(dict.fromkeys(self.blocks + other.blocks)),
            tuple(dict.fromkeys(self.sources + other.sources)),
        )

    @property
    def text(self) -> str:
        """The text for the citizen, without blank lines.

        Rasa's channels would cut the answer at a blank line into several messages.
        """
        lines = [line for block in self.blocks for line in block.lines]
        return "\n".join(line for line in [*lines, *self.sources] if line)


def answer(
    sentences: Iterable[str], items: Iterable[str] = (), source: str = ""
) -> Answer:
    """Makes an answer of one block; empty texts drop out."""
    block = Block(tuple(filter(None, sentences)), tuple(filter(None, items)))
    return Answer(
        (block,) if block.sentences or block.items else (), (source,) if source else ()
    )
