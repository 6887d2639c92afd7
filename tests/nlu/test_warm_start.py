"""Moving weights from one optimum to the next."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix, hstack
from sklearn.svm import LinearSVC

from kumpel.nlu.warm_start import TOLERANCE, moved_weights

RANDOM = np.random.default_rng(7)
COUNT, SIZE = 300, 120
ROWS = csr_matrix(RANDOM.random((COUNT, SIZE)) * (RANDOM.random((COUNT, SIZE)) < 0.1))
WITH_BIAS = hstack([ROWS, np.ones((COUNT, 1))], format="csr")
SIGNS = np.where(ROWS @ RANDOM.normal(size=SIZE) > 0.5, 1.0, -1.0)


def best_weights(signs: np.ndarray, penalty: float) -> np.ndarray:
    machine = LinearSVC(C=penalty, dual=True, tol=1e-9, max_iter=200_000)
    machine.fit(ROWS, signs)
    return np.append(machine.coef_[0], machine.intercept_[0])


@pytest.mark.parametrize("penalty", [0.1, 1.0, 10.0])
@pytest.mark.parametrize("start", ["nothing", "near", "far"])
def test_it_ends_within_the_tolerance_of_liblinears_weights(
    penalty: float, start: str
) -> None:
    best = best_weights(SIGNS, penalty)
    starts = {
        "nothing": np.zeros(SIZE + 1),
        "near": best + RANDOM.normal(scale=0.01, size=SIZE + 1),
        "far": RANDOM.normal(scale=5, size=SIZE + 1),
    }

    moved = moved_weights(WITH_BIAS, SIGNS, starts[start], penalty)

    assert np.linalg.norm(moved - best) <= TOLERANCE + 1e-4


def test_what_fits_already_stays_as_it_is() -> None:
    best = best_weights(SIGNS, 1.0)

    assert np.array_equal(moved_weights(WITH_BIAS, SIGNS, best, 1.0), best)


def test_a_row_that_changes_sides_moves_the_weights() -> None:
    changed = SIGNS.copy()
    changed[:3] *= -1

    moved = moved_weights(WITH_BIAS, changed, best_weights(SIGNS, 1.0), 1.0)

    assert np.linalg.norm(moved - best_weights(changed, 1.0)) <= TOLERANCE + 1e-4
    assert np.linalg.norm(moved - best_weights(SIGNS, 1.0)) > 10 * TOLERANCE
