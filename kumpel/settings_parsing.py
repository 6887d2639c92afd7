"""How the text of an environment variable becomes a value of `Settings`.

Each function takes the text without spaces around it, empty only where the
default is, and raises ValueError with the reason where it refuses.
"""

from __future__ import annotations

import math
import re

from kumpel.clock import parse_moment

MINUTES_OF_A_DAY = 24 * 60
#: RFC 6454: scheme, host and port, and nothing else.
_ORIGIN = re.compile(
    r"https?://(?:[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:.]+\])(?::\d{1,5})?"
)


def port(text: str) -> int:
    """Reads the number of a TCP port."""
    number = int(text)
    if not 1 <= number <= 65535:
        raise ValueError("a port is a number from 1 to 65535")
    return number


def count(text: str) -> int:
    """Reads a whole number of 0 or more."""
    number = int(text)
    if number < 0:
        raise ValueError("a count is at least 0")
    return number


def positive_count(text: str) -> int:
    """Reads a whole number of 1 or more."""
    number = int(text)
    if number < 1:
        raise ValueError("the number must be at least 1")
    return number


def positive_seconds(text: str) -> float:
    """Reads a time in seconds, more than 0."""
    seconds = float(text)
    if not 0 < seconds < math.inf:
        raise ValueError("seconds must be more than 0, and an end must come")
    return seconds


def positive_days(text: str) -> int:
    """Reads a whole number of days, 1 or more."""
    days = int(text)
    if days < 1:
        raise ValueError("keep at least 1 day")
    return days


def on_or_off(text: str) -> bool:
    """Reads a switch of this project: on or off."""
    if text not in {"on", "off"}:
        raise ValueError("write on or off")
    return text == "on"


def optional(text: str) -> str | None:
    """Keeps a text; none where it is empty."""
    return text or None


def switch(text: str) -> bool:
    """Reads a switch that ZMS knows, too: 1 or 0, and as ours on or off."""
    if text not in {"1", "0", "on", "off"}:
        raise ValueError("write 1 or 0")
    return text in {"1", "on"}


def log_level(text: str) -> str:
    """Reads how much is logged, in capitals."""
    level = text.upper()
    if level not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        raise ValueError("write DEBUG, INFO, WARNING or ERROR")
    return level


def desk(text: str) -> str:
    """Reads where citizens book: zms or link."""
    if text not in {"zms", "link"}:
        raise ValueError("write zms or link")
    return text


def smtp_security(text: str) -> str:
    """Reads how the way to the mail server is encrypted."""
    if text not in {"starttls", "tls", "none"}:
        raise ValueError("write starttls, tls or none")
    return text


def address(text: str) -> str | None:
    """Reads a web address, without slashes at its end; none where it is empty."""
    if text and not text.startswith(("http://", "https://")):
        raise ValueError("an address begins with http:// or https://")
    return text.rstrip("/") or None


def moment(text: str) -> str | None:
    """Checks an ISO time, but keeps it as text; none where it is empty."""
    if text:
        parse_moment(text)
    return text or None


def hosts(text: str) -> tuple[str, ...]:
    """Reads names of hosts or addresses, separated by commas, in small letters."""
    return tuple(part.strip().lower() for part in text.split(",") if part.strip())


def words(text: str) -> tuple[str, ...]:
    """Reads words separated by commas, as they are written."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def origins(text: str) -> tuple[str, ...]:
    """Reads web origins as browsers send them, separated by commas."""
    return tuple(_origin(word) for word in hosts(text))


def _origin(text: str) -> str:
    if not _ORIGIN.fullmatch(text):
        raise ValueError(
            f"{text} is no origin: write for example https://www.krefeld.de, without "
            "a path, a slash at the end or *"
        )
    scheme, _, rest = text.partition("://")
    # Browsers leave the usual port out.
    usual = {"http": ":80", "https": ":443"}[scheme]
    return f"{scheme}://{rest.removesuffix(usual)}"


def idle_minutes(text: str) -> int:
    """Reads after how many minutes of silence a conversation ends."""
    minutes = int(text)
    if not 1 <= minutes <= MINUTES_OF_A_DAY:
        raise ValueError(f"write 1 to {MINUTES_OF_A_DAY} minutes")
    return minutes
