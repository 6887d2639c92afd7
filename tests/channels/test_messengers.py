"""The channels of credentials.yml load, with and without their variables."""

from __future__ import annotations

import hashlib
import hmac
import logging
from pathlib import Path

import pytest
from rasa.core.channels.facebook import FacebookInput
from rasa.core.channels.telegram import TelegramInput
from rasa.core.run import create_http_input_channels
from sanic import Blueprint

from kumpel.channels.messengers import FacebookChannel, OffChannel, TelegramChannel
from kumpel.errors import ConfigurationError
from kumpel.settings import SETTINGS, Settings

CREDENTIALS = Path(__file__).resolve().parents[2] / "credentials.yml"
VARIABLES = {
    "KUMPEL_TELEGRAM_TOKEN": "123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "KUMPEL_TELEGRAM_BOT": "kumpel_krefeld_bot",
    "KUMPEL_TELEGRAM_WEBHOOK_URL": "https://example.org/webhooks/telegram/webhook",
    "KUMPEL_FACEBOOK_VERIFY": "a word",
    "KUMPEL_FACEBOOK_SECRET": "an app secret",
    "KUMPEL_FACEBOOK_PAGE_TOKEN": "a token",
}


async def nobody(message: object) -> None:
    raise AssertionError("no message was sent")


def test_c3_all_channels_load_without_variables(
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    for variable in VARIABLES:
        monkeypatch.delenv(variable, raising=False)
    with caplog.at_level(logging.INFO):
        channels = create_http_input_channels(None, str(CREDENTIALS))
    names = [channel.name() for channel in channels]
    assert names == ["web", "rest", "telegram", "facebook"]
    assert "telegram is off" in caplog.text
    assert "KUMPEL_FACEBOOK_SECRET" in caplog.text
    for channel in channels[2:]:
        assert isinstance(channel, OffChannel)
        assert not channel.blueprint(nobody).routes


def test_c3_all_channels_load_with_their_variables(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable, value in VARIABLES.items():
        monkeypatch.setenv(variable, value)
    channels = create_http_input_channels(None, str(CREDENTIALS))
    telegram, facebook = channels[2:]
    assert isinstance(telegram, TelegramInput)
    assert isinstance(facebook, FacebookInput)
    for channel in channels:
        # Loading calls nobody: Rasa's own Telegram channel would need the network.
        assert isinstance(channel.blueprint(nobody), Blueprint)


@pytest.mark.parametrize("missing", VARIABLES)
def test_a_channel_with_half_of_its_variables_is_refused_by_name(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    for variable, value in VARIABLES.items():
        monkeypatch.setenv(variable, value)
    monkeypatch.delenv(missing)
    channel = TelegramChannel if "TELEGRAM" in missing else FacebookChannel
    with pytest.raises(ConfigurationError, match=f"needs {missing} as well"):
        channel.from_credentials(None)


def test_every_variable_is_in_the_table_of_settings() -> None:
    assert set(VARIABLES) <= {setting.variable for setting in SETTINGS}


@pytest.mark.parametrize(
    ("header", "is_valid"),
    [
        ("sha1=" + hmac.new(b"s", b"body", hashlib.sha1).hexdigest(), True),
        ("sha256=" + hmac.new(b"s", b"body", hashlib.sha256).hexdigest(), True),
        ("sha1=" + hmac.new(b"x", b"body", hashlib.sha1).hexdigest(), False),
        ("new=0", False),
        ("__doc__=0", False),
        ("", False),
        ("sha1=ü", False),
    ],
)
def test_only_facebook_can_send_as_facebook(header: str, is_valid: bool) -> None:
    assert FacebookChannel.validate_hub_signature("s", b"body", header) is is_valid
