"""A linear classifier over sparse rows that is stored as plain arrays."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from kumpel.nlu.features import SparseRow

Floats = npt.NDArray[np.float32]

_LARGEST_STEP = 127


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
        cls, rows: csr_matrix, labels: Sequence[str], *, penalty: float
    ) -> LinearModel:
        """Trains one linear SVM per label against all others.

        Logistic regression on the same rows was a little worse and took several times
        as long; the softmax over the margins is calibrated afterwards instead.

        Args:
            rows: Sparse matrix of shape (examples, features).
            labels: One label per row.
            penalty: How much a wrong example costs (C of the SVM).
        """
        from sklearn.svm import LinearSVC

        machine = LinearSVC(C=penalty, dual=True, random_state=0).fit(rows, labels)
        names = [str(name) for name in machine.classes_]
        weights, bias = machine.coef_, machine.intercept_
        if len(names) == 2:
            # sklearn keeps a single row for two labels.
            weights, bias = np.vstack([-weights, weights]), np.hstack([-bias, bias])
        return cls(
            names,
            np.ascontiguousarray(weights.T, dtype=np.float32),
            bias.astype(np.float32),
        )

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
        np.savez(
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


def softmax(scores: Floats, sharpness: float) -> Floats:
    """Turns margins into probabilities that add up to 1.

    Args:
        scores: 1-D array of margins.
        sharpness: Inverse temperature, fitted on data the model was not trained on.
    """
    shifted = np.exp(sharpness * (scores - scores.max()))
    probabilities: Floats = shifted / shifted.sum()
    return probabilities
