"""Bins of confidence and the error over them."""

from __future__ import annotations

import pytest

from kumpel.quality.calibration import Guess, bins_of, expected_calibration_error


def test_a_model_that_is_as_right_as_it_is_sure_has_no_error() -> None:
    guesses = [Guess(0.75, right) for right in (True, True, True, False)]

    assert expected_calibration_error(bins_of(guesses)) == pytest.approx(0)


def test_the_error_is_the_distance_weighted_by_the_size_of_the_bins() -> None:
    # Three guesses at 0.9 and all right (0.1 off), one at 0.5 and wrong (0.5 off).
    guesses = [*[Guess(0.9, True)] * 3, Guess(0.5, False)]

    error = expected_calibration_error(bins_of(guesses))

    assert error == pytest.approx((3 * 0.1 + 1 * 0.5) / 4)


def test_full_confidence_belongs_to_the_last_bin() -> None:
    bins = bins_of([Guess(1.0, True), Guess(0.0, False)])

    assert [each.n for each in bins] == [1, 0, 0, 0, 0, 0, 0, 0, 0, 1]


def test_nothing_guessed_is_no_error() -> None:
    assert expected_calibration_error(bins_of([])) == 0
