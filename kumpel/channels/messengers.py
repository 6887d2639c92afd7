"""Rasa's own Telegram and Facebook channels, off until their variables are set."""

from __future__ import annotations

import hashlib
import hmac
import logging
from typing import Any

from rasa.core.channels.channel import InputChannel
from rasa.core.channels.facebook import FacebookInput
from rasa.core.channels.telegram import TelegramInput, TelegramOutput
from sanic import Blueprint, Sanic

from kumpel.channels.answering import MessageHandler, always_answering
from kumpel.errors import ConfigurationError
from kumpel.settings import Settings

logger = logging.getLogger(__name__)


class OffChannel(InputChannel):
    """Stands for a channel whose variables are not set; has no route."""

    def __init__(self, name: str) -> None:
        self._name = name

    def name(self) -> str:
        """Name of the channel that is off."""
        return self._name

    def blueprint(self, on_new_message: MessageHandler) -> Blueprint:
        """Returns no routes (see parent class for full docstring)."""
        return Blueprint(f"off_{self._name}")


class TelegramChannel(TelegramInput):
    """Telegram with KUMPEL_TELEGRAM_TOKEN, _BOT and _WEBHOOK_URL."""

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> InputChannel:
        """Creates the channel, or one that is off (see parent class)."""
        settings = Settings.from_environment()
        if not _is_on(
            cls.name(),
            KUMPEL_TELEGRAM_TOKEN=settings.telegram_token,
            KUMPEL_TELEGRAM_BOT=settings.telegram_bot,
            KUMPEL_TELEGRAM_WEBHOOK_URL=settings.telegram_webhook_url,
        ):
            return OffChannel(cls.name())
        channel = cls(
            settings.telegram_token,
            settings.telegram_bot,
            settings.telegram_webhook_url,
            debug_mode=False,
        )
        channel.secret = settings.secret()
        return channel

    def blueprint(self, on_new_message: MessageHandler) -> Blueprint:
        """Returns Rasa's routes; the webhook is announced once the server runs."""
        routes = super().blueprint(always_answering(on_new_message, self.secret))
        routes.listener("after_server_start")(self._announce)
        return routes

    def get_output_channel(self) -> TelegramOutput:
        """Returns the way back. Rasa's own calls Telegram here, before the start."""
        return TelegramOutput(self.access_token)

    async def _announce(self, app: Sanic, *_: Any) -> None:
        try:
            await self.get_output_channel().set_webhook(url=self.webhook_url)
        except Exception:
            # Without Telegram the other channels must still work.
            logger.exception(
                "Telegram does not know the webhook %s: check "
                "KUMPEL_TELEGRAM_TOKEN and the way to api.telegram.org.",
                self.webhook_url,
            )


class FacebookChannel(FacebookInput):
    """Facebook Messenger with KUMPEL_FACEBOOK_VERIFY, _SECRET and _PAGE_TOKEN."""

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> InputChannel:
        """Creates the channel, or one that is off (see parent class)."""
        settings = Settings.from_environment()
        if not _is_on(
            cls.name(),
            KUMPEL_FACEBOOK_VERIFY=settings.facebook_verify,
            KUMPEL_FACEBOOK_SECRET=settings.facebook_secret,
            KUMPEL_FACEBOOK_PAGE_TOKEN=settings.facebook_page_token,
        ):
            return OffChannel(cls.name())
        channel = cls(
            settings.facebook_verify,
            settings.facebook_secret,
            settings.facebook_page_token,
        )
        channel.secret = settings.secret()
        return channel

    def blueprint(self, on_new_message: MessageHandler) -> Blueprint:
        """Returns Rasa's routes with a handler that never raises."""
        return super().blueprint(always_answering(on_new_message, self.secret))

    @staticmethod
    def validate_hub_signature(
        app_secret: str, request_payload: bytes, hub_signature_header: str
    ) -> bool:
        """Checks Facebook's signature (see parent class for full docstring).

        Rasa's own takes any name of hashlib from the header and compares in a time
        that depends on the text.
        """
        method, _, signature = hub_signature_header.partition("=")
        digest = {"sha1": hashlib.sha1, "sha256": hashlib.sha256}.get(method)
        if digest is None:
            return False
        expected = hmac.new(app_secret.encode(), request_payload, digest).hexdigest()
        return hmac.compare_digest(expected.encode(), signature.encode())


def _is_on(name: str, **values: str | None) -> bool:
    missing = [variable for variable, value in values.items() if not value]
    if len(missing) == len(values):
        logger.info(
            "%s is off; these variables turn it on: %s.", name, ", ".join(values)
        )
        return False
    if missing:
        raise ConfigurationError(
            f"{name} needs {', '.join(missing)} as well: set all of "
            f"{', '.join(values)}, or none to leave it off."
        )
    return True
