"""Trains the understanding: from scratch, or only what a small change touches."""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
import zipfile
import zlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, load_npz, save_npz, vstack

from kumpel.nlu.aspects import AspectModel, habits_of
from kumpel.nlu.data_layout import source_files
from kumpel.nlu.decision import OVERVIEW
from kumpel.nlu.features import Vectorizer
from kumpel.nlu.linear_model import Floats, LinearModel
from kumpel.nlu.ranking import SERVICE
from kumpel.nlu.thresholds import Thresholds
from kumpel.nlu.understanding import Example, Tuning, Understander, is_mere_name

logger = logging.getLogger(__name__)

#: Share of utterances that may differ from the last training from scratch.
_LARGEST_CHANGE = 0.04
#: An utterance at a smaller margin than this hardly pulls at a label's weights.
_TOUCHING_MARGIN = -0.6
#: What reading a cut or damaged memory raises.
_UNREADABLE = (
    *(OSError, ValueError, KeyError, TypeError, EOFError),
    *(zipfile.BadZipFile, zlib.error),
)


def train(
    examples: Sequence[Example],
    tuning: Tuning,
    limits: Thresholds,
    memory: Path | None = None,
    version: str = "",
) -> Understander:
    """Trains both linear models.

    Args:
        examples: The utterances.
        tuning: How to train.
        limits: Thresholds that the result decides by.
        memory: Folder that keeps the last training from scratch. Where the utterances
            differ little from that, only the labels are trained anew that the change
            touches. None trains all and keeps nothing.
        version: State of the code; a memory of another one is not used.
    """
    if memory:
        refreshed = refresh(examples, tuning, limits, memory, version)
        if refreshed is not None:
            return refreshed
    texts = [example.text for example in examples]
    vectorizer = Vectorizer.fit(texts)
    rows = vectorizer.matrix(texts)
    labels = LinearModel.train(rows, _labels(examples), penalty=tuning.penalty)
    aspects = _train_aspects(rows, examples, tuning)
    trained = Understander(vectorizer, labels, aspects, tuning, limits)
    if memory:
        made_by = _made_by(version, tuning)
        _Base(list(examples), rows, trained).persist(memory, made_by)
    return trained


def refresh(
    examples: Sequence[Example],
    tuning: Tuning,
    limits: Thresholds,
    memory: Path,
    version: str,
) -> Understander | None:
    """Trains only what a small change touches.

    Args:
        examples: The utterances as they are now.
        tuning: How to train.
        limits: Thresholds that the result decides by.
        memory: Folder with the last training from scratch.
        version: State of the code; a memory of another one is not used.

    Returns:
        None where too much has changed or nothing usable is kept.
    """
    base = _Base.load(memory, tuning, limits, _made_by(version, tuning))
    return _refresh(base, examples) if base else None


def code_version() -> str:
    """Returns a hash of our files that decide what a training becomes."""
    digest = hashlib.sha256()
    for path in source_files(Path(__file__).resolve().parent.parent.parent):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _made_by(version: str, tuning: Tuning) -> dict[str, object]:
    return {"version": version, "penalty": tuning.penalty}


@dataclass(frozen=True)
class _Base:
    """The last training from scratch, against which a change is measured.

    Always that one, never the last refresh: small errors would add up.
    """

    examples: list[Example]
    rows: csr_matrix
    understander: Understander

    def persist(self, folder: Path, made_by: Mapping[str, object]) -> None:
        """Writes all to a folder beside the old one, then puts it in its place."""
        draft = folder.with_name(folder.name + ".draft")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        self.understander.persist(draft)
        save_npz(draft / "rows.npz", self.rows, compressed=False)
        kept = {**made_by, "examples": [astuple(each) for each in self.examples]}
        (draft / "examples.json").write_text(json.dumps(kept))
        shutil.rmtree(folder, ignore_errors=True)
        draft.rename(folder)

    @classmethod
    def load(
        cls,
        folder: Path,
        tuning: Tuning,
        limits: Thresholds,
        made_by: Mapping[str, object],
    ) -> _Base | None:
        """Reads what `persist` wrote; None where nothing usable is there."""
        if not folder.exists():
            return None
        try:
            kept = json.loads((folder / "examples.json").read_text())
            if made_by != {name: kept[name] for name in made_by}:
                return None
            examples = [Example(*fields) for fields in kept["examples"]]
            rows = load_npz(folder / "rows.npz")
            if rows.shape[0] != len(examples):
                raise ValueError("rows and utterances of different trainings")
            return cls(examples, rows, Understander.load(folder, tuning, limits))
        except _UNREADABLE as error:
            logger.warning("Training all: the last training is unreadable (%s).", error)
            return None


def _refresh(base: _Base, examples: Sequence[Example]) -> Understander | None:
    """Trains the labels that a change touches; None where too much has changed.

    A support vector machine does not change at all by an utterance that lies beyond
    the margin of a label, neither added nor taken away, and hardly by one that lies
    just within. So all labels keep their weights but those of the changed utterances
    and those to which these come near. Document frequencies stay as they were.
    """
    old, new = Counter(base.examples), Counter(examples)
    added, removed = list((new - old).elements()), list((old - new).elements())
    if len(added) + len(removed) > _LARGEST_CHANGE * len(base.examples):
        return None
    if _groups(base.examples) != _groups(examples):
        # Rasa notes in the domain which intents have names below them.
        return None
    past = base.understander
    vectorizer = past.vectorizer.extended([example.text for example in added])
    rows = _rows(base, examples, vectorizer)
    changed = [*added, *removed]
    changed_rows = vectorizer.matrix([example.text for example in changed])
    change = _Change(rows, changed_rows, past.tuning.penalty)
    labels = change.applied(past.labels, _labels(examples), set(_labels(changed)))
    # What asks no aspect (small talk, what is out of scope) trains none either.
    asking = _asking(examples)
    asked = [i for i, example in enumerate(changed) if _asks_aspect(example)]
    linear = replace(
        change, rows=rows[asking], changed_rows=changed_rows[asked]
    ).applied(
        past.aspects.linear,
        [str(examples[i].aspect) for i in asking],
        {str(changed[i].aspect) for i in asked},
    )
    aspects = AspectModel(linear, _habits(examples, asking, linear))
    return Understander(vectorizer, labels, aspects, past.tuning, past.limits)


@dataclass(frozen=True)
class _Change:
    """Utterances that were added or taken away, beside all that there are now."""

    rows: csr_matrix
    changed_rows: csr_matrix
    penalty: float

    def applied(
        self, model: LinearModel, labels: Sequence[str], changed: Collection[str]
    ) -> LinearModel:
        """Returns the model with those labels trained on that are touched.

        Args:
            model: The model before the change.
            labels: One label per row.
            changed: Labels of the utterances that were added or taken away.
        """
        names = set(labels)
        wide = model.widened(self.rows.shape[1])
        touched = names - set(model.labels) | names & set(changed)
        if self.changed_rows.shape[0]:
            margins = self.changed_rows @ wide.steps.multiply(wide.scale).tocsc()
            reached = margins.toarray().max(axis=0) + wide.bias
            near = np.flatnonzero(reached > _TOUCHING_MARGIN)
            touched.update({model.labels[i] for i in near} & names)
        logger.info("Training %d of %d labels on.", len(touched), len(names))
        if not touched:
            return wide.only(names)
        start = wide.only(touched)
        new = LinearModel.of_weights(
            sorted(touched - set(start.labels)),
            np.zeros((wide.steps.shape[0], len(touched) - len(start.labels))),
            np.zeros(len(touched) - len(start.labels)),
        )
        trained = LinearModel.joined([start, new]).trained_on(
            self.rows, labels, penalty=self.penalty
        )
        return LinearModel.joined([wide.only(names - touched), trained])


def _rows(
    base: _Base, examples: Sequence[Example], vectorizer: Vectorizer
) -> csr_matrix:
    """Returns the rows of all examples; only those of new texts are computed."""
    places = {example.text: place for place, example in enumerate(base.examples)}
    known = [i for i, example in enumerate(examples) if example.text in places]
    fresh = [i for i, example in enumerate(examples) if example.text not in places]
    kept = base.rows[[places[examples[i].text] for i in known]]
    kept.resize(len(known), len(vectorizer.idf))
    stacked = vstack(
        [kept, vectorizer.matrix([examples[i].text for i in fresh])], format="csr"
    )
    return stacked[np.argsort([*known, *fresh])]


def _train_aspects(
    rows: csr_matrix, examples: Sequence[Example], tuning: Tuning
) -> AspectModel:
    asking = _asking(examples)
    aspects = [str(examples[i].aspect) for i in asking]
    linear = LinearModel.train(rows[asking], aspects, penalty=tuning.penalty)
    return AspectModel(linear, _habits(examples, asking, linear))


def _habits(
    examples: Sequence[Example], asking: Sequence[int], linear: LinearModel
) -> dict[str, Floats]:
    labels = ((examples[i].label.partition("/"), examples[i].aspect) for i in asking)
    questions = ((of[2], str(asked)) for of, asked in labels if of[0] == SERVICE)
    return habits_of(questions, linear.labels)


def _asking(examples: Sequence[Example]) -> list[int]:
    """Returns the places of the examples from which aspects are learned."""
    places = [i for i, example in enumerate(examples) if example.aspect]
    asking = [i for i in places if _asks_aspect(examples[i])]
    are_told_apart = len({examples[i].aspect for i in asking}) > 1
    return asking if are_told_apart else places


def _asks_aspect(example: Example) -> bool:
    """Says whether an example teaches an aspect.

    The mere name of a service ("Wohngeld beantragen") does not: thousands of them
    taught that "beantragen" asks for an overview, where "Wie kann ich das beantragen?"
    asks for the form. Without them 80.0 instead of 78.3 % of the aspects of the
    development set were right.
    """
    is_name = example.aspect == OVERVIEW and is_mere_name(example.text)
    return example.aspect is not None and not is_name


def _groups(examples: Iterable[Example]) -> set[str]:
    """Returns the names of Rasa's retrieval intents, such as `service`."""
    labels = {example.label for example in examples}
    return {label.partition("/")[0] for label in labels if "/" in label}


def _labels(examples: Sequence[Example]) -> list[str]:
    return [example.label for example in examples]
