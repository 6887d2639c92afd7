"""A linear classifier over sparse rows that is stored as plain arrays."""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csc_matrix, csr_matrix, hstack

from kumpel.errors import InvalidInputError
from kumpel.nlu.features import SparseRow
from kumpel.nlu.warm_start import Doubles, moved_weights

Floats = npt.NDArray[np.float32]

_LARGEST_STEP = 127
#: Numbers to look at below which starting processes takes longer than training.
_WORTH_PROCESSES = 5_000_000


class LinearModel:
    """Scores labels by a weighted sum of features.

    Weights are kept in 8 bits, scaled by label, and without the zeros, which most then
    are: half floats made the model file four times as large and its packing 40 s long,
    at the same accuracy. Stored as numbers and JSON, never as a pickle: a model file
    from elsewhere must not be able to run code (CVE-2024-49375).

    Attributes:
        labels: Names in the order of the score columns.
        steps: Sparse matrix of shape (features, labels) of whole numbers up to 127.
        scale: 1-D array of shape (labels,): what a step weighs.
        bias: 1-D array of shape (labels,).
    """

    def __init__(
        self, labels: list[str], steps: csc_matrix, scale: Floats, bias: Floats
    ) -> None:
        self.labels = labels
        self.steps = steps
        self.scale = scale
        self.bias = bias

    @cached_property
    def weights(self) -> Floats:
        """2-D array of shape (features, labels), for training; large."""
        weights: Floats = self.steps.toarray(order="C").astype(np.float32)
        weights *= self.scale
        return weights

    @classmethod
    def train(
        cls, rows: csr_matrix, labels: Sequence[str], *, penalty: float
    ) -> LinearModel:
        """Trains one linear SVM per label against all others.

        Logistic regression on the same rows was a little worse and took several times
        as long; the softmax over the margins is calibrated afterwards instead.

        Args:
            rows: Sparse matrix of shape (examples, features).
            labels: One label per row.
            penalty: How much a wrong example costs (C of the SVM).

        Raises:
            InvalidInputError: There are not two labels to tell apart.
        """
        from joblib import Parallel, cpu_count, delayed

        rows.sort_indices()
        names = sorted(set(labels))
        if len(names) < 2:
            raise InvalidInputError("Training needs utterances of at least two labels.")
        jobs = cpu_count() if rows.nnz * len(names) > _WORTH_PROCESSES else 1
        # Processes, since liblinear holds the interpreter's lock.
        parts = Parallel(n_jobs=jobs)(
            delayed(_separate)(rows, np.array(labels), names[start::jobs], penalty)
            for start in range(jobs)
            if names[start::jobs]
        )
        return cls.joined(parts)

    @classmethod
    def joined(cls, parts: Sequence[LinearModel]) -> LinearModel:
        """Puts labels of several models together, sorted by name."""
        labels = [label for part in parts for label in part.labels]
        order = np.argsort(labels)
        return cls(
            [labels[i] for i in order],
            hstack([part.steps for part in parts], format="csc")[:, order],
            np.concatenate([part.scale for part in parts])[order],
            np.concatenate([part.bias for part in parts])[order],
        )

    @classmethod
    def of_weights(
        cls,
        labels: list[str],
        weights: Floats | Doubles,
        bias: Floats | Doubles,
    ) -> LinearModel:
        """Rounds weights of shape (features, labels) to whole steps."""
        scale = np.abs(weights).max(axis=0, initial=0.0) / _LARGEST_STEP
        scale[scale == 0] = 1.0
        steps = csc_matrix(np.rint(weights / scale).astype(np.int8))
        return cls(labels, steps, scale.astype(np.float32), bias.astype(np.float32))

    def widened(self, count_of_features: int) -> LinearModel:
        """Returns the same model with room for more features, which weigh nothing."""
        stored = self.steps
        shape = (count_of_features, len(self.labels))
        steps = csc_matrix((stored.data, stored.indices, stored.indptr), shape=shape)
        return LinearModel(self.labels, steps, self.scale, self.bias)

    def trained_on(
        self, rows: csr_matrix, labels: Sequence[str], *, penalty: float
    ) -> LinearModel:
        """Returns this model's labels trained for other rows, from where they stand.

        Args:
            rows: Sparse matrix of shape (examples, features).
            labels: One label per row; may be others than this model's, too.
            penalty: How much a wrong example costs (C of the SVM).
        """
        with_bias = hstack([rows, np.ones((rows.shape[0], 1))], format="csr")
        right = np.array(labels)
        parts = []
        for name in self.labels:
            own = self.only({name})
            start = np.append(own.weights[:, 0], own.bias[0]).astype(np.float64)
            signs = np.where(right == name, 1.0, -1.0)
            moved = moved_weights(with_bias, signs, start, penalty)
            parts.append(LinearModel.of_weights([name], moved[:-1, None], moved[-1:]))
        return LinearModel.joined(parts)

    def only(self, names: Collection[str]) -> LinearModel:
        """Returns a model of those labels that are among the given ones."""
        kept = [i for i, label in enumerate(self.labels) if label in names]
        return LinearModel(
            [self.labels[i] for i in kept],
            self.steps[:, kept],
            self.scale[kept],
            self.bias[kept],
        )

    def scores(self, row: SparseRow) -> Floats:
        """Returns a 1-D array of shape (labels,) of margins; above 0 speaks for it."""
        columns, weights = row
        steps = self._steps_by_feature.take(columns, axis=0).astype(np.float32)
        gathered: Floats = weights @ steps * self.scale + self.bias
        return gathered

    @cached_property
    def _steps_by_feature(self) -> npt.NDArray[np.int8]:
        """The steps as a 2-D array whose rows lie together; made when first asked for.

        As floats it took four times the memory (300 MB), and was not faster.
        """
        steps: npt.NDArray[np.int8] = self.steps.toarray(order="C")
        return steps

    def persist(self, folder: Path, name: str) -> None:
        """Writes `<name>.npz` and `<name>.json` into the folder."""
        steps = self.steps.tocsr()
        # Compressed here: Rasa packs the model at gzip's slowest level, which takes
        # long on plain arrays. By feature, so that a label's number needs 16 bits.
        np.savez(
            folder / f"{name}.npz",
            steps=_packed(steps.data),
            columns=_packed(steps.indices.astype(np.uint16)),
            borders=steps.indptr.astype(np.int32),
            scale=self.scale,
            bias=self.bias,
        )
        (folder / f"{name}.json").write_text(json.dumps(self.labels))

    @classmethod
    def load(cls, folder: Path, name: str) -> LinearModel:
        """Reads what `persist` wrote."""
        labels = json.loads((folder / f"{name}.json").read_text())
        with np.load(folder / f"{name}.npz", allow_pickle=False) as arrays:
            borders, scale, bias = (arrays[k] for k in ("borders", "scale", "bias"))
            data = _unpacked(arrays["steps"], np.int8)
            columns = _unpacked(arrays["columns"], np.uint16).astype(np.int32)
        shape = (len(borders) - 1, len(labels))
        steps = csr_matrix((data, columns, borders), shape=shape)
        return cls(labels, steps.tocsc(), scale, bias)


def _packed(array: npt.NDArray[Any]) -> npt.NDArray[np.uint8]:
    # At the quickest level: half the time of the usual one, for 4 % more bytes.
    return np.frombuffer(zlib.compress(array.tobytes(), 1), dtype=np.uint8)


def _unpacked(packed: npt.NDArray[np.uint8], kind: type) -> npt.NDArray[Any]:
    return np.frombuffer(zlib.decompress(packed.tobytes()), dtype=kind)


def _separate(
    rows: csr_matrix, labels: npt.NDArray[np.str_], names: list[str], penalty: float
) -> LinearModel:
    """Trains the SVMs of some labels."""
    from sklearn.svm import LinearSVC

    # liblinear wants doubles; and what another process hands over is read-only.
    own_rows = rows.astype(np.float64)
    machines = [
        LinearSVC(C=penalty, dual=True, random_state=0).fit(own_rows, labels == name)
        for name in names
    ]
    return LinearModel.joined(
        [
            LinearModel.of_weights([name], machine.coef_.T, machine.intercept_)
            for name, machine in zip(names, machines, strict=True)
        ]
    )


def softmax(scores: Floats, sharpness: float) -> Floats:
    """Turns margins into probabilities that add up to 1.

    Args:
        scores: 1-D array of margins.
        sharpness: Inverse temperature, fitted on data the model was not trained on.
    """
    shifted = np.exp(sharpness * (scores - scores.max()))
    probabilities: Floats = shifted / shifted.sum()
    return probabilities
