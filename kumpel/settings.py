"""One table of all settings, read once from the environment.

Nothing else in the project reads `os.environ`. A part calls
`Settings.from_environment()` in its entry point and hands the values on.
"""

from __future__ import annotations

import contextlib
import hmac
import ipaddress
import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from kumpel.clock import Clock, clock_from, parse_moment
from kumpel.errors import ConfigurationError

PROJECT_ROOT = Path(__file__).resolve().parent.parent


class Setting(NamedTuple):
    """One row of the table."""

    variable: str
    """Name of the environment variable."""
    field: str
    """Name of the field of `Settings`."""
    default: str
    """Value where the variable is unset or empty."""
    parse: Callable[[str], Any]
    """Turns the text into the field's value; raises ValueError with the reason."""
    help: str
    """One sentence for docs/betrieb.md."""


def _port(text: str) -> int:
    port = int(text)
    if not 1 <= port <= 65535:
        raise ValueError("a port is a number from 1 to 65535")
    return port


def _count(text: str) -> int:
    count = int(text)
    if count < 0:
        raise ValueError("a count is at least 0")
    return count


def _positive_count(text: str) -> int:
    count = int(text)
    if count < 1:
        raise ValueError("the number must be at least 1")
    return count


def _positive_seconds(text: str) -> float:
    seconds = float(text)
    if seconds <= 0:
        raise ValueError("seconds must be more than 0")
    return seconds


def _positive_days(text: str) -> int:
    days = int(text)
    if days < 1:
        raise ValueError("keep at least 1 day")
    return days


def _on_or_off(text: str) -> bool:
    if text not in {"on", "off"}:
        raise ValueError("write on or off")
    return text == "on"


def _optional(text: str) -> str | None:
    return text or None


def _switch(text: str) -> bool:
    # The variables of ZMS are 1 or 0, those of this project on or off.
    if text not in {"1", "0", "on", "off"}:
        raise ValueError("write 1 or 0")
    return text in {"1", "on"}


def _desk(text: str) -> str:
    if text not in {"zms", "link"}:
        raise ValueError("write zms or link")
    return text


def _smtp_security(text: str) -> str:
    if text not in {"starttls", "tls", "none"}:
        raise ValueError("write starttls, tls or none")
    return text


def _address(text: str) -> str | None:
    if text and not text.startswith(("http://", "https://")):
        raise ValueError("an address begins with http:// or https://")
    return text.rstrip("/") or None


def _moment(text: str) -> str | None:
    if text:
        parse_moment(text)
    return text or None


def _hosts(text: str) -> tuple[str, ...]:
    return tuple(part.strip().lower() for part in text.split(",") if part.strip())


def _words(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "KUMPEL_PORTAL_PORT",
        "portal_port",
        "8080",
        _port,
        "Port of the portal and the demo city page.",
    ),
    Setting(
        "KUMPEL_RASA_PORT",
        "rasa_port",
        "5005",
        _port,
        "Port of the Rasa server (never exposed to citizens).",
    ),
    Setting(
        "KUMPEL_ACTIONS_PORT",
        "actions_port",
        "5055",
        _port,
        "Port of the action server.",
    ),
    Setting(
        "KUMPEL_EDITOR_PORT", "editor_port", "8090", _port, "Port of the staff editor."
    ),
    Setting(
        "KUMPEL_VAR",
        "var",
        str(PROJECT_ROOT / "var"),
        Path,
        "Folder of all state: databases, keys, logs.",
    ),
    Setting(
        "KUMPEL_NOW",
        "now",
        "",
        _moment,
        "ISO time at which every part's clock stands still; for tests and evaluation only.",
    ),
    Setting(
        "KUMPEL_RATE_LIMITS",
        "has_rate_limits",
        "on",
        _on_or_off,
        "off lifts every rate limit for callers on the loopback address; for load tests only.",
    ),
    Setting(
        "KUMPEL_PORTAL_URL",
        "portal_url_override",
        "",
        _optional,
        "Base URL of the city's own portal; default is the embedded one.",
    ),
    Setting(
        "KUMPEL_PORTAL_HOSTS",
        "portal_hosts",
        "127.0.0.1,localhost,[::1]",
        _hosts,
        "Hosts that the portal client may call, separated by commas.",
    ),
    Setting(
        "KUMPEL_PORTAL_DATABASE",
        "portal_database_override",
        "",
        _optional,
        "SQLAlchemy URL of the portal's database; default is SQLite under KUMPEL_VAR.",
    ),
    Setting(
        "KUMPEL_TRACKER_DATABASE",
        "tracker_database_override",
        "",
        _optional,
        "SQLAlchemy URL of the conversations; default is SQLite under KUMPEL_VAR.",
    ),
    Setting(
        "KUMPEL_PORTAL_TIMEOUT",
        "portal_timeout_in_seconds",
        "5",
        _positive_seconds,
        "Longest wait for one answer of the portal.",
    ),
    Setting(
        "KUMPEL_HOURS_MAX_AGE_DAYS",
        "hours_max_age_in_days",
        "400",
        int,
        "Opening hours whose source is older are told as possibly outdated.",
    ),
    Setting(
        "KUMPEL_PUBLIC_URL",
        "public_url_override",
        "",
        _optional,
        "Address under which citizens reach the portal, for links; default is the portal's own.",
    ),
    Setting(
        "KUMPEL_PORTAL_ORIGINS",
        "portal_origins",
        "",
        _hosts,
        "Web origins whose pages may read the portal (CORS), separated by commas; default none.",
    ),
    Setting(
        "KUMPEL_PORTAL_REQUESTS_PER_MINUTE",
        "portal_requests_per_minute",
        "3000",
        _positive_count,
        "Requests that the portal answers to one IP address each minute.",
    ),
    Setting(
        "KUMPEL_PORTAL_API_KEYS",
        "portal_api_keys_override",
        "",
        _words,
        "Keys of trusted clients of the portal, separated by commas, the first one used by ours; default is made from KUMPEL_SECRET.",
    ),
    Setting(
        "KUMPEL_APPOINTMENTS",
        "appointments",
        "zms",
        _desk,
        "zms books in the chat; link only names the page where citizens book.",
    ),
    Setting(
        "ZMS_BASE_URL",
        "zms_url",
        "",
        _address,
        "Citizen API of the city's own ZMS; default is the portal's.",
    ),
    Setting(
        "ZMS_API_KEY",
        "zms_api_key",
        "",
        _optional,
        "Key by which the city's own ZMS knows us, if it gave us one.",
    ),
    Setting(
        "KUMPEL_BOOKING_URL",
        "booking_url",
        "",
        _address,
        "Page where citizens book on their own: the front end of ZMS_BASE_URL, or with link what has no page of its own.",
    ),
    Setting(
        "ZMS_LEGACY_ROUTES",
        "has_legacy_zms_routes",
        "0",
        _switch,
        "1 adds the older, granular routes (generation A) to the citizen API of appointments.",
    ),
    Setting(
        "CAPTCHA_ENABLED",
        "needs_captcha",
        "0",
        _switch,
        "1 makes the calendar and reservations of appointments ask for a captcha; trusted clients need none.",
    ),
    Setting(
        "MAINTENANCE_ENABLED",
        "is_in_maintenance",
        "0",
        _switch,
        "1 closes the citizen API of appointments for maintenance.",
    ),
    Setting(
        "RATE_LIMIT_MAX_REQUESTS",
        "zms_requests_per_minute",
        "60",
        _positive_count,
        "Requests to the citizen API of appointments from one IP address each minute; trusted clients have 600.",
    ),
    Setting(
        "IP_BLACKLIST",
        "blocked_addresses",
        "",
        _hosts,
        "IP addresses that the citizen API of appointments refuses, separated by commas.",
    ),
    Setting(
        "KUMPEL_MAIL_SENDER",
        "mail_sender",
        "termine@krefeld.example",
        str,
        "Address from which mails about appointments come.",
    ),
    Setting(
        "KUMPEL_SMTP_HOST",
        "smtp_host",
        "",
        _optional,
        "Mail server that sends the mails about appointments; none are sent while unset.",
    ),
    Setting(
        "KUMPEL_SMTP_PORT",
        "smtp_port",
        "587",
        _port,
        "Port of the mail server: usually 587 with starttls, 465 with tls.",
    ),
    Setting(
        "KUMPEL_SMTP_SECURITY",
        "smtp_security",
        "starttls",
        _smtp_security,
        "starttls or tls encrypts the way to the mail server; none only for one on the same machine.",
    ),
    Setting(
        "KUMPEL_SMTP_USER",
        "smtp_user",
        "",
        _optional,
        "User name at the mail server, if it asks for one.",
    ),
    Setting(
        "KUMPEL_SMTP_PASSWORD",
        "smtp_password",
        "",
        _optional,
        "Password at the mail server.",
    ),
    Setting(
        "KUMPEL_SMTP_CA_FILE",
        "smtp_ca_file",
        "",
        _optional,
        "Certificate (PEM) of the authority that vouches for the mail server; default are those of the system.",
    ),
    Setting(
        "KUMPEL_TRUSTED_PROXIES",
        "trusted_proxies",
        "0",
        _count,
        "Number of reverse proxies in front of the portal whose X-Forwarded-For is believed.",
    ),
    Setting(
        "KUMPEL_SECRET",
        "secret_override",
        "",
        _optional,
        "Key that signs conversation ids and buttons; default is made once under KUMPEL_VAR.",
    ),
    Setting(
        "KUMPEL_KEEP_DAYS",
        "keep_conversations_in_days",
        "30",
        _positive_days,
        "Conversations that rested longer are deleted.",
    ),
    Setting(
        "KUMPEL_TELEGRAM_TOKEN",
        "telegram_token",
        "",
        _optional,
        "Token of the Telegram bot; Telegram is off while unset.",
    ),
    Setting(
        "KUMPEL_TELEGRAM_BOT",
        "telegram_bot",
        "",
        _optional,
        "User name of the Telegram bot, without @.",
    ),
    Setting(
        "KUMPEL_TELEGRAM_WEBHOOK_URL",
        "telegram_webhook_url",
        "",
        _optional,
        "Public https address of /webhooks/telegram/webhook.",
    ),
    Setting(
        "KUMPEL_FACEBOOK_VERIFY",
        "facebook_verify",
        "",
        _optional,
        "Word of your choice that verifies the webhook; Facebook is off while unset.",
    ),
    Setting(
        "KUMPEL_FACEBOOK_SECRET",
        "facebook_secret",
        "",
        _optional,
        "Secret of the Facebook app; signs what Facebook sends.",
    ),
    Setting(
        "KUMPEL_FACEBOOK_PAGE_TOKEN",
        "facebook_page_token",
        "",
        _optional,
        "Token with which the page's answers are sent.",
    ),
    Setting(
        "KUMPEL_RASA_TOKEN",
        "rasa_token",
        "",
        _optional,
        "Token that Rasa's HTTP API asks for; default is none: it is on 127.0.0.1 only.",
    ),
    Setting(
        "KUMPEL_LOG_LEVEL",
        "log_level",
        "INFO",
        str.upper,
        "DEBUG, INFO, WARNING or ERROR.",
    ),
)


@dataclass(frozen=True)
class Settings:
    """All settings of one process, as the table above describes them."""

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
