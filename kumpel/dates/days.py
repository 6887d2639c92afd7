"""Finds the day that a citizen names: "morgen", "am Samstag", "24.12.", "Ostern"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from dateutil.easter import easter

from kumpel.portal_client.models import Holiday
from kumpel.text.fold import fold

#: Words as `fold` writes them, and how many days ahead they mean; in this order,
#: because "heute morgen" is today.
_RELATIVE = (
    (r"ubermorgen|day after tomorrow", 2),
    (r"heute|heut|today|tonight|jetzt|gerade|grad|now", 0),
    (r"(?<!guten )(?<!schonen )morgen|tomorrow", 1),
)
#: `fold` writes every "ue" as "u", also in "tuesday".
_WEEKDAYS = (
    r"montags?|monday",
    r"dienstags?|tusday",
    r"mittwochs?|wednesday",
    r"donnerstags?|thursday",
    r"freitags?|friday",
    r"samstags?|sonnabends?|saturday",
    r"sonntags?|sunday",
)
_WEEKEND = re.compile(r"\b(?:wochenende|weekend)\b")
_NEXT_WEEK = re.compile(r"\b(?:nachste|kommende|next) (?:woche|week)\b")
_IN_A_WEEK = re.compile(r"\b(?:in (?:einer|1) woche|in a week)\b")
_NEXT = re.compile(r"\bubernachste[nrs]?\b")
_IN_DAYS = re.compile(r"\bin (\d{1,2}|zwei|drei|two|three) (?:tagen|days)\b")
_NUMBERS = {"zwei": 2, "drei": 3, "two": 2, "three": 3}
_MONTHS = (
    "januar|january",
    "februar|february",
    "marz|march",
    "april",
    "mai|may",
    "juni|june",
    "juli|july",
    "august",
    "september",
    "oktober|october",
    "november",
    "dezember|december",
)
#: Days by month and day, or by their distance to Easter Sunday in days.
_CUSTOMS: tuple[tuple[str, int | tuple[int, int]], ...] = (
    (r"heiligabend|heilig abend|heiliger abend|christmas eve", (12, 24)),
    (r"silvester|new years eve|new year s eve", (12, 31)),
    (r"nikolaus(?:tag)?", (12, 6)),
    (r"altweiber(?:fastnacht)?|weiberfastnacht", -52),
    (r"rosenmontag|carnival monday", -48),
    (r"veilchendienstag|karnevalsdienstag", -47),
    (r"aschermittwoch|ash wednesday", -46),
    (r"grundonnerstag", -3),
    (r"karsamstag", -1),
    (r"ostersonntag|easter sunday", 0),
    (r"pfingstsonntag", 49),
)
_NUMERIC = re.compile(r"\b(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4}|\d{2}))?(?!\d)")
_NAMED = re.compile(
    r"\b(\d{1,2})(?:\.|st|nd|rd|th)? (?:of )?("
    + "|".join(_MONTHS)
    + r")(?: (\d{4}))?\b"
)


def find_day(text: str, today: date, holidays: Iterable[Holiday] = ()) -> date | None:
    """Returns the day that a message names, or None.

    A weekday is the next one, today included. A date without a year is the next one.

    Args:
        text: The message, German or English.
        today: Current day in Krefeld.
        holidays: Public holidays of this and next year, for their names.
    """
    return (
        _numeric_date(text, today)
        or _named_date(fold(text), today)
        or _holiday(fold(text), today, holidays)
        or _custom(fold(text), today)
        or _relative(fold(text), today)
        or _weekday(fold(text), today)
    )


def _numeric_date(text: str, today: date) -> date | None:
    match = _NUMERIC.search(text)
    if match is None:
        return None
    year = int(match[3]) if match[3] else None
    if year is not None and year < 100:
        year += 2000
    return _date(int(match[1]), int(match[2]), year, today)


def _named_date(text: str, today: date) -> date | None:
    match = _NAMED.search(text)
    if match is None:
        return None
    month = next(
        number
        for number, names in enumerate(_MONTHS, start=1)
        if match[2] in names.split("|")
    )
    year = int(match[3]) if match[3] else None
    return _date(int(match[1]), month, year, today)


def _date(day: int, month: int, year: int | None, today: date) -> date | None:
    for candidate in [year] if year else [today.year, today.year + 1]:
        try:
            found = date(candidate, month, day)
        except ValueError:
            continue
        if year or found >= today:
            return found
    return None


def _holiday(text: str, today: date, holidays: Iterable[Holiday]) -> date | None:
    named = [
        holiday.day
        for holiday in holidays
        if holiday.day >= today and re.search(rf"\b{_holiday_name(holiday)}\b", text)
    ]
    return min(named, default=None)


def _custom(text: str, today: date) -> date | None:
    """Finds days that are no public holidays and still close offices."""
    for words, rule in _CUSTOMS:
        if re.search(rf"\b(?:{words})\b", text):
            days = (_custom_day(rule, year) for year in (today.year, today.year + 1))
            return next(day for day in days if day >= today)
    return None


def _custom_day(rule: int | tuple[int, int], year: int) -> date:
    if isinstance(rule, tuple):
        return date(year, *rule)
    sunday: date = easter(year)
    return sunday + timedelta(days=rule)


def _holiday_name(holiday: Holiday) -> str:
    name = fold(holiday.name)
    return {
        "erster weihnachtstag": (
            r"(?<!zweiter )(?<!zweiten )weihnacht(?:en|s(?:feier)?tage?)"
        ),
        "zweiter weihnachtstag": r"zweite[rnm]? weihnachts(?:feier)?tag",
        "neujahr": r"neujahr(?:stag)?",
        "ostermontag": r"oster(?:n|montag)",
        "pfingstmontag": r"pfingst(?:en|montag)",
        "erster mai": r"(?:erste[rnm]? mai|tag der arbeit)",
    }.get(name, re.escape(name))


def _relative(text: str, today: date) -> date | None:
    match = _IN_DAYS.search(text)
    if match:
        count = _NUMBERS.get(match[1]) or int(match[1])
        return today + timedelta(days=count)
    for words, ahead in _RELATIVE:
        if re.search(rf"\b(?:{words})\b", text):
            return today + timedelta(days=ahead)
    return None


def _weekday(text: str, today: date) -> date | None:
    wanted = next(
        (
            number
            for number, names in enumerate(_WEEKDAYS)
            if re.search(rf"\b(?:{names})(?:vormittags?|nachmittags?|abends?)?\b", text)
        ),
        None,
    )
    if wanted is None:
        wanted = 5 if _WEEKEND.search(text) else None
    if wanted is None:
        return None
    found = today + timedelta(days=(wanted - today.weekday()) % 7)
    if _NEXT_WEEK.search(text):
        monday = today - timedelta(days=today.weekday()) + timedelta(days=7)
        return monday + timedelta(days=wanted)
    if _IN_A_WEEK.search(text) or _NEXT.search(text):
        return found + timedelta(days=7)
    return found
