"""Names a meaning for a citizen: "Dienstag, 1.12.2026, ab 15 Uhr"."""

from __future__ import annotations

from datetime import date, time

from kumpel.answers import formats
from kumpel.dates.values import When

_WORDS = {
    "de": {
        "from": "ab {}",
        "until": "bis {}",
        "between": "{} bis {}",
        "at": "um {} Uhr",
        "times": "{} bis {} Uhr",
        "start": "ab {} Uhr",
        "end": "bis {} Uhr",
        "soonest": "so bald wie möglich",
        "anything": "egal wann",
    },
    "en": {
        "from": "from {}",
        "until": "until {}",
        "between": "{} to {}",
        "at": "at {}",
        "times": "{} to {}",
        "start": "from {}",
        "end": "until {}",
        "soonest": "as soon as possible",
        "anything": "any time",
    },
}


def describe(when: When, language: str = "de") -> str:
    """Returns days and times in words, to ask which of several is meant.

    Args:
        when: What is named.
        language: `de` or `en`.
    """
    words = _WORDS[language]
    parts = [_days(when, language), _weekdays(when, language), _times(when, language)]
    if when.is_soonest:
        parts.append(words["soonest"])
    named = ", ".join(part for part in parts if part)
    return named or (words["anything"] if when.is_anything else "")


def _days(when: When, language: str) -> str:
    words = _WORDS[language]
    if when.day is not None:
        return formats.full_day(when.day, language)
    if when.first and when.last:
        return words["between"].format(_short(when.first), _short(when.last))
    bound = when.first or when.last
    if bound is None:
        return ""
    key = "from" if when.first else "until"
    return words[key].format(formats.full_day(bound, language))


def _short(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"


def _weekdays(when: When, language: str) -> str:
    names = [formats.WEEKDAYS[language][day] for day in sorted(when.weekdays)]
    if language == "de":
        names = [f"{name.lower()}s" for name in names]
    return ", ".join(names)


def _times(when: When, language: str) -> str:
    words = _WORDS[language]
    if when.clock_time is not None:
        return words["at"].format(_clock(when.clock_time, language))
    if when.start is not None and when.end is not None:
        start, end = _clock(when.start, language), _clock(when.end, language)
        return words["times"].format(start, end)
    if when.start is not None:
        return words["start"].format(_clock(when.start, language))
    if when.end is not None:
        return words["end"].format(_clock(when.end, language))
    return ""


def _clock(at: time, language: str) -> str:
    """Writes "15" and "15:30" in German, where "Uhr" follows; "15:00" in English."""
    is_full = language == "de" and at.minute == 0
    return str(at.hour) if is_full else f"{at.hour}:{at.minute:02d}"
