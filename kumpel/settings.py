"""All settings, read once from the environment by the table of `settings_table`.

Nothing else in the project reads `os.environ`. A part calls
`Settings.from_environment()` in its entry point and hands the values on.
"""

from __future__ import annotations

import contextlib
import hmac
import ipaddress
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kumpel.clock import Clock, clock_from
from kumpel.errors import ConfigurationError
from kumpel.settings_table import PROJECT_ROOT, SETTINGS, Setting

__all__ = ["PROJECT_ROOT", "SETTINGS", "Setting", "Settings"]


@dataclass(frozen=True)
class Settings:
    """All settings of one process, as the table describes them."""

    portal_port: int
    rasa_port: int
    actions_port: int
    editor_port: int
    var: Path
    now: str | None
    has_rate_limits: bool
    portal_url_override: str | None
    portal_hosts: tuple[str, ...]
    portal_database_override: str | None
    tracker_database_override: str | None
    portal_timeout_in_seconds: float
    hours_max_age_in_days: int
    public_url_override: str | None
    portal_origins: tuple[str, ...]
    widget_origins: tuple[str, ...]
    chat_idle_minutes: int
    portal_requests_per_minute: int
    portal_api_keys_override: tuple[str, ...]
    appointments: str
    zms_url: str | None
    zms_api_key: str | None
    booking_url: str | None
    has_legacy_zms_routes: bool
    needs_captcha: bool
    is_in_maintenance: bool
    zms_requests_per_minute: int
    blocked_addresses: tuple[str, ...]
    mail_sender: str
    smtp_host: str | None
    smtp_port: int
    smtp_security: str
    smtp_user: str | None
    smtp_password: str | None
    smtp_ca_file: str | None
    trusted_proxies: int
    secret_override: str | None
    keep_conversations_in_days: int
    telegram_token: str | None
    telegram_bot: str | None
    telegram_webhook_url: str | None
    facebook_verify: str | None
    facebook_secret: str | None
    facebook_page_token: str | None
    rasa_token: str | None
    log_level: str

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Reads every row of the table from the environment.

        Args:
            environment: Variables by name; default is the process's own.

        Raises:
            ConfigurationError: A variable has a value that its row refuses.
        """
        variables = os.environ if environment is None else environment
        values: dict[str, Any] = {}
        for setting in SETTINGS:
            text = variables.get(setting.variable, "").strip() or setting.default
            try:
                values[setting.field] = setting.parse(text)
            except ConfigurationError:
                raise
            except ValueError as error:
                raise ConfigurationError(
                    f"{setting.variable} is {text!r}: {error}. {setting.help}"
                ) from error
        return cls(**values)

    @property
    def clock(self) -> Clock:
        """The clock of this process: KUMPEL_NOW, or the machine's."""
        return clock_from(self.now)

    @property
    def portal_url(self) -> str:
        """Base URL of the portal, without a slash at the end."""
        return (
            self.portal_url_override or f"http://127.0.0.1:{self.portal_port}"
        ).rstrip("/")

    @property
    def public_url(self) -> str:
        """Base URL of the portal in links for citizens, without a slash at the end."""
        return (self.public_url_override or self.portal_url).rstrip("/")

    @property
    def rasa_url(self) -> str:
        """Base URL of the Rasa server."""
        return f"http://127.0.0.1:{self.rasa_port}"

    @property
    def actions_url(self) -> str:
        """Base URL of the action server."""
        return f"http://127.0.0.1:{self.actions_port}"

    @property
    def portal_database(self) -> str:
        """SQLAlchemy URL of the portal's database."""
        return self.portal_database_override or f"sqlite:///{self.var / 'portal.db'}"

    @property
    def tracker_database(self) -> str:
        """SQLAlchemy URL of the conversations."""
        return (
            self.tracker_database_override
            or f"sqlite:///{self.var / 'conversations.db'}"
        )

    def limits_apply_to(self, address: str) -> bool:
        """Tells whether rate limits hold for an IP address."""
        if self.has_rate_limits:
            return True
        try:
            return not ipaddress.ip_address(address).is_loopback
        except ValueError:
            return True

    def portal_api_keys(self) -> tuple[str, ...]:
        """Returns the keys by which the portal knows trusted clients.

        Our own client sends the first. Several allow one to be replaced by another.
        """
        if self.portal_api_keys_override:
            return self.portal_api_keys_override
        key = hmac.digest(self.secret().encode(), b"kumpel portal api key", "sha256")
        return (key.hex(),)

    def is_portal_api_key(self, text: str) -> bool:
        """Tells whether a header holds a key of a trusted client of the portal."""
        # Sanic keeps the bytes that are no UTF-8 as surrogates.
        given = text.encode(errors="surrogateescape")
        keys = self.portal_api_keys() if given else ()
        return any(hmac.compare_digest(given, key.encode()) for key in keys)

    def secret(self) -> str:
        """Returns the signing key; makes it under `var` at the first call.

        Every part on one machine shares the file. Several machines share
        KUMPEL_SECRET instead.
        """
        if self.secret_override:
            return self.secret_override
        path = self.var / "secret.key"
        if not path.exists():
            self.var.mkdir(parents=True, exist_ok=True)
            draft = path.with_name(f"secret.{secrets.token_hex(8)}")
            draft.touch(mode=0o600)
            draft.write_text(secrets.token_urlsafe(32))
            # A link fails where the name is taken: of two parts that start together
            # one key wins, and nobody reads a half-written one.
            with contextlib.suppress(FileExistsError):
                os.link(draft, path)
            draft.unlink()
        key = path.read_text().strip()
        if not key:
            raise ConfigurationError(f"{path} is empty: delete it and start again.")
        return key
