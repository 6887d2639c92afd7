"""Measures what each kind of feature is worth, as docs/understanding.md tells.

Run by `.venv/bin/python -m bench.ablation` on an idle machine: it trains the services
and kinds of talk once for each row, a minute and a half each.
"""

from __future__ import annotations

import argparse
import contextlib
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
from rasa.shared.data import get_data_files, is_nlu_file

from kumpel.errors import InvalidInputError
from kumpel.evaluation.input_files import (
    Question,
    known_services,
    read_out_of_scope,
    read_questions,
)
from kumpel.nlu import features
from kumpel.nlu.data_importer import LanguageDataImporter
from kumpel.nlu.features import Vectorizer
from kumpel.nlu.linear_model import LinearModel
from kumpel.nlu.understanding import Example, Tuning
from kumpel.nlu.understanding_classifier import examples_of
from kumpel.settings import PROJECT_ROOT
from kumpel.text.dialect import Dialect

DATA = PROJECT_ROOT / "data" / "nlu"
HELDOUT = PROJECT_ROOT / "tests" / "heldout"

_TIMED_MESSAGES = 500
_SERVICE = "service/"
_WORD = re.compile(r"\w+")

#: Replacement of functions of `kumpel.nlu.features`, by their names.
Patch = Mapping[str, Any]


def _words_alone(words: Sequence[str]) -> Iterator[str]:
    return iter(words)


def _nothing(*_: object) -> Iterator[str]:
    return iter(())


def _unfolded(text: str) -> list[str]:
    return _WORD.findall(text.lower())


VARIANTS: Mapping[str, Patch] = {
    "all": {},
    "without letter n-grams": {"letter_features": _nothing},
    "without words and pairs of them": {"word_features": _nothing},
    "without pairs of words": {"word_features": _words_alone},
    "without folding": {"tokens": _unfolded},
    "without the list of dialect": {"krefeld_dialect": lambda: Dialect({}, {})},
}


@dataclass(frozen=True)
class DevelopmentSet:
    """What the features are measured on; never the test set."""

    plain: Sequence[Question]
    hard: Sequence[Question]
    beyond: Sequence[str]
    """Messages out of scope."""

    @classmethod
    def read(cls, folder: Path, services: frozenset[str]) -> DevelopmentSet:
        """Reads the files `dev_*` of a folder.

        Raises:
            InvalidInputError: A file has a mistake, or there are none of a kind.
        """
        paths = sorted(folder.glob("dev_*questions*.jsonl"))
        questions = {path: read_questions(path, services) for path in paths}
        found = cls(
            [
                q
                for path, some in questions.items()
                if "hard" not in path.name
                for q in some
            ],
            [
                q
                for path, some in questions.items()
                if "hard" in path.name
                for q in some
            ],
            [
                message.text
                for path in sorted(folder.glob("dev_out_of_scope*.jsonl"))
                for message in read_out_of_scope(path)
            ],
        )
        if not (found.plain and found.hard and found.beyond):
            raise InvalidInputError(
                f"{folder} needs files dev_questions*, dev_hard_questions* and "
                "dev_out_of_scope*.jsonl."
            )
        return found


@dataclass(frozen=True)
class Row:
    """A row of the table."""

    name: str
    plain: float
    """Share of the plain questions with an acceptable service on top."""
    hard: float
    beyond: float
    """Share of the messages out of scope with a service on top."""
    row_in_ms: float
    """For making the row of one message."""

    def as_markdown(self) -> str:
        """Returns the line of the table."""
        return (
            f"| {self.name} | {self.plain:.3f} | {self.hard:.3f} | {self.beyond:.3f} "
            f"| {self.row_in_ms:.2f} |"
        )


def read_examples(folder: Path) -> list[Example]:
    """Reads the training utterances below a folder."""
    importer = LanguageDataImporter()
    importer._nlu_files = get_data_files([str(folder)], is_nlu_file)
    blocks = importer.get_nlu_data().intent_examples
    return [example for block in blocks for example in examples_of(block)]


def measure(name: str, examples: Sequence[Example], on: DevelopmentSet) -> Row:
    """Trains with one of the variants and measures it.

    Args:
        name: Key of `VARIANTS`.
        examples: The training utterances.
        on: The development set.
    """
    with contextlib.ExitStack() as stack:
        for attribute, other in VARIANTS[name].items():
            stack.enter_context(mock.patch.object(features, attribute, other))
        texts = [example.text for example in examples]
        vectorizer = Vectorizer.fit(texts)
        model = LinearModel.train(
            vectorizer.matrix(texts),
            [example.label for example in examples],
            penalty=Tuning().penalty,
        )
        best = _best_labels(vectorizer, model)
        plain, hard = (_right(best, questions) for questions in (on.plain, on.hard))
        beyond = [label.startswith(_SERVICE) for label in best(on.beyond)]
        asked = [question.text for question in on.plain[:_TIMED_MESSAGES]]
        vectorizer = Vectorizer(vectorizer.features, vectorizer.idf)
        begin = time.perf_counter()
        for text in asked:
            vectorizer.row(text)
        row_in_ms = (time.perf_counter() - begin) / len(asked) * 1000
    return Row(name, plain, hard, float(np.mean(beyond)), row_in_ms)


_Best = Callable[[Sequence[str]], list[str]]


def _best_labels(vectorizer: Vectorizer, model: LinearModel) -> _Best:
    def best(texts: Sequence[str]) -> list[str]:
        margins = vectorizer.matrix(texts) @ model.weights + model.bias
        return [model.labels[place] for place in margins.argmax(axis=1)]

    return best


def _right(best: _Best, questions: Sequence[Question]) -> float:
    found = best([question.text for question in questions])
    pairs = zip(found, questions, strict=True)
    return float(np.mean([x.removeprefix(_SERVICE) in q.services for x, q in pairs]))


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the table, row by row."""
    parser = argparse.ArgumentParser(prog="python -m bench.ablation")
    parser.add_argument("--data", type=Path, default=DATA, help="training files")
    parser.add_argument("--heldout", type=Path, default=HELDOUT, help="dev_* files")
    parser.add_argument(
        "--only", nargs="+", choices=list(VARIANTS), help="some rows of the table"
    )
    options = parser.parse_args(arguments)
    examples = read_examples(options.data)
    on = DevelopmentSet.read(options.heldout, known_services())
    print("| features | plain | hard | beyond | ms |\n|---|---|---|---|---|")
    for name in options.only or VARIANTS:
        print(measure(name, examples, on).as_markdown(), flush=True)


if __name__ == "__main__":
    main()
