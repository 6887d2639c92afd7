"""What the environment may say, and what is refused before anything starts."""

from __future__ import annotations

import pytest

from kumpel.errors import ConfigurationError
from kumpel.settings import SETTINGS, Settings


def test_an_empty_environment_and_empty_variables_mean_the_defaults() -> None:
    empty = {setting.variable: " " for setting in SETTINGS}
    assert Settings.from_environment(empty) == Settings.from_environment({})


@pytest.mark.parametrize(
    ("variable", "text"),
    [
        ("KUMPEL_LOG_LEVEL", "VERBOSE"),
        ("KUMPEL_PORTAL_TIMEOUT", "nan"),
        ("KUMPEL_PORTAL_TIMEOUT", "inf"),
        ("KUMPEL_PORTAL_TIMEOUT", "0"),
        ("KUMPEL_HOURS_MAX_AGE_DAYS", "-1"),
        ("KUMPEL_PUBLIC_URL", "www.krefeld.de"),
        ("KUMPEL_PORTAL_PORT", "0"),
        ("KUMPEL_NOW", "morgen"),
        ("KUMPEL_RATE_LIMITS", "no"),
    ],
)
def test_a_wrong_value_is_refused_by_the_name_of_its_variable(
    variable: str, text: str
) -> None:
    with pytest.raises(ConfigurationError, match=f"{variable} is '{text}'"):
        Settings.from_environment({variable: text})


def test_a_log_level_may_be_written_small() -> None:
    settings = Settings.from_environment({"KUMPEL_LOG_LEVEL": "warning"})
    assert settings.log_level == "WARNING"


def test_the_key_of_trusted_clients_is_one_of_several_or_the_own() -> None:
    settings = Settings.from_environment({"KUMPEL_PORTAL_API_KEYS": "old, ä"})
    assert settings.is_portal_api_key("old")
    assert settings.is_portal_api_key("ä")
    assert not settings.is_portal_api_key("")
    assert not settings.is_portal_api_key("\udcff")
    own = Settings.from_environment({"KUMPEL_SECRET": "secret"})
    assert own.is_portal_api_key(own.portal_api_keys()[0])
    assert not own.is_portal_api_key("secret")
