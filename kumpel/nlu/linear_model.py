"""A linear classifier over sparse rows that is stored as plain arrays."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from kumpel.errors import InvalidInputError
from kumpel.nlu.features import SparseRow

Floats = npt.NDArray[np.float32]

_LARGEST_STEP = 127
#: Numbers to look at below which starting processes takes longer than training.
_WORTH_PROCESSES = 5_000_000


class LinearModel:
    """Scores labels by a weighted sum of features.

    Stored as numbers and JSON, never as a pickle: a model file from elsewhere must not
    be able to run code (CVE-2024-49375).

    Attributes:
        labels: Names in the order of the score columns.
        weights: 2-D array of shape (features, labels).
        bias: 1-D array of shape (labels,).
    """

    def __init__(self, labels: list[str], weights: Floats, bias: Floats) -> None:
        self.labels = labels
        self.weights = weights
        self.bias = bias

    @classmethod
    def train(
        cls,
        rows: csr_matrix,
        labels: Sequence[str],
        *,
        penalty: float,
        only: Collection[str] | None = None,
    ) -> LinearModel:
        """Trains one linear SVM per label against all others.

        Logistic regression on the same rows was a little worse and took several times
        as long; the softmax over the margins is calibrated afterwards instead.

        Args:
            rows: Sparse matrix of shape (examples, features).
            labels: One label per row.
            penalty: How much a wrong example costs (C of the SVM).
            only: Labels to train; None for all of them.

        Raises:
            InvalidInputError: There are not two labels to tell apart.
        """
        from joblib import Parallel, cpu_count, delayed

        rows.sort_indices()
        names = sorted(set(labels) if only is None else only)
        if len(set(labels)) < 2:
            raise InvalidInputError("Training needs utterances of at least two labels.")
        jobs = cpu_count() if rows.nnz * len(names) > _WORTH_PROCESSES else 1
        # Processes, since liblinear holds the interpreter's lock.
        trained = Parallel(n_jobs=jobs)(
            delayed(_separate)(rows, np.array(labels), names[start::jobs], penalty)
            for start in range(jobs)
            if names[start::jobs]
        )
        weights = np.empty((rows.shape[1], len(names)), dtype=np.float32)
        bias = np.empty(len(names), dtype=np.float32)
        for start, (some_weights, some_bias) in enumerate(trained):
            weights[:, start::jobs] = some_weights
            bias[start::jobs] = some_bias
        return cls(names, weights, bias)

    def widened(self, count_of_features: int) -> LinearModel:
        """Returns the same model with room for more features, which weigh nothing."""
        more = np.zeros(
            (count_of_features - len(self.weights), len(self.labels)), dtype=np.float32
        )
        return LinearModel(self.labels, np.vstack([self.weights, more]), self.bias)

    def updated(self, part: LinearModel, names: Collection[str]) -> LinearModel:
        """Returns a model of the given labels, those of `part` taken from there.

        Args:
            part: Some labels, trained on the same features.
            names: All labels of the result; each stands in one of the two models.
        """
        sources = {
            label: (model, column)
            for model in (self, part)
            for column, label in enumerate(model.labels)
        }
        chosen = sorted(names)
        picked = [sources[label] for label in chosen]
        weights = np.stack([model.weights[:, i] for model, i in picked], axis=1)
        bias = np.array([model.bias[i] for model, i in picked], dtype=np.float32)
        return LinearModel(chosen, np.ascontiguousarray(weights), bias)

    def scores(self, row: SparseRow) -> Floats:
        """Returns a 1-D array of shape (labels,) of margins; above 0 speaks for it."""
        columns, weights = row
        gathered: Floats = weights @ self.weights[columns] + self.bias
        return gathered

    def persist(self, folder: Path, name: str) -> None:
        """Writes `<name>.npz` and `<name>.json` into the folder.

        Weights are kept in 8 bits, scaled by label, and without the zeros, which
        most then are: half floats made the model file four times as large and its
        packing 40 s long, at the same accuracy.
        """
        scale = np.abs(self.weights).max(axis=0) / _LARGEST_STEP
        scale[scale == 0] = 1.0
        steps = csr_matrix(np.rint(self.weights / scale).astype(np.int8))
        # Compressed here: Rasa packs the model at gzip's slowest level, which takes
        # long on plain arrays.
        np.savez_compressed(
            folder / f"{name}.npz",
            steps=steps.data,
            columns=steps.indices.astype(np.uint16),
            borders=steps.indptr,
            scale=scale,
            bias=self.bias,
        )
        (folder / f"{name}.json").write_text(json.dumps(self.labels))

    @classmethod
    def load(cls, folder: Path, name: str) -> LinearModel:
        """Reads what `persist` wrote."""
        labels = json.loads((folder / f"{name}.json").read_text())
        with np.load(folder / f"{name}.npz", allow_pickle=False) as arrays:
            borders, scale, bias = (arrays[k] for k in ("borders", "scale", "bias"))
            rows = (arrays["steps"], arrays["columns"].astype(np.int32), borders)
        steps = csr_matrix(rows, shape=(len(borders) - 1, len(labels)))
        return cls(labels, steps.toarray().astype(np.float32) * scale, bias)


def _separate(
    rows: csr_matrix, labels: npt.NDArray[np.str_], names: list[str], penalty: float
) -> tuple[Floats, Floats]:
    """Trains the SVMs of some labels: weights (features, names) and bias (names,)."""
    from sklearn.svm import LinearSVC

    # liblinear wants doubles; and what another process hands over is read-only.
    own_rows = rows.astype(np.float64)
    machines = [
        LinearSVC(C=penalty, dual=True, random_state=0).fit(own_rows, labels == name)
        for name in names
    ]
    weights = np.vstack([machine.coef_ for machine in machines]).astype(np.float32)
    bias = np.hstack([machine.intercept_ for machine in machines]).astype(np.float32)
    return weights.T, bias


def softmax(scores: Floats, sharpness: float) -> Floats:
    """Turns margins into probabilities that add up to 1.

    Args:
        scores: 1-D array of margins.
        sharpness: Inverse temperature, fitted on data the model was not trained on.
    """
    shifted = np.exp(sharpness * (scores - scores.max()))
    probabilities: Floats = shifted / shifted.sum()
    return probabilities
