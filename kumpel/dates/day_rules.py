"""Rules that find days in a coded message (`kumpel.dates.words`).

A rule is a pattern and a function from its match to the days that may be meant. The
first rule that fits takes the words, so the longer expression stands first.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from kumpel.dates import day_spans as spans
from kumpel.dates.day_spans import DaySpan
from kumpel.dates.feasts import named_feasts, next_days
from kumpel.dates.rules import NUMBER, Rules


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


#: What may follow a bare number: anything else is what is counted ("der 3. Antrag").
FOLLOWER = (
    r"(?![:,]\d)(?=$|[ ]?[^\w\s.§€%$\d/-]| ?\.(?: |$)|[ ](?:[(-]|(?:[WRM]\d|OCLOCK|"
    "EARLY|MORGENS?|MORNING|FORENOON|NOON|AFTERNOON|LATEAFTERNOON|EVENING|NOW|TODAY|"
    "TOMORROW|OVERMORROW|COMING|NEXT WEEK|des MONTH|THIS MONTH|NEXT MONTH|"
    "abgeholt abholen|aber|also|am|an|and|at|ab|auf|auch|at|bei|beim|besser|bis|bitte|"
    "bevor|brauche|brauchen|buchen|da|dann|darf|dass|der|die|das|doch|durch|eine?[nmrs]?|"
    "erst|euch|etwas|fertig|for|frei|freie|geht|ginge|gehts|gerne?|gibt|gibts|gut|hab|"
    "habe|haben|habt|hat|hatte|hin|hier|ich|ihr|ihre|ihren|im|in|is|ist|irgendwas|kann|"
    "kannst|klappt|komme|kommen|konnen|konnte|lieber|los|mein|meine[nmrs]?|mit|mir|"
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

_RULES = Rules(
    (
        (NUMBER, r"(?<![\d-])((?:19|20)\d\d)-(\d{1,2})-(\d{1,2})(?!\d)", spans.iso),
        (
            NUMBER,
            _N + r"(\d{1,2})\. ?(\d{1,2})\. ?((?:19|20)\d{2}|\d{2}"
            r"(?! ?(?:OCLOCK|h\b|:|\.\d|pm\b)))(?![\d])",
            spans.numeric,
        ),
        (
            NUMBER,
            _N + r"(?<!um )(?<!gegen )(\d{1,2})\. ?(\d{1,2})\.()(?! ?\d+\.)(?!\d)",
            spans.numeric,
        ),
        (
            NUMBER,
            r"(?:\b(?:am|vom|zum|den|on|the|dem|W\d|bis) )(\d{1,2})\.(\d{1,2})()"
            + r"(?!\.?\d)"
            + _NO_CLOCK,
            spans.numeric,
        ),
        (
            "/",
            _N + r"(\d{1,2})/(\d{1,2})/((?:19|20)\d{2}|\d{2})(?![\d/])",
            spans.slashed,
        ),
        ("/", r"\b(?:am|on|by|until) (\d{1,2})/(\d{1,2})()(?![\d/])", spans.slashed),
        (
            "M",
            _N + r"(\d{1,2})(?:\.|st|nd|rd|th)?[ ]?(?:of )?(?:M(\d+)|MAY)\b"
            r"(?:\.?,? ?((?:19|20)\d{2})\b)?",
            spans.day_and_month,
        ),
        (
            "M",
            r"(?:\b(?:on|by|until|before|after|since|from|till|W\d,?) )"
            r"(?:M(\d+)|MAY) (?:the )?(\d{1,2})(?:st|nd|rd|th|\.)?(?!\d)"
            + _NO_CLOCK
            + r"(?:,? ((?:19|20)\d{2})\b)?",
            spans.month_and_day,
        ),
        (
            "M",
            r"\b(?:M(\d+)|MAY) (?:the )?(\d{1,2})(?:st|nd|rd|th)\b"
            r"(?:,? ((?:19|20)\d{2})\b)?",
            spans.month_and_day,
        ),
        (
            "WEEK",
            r"\b(?P<week>NEXT|COMING|THIS|AFTERNEXT|LAST) WEEK,? (?:am |on |den )?"
            r"W(?P<day>\d)\b|\bW(?P<day2>\d)(?: of)?(?: in)?(?: der)?,? "
            r"(?P<week2>NEXT|COMING|THIS|AFTERNEXT|LAST) WEEK\b",
            spans.weekday_of_week,
        ),
        (
            "WEEK|DAYS",
            r"\b(?P<day>W\d|TODAY|MORGEN|TOMORROW|OVERMORROW),? (?:in|uber) "
            + _COUNT
            + r" (?P<unit>WEEK|DAYS)\b",
            spans.day_in_weeks,
        ),
        (
            "from",
            r"\b(?P<count>\d|an?) (?P<unit>WEEK)s? from (?P<day>W\d|TODAY|TOMORROW)\b",
            spans.day_in_weeks,
        ),
        (
            "WEEK",
            r"\bin (\d{1,2}|eine?[rnms]?) WEEK,? (?:am |dem )?W(\d)\b",
            spans.weekday_in_weeks,
        ),
        (
            "BEGIN|MIDDLE|FINISH",
            rf"\b{_PERIOD_PART} (?:der |des |of |of the )?{_QUALIFIER}? ?"
            r"(?P<unit>WEEK|MONTH|YEAR)\b",
            spans.period,
        ),
        (
            "LAST|.",
            r"\b(?P<which>LAST|\d\.) W(?P<day>\d) "
            r"(?:im|in|des) (?:M(?P<month>\d+)|MONTH)\b",
            spans.weekday_of_month,
        ),
        ("NIGHT", r"\bLAST NIGHT\b", spans.last_night),
        ("W", r"\b(NEXT|COMING|THIS|AFTERNEXT|LAST) W(\d)\b", spans.named_weekday),
        (
            "jed|immer|every|each",
            r"\b(?:jed\w+|immer|every|each) W(?P<day>\d)\b",
            spans.recurring,
        ),
        ("R", r"\bR(\d) (?:bis|-|to) R(\d)\b", spans.recurring_range),
        ("R", r"\bR(?P<day>\d)\b", spans.recurring),
        (
            "NEXT|COMING",
            r"\b(?:in|innerhalb|within|binnen|die)(?: von)?(?: den| der| dem| the)?"
            rf" (?:NEXT|COMING) {_COUNT}? ?(?P<unit>WEEK|DAYS|MONTH)\b(?! W\d)"
            r"(?<!in der NEXT WEEK)(?<!in NEXT WEEK)",
            spans.within,
        ),
        (
            "innerhalb|within|binnen",
            rf"\b(?:innerhalb|within|binnen)(?: von)? {_COUNT} "
            r"(?P<unit>WEEK|DAYS|MONTH)\b",
            spans.within,
        ),
        (
            "in ",
            r"\bin (\d{1,3}|eine?[rnms]?|an?) (DAYS|WEEK|MONTH|YEAR)\b",
            spans.in_days,
        ),
        (
            "vor |seit ",
            rf"\b(?:vor|seit) {_COUNT} (?P<unit>DAYS|WEEK|MONTH|YEAR)\b(?! alt)",
            spans.ago,
        ),
        (" ago", rf"\b{_COUNT} (?P<unit>DAYS|WEEK|MONTH|YEAR) ago\b", spans.ago),
        (
            "BEGIN|MIDDLE|FINISH",
            rf"\b{_PERIOD_PART} (?:{_QUALIFIER} )?(?:M(?P<month>\d+)|MAY)\b"
            r"(?: (?P<year>20\d\d)\b)?",
            spans.in_month,
        ),
        (
            "M",
            r"\b(?P<part>)(?:im|in|ab|von|bis|seit|until|by|from|vor|nach|since) "
            rf"(?:{_QUALIFIER} )?(?:M(?P<month>\d+)|MAY)\b(?: (?P<year>20\d\d)\b)?",
            spans.in_month,
        ),
        (
            "M",
            rf"\b(?P<part>){_QUALIFIER} M(?P<month>\d+)\b(?P<year>)",
            spans.in_month,
        ),
        ("YEAR", r"\bim (?:neuen|kommenden) YEAR\b", spans.new_year),
        ("BEGIN|MIDDLE|FINISH", rf"\b{_PERIOD_PART} (?P<year>20\d\d)\b", spans.in_year),
        (
            "WEEK|MONTH|YEAR",
            rf"\b{_QUALIFIER} (?P<part>)(?P<unit>WEEK|MONTH|YEAR)\b",
            spans.period,
        ),
        (
            "WEEKEND",
            r"(?<!schones )(?<!schonen )(?<!nice )"
            r"\b(?:(NEXT|COMING|THIS|AFTERNEXT|LAST) )?WEEKEND\b(?!S)",
            spans.weekend,
        ),
        ("WEEKENDS", r"\bWEEKENDS\b", spans.weekdays_only(spans.WEEKEND)),
        (
            "WEEK|WORKDAYS",
            r"\b(?:unter|in) der WEEK\b(?! (?:nach|vor|after|before)\b)"
            r"|\bWORKDAYS\b|\bduring the WEEK\b",
            spans.weekdays_only(spans.WORKDAYS),
        ),
        ("W", r"\bW(\d)\b", spans.weekday),
        (
            "TOMORROW|OVERMORROW|TODAY|YESTERDAY",
            r"\b(?:the )?DAYS after TOMORROW\b"
            r"|\b(?:OVERMORROW|TOMORROW|TODAY|YESTERDAY|EREYESTERDAY)\b",
            spans.relative,
        ),
        (
            NUMBER,
            r"(?<!mit )(?<!in )(?<!bei )(?<!von )(?<!aus )(?<!an )(?<!nach )"
            r"\b(?:am|ab dem|ab|bis zum|bis|vom|zum|dem|den|der|on the|by the|the|"
            r"W\d,?(?: de[nr])?) (\d{1,2})(?:\.|st|nd|rd|th)(?! ?\d)" + FOLLOWER,
            spans.day_of_month,
        ),
    )
)
#: "guten Morgen", and "am Morgen", "heute morgen", "jeden Morgen": no day.
_NOT_TOMORROW = re.compile(
    r"(?:\b(?:gut\w*|schon\w*|am|jed\w+|THIS|NEXT|TODAY|YESTERDAY|fruhen|W\d|R\d|\.|"
    r"MORGEN|OVERMORROW|M\d+|den) |['’]n )$"
)
_MORGEN = re.compile(r"\bMORGEN\b")
_GREETING = re.compile(r"^\W*MORGEN ?(?:[,!.]|zusammen|allerseits|alle\b|ihr\b)")


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
    for rule in _RULES.applicable(coded):
        for match in rule.pattern.finditer(coded):
            if _is_taken(found, match.span()):
                continue
            try:
                options = rule.read(match, today)
            except (OverflowError, ValueError):
                continue
            if options:
                find = DayFind(*_trimmed(match), tuple(options))
                found.append(
                    find._replace(
                        is_weekday=rule.read is spans.weekday,
                        is_date=rule.read in _DATES,
                        is_in_week=rule.read is spans.weekday_of_week
                        or (rule.read is spans.period and match["unit"] == "WEEK"),
                    )
                )
    found.extend(_tomorrow(coded, today, found, is_answer=is_answer))
    return sorted(found)


_DATES = (
    spans.iso,
    spans.numeric,
    spans.slashed,
    spans.day_and_month,
    spans.month_and_day,
    spans.day_of_month,
)


def _tomorrow(
    coded: str, today: date, found: list[DayFind], *, is_answer: bool
) -> list[DayFind]:
    if "MORGEN" not in coded:
        return []
    tomorrow = (spans.one_day(today + timedelta(days=1)),)
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
    r"before|after|since|from|till|im|in|von|vor|nach|seit) "
    r"(?=\d|M\d|MAY|NEXT|THIS|COMING|LAST)"
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
