"""Thresholds as config.yml sets them."""

from kumpel.nlu.thresholds import Thresholds


def test_thresholds_come_from_the_configuration_and_ignore_other_keys() -> None:
    limits = Thresholds.from_config({"answer_confidence": 0.7, "penalty": 0.5})

    assert limits.answer_confidence == 0.7
    assert limits.answer_margin == Thresholds().answer_margin


def test_a_sensitive_service_is_known_by_its_full_label_too() -> None:
    limits = Thresholds.from_config({"sensitive_services": ["sterbefall"]})

    assert limits.sensitive_services == {"sterbefall"}
    assert limits.sensitive_labels == {"service/sterbefall"}
    assert (
        Thresholds.from_config({"sensitive_services": None}).sensitive_labels == set()
    )
