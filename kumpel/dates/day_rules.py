"""Rules that find days in a coded message (`kumpel.dates.words`).

A rule is a pattern and a function from its match to the days that may be meant. The
first rule that fits takes the words, so the longer expression stands first.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from kumpel.dates.feasts import named_feasts, next_days

#: "am 20.11." three days later is the day that has gone by, not one in a year.
_GONE_AT_MOST = timedelta(days=31)
_FAR = 3650
WORKDAYS = frozenset(range(5))
WEEKEND = frozenset({5, 6})


class DaySpan(NamedTuple):
    """Days that an expression may mean; without bounds it is a rule for weekdays."""

    first: date | None = None
    last: date | None = None
    weekdays: frozenset[int] = frozenset()
    is_rough: bool = False
    is_no_day: bool = False
    """Whether it names a day that does not exist ("31.2.")."""


class DayFind(NamedTuple):
    """Days found in a coded message."""

    start: int
    end: int
    options: tuple[DaySpan, ...]
    is_weekday: bool = False
    """Whether only a weekday was named, which a date beside it makes plain."""
    is_date: bool = False
    is_in_week: bool = False
    """Whether it names a week, to which weekdays after it belong."""


Options = list[DaySpan] | None
_Rule = tuple[re.Pattern[str], Callable[[re.Match[str], date], Options]]


def _one(day: date, *, is_rough: bool = False) -> DaySpan:
    return DaySpan(day, day, is_rough=is_rough)


NO_DAY = DaySpan(is_no_day=True)


def _date(day: int, month: int, year: str | None, today: date) -> Options:
    """Reads a date; without a year the next one, or the one that just went by."""
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    if year:
        number = int(year) + (2000 if len(year) <= 2 else 0)
        try:
            return [_one(date(number, month, day))]
        except ValueError:
            return [NO_DAY]
    for candidate in (today.year - 1, today.year, today.year + 1):
        try:
            found = date(candidate, month, day)
        except ValueError:
            continue
        if found >= today - _GONE_AT_MOST:
            return [_one(found)]
    return [NO_DAY]


def _iso(match: re.Match[str], today: date) -> Options:
    return _date(int(match[3]), int(match[2]), match[1], today)


def _numeric(match: re.Match[str], today: date) -> Options:
    return _date(int(match[1]), int(match[2]), match[3], today)


def _slashed(match: re.Match[str], today: date) -> Options:
    """Reads 4/5/2027: day first, or month first as in America: ask."""
    day, month, year = int(match[1]), int(match[2]), match[3]
    found = _date(day, month, year, today)
    other = _date(month, day, year, today) if day != month else None
    return [*(found or []), *(other or [])] or None


def _day_and_month(match: re.Match[str], today: date) -> Options:
    return _date(int(match[1]), int(match[2] or 5), match[3], today)


def _month_and_day(match: re.Match[str], today: date) -> Options:
    return _date(int(match[2]), int(match[1] or 5), match[3], today)


def _day_of_month(match: re.Match[str], today: date) -> Options:
    """Reads "am 5.": the next one; today's number may also mean next month."""
    wanted = int(match[1])
    if not 1 <= wanted <= 31:
        return None
    month = today.replace(day=1)
    found: list[DaySpan] = []
    while len(found) < 2:
        if wanted <= calendar.monthrange(month.year, month.month)[1]:
            day = month.replace(day=wanted)
            if day >= today:
                found.append(_one(day))
        month += relativedelta(months=1)
    return found if wanted == today.day else found[:1]


def _monday(today: date) -> date:
    return today - timedelta(days=today.weekday())


_WEEKS = {"THIS": 0, "NEXT": 1, "COMING": 1, "AFTERNEXT": 2, "LAST": -1}


def _week(word: str, today: date) -> date:
    """Returns the Monday of this, next … calendar week."""
    return _monday(today) + timedelta(weeks=_WEEKS[word])


def _coming(weekday: int, today: date) -> date:
    return today + timedelta(days=(weekday - today.weekday()) % 7)


def _weekday(match: re.Match[str], today: date) -> Options:
    """Reads "Montag"; on a Monday it may be today or a week ahead."""
    day = _coming(int(match[1]), today)
    return [_one(day)] + ([_one(day + timedelta(weeks=1))] if day == today else [])


def _weekday_of_week(match: re.Match[str], today: date) -> Options:
    word = match["week"] or match["week2"]
    weekday = int(match["day"] or match["day2"])
    return [_one(_week(word, today) + timedelta(days=weekday))]


def _named_weekday(match: re.Match[str], today: date) -> Options:
    """Reads "nächsten Dienstag".

    Said on a Monday, tomorrow would be called so, thus it is next week's. Later in
    the same week people mean the one or the other. In front of a weekend both are
    the same.
    """
    word, weekday = match[1], int(match[2])
    nearest = _coming(weekday, today)
    if word == "LAST":
        return [_one(nearest - timedelta(days=7))]
    if word == "THIS":
        return [_one(nearest)]
    if nearest == today:
        nearest += timedelta(days=7)
    if word == "COMING":
        return [_one(nearest)]
    in_next_week = _monday(today) + timedelta(days=7 + weekday)
    options = [nearest, in_next_week] if nearest < in_next_week else [nearest]
    if (nearest - today).days == 1:
        options = options[-1:]
    ahead = timedelta(days=7 if word == "AFTERNEXT" else 0)
    return [_one(day + ahead) for day in options]


def _count(text: str) -> int:
    return int(text) if text.isdigit() else 1


def _weeks_ahead(count: int, unit: str) -> timedelta:
    """Reads "in acht Tagen" as the week and "in 14 Tagen" as the two it means."""
    if unit == "WEEK":
        return timedelta(weeks=count)
    return timedelta(days={8: 7}.get(count, count))


def _day_in_weeks(match: re.Match[str], today: date) -> Options:
    """Reads "Dienstag in einer Woche", "heute in acht Tagen"."""
    count = _count(match["count"])
    if count > _FAR:
        return None
    base = (
        _coming(int(match["day"][1]), today)
        if match["day"][0] == "W"
        else today + timedelta(days=_AHEAD[match["day"]])
    )
    return [_one(base + _weeks_ahead(count, match["unit"]))]


def _weekday_in_weeks(match: re.Match[str], today: date) -> Options:
    """Reads "in zwei Wochen am Dienstag"."""
    monday = _monday(today) + timedelta(weeks=_count(match[1]))
    return [_one(monday + timedelta(days=int(match[2])))]


_AHEAD = {
    **{"TODAY": 0, "NOW": 0, "MORGEN": 1, "TOMORROW": 1, "OVERMORROW": 2},
    **{"YESTERDAY": -1, "EREYESTERDAY": -2},
}


def _relative(match: re.Match[str], today: date) -> Options:
    word = "OVERMORROW" if " after " in match[0] else match[0]
    return [_one(today + timedelta(days=_AHEAD[word]))]


def _shifted(today: date, count: int, unit: str) -> date:
    if unit == "DAYS":
        return today + timedelta(days=count)
    if unit == "WEEK":
        return today + timedelta(weeks=count)
    months = count * (12 if unit == "YEAR" else 1)
    moved: date = today + relativedelta(months=months)
    return moved


def _in_days(match: re.Match[str], today: date) -> Options:
    """Reads "in zwei Wochen"; "in acht Tagen" means a week to most, not to all."""
    count, unit = _count(match[1]), match[2]
    if count > _FAR:
        return None
    day = _shifted(today, count, unit)
    if unit == "DAYS" and count == 8:
        return [_one(today + timedelta(weeks=1)), _one(day)]
    return [_one(day, is_rough=unit != "DAYS" or count == 14)]


def _ago(match: re.Match[str], today: date) -> Options:
    count = _count(match["count"])
    return [_one(_shifted(today, -count, match["unit"]))] if count < 1000 else None


def _within(match: re.Match[str], today: date) -> Options:
    """Reads "in den nächsten drei Tagen", "innerhalb von zwei Wochen"."""
    count = 7 if match["count"] is None else _count(match["count"])
    unit = match["unit"]
    if count > _FAR:
        return None
    return [DaySpan(today, _shifted(today, count, unit), is_rough=not match["count"])]


def _thirds(first: date, last: date, part: str | None) -> DaySpan:
    """Cuts days into beginning, middle and end."""
    count = (last - first).days + 1
    if part == "BEGIN":
        last = first + timedelta(days=(count - 1) // 3)
    elif part == "MIDDLE":
        first, last = (
            first + timedelta(days=count // 3),
            first + timedelta(days=2 * count // 3),
        )
    elif part == "FINISH":
        first = first + timedelta(days=2 * count // 3)
    return DaySpan(first, last)


def _last_of_month(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _period(match: re.Match[str], today: date) -> Options:
    """Reads "nächste Woche", "Ende des Monats", "Anfang nächsten Jahres"."""
    part, unit = match["part"], match["unit"]
    if match["word"] is None and (unit == "YEAR" or part is None) and part is None:
        return None
    ahead = _WEEKS[match["word"] or "THIS"]
    if unit == "WEEK":
        first = _monday(today) + timedelta(weeks=ahead)
        # "Anfang der Woche" is about workdays.
        last = first + timedelta(days=4 if part else 6)
    elif unit == "MONTH":
        first = today.replace(day=1) + relativedelta(months=ahead)
        last = _last_of_month(first)
    else:
        first = date(today.year + ahead, 1, 1)
        last = date(today.year + ahead, 12, 31)
    span = _thirds(first, last, part)
    return [span]


def _month(match: re.Match[str], today: date) -> Options:
    month = int(match["month"] or 5)
    if not 1 <= month <= 12:
        return None
    if match["year"]:
        year = int(match["year"])
    else:
        year = today.year + (month < today.month)
        if match["word"] in ("NEXT", "COMING") and month == today.month:
            year += 1
    first = date(year, month, 1)
    return [_thirds(first, _last_of_month(first), match["part"])]


def _year(match: re.Match[str], today: date) -> Options:
    year = int(match["year"])
    return [_thirds(date(year, 1, 1), date(year, 12, 31), match["part"])]


def _weekend(match: re.Match[str], today: date) -> Options:
    """Reads "am Wochenende"; "nächstes Wochenende" before Friday may be either."""
    saturday = _monday(today) + timedelta(days=5)
    near = DaySpan(saturday, saturday + timedelta(days=1))
    far = DaySpan(saturday + timedelta(days=7), saturday + timedelta(days=8))
    word = match[1]
    if word == "LAST":
        return [
            DaySpan(saturday - timedelta(days=7), saturday - timedelta(days=6)),
        ]
    if word == "AFTERNEXT":
        return [far]
    if word == "NEXT":
        return [far] if today >= saturday - timedelta(days=1) else [near, far]
    return [near]


def _weekdays_only(days: frozenset[int]) -> Callable[[re.Match[str], date], Options]:
    return lambda match, today: [DaySpan(weekdays=days)]


def _recurring(match: re.Match[str], today: date) -> Options:
    return [DaySpan(weekdays=frozenset({int(match["day"])}))]


def _recurring_range(match: re.Match[str], today: date) -> Options:
    first, last = int(match[1]), int(match[2])
    count = (last - first) % 7 + 1
    return [DaySpan(weekdays=frozenset((first + n) % 7 for n in range(count)))]


#: What may follow a bare number: anything else is what is counted ("der 3. Antrag").
FOLLOWER = (
    r"(?=$|[ ]?[^\w\s.§€%$\d/-]|\.(?: |$)|[ ](?:[A-Z(–-]|(?:"
    "abgeholt abholen|aber|also|am|an|and|at|ab|auf|auch|at|bei|beim|besser|bis|bitte|"
    "bevor|brauche|brauchen|buchen|da|dann|darf|dass|der|die|das|doch|durch|eine?[nmrs]?|"
    "erst|euch|etwas|fertig|for|frei|freie|geht|ginge|gehts|gerne?|gibt|gibts|gut|hab|"
    "habe|haben|habt|hat|hatte|hin|hier|ich|ihr|ihre|ihren|im|in|is|ist|irgendwas|kann|"
    "kannst|klappt|komme|kommen|konnen|konnte|lieber|los|mal|mein|meine[nmrs]?|mit|mir|"
    "moglich|mochte|morgens|muss|mussen|nach|nicht|noch|nur|oder|offen|okay|ok|open|or|"
    "passt|please|rum|sein|schon|sind|so|soll|sollte|statt|termine?|uhr|um|und|ungefahr|"
    "uns|verfugbar|vor|vorbei|wann|war|ware|warum|was|waren|wegen|weil|wenn|werden|wie|"
    "wieder|will|wir|wird|works|wurde|zu|zur|zum|zuruck|zwecks|auffen|geoffnet|"
    "geschlossen|sonst|einfach|would|i|we|you|is|works|with"
    r")\b))"
)
_N = r"(?<![\d.,:/§-])(?<!§ )"
_QUALIFIER = r"(?P<word>NEXT|COMING|THIS|AFTERNEXT|LAST)"
_PERIOD_PART = r"(?P<part>BEGIN|MIDDLE|FINISH)"
_COUNT = r"(?P<count>\d{1,3}|eine?[rnms]?|a|an)"
_NO_CLOCK = r"(?! ?(?:OCLOCK|h\b|:|\.\d|pm\b|%|€|euro|prozent|km|kg|cm|m2|qm|grad))"

_RULES: tuple[_Rule, ...] = tuple(
    (re.compile(pattern), rule)
    for pattern, rule in (
        (r"(?<![\d-])(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)", _iso),
        (
            _N + r"(\d{1,2})\. ?(\d{1,2})\. ?((?:19|20)\d{2}|\d{2}"
            r"(?! ?(?:OCLOCK|h\b|:|\.\d|pm\b)))(?![\d])",
            _numeric,
        ),
        (
            _N + r"(?<!um )(?<!gegen )(\d{1,2})\. ?(\d{1,2})\.()(?! ?\d+\.)(?!\d)",
            _numeric,
        ),
        (
            r"(?:\b(?:am|vom|zum|den|on|the|dem|W\d|bis) )(\d{1,2})\.(\d{1,2})()"
            + r"(?!\.?\d)"
            + _NO_CLOCK,
            _numeric,
        ),
        (
            _N + r"(\d{1,2})/(\d{1,2})/((?:19|20)\d{2}|\d{2})(?![\d/])",
            _slashed,
        ),
        (r"\b(?:am|on|by|until) (\d{1,2})/(\d{1,2})()(?![\d/])", _slashed),
        (
            _N + r"(\d{1,2})(?:\.|st|nd|rd|th)?[ ]?(?:of )?(?:M(\d+)|MAY)\b"
            r"(?:\.?,? ?((?:19|20)\d{2})\b)?",
            _day_and_month,
        ),
        (
            r"(?:\b(?:on|by|until|before|after|since|from|till|W\d,?) )"
            r"(?:M(\d+)|MAY) (?:the )?(\d{1,2})(?:st|nd|rd|th|\.)?(?!\d)"
            + _NO_CLOCK
            + r"(?:,? ((?:19|20)\d{2})\b)?",
            _month_and_day,
        ),
        (
            r"\b(?:M(\d+)|MAY) (?:the )?(\d{1,2})(?:st|nd|rd|th)\b"
            r"(?:,? ((?:19|20)\d{2})\b)?",
            _month_and_day,
        ),
        (
            r"\b(?P<week>NEXT|COMING|THIS|AFTERNEXT|LAST) WEEK,? (?:am |on |den )?"
            r"W(?P<day>\d)\b|\bW(?P<day2>\d)(?: of)?(?: in)?(?: der)?,? "
            r"(?P<week2>NEXT|COMING|THIS|AFTERNEXT|LAST) WEEK\b",
            _weekday_of_week,
        ),
        (
            r"\b(?P<day>W\d|TODAY|MORGEN|TOMORROW|OVERMORROW),? (?:in|uber) "
            + _COUNT
            + r" (?P<unit>WEEK|DAYS)\b",
            _day_in_weeks,
        ),
        (
            r"\b(?P<count>\d|an?) (?P<unit>WEEK)s? from (?P<day>W\d|TODAY|TOMORROW)\b",
            _day_in_weeks,
        ),
        (
            r"\bin (\d{1,2}|eine?[rnms]?) WEEK,? (?:am |dem )?W(\d)\b",
            _weekday_in_weeks,
        ),
        (
            rf"\b{_PERIOD_PART} (?:der |des |of |of the )?{_QUALIFIER}? ?"
            r"(?P<unit>WEEK|MONTH|YEAR)\b",
            _period,
        ),
        (r"\b(NEXT|COMING|THIS|AFTERNEXT|LAST) W(\d)\b", _named_weekday),
        (r"\b(?:jed\w+|immer|every|each) W(?P<day>\d)\b", _recurring),
        (r"\bR(\d) (?:bis|-|to) R(\d)\b", _recurring_range),
        (r"\bR(?P<day>\d)\b", _recurring),
        (
            r"\b(?:in|innerhalb|within|binnen|die)(?: von)?(?: den| der| dem| the)?"
            rf" (?:NEXT|COMING) {_COUNT}? ?(?P<unit>WEEK|DAYS|MONTH)\b(?! W\d)"
            r"(?<!in der NEXT WEEK)(?<!in NEXT WEEK)",
            _within,
        ),
        (
            rf"\b(?:innerhalb|within|binnen)(?: von)? {_COUNT} (?P<unit>WEEK|DAYS|MONTH)\b",
            _within,
        ),
        (r"\bin (\d{1,3}|eine?[rnms]?|an?) (DAYS|WEEK|MONTH|YEAR)\b", _in_days),
        (
            rf"\b(?:vor|seit) {_COUNT} (?P<unit>DAYS|WEEK|MONTH|YEAR)\b(?! alt)",
            _ago,
        ),
        (rf"\b{_COUNT} (?P<unit>DAYS|WEEK|MONTH|YEAR) ago\b", _ago),
        (
            rf"\b{_PERIOD_PART} (?:{_QUALIFIER} )?(?:M(?P<month>\d+)|MAY)\b"
            r"(?: (?P<year>20\d\d)\b)?",
            _month,
        ),
        (
            r"\b(?P<part>)(?:im|in|ab|bis|seit|until|by|from|vor|nach|since) "
            rf"(?:{_QUALIFIER} )?M(?P<month>\d+)\b(?: (?P<year>20\d\d)\b)?",
            _month,
        ),
        (
            rf"\b(?P<part>){_QUALIFIER} M(?P<month>\d+)\b(?P<year>)",
            _month,
        ),
        (rf"\b{_PERIOD_PART} (?P<year>20\d\d)\b", _year),
        (
            rf"\b{_QUALIFIER} (?P<part>)(?P<unit>WEEK|MONTH|YEAR)\b",
            _period,
        ),
        (r"\b(?:(NEXT|COMING|THIS|AFTERNEXT|LAST) )?WEEKEND\b(?!S)", _weekend),
        (r"\bWEEKENDS\b", _weekdays_only(WEEKEND)),
        (r"\b(?:unter|in) der WEEK\b|\bWORKDAYS\b|\bduring the WEEK\b", _weekdays_only(WORKDAYS)),
        (r"\bW(\d)\b", _weekday),
        (
            r"\b(?:the )?DAYS after TOMORROW\b"
            r"|\b(?:OVERMORROW|TOMORROW|TODAY|NOW|YESTERDAY|EREYESTERDAY)\b",
            _relative,
        ),
        (
            r"\b(?:am|ab dem|ab|bis zum|bis|vom|zum|dem|den|der|on the|by the|the|"
            r"W\d,?(?: de[nr])?) (\d{1,2})(?:\.|st|nd|rd|th)(?! ?\d)" + FOLLOWER,
            _day_of_month,
        ),
    )
)
#: "guten Morgen", and "am Morgen", "heute morgen", "jeden Morgen": no day.
_NOT_TOMORROW = re.compile(
    r"(?:\b(?:gut\w*|schon\w*|am|jed\w+|THIS|NEXT|TODAY|YESTERDAY|fruhen|W\d|R\d|\.|"
    r"MORGEN|OVERMORROW|M\d+|den) |['’]n )$"
)
_MORGEN = re.compile(r"\bMORGEN\b")
_GREETING = re.compile(r"^\W*MORGEN ?(?:[,!.]|$|zusammen|allerseits|alle\b|ihr\b)")


def find_days(coded: str, today: date, *, is_answer: bool = False) -> list[DayFind]:
    """Finds all days that a coded message names, in order.

    Args:
        coded: The message in codes.
        today: Current day in Krefeld.
        is_answer: Whether a time was asked for: then "Morgen" is no greeting.
    """
    found: list[DayFind] = []
    for start, end, feast in named_feasts(coded):
        first, last = next_days(feast, today)
        found.append(DayFind(start, end, (DaySpan(first, last),)))
    for number, (pattern, rule) in enumerate(_RULES):
        for match in pattern.finditer(coded):
            if _is_taken(found, match.span()):
                continue
            try:
                options = rule(match, today)
            except (OverflowError, ValueError):
                continue
            if options:
                find = DayFind(*_trimmed(match), tuple(options))
                found.append(
                    find._replace(
                        is_weekday=rule is _weekday,
                        is_date=number < _DATE_RULES or rule is _day_of_month,
                        is_in_week=rule is _weekday_of_week
                        or (rule is _period and match["unit"] == "WEEK"),
                    )
                )
    found.extend(_tomorrow(coded, today, found, is_answer=is_answer))
    return sorted(found)


_DATE_RULES = 9


def _tomorrow(
    coded: str, today: date, found: list[DayFind], *, is_answer: bool
) -> list[DayFind]:
    tomorrow = (_one(today + timedelta(days=1)),)
    greeting = None if is_answer else _GREETING.match(coded)
    return [
        DayFind(*match.span(), tomorrow)
        for match in _MORGEN.finditer(coded)
        if not _is_taken(found, match.span())
        and not _NOT_TOMORROW.search(coded[: match.start()])
        and not (greeting and match.end() <= greeting.end())
    ]


_LEADING = re.compile(
    r"(?:am|ab dem|ab|bis zum|bis|vom|zum|dem|den|der|on the|by the|the|on|by|until|"
    r"before|after|since|from|till|im|in|vor|nach|seit) (?=\d|M\d|MAY|NEXT|THIS|COMING|LAST)"
)


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    """Leaves a preposition out that only proved the date: it may be a bound ("ab")."""
    lead = _LEADING.match(match[0])
    is_part = lead is not None and re.match(
        r"(?:in|vor|seit) \S+ (?:DAYS|WEEK|MONTH|YEAR)|in (?:de[nrm] )?NEXT", match[0]
    )
    start = match.start() + (lead.end() if lead and not is_part else 0)
    return start, match.end()


def _is_taken(found: list[DayFind], span: tuple[int, int]) -> bool:
    return any(span[0] < other.end and span[1] > other.start for other in found)
