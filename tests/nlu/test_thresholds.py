"""Thresholds as config.yml sets them."""

from kumpel.nlu.thresholds import Thresholds


def test_thresholds_come_from_the_configuration_and_ignore_other_keys() -> None:
    limits = Thresholds.from_config({"answer_confidence": 0.7, "penalty": 0.5})

    assert limits.answer_confidence == 0.7
    assert limits.answer_margin == Thresholds().answer_margin


def test_a_sensitive_service_embarrasses_unless_it_helps_in_need() -> None:
    config = {
        "sensitive_services": ["sterbefall", "jugendamt"],
        "helping_services": ["jugendamt"],
    }
    limits = Thresholds.from_config(config)

    assert limits.sensitive_services == {"sterbefall", "jugendamt"}
    assert limits.embarrassing_labels == {"service/sterbefall"}
    nothing = Thresholds.from_config({"sensitive_services": None})
    assert nothing.embarrassing_labels == set()
