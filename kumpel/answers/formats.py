"""How amounts, dates and times are written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from urllib.parse import urlsplit

WEEKDAYS = {
    "de": (
        "Montag",
        "Dienstag",
        "Mittwoch",
        "Donnerstag",
        "Freitag",
        "Samstag",
        "Sonntag",
    ),
    "en": (
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ),
}
_SHORT = {
    "de": ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_NEAR = {
    "de": {0: "heute", 1: "morgen", 2: "übermorgen"},
    "en": {0: "today", 1: "tomorrow", 2: "the day after tomorrow"},
}
_ON = {"de": "am", "en": "on"}
_NOT_PROVEN = re.compile(r"\bnicht belegt\b")
_DATE = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")
_UNDATED = re.compile(r"undatiert", re.IGNORECASE)
_NUMBER_OF_AN_ARTICLE = re.compile(
    r",? (?:(?:Artikel |Beitrag )?a?id-?|Eintrag )\d+| \([^)]*=\d+\)", re.IGNORECASE
)
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")


def money(amount: Decimal) -> str:
    """Writes an amount as German offices do: ``1.250,00 €``."""
    text = f"{amount:,.2f}"
    return text.translate(str.maketrans(",.", ".,")) + " €"


def percent(amount: Decimal) -> str:
    """Writes a rate: ``506 %``, ``2,5 %``."""
    text = f"{amount:,.2f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,")) + " %"


def clock_time(time_of_day: str) -> str:
    """Writes ``08:30`` as ``8:30``; ``24:00`` stays."""
    return time_of_day[1:] if time_of_day.startswith("0") else time_of_day


def short_day(weekday: int, language: str) -> str:
    """Returns ``Mo`` for 0 to ``So`` for 6."""
    return _SHORT[language][weekday]


def day_name(day: date, today: date, language: str) -> str:
    """Names a day as one says it: ``morgen``, ``am Montag``, ``am Montag, 7.12.``."""
    distance = (day - today).days
    if distance in _NEAR[language]:
        return _NEAR[language][distance]
    name = f"{_ON[language]} {WEEKDAYS[language][day.weekday()]}"
    return name if 0 < distance < 7 else f"{name}, {day.day}.{day.month}."


def full_day(day: date, language: str) -> str:
    """Names a day with its date: ``Donnerstag, 24.12.2026``."""
    return f"{WEEKDAYS[language][day.weekday()]}, {day.day}.{day.month}.{day.year}"


def moment(at: datetime, language: str) -> str:
    """Writes a moment: ``23.11.2026, 10:15 Uhr``."""
    hour = f"{at.hour}:{at.minute:02d}"
    return f"{at.day}.{at.month}.{at.year}, {hour}" + (
        " Uhr" if language == "de" else ""
    )


def as_of(text: str | None) -> str | None:
    """Writes the date of a source: ``2026-02`` as ``02/2026``, undated as None."""
    if not text or not re.search(r"\d", text):
        return None
    cleaned = _DATE.sub(
        lambda m: f"{int(m[3])}.{int(m[2])}.{m[1]}" if m[3] else f"{m[2]}/{m[1]}", text
    )
    return _UNDATED.sub("ohne Datum", cleaned)


def year_of(text: str | None) -> int | None:
    """Returns the newest year that a date of a source names."""
    years = [int(year) for year in _YEAR.findall(text or "")]
    return max(years, default=None)


def source_name(url: str) -> str:
    """Returns the host of a page, or the plain name of a source without address."""
    if "//" not in url:
        return _NUMBER_OF_AN_ARTICLE.sub("", url)
    host = urlsplit(url).hostname or url
    return host.removeprefix("www.")


def quoted(text: str, language: str) -> str:
    """Puts a name in the quotation marks of the language."""
    return f"“{text}”" if language == "en" else f"„{text}“"


def listing(parts: Sequence[str], language: str) -> str:
    """Joins names: ``A, B oder C``."""
    if len(parts) < 2:
        return "".join(parts)
    last = " oder " if language == "de" else " or "
    return ", ".join(parts[:-1]) + last + parts[-1]


def plain(text: str | None) -> str:
    """Turns a note of the facts into citizens' words; empty where there is none."""
    return _NOT_PROVEN.sub("nicht bestätigt", text or "").rstrip(". ")
