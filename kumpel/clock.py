"""The one clock of all parts, in Krefeld's time zone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from kumpel.errors import ConfigurationError

TIME_ZONE = ZoneInfo("Europe/Berlin")

#: Gives the current moment as an aware datetime in Europe/Berlin.
Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Returns the machine's time in Europe/Berlin."""
    return datetime.now(TIME_ZONE)


def fixed_clock(moment: datetime) -> Clock:
    """Returns a clock that stands still at `moment` (naive means Europe/Berlin)."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=TIME_ZONE)
    local = aware.astimezone(TIME_ZONE)
    return lambda: local


def parse_moment(text: str) -> datetime:
    """Parses an ISO 8601 moment; one without offset is meant in Europe/Berlin.

    Raises:
        ConfigurationError: The text is not an ISO 8601 date and time.
    """
    try:
        moment = datetime.fromisoformat(text.strip().replace("Z", "+00:00"))
    except ValueError as error:
        raise ConfigurationError(
            f"KUMPEL_NOW is {text!r}, which is no ISO 8601 time; "
            "write for example 2026-11-23T10:15:00+01:00 or unset it."
        ) from error
    if moment.tzinfo is None:
        return moment.replace(tzinfo=TIME_ZONE)
    return moment.astimezone(TIME_ZONE)


def clock_from(now: str | None) -> Clock:
    """Returns the clock that KUMPEL_NOW asks for: standing still, or the machine's."""
    return fixed_clock(parse_moment(now)) if now else system_clock
