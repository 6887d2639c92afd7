"""Public holidays of North Rhine-Westphalia and the customs that people name."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

import holidays
from dateutil.easter import easter


class Feast(NamedTuple):
    """A feast as it is named, and its first and last day.

    Days are month and day, or the distance to Easter Sunday in days.
    """

    words: str
    """Regular expression on coded words (`kumpel.dates.words`)."""
    first: tuple[int, int] | int
    last: tuple[int, int] | int


def _day(words: str, rule: tuple[int, int] | int) -> Feast:
    return Feast(words, rule, rule)


#: The longer name first: "Ostermontag" before "Ostern".
FEASTS = (
    Feast(r"zwischen (?:den|de|die) YEAR|between the YEAR", (12, 27), (12, 31)),
    _day(r"silvester(?:EVENING|tag)?|new YEAR ?'?s? eve", (12, 31)),
    _day(r"neujahr(?:stags?)?|new YEAR ?'?s? DAYS|new YEAR", (1, 1)),
    _day(r"heiligen? 3 konigen?|heiligedreikonige|3konigstag", (1, 6)),
    _day(r"valentinstag|valentine'?s? DAYS", (2, 14)),
    _day(r"altweiber(?:fastnacht)?|weiberfastnacht", -52),
    _day(r"rosenmontag|carnival W0", -48),
    _day(r"veilchendienstag|karnevalsdienstag|faschingsdienstag", -47),
    _day(r"aschermittwoch|ash W2", -46),
    Feast(r"(?:uber |an |zu |NEXT )?(?:karneval|fasching|fastnacht)", -52, -47),
    _day(r"grundonnerstag", -3),
    _day(r"karfreitag|good W4", -2),
    _day(r"karsamstag|ostersamstag|easter W5", -1),
    _day(r"ostersonntag|easter W6", 0),
    _day(r"ostermontag|easter W0", 1),
    Feast(r"ostern|osterfeiertagen?|ostertagen?|easter", 0, 1),
    _day(r"(?:christi )?himmelfahrt(?:stag)?|vatertag|ascension(?: DAYS)?", 39),
    _day(r"pfingstsonntag", 49),
    _day(r"pfingstmontag|whit W0", 50),
    Feast(r"pfingsten|pfingstfeiertagen?|pfingsttagen?", 49, 50),
    _day(r"fronleichnam(?:stag)?|corpus christi", 60),
    _day(r"DAYS der arbeit|maifeiertag", (5, 1)),
    _day(r"DAYS der (?:deutschen )?einheit|german unity DAYS", (10, 3)),
    _day(r"halloween|reformationstag", (10, 31)),
    _day(r"allerheiligen|all saints'? ?(?:DAYS)?", (11, 1)),
    _day(r"martinstag|(?:sankt|st\.?) martins?(?:tag)?", (11, 11)),
    _day(r"nikolaus(?:tag)?", (12, 6)),
    _day(r"heiligabend|heilig(?:e[rn])? EVENING|weihnachtsabend", (12, 24)),
    _day(r"christmas (?:eve|EVENING)", (12, 24)),
    _day(r"(?:1\. )weihnachts(?:feier)?tag|christmas DAYS", (12, 25)),
    _day(r"(?:2\. )weihnachts(?:feier)?tag|boxing DAYS", (12, 26)),
    Feast(
        r"weihnachten|weihnachts(?:feier)?tagen?|christmas|(?:d|d')?heiligen tagen",
        (12, 24),
        (12, 26),
    ),
)
_NAMES = tuple(
    (re.compile(rf"(?<!\w)(?:{feast.words})(?!\w)"), feast) for feast in FEASTS
)
#: One look instead of thirty at messages that name no feast.
_HINTS = tuple(
    """YEAR W neuj konig valent weib rosenm dienstag mittwoch karn fasch fastn grund
    karf kars oster easter himmel vatert ascens pfingst fronl corpus arbeit maifei
    einheit unity hallow reform allerh saints martin nikol heilig weihn christmas
    boxing silv""".split()
)


def named_feasts(coded: str) -> list[tuple[int, int, Feast]]:
    """Returns start, end and feast of each one that a coded message names."""
    if not any(hint in coded for hint in _HINTS):
        return []
    found: list[tuple[int, int, Feast]] = []
    for pattern, feast in _NAMES:
        for match in pattern.finditer(coded):
            start, end = match.span()
            if all(end <= other[0] or start >= other[1] for other in found):
                found.append((start, end, feast))
    return found


def next_days(feast: Feast, today: date) -> tuple[date, date]:
    """Returns first and last day of a feast, this year's or else the next.

    Raises:
        OverflowError: No calendar has that year.
    """
    for year in (today.year, today.year + 1):
        first, last = _date(feast.first, year), _date(feast.last, year)
        if last >= today:
            break
    return first, last


def _date(rule: tuple[int, int] | int, year: int) -> date:
    if isinstance(rule, tuple):
        return date(year, *rule)
    sunday: date = easter(year)
    return sunday + timedelta(days=rule)


@lru_cache(maxsize=64)
def _holidays(year: int) -> dict[date, str]:
    calendar = holidays.country_holidays(
        "DE", subdiv="NW", years=year, language="de", expand=False
    )
    return dict(calendar.items())


def holiday_name(day: date) -> str | None:
    """Returns the German name of a public holiday in North Rhine-Westphalia, or None.

    Source: the `holidays` library, which follows the Feiertagsgesetz NW.
    """
    return _holidays(day.year).get(day)
