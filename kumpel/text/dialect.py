"""Reads the dialect of the region as standard German, word by word.

"Ech jonn nit mieh" shares hardly a letter with "ich gehe nicht mehr", so that no
utterance in standard German helps with it. Dialect of the Ruhr is nearer to the
standard ("vonne"): on the development set a list of its words made no difference.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kumpel.errors import InvalidInputError
from kumpel.text.fold import tokens

_WORDS = Path(__file__).with_name("dialect.txt")
_DOUBTFUL = "?"
#: Sure words from which on the doubtful ones are read as dialect, too.
_FEWEST_SURE = 2


@dataclass(frozen=True)
class Dialect:
    """Forms of words, folded, and what they are in standard German."""

    sure: Mapping[str, tuple[str, ...]]
    """Forms that are nothing else."""
    doubtful: Mapping[str, tuple[str, ...]]
    """Forms that are also another word: dialect only beside others."""

    @classmethod
    def read(cls, path: Path) -> Dialect:
        """Reads lines such as ``ich: ech isch?``; ``#`` starts a comment.

        Raises:
            InvalidInputError: A line lacks its parts, or a form is there twice or is
                not one word; the message names file and line.
        """
        sure: dict[str, tuple[str, ...]] = {}
        doubtful: dict[str, tuple[str, ...]] = {}
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            standard, _, forms = line.partition("#")[0].partition(":")
            if not standard.strip():
                continue
            words = tuple(tokens(standard))
            if not words or not forms.strip():
                raise _mistake(path, number, "expected `standard: form form?`")
            for form in forms.split():
                folded = tokens(form)
                if len(folded) != 1:
                    raise _mistake(path, number, f"{form!r} is not one word")
                if folded[0] in sure or folded[0] in doubtful:
                    raise _mistake(path, number, f"{form!r} is there twice")
                kind = doubtful if form.endswith(_DOUBTFUL) else sure
                kind[folded[0]] = words
        return cls(sure, doubtful)

    def in_standard_german(self, words: Sequence[str]) -> list[str]:
        """Replaces what is dialect.

        Args:
            words: Folded words of one message.
        """
        count_of_sure = sum(word in self.sure for word in words)
        if not count_of_sure:
            return list(words)
        doubtful = self.doubtful if count_of_sure >= _FEWEST_SURE else {}
        return [
            each
            for word in words
            for each in self.sure.get(word, doubtful.get(word, (word,)))
        ]


def _mistake(path: Path, line: int, reason: str) -> InvalidInputError:
    return InvalidInputError(f"{path}:{line}: {reason}.")


@lru_cache(maxsize=1)
def krefeld_dialect() -> Dialect:
    """Returns the dialect of Krefeld and its neighbours, read once."""
    return Dialect.read(_WORDS)
