"""The table of all settings: one row for each environment variable.

A new setting is a row here and a field of the same name in `kumpel.settings.Settings`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from kumpel import settings_parsing as parse

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


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "KUMPEL_PORTAL_PORT",
        "portal_port",
        "8080",
        parse.port,
        "Port of the portal and the demo city page.",
    ),
    Setting(
        "KUMPEL_RASA_PORT",
        "rasa_port",
        "5005",
        parse.port,
        "Port of the Rasa server (never exposed to citizens).",
    ),
    Setting(
        "KUMPEL_ACTIONS_PORT",
        "actions_port",
        "5055",
        parse.port,
        "Port of the action server.",
    ),
    Setting(
        "KUMPEL_EDITOR_PORT",
        "editor_port",
        "8090",
        parse.port,
        "Port of the staff editor.",
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
        parse.moment,
        "ISO time at which every part's clock stands still; for tests and evaluation only.",
    ),
    Setting(
        "KUMPEL_RATE_LIMITS",
        "has_rate_limits",
        "on",
        parse.on_or_off,
        "off lifts every rate limit for callers on the loopback address; for load tests only.",
    ),
    Setting(
        "KUMPEL_PORTAL_URL",
        "portal_url_override",
        "",
        parse.optional,
        "Base URL of the city's own portal; default is the embedded one.",
    ),
    Setting(
        "KUMPEL_PORTAL_HOSTS",
        "portal_hosts",
        "127.0.0.1,localhost,[::1]",
        parse.hosts,
        "Hosts that the portal client may call, separated by commas.",
    ),
    Setting(
        "KUMPEL_PORTAL_DATABASE",
        "portal_database_override",
        "",
        parse.optional,
        "SQLAlchemy URL of the portal's database; default is SQLite under KUMPEL_VAR.",
    ),
    Setting(
        "KUMPEL_TRACKER_DATABASE",
        "tracker_database_override",
        "",
        parse.optional,
        "SQLAlchemy URL of the conversations; default is SQLite under KUMPEL_VAR.",
    ),
    Setting(
        "KUMPEL_PORTAL_TIMEOUT",
        "portal_timeout_in_seconds",
        "5",
        parse.positive_seconds,
        "Longest wait for one answer of the portal.",
    ),
    Setting(
        "KUMPEL_HOURS_MAX_AGE_DAYS",
        "hours_max_age_in_days",
        "400",
        parse.positive_count,
        "Opening hours whose source is older are told as possibly outdated.",
    ),
    Setting(
        "KUMPEL_PUBLIC_URL",
        "public_url_override",
        "",
        parse.address,
        "Address under which citizens reach the portal, for links; default is the portal's own.",
    ),
    Setting(
        "KUMPEL_PORTAL_ORIGINS",
        "portal_origins",
        "",
        parse.origins,
        "Web origins whose pages may read the portal (CORS), separated by commas; default none.",
    ),
    Setting(
        "KUMPEL_WIDGET_ORIGINS",
        "widget_origins",
        "",
        parse.origins,
        "Web origins whose pages may hold the chat, such as https://www.krefeld.de, separated by commas; default is the portal's own only.",
    ),
    Setting(
        "KUMPEL_CHAT_IDLE_MINUTES",
        "chat_idle_minutes",
        "1440",
        parse.idle_minutes,
        "A conversation on the website ends after so many minutes without a message; less than 1200 needs a reason, such as a public terminal (WCAG 2.2.1).",
    ),
    Setting(
        "KUMPEL_PORTAL_REQUESTS_PER_MINUTE",
        "portal_requests_per_minute",
        "3000",
        parse.positive_count,
        "Requests that the portal answers to one IP address each minute.",
    ),
    Setting(
        "KUMPEL_PORTAL_API_KEYS",
        "portal_api_keys_override",
        "",
        parse.words,
        "Keys of trusted clients of the portal, separated by commas, the first one used by ours; default is made from KUMPEL_SECRET.",
    ),
    Setting(
        "KUMPEL_APPOINTMENTS",
        "appointments",
        "zms",
        parse.desk,
        "zms books in the chat; link only names the page where citizens book.",
    ),
    Setting(
        "ZMS_BASE_URL",
        "zms_url",
        "",
        parse.address,
        "Citizen API of the city's own ZMS; default is the portal's.",
    ),
    Setting(
        "ZMS_API_KEY",
        "zms_api_key",
        "",
        parse.optional,
        "Key by which the city's own ZMS knows us, if it gave us one.",
    ),
    Setting(
        "KUMPEL_BOOKING_URL",
        "booking_url",
        "",
        parse.address,
        "Page where citizens book on their own: the front end of ZMS_BASE_URL, or with link what has no page of its own.",
    ),
    Setting(
        "ZMS_LEGACY_ROUTES",
        "has_legacy_zms_routes",
        "0",
        parse.switch,
        "1 adds the older, granular routes (generation A) to the citizen API of appointments.",
    ),
    Setting(
        "CAPTCHA_ENABLED",
        "needs_captcha",
        "0",
        parse.switch,
        "1 makes the calendar and reservations of appointments ask for a captcha; trusted clients need none.",
    ),
    Setting(
        "MAINTENANCE_ENABLED",
        "is_in_maintenance",
        "0",
        parse.switch,
        "1 closes the citizen API of appointments for maintenance.",
    ),
    Setting(
        "RATE_LIMIT_MAX_REQUESTS",
        "zms_requests_per_minute",
        "60",
        parse.positive_count,
        "Requests to the citizen API of appointments from one IP address each minute; trusted clients have 600.",
    ),
    Setting(
        "IP_BLACKLIST",
        "blocked_addresses",
        "",
        parse.hosts,
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
        parse.optional,
        "Mail server that sends the mails about appointments; none are sent while unset.",
    ),
    Setting(
        "KUMPEL_SMTP_PORT",
        "smtp_port",
        "587",
        parse.port,
        "Port of the mail server: usually 587 with starttls, 465 with tls.",
    ),
    Setting(
        "KUMPEL_SMTP_SECURITY",
        "smtp_security",
        "starttls",
        parse.smtp_security,
        "starttls or tls encrypts the way to the mail server; none only for one on the same machine.",
    ),
    Setting(
        "KUMPEL_SMTP_USER",
        "smtp_user",
        "",
        parse.optional,
        "User name at the mail server, if it asks for one.",
    ),
    Setting(
        "KUMPEL_SMTP_PASSWORD",
        "smtp_password",
        "",
        parse.optional,
        "Password at the mail server.",
    ),
    Setting(
        "KUMPEL_SMTP_CA_FILE",
        "smtp_ca_file",
        "",
        parse.optional,
        "Certificate (PEM) of the authority that vouches for the mail server; default are those of the system.",
    ),
    Setting(
        "KUMPEL_TRUSTED_PROXIES",
        "trusted_proxies",
        "0",
        parse.count,
        "Number of reverse proxies in front of the portal whose X-Forwarded-For is believed.",
    ),
    Setting(
        "KUMPEL_SECRET",
        "secret_override",
        "",
        parse.optional,
        "Key that signs conversation ids and buttons; default is made once under KUMPEL_VAR.",
    ),
    Setting(
        "KUMPEL_KEEP_DAYS",
        "keep_conversations_in_days",
        "30",
        parse.positive_days,
        "Conversations that rested longer are deleted.",
    ),
    Setting(
        "KUMPEL_TELEGRAM_TOKEN",
        "telegram_token",
        "",
        parse.optional,
        "Token of the Telegram bot; Telegram is off while unset.",
    ),
    Setting(
        "KUMPEL_TELEGRAM_BOT",
        "telegram_bot",
        "",
        parse.optional,
        "User name of the Telegram bot, without @.",
    ),
    Setting(
        "KUMPEL_TELEGRAM_WEBHOOK_URL",
        "telegram_webhook_url",
        "",
        parse.optional,
        "Public https address of /webhooks/telegram/webhook.",
    ),
    Setting(
        "KUMPEL_FACEBOOK_VERIFY",
        "facebook_verify",
        "",
        parse.optional,
        "Word of your choice that verifies the webhook; Facebook is off while unset.",
    ),
    Setting(
        "KUMPEL_FACEBOOK_SECRET",
        "facebook_secret",
        "",
        parse.optional,
        "Secret of the Facebook app; signs what Facebook sends.",
    ),
    Setting(
        "KUMPEL_FACEBOOK_PAGE_TOKEN",
        "facebook_page_token",
        "",
        parse.optional,
        "Token with which the page's answers are sent.",
    ),
    Setting(
        "KUMPEL_RASA_TOKEN",
        "rasa_token",
        "",
        parse.optional,
        "Token that Rasa's HTTP API asks for; default is none: it is on 127.0.0.1 only.",
    ),
    Setting(
        "KUMPEL_LOG_LEVEL",
        "log_level",
        "INFO",
        parse.log_level,
        "DEBUG, INFO, WARNING or ERROR.",
    ),
)
