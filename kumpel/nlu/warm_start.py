"""Moves weights that fitted yesterday's utterances to where today's want them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from scipy.sparse.linalg import LinearOperator, cg

Doubles = npt.NDArray[np.float64]

#: Largest distance to the best weights. As the objective curves at least as much as
#: half the square of the weights, that distance is never more than the length of the
#: gradient. A margin then differs by at most 1.6 times as much, which is the length of
#: a row with its bias.
TOLERANCE = 0.03
_MOST_STEPS = 20
_MOST_HALVINGS = 10


def moved_weights(
    rows: csr_matrix, signs: Doubles, start: Doubles, penalty: float
) -> Doubles:
    """Minimises the objective of a linear SVM from a start near the end.

    The objective is that of `sklearn.svm.LinearSVC`: half the squared length of the
    weights plus `penalty` times the squared hinge losses. Only rows within the margin
    count, one in thirty; as long as these stay the same, the best weights are their sum
    by a system of linear equations (Newton's method; Chapelle, "Training a Support
    Vector Machine in the Primal", 2007). LIBLINEAR cannot be given a start.

    Args:
        rows: Sparse matrix of shape (examples, features), the bias as a feature of 1.
        signs: Array of shape (examples,): 1 where the label is the right one, else -1.
        start: Array of shape (features,) to start from.
        penalty: How much a wrong example costs (C of the SVM).

    Returns:
        Weights of shape (features,), at most `TOLERANCE` from the best.
    """
    weights, margins = start, rows @ start
    for _ in range(_MOST_STEPS):
        slack = signs - margins
        active = np.flatnonzero(signs * slack > 0)
        within = rows[active]
        pulls = 2 * penalty * slack[active]
        if np.linalg.norm(weights - within.T @ pulls) <= TOLERANCE:
            break
        step = within.T @ _balanced(within, signs[active], pulls, penalty) - weights
        step_margins = rows @ step
        share = _share(weights, step, signs, margins, step_margins, penalty)
        weights = weights + share * step
        margins = margins + share * step_margins
    return weights


def _balanced(
    within: csr_matrix, signs: Doubles, start: Doubles, penalty: float
) -> Doubles:
    """Returns how strongly each row within the margin pulls, once all are in balance.

    Each pull p is 2 * penalty * (sign - margin), and the margins come from all pulls.
    """
    columns = within.T.tocsr()
    columns = columns[np.diff(columns.indptr) > 0]
    used = columns.T.tocsr()

    def product(pulls: Doubles) -> Doubles:
        balance: Doubles = used @ (columns @ pulls) + pulls / (2 * penalty)
        return balance

    count = len(signs)
    system = LinearOperator((count, count), matvec=product, dtype=np.float64)
    pulls, _ = cg(system, signs, x0=start, tol=1e-6, maxiter=200)
    found: Doubles = pulls
    return found


def _share(
    weights: Doubles,
    step: Doubles,
    signs: Doubles,
    margins: Doubles,
    step_margins: Doubles,
    penalty: float,
) -> float:
    """Returns how much of a step to take: all, unless that made things worse."""

    def objective(share: float) -> float:
        slack = np.maximum(0, 1 - signs * (margins + share * step_margins))
        length = ((weights + share * step) ** 2).sum()
        return float(length / 2 + penalty * (slack**2).sum())

    before, share = objective(0.0), 1.0
    for _ in range(_MOST_HALVINGS):
        if objective(share) < before:
            break
        share /= 2
    return share
