"""An answer before it becomes text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

MAXIMUM_ITEMS = 10


@dataclass(frozen=True)
class Answer:
    """Sentences first, then a list, then where it comes from."""

    sentences: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    def __add__(self, other: Answer) -> Answer:
        """Puts two answers together; what both say stands there once."""
        return Answer(
            _unique(self.sentences + other.sentences),
            _unique(self.items + other.items),
            _unique(self.sources + other.sources),
        )

    @property
    def text(self) -> str:
        """The text for the citizen, without blank lines.

        Rasa's channels would cut the answer at a blank line into several messages.
        """
        lines = [" ".join(filter(None, self.sentences))]
        lines += [f"- {item}" for item in self.items if item]
        lines += list(self.sources)
        return "\n".join(line for line in lines if line)


def answer(
    sentences: Iterable[str], items: Iterable[str] = (), source: str = ""
) -> Answer:
    """Makes an answer; empty texts drop out."""
    return Answer(
        tuple(filter(None, sentences)),
        tuple(filter(None, items)),
        (source,) if source else (),
    )


def _unique(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))
