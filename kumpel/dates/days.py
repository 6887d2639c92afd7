"""Finds the one day that a question is about: "morgen", "am Samstag", "Ostern"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from kumpel.dates.feasts import holiday_name
from kumpel.dates.resolve import resolve
from kumpel.dates.values import When
from kumpel.portal_client.models import Holiday
from kumpel.text.fold import fold

_NOW = re.compile(r"\b(?:jetzt|gerade|grad|now)\b")
#: A weekend or Easter is about its days; a week or month is about none of them.
_LONGEST = timedelta(days=5)


def find_day(text: str, today: date, holidays: Iterable[Holiday] = ()) -> date | None:
    """Returns the day that a message names, or None.

    A weekday is the next one, today included; of several days ("an Ostern") it is the
    public holiday, else the first. Days that are over, and weeks or months, are none.

    Args:
        text: The message, German or English.
        today: Current day in Krefeld.
        holidays: Holidays that the portal names besides those of the state.
    """
    midnight = datetime.combine(today, time(0))
    for mention in resolve(text, midnight).mentions:
        day = _day(mention.when, today)
        if day is not None and mention.problem is None:
            return day
    folded = fold(text)
    named = [
        holiday.day
        for holiday in holidays
        if holiday.day >= today
        and re.search(rf"\b{re.escape(fold(holiday.name))}\b", folded)
    ]
    return min(named, default=today if _NOW.search(folded) else None)


def _day(when: When, today: date) -> date | None:
    if when.is_rough:
        return None
    if when.weekdays and when.first is None:
        return next(
            day
            for day in (today + timedelta(days=ahead) for ahead in range(7))
            if day.weekday() in when.weekdays
        )
    first, last = when.first or when.last, when.last or when.first
    if first is None or last is None or last - first > _LONGEST:
        return None
    days = [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]
    return next((day for day in days if holiday_name(day)), first)
