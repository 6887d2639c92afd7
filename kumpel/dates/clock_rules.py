"""Rules that find times of day in a coded message (`kumpel.dates.words`).

"Um 3" may be at night or in the afternoon: such a time is left open here
(`is_open`), because only the day, a part of day and the opening hours decide it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta, timezone
from typing import NamedTuple

from kumpel.dates.day_rules import FOLLOWER
from kumpel.dates.rules import NUMBER, Rules, is_plain

#: Parts of day as Germans mean them, in hours: what suits, and which clock times
#: belong to them.
_PARTS: dict[str, tuple[float, float, tuple[int, int]]] = {
    "EARLY": (6, 10, (0, 12)),
    "MORGEN": (6, 10, (0, 12)),
    "MORGENS": (6, 10, (0, 12)),
    "MORNING": (6, 12, (0, 12)),
    "FORENOON": (8, 12, (5, 13)),
    "NOON": (11.5, 14, (11, 15)),
    "AFTERNOON": (12, 18, (12, 19)),
    "LATEAFTERNOON": (16, 18, (12, 19)),
    "EVENING": (17, 22, (16, 24)),
    "NIGHT": (22, 6, (20, 30)),
}
_PARTS_FINELY = {
    ("fruh", "FORENOON"): (8, 10),
    ("fruh", "AFTERNOON"): (12, 15),
    ("fruh", "EVENING"): (17, 19),
    ("spat", "FORENOON"): (10, 12),
    ("spat", "AFTERNOON"): (16, 18),
    ("spat", "EVENING"): (20, 22),
}


class TimeSpan(NamedTuple):
    """Times of day that an expression may mean."""

    start: time | None
    end: time | None
    is_open: bool = False
    """Whether twelve hours later may be meant as well."""
    is_rough: bool = False
    day: date | None = None
    """Day that the expression fixes too ("in zwei Stunden")."""


class TimeFind(NamedTuple):
    """Times of day found in a coded message."""

    start: int
    end: int
    options: tuple[TimeSpan, ...]
    clock_hours: tuple[int, int] | None = None
    """For a part of day: clock times that belong to it; 30 is six in the morning."""


Options = list[TimeSpan] | None


def _time(hour: int, minute: int = 0) -> time | None:
    if hour == 24 and minute == 0:
        return time(0)
    return time(hour, minute) if 0 <= hour < 24 and 0 <= minute < 60 else None


def _at(
    hour: int, minute: int = 0, *, is_open: bool = True, is_rough: bool = False
) -> Options:
    at = _time(hour, minute)
    if at is None:
        return None
    return [TimeSpan(at, at, is_open and 1 <= hour <= 12, is_rough)]


def _before(hour: int, minutes: int) -> Options:
    """Returns the time some minutes before a full hour; before one it is twelve."""
    return _at((hour - 1) or 12, 60 - minutes) if 1 <= hour <= 24 else None


def _clock(match: re.Match[str], now: datetime) -> Options:
    """Reads "15:30", "9 Uhr", "3 pm"; a leading zero is the early one ("03:00")."""
    groups = match.groupdict()
    hour, minute = int(groups["hour"]), int(groups.get("minute") or 0)
    half = (groups.get("half") or "").replace(".", "")
    if half and 1 <= hour <= 12:
        return _at(hour % 12 + (12 if half == "pm" else 0), minute, is_open=False)
    return _at(hour, minute, is_open=not groups["hour"].startswith("0"))


def _rough_clock(match: re.Match[str], now: datetime) -> Options:
    return _at(int(match["hour"]), is_rough=True)


def _half(match: re.Match[str], now: datetime) -> Options:
    """Reads "halb drei" and "fünf nach halb drei"."""
    hour = int(match["hour"])
    if not 1 <= hour <= 24:
        return None
    minutes = match["minutes"]
    shift = 0 if minutes in (None, "kurz") else int(minutes)
    if match["side"] in ("vor", "before"):
        shift = -shift
    return _at((hour - 1) or 12, 30 + shift, is_rough=minutes == "kurz")


def _half_past(match: re.Match[str], now: datetime) -> Options:
    return _at(int(match["hour"]), 30)


def _half_two(match: re.Match[str], now: datetime) -> Options:
    """Reads "half two": 2:30 to the English, 1:30 to a German who says so."""
    hour = int(match["hour"])
    past, before = _at(hour, 30), _before(hour, 30)
    return [*(past or []), *(before or [])] or None


def _minutes(match: re.Match[str], now: datetime) -> Options:
    """Reads "viertel nach drei", "zehn vor acht"."""
    groups = match.groupdict()
    minutes = int(groups.get("minutes") or 15)
    hour = int(match["hour"])
    if match["side"] in ("vor", "to", "before", "of"):
        return _before(hour, minutes)
    return _at(hour, minutes)


def _quarter(match: re.Match[str], now: datetime) -> Options:
    """Reads "viertel drei": 2:15 in the south and east, here perhaps 3:15."""
    hour = int(match["hour"])
    return [*(_before(hour, 45) or []), *(_at(hour, 15) or [])] or None


def _three_quarters(match: re.Match[str], now: datetime) -> Options:
    return _before(int(match["hour"]), 15)


def _range(match: re.Match[str], now: datetime) -> Options:
    groups = match.groupdict()
    start = _time(int(match["hour"]), int(match["minute"] or 0))
    end = _time(int(match["hour2"]), int(match["minute2"] or 0))
    if start is None or end is None or start == end:
        return None
    half = (groups.get("half") or "").replace(".", "")
    if half == "pm" and end.hour < 12:
        end = end.replace(hour=end.hour + 12)
        if start.hour + 12 <= end.hour:
            start = start.replace(hour=start.hour + 12)
        return [TimeSpan(start, end)]
    is_open = start.hour <= 12 and end.hour <= 12 and not match["hour"].startswith("0")
    return [TimeSpan(start, end, is_open)]


def _part(match: re.Match[str], now: datetime) -> Options:
    groups = match.groupdict()
    name, fine = groups["name"], (groups.get("fine") or "")[:4]
    first, last, _ = _PARTS[name]
    first, last = _PARTS_FINELY.get((fine, name), (first, last))
    return [TimeSpan(_hours(first), _hours(last))]


def _hours(count: float) -> time:
    return time(int(count), int(count % 1 * 60))


def _in_hours(match: re.Match[str], now: datetime) -> Options:
    """Reads "in zwei Stunden", also in a night that has an hour more."""
    count = match["count"]
    minutes = 30 if match["halves"] else int(count) if count.isdigit() else 1
    if match["unit"] == "HOURS" and not match["halves"]:
        minutes *= 60
    if minutes > 14 * 24 * 60:
        return None
    then = now.astimezone(timezone.utc) + timedelta(minutes=minutes)
    local = then.astimezone(now.tzinfo)
    at = local.time().replace(second=0, microsecond=0)
    return [TimeSpan(at, at, is_rough=True, day=local.date())]


def _fixed(start: time | None, end: time | None) -> Callable[..., Options]:
    return lambda match, now: [TimeSpan(start, end)]


_H = r"(?<![\d.,:/§+€-])(?<!§ )(?P<hour>\d{1,2})"
_HM = _H + r"(?:[:.](?P<minute>\d{2}))?"
_HM2 = r"(?P<hour2>\d{1,2})(?:[:.](?P<minute2>\d{2}))?"
_OCLOCK = r"(?: ?(?:o ?['’`´]? ?)?OCLOCK\b| ?h\b)"
_HALVES = r" ?(?P<half>[ap]m\b|[ap]\.m\.?)"
#: "um 10 am Dienstag" is German: "am" is English only where nothing German follows.
_ENGLISH_AM = (
    r"(?= ?[,.!?;)]| ?$| (?:on|please|at|or|and|TOMORROW|TODAY|works|for|in)\b)"
)
_ROUGHLY = r"(?:ca\.?|circa|zirka|etwa|ungefahr|so|around|about|approximately)"
_NO_GREETING = r"(?<!guten )(?<!gute )(?<!schonen )(?<!schone )(?<!good )(?<!nen )"
_AM = r"(?:a\.m\.?|am\b" + _ENGLISH_AM + r"|pm\b|p\.m\.?)"

_RULES = Rules(
    (
        (
            "HOURS|MINUTES",
            r"\bin (?P<count>\d{1,3}|eine?[rnms]?|a|an|half)(?P<halves> halben| an)? "
            r"(?P<unit>HOURS|MINUTES)\b",
            _in_hours,
        ),
        (
            "zwischen|between",
            r"\b(?:zwischen|between) (?:"
            + _ROUGHLY
            + " )?"
            + _HM
            + rf"{_OCLOCK}? (?:und|and|bis|-) {_HM2}(?:{_OCLOCK}|{_HALVES}|{FOLLOWER})",
            _range,
        ),
        (
            "von |from ",
            rf"\b(?:von|from) {_HM}{_OCLOCK}? ?(?:bis|to|-|until|till) ?{_HM2}"
            rf"(?:{_OCLOCK}|{_HALVES}|{FOLLOWER})",
            _range,
        ),
        (
            "OCLOCK|h|m",
            rf"{_HM}{_OCLOCK}? ?(?:bis|-|to) ?{_HM2}(?:{_OCLOCK}|{_HALVES})",
            _range,
        ),
        (
            "HALF",
            r"\b(?:(?P<minutes>5|10|kurz)(?: MINUTES)? (?P<side>vor|nach) )?"
            r"HALF ?(?P<hour>\d{1,2})(?![\d.,])(?! (?:YEAR|DAYS|MONTH|euro))",
            _half,
        ),
        ("half", r"\bhalf past (?P<hour>\d{1,2})\b", _half_past),
        ("half", r"\bhalf (?P<hour>\d{1,2})\b(?! (?:YEAR|DAYS|MONTH|euro))", _half_two),
        (
            "QUARTER",
            r"\b(?:3 ?QUARTER|THREEQUARTER) (?P<hour>\d{1,2})\b",
            _three_quarters,
        ),
        (
            "QUARTER",
            r"\bQUARTER (?P<side>vor|nach|uber|past|to|of|after|before) "
            r"(?P<hour>\d{1,2})\b",
            _minutes,
        ),
        ("QUARTER", r"\bQUARTER (?P<hour>\d{1,2})\b(?! ?(?:YEAR|%))", _quarter),
        (
            NUMBER,
            r"(?<![\d.,:])(?P<minutes>5|10|15|20|25)(?: MINUTES)? "
            r"(?P<side>vor|nach|past) (?P<hour>\d{1,2})(?:"
            + _OCLOCK
            + "|"
            + FOLLOWER
            + ")",
            _minutes,
        ),
        (
            "MINUTES",
            r"(?<![\d.,:])(?P<minutes>\d{1,2}) MINUTES "
            r"(?P<side>vor|nach|past|to|before) "
            r"(?P<hour>\d{1,2})(?:" + _OCLOCK + "|" + FOLLOWER + ")",
            _minutes,
        ),
        (
            "am|pm|a.m|p.m",
            _H + r"(?:[:.](?P<minute>\d{2}))? ?(?P<half>" + _AM + ")",
            _clock,
        ),
        (
            "OCLOCK",
            _H + r" ?OCLOCK ?(?P<minute>\d{2})(?!\d)(?:" + FOLLOWER + ")",
            _clock,
        ),
        ("OCLOCK", _HM + r" ?(?:o ?['’`´]? ?)?OCLOCK\b", _clock),
        (
            "OCLOCK",
            r"(?<![\d.,:/+-])(?P<hour>\d{1,2})(?P<minute>\d{2}) ?OCLOCK\b",
            _clock,
        ),
        (":", _H + r":(?P<minute>\d{2})(?![\d:])(?:h\b)?", _clock),
        (
            "h",
            r"(?<!dauert )(?<!innerhalb )(?<!binnen )"
            r"(?<![\d.,:/§+€-])(?P<hour>1?\d|2[0-3])h(?P<minute>\d{2})?\b",
            _clock,
        ),
        (
            " h",
            r"\b(?:um|gegen|ab|at|from|vor|nach|bis|after|before|until|W\d,?|MORGENS|"
            r"FORENOON|AFTERNOON) (?P<hour>\d{1,2}) h\b",
            _clock,
        ),
        (
            ".",
            r"\b(?:um|gegen|ab|at|vor|nach|bis|TODAY|MORGEN|W\d,?) "
            r"(?P<hour>\d{1,2})\.(?P<minute>[0-5]\d)(?!\d|\.\d)(?! ?(?:€|euro|%))",
            _clock,
        ),
        (
            NUMBER,
            rf"\b(?:gegen|around|so um|(?:um|at) {_ROUGHLY}|{_ROUGHLY} um) "
            rf"(?P<hour>\d{{1,2}})(?:{FOLLOWER})",
            _rough_clock,
        ),
        (
            "um |at |punkt ",
            rf"\b(?:um|at|punkt) (?P<hour>\d{{1,2}})(?:{FOLLOWER})(?! ?%)",
            _clock,
        ),
        (
            "AFTERWORK|arbeit|work|buro|dienst",
            r"\b(?:nach (?:dem |meinem )?AFTERWORK|nach (?:der|meiner) arbeit|"
            r"after work|nach (?:der|dem) (?:buro|dienst))\b",
            _fixed(time(16), None),
        ),
        (
            "arbeit|work",
            r"\b(?:vor (?:der|meiner) arbeit|before work)\b",
            _fixed(None, time(9)),
        ),
        (
            "mittag|lunch",
            r"\b(?:in (?:der|meiner) mittagspause|lunch break|lunchtime|mittagszeit)\b",
            _fixed(time(12), time(14)),
        ),
        (
            "mitternacht|midnight",
            r"\b(?:um )?(?:mitternacht|midnight)\b",
            _fixed(time(0), time(0)),
        ),
    )
)
_PART_RULES: tuple[re.Pattern[str], ...] = (
    re.compile(
        _NO_GREETING
        + r"\b(?:(?P<fine>fruhe[nr]|spate[nr]|late|early|spat) )?"
        + r"(?P<name>MORNING|FORENOON|NOON|AFTERNOON|LATEAFTERNOON|EVENING|NIGHT)\b"
    ),
    re.compile(r"\b(?P<name>MORGENS)\b"),
    re.compile(
        r"(?<!so )(?<!zu )(?<!moglichst )(?<!wie )(?<!sehr )(?<!ganz )"
        r"\b(?P<name>EARLY)\b"
        r"(?! (?:wie|genug|DAYS|W\d|M\d|MORGEN))"
    ),
    re.compile(
        r"(?:\b(?:am|jed\w+|fruhen|THIS|NEXT|TODAY|YESTERDAY|MORGEN|OVERMORROW|W\d|R\d|"
        r"M\d+|in den|immer) |\d\. )(?P<name>MORGEN)\b"
    ),
)
#: A bare number is a time behind these only if the message is about a time at all:
#: "Ausweis ab 16" is about an age.
_BARE_BOUND = re.compile(
    r"\b(?:ab|vor|nach|bis|fruhestens|spatestens|after|before|from|until|till|by|"
    rf"fruhestens um|spatestens um)(?: um| {_ROUGHLY})? "
    rf"(?P<hour>\d{{1,2}})(?:{FOLLOWER})"
)
_FILLING = frozenset(
    """nur erst bitte geht ich kann konnte wir mir bei am besten lieber gern gerne es
    ginge das passt ist und oder aber nicht doch dann also ja nein immer moglichst
    fruhestens spatestens irgendwann von bis ab vor nach um ne no yes only please i can
    not before after from until till""".split()
)
_WORD = re.compile(r"[a-z]+")
_TIMELY = re.compile(
    r"\b(?:[WR]\d|TODAY|TOMORROW|OVERMORROW|OCLOCK|MORGENS|FORENOON|AFTERNOON|EVENING|"
    r"NOON|WEEK|termine?|zeit|uhrzeit|appointment|MORGEN)\b|\d\. ?\d"
)
_BARE_ANSWER = re.compile(
    r"^\D{0,20}?(?<![\d.,:-])(?P<hour>\d{1,2})(?: ?[:. ] ?(?P<minute>[0-5]\d))?"
    r"(?![\d.,:-]\d)\D{0,12}$"
)
_BARE_RANGE = re.compile(
    r"^\D{0,12}?(?P<hour>\d{1,2})(?::(?P<minute>\d\d))? ?(?:-|bis|to) ?"
    r"(?P<hour2>\d{1,2})(?::(?P<minute2>\d\d))?\D{0,8}$"
)
_BOUND_WORD = re.compile(
    r"(?:ab|vor|nach|bis|fruhestens|spatestens|after|before|from|until|till|by|von)"
    r"(?: um| ca\.?| circa| etwa)? "
)


def find_times(
    coded: str, now: datetime, *, is_answer: bool = False, taken: list[tuple[int, int]]
) -> list[TimeFind]:
    """Finds all times of day that a coded message names, in order.

    Args:
        coded: The message in codes.
        now: Current moment in Krefeld.
        is_answer: Whether a time was asked for: then a bare "15" is one.
        taken: Where days were found; their words name no time.
    """
    found: list[TimeFind] = []
    free = _Free([*taken])
    for rule in _RULES.applicable(coded):
        for match in rule.pattern.finditer(coded):
            if free.takes(start := _start(match), match.end()):
                options = rule.read(match, now)
                if options:
                    free.take(start, match.end())
                    found.append(TimeFind(start, match.end(), tuple(options)))
    if is_plain(coded):
        return sorted(found)  # neither a part of the day nor a number
    for pattern in _PART_RULES:
        for match in pattern.finditer(coded):
            start = match.start("name") if match["name"] == "MORGEN" else match.start()
            options = _part(match, now)
            if options and free.takes(start, match.end()):
                free.take(start, match.end())
                hours = _PARTS[match["name"]][2]
                found.append(TimeFind(start, match.end(), tuple(options), hours))
    found += _bare(coded, now, free, is_answer=is_answer)
    return sorted(found)


class _Free:
    """Keeps which characters no find has taken."""

    def __init__(self, taken: list[tuple[int, int]]) -> None:
        self._taken = taken

    def takes(self, start: int, end: int) -> bool:
        return all(end <= first or start >= last for first, last in self._taken)

    def take(self, start: int, end: int) -> None:
        self._taken.append((start, end))


def _bare(coded: str, now: datetime, free: _Free, *, is_answer: bool) -> list[TimeFind]:
    found: list[TimeFind] = []
    is_timely = is_answer or bool(_TIMELY.search(coded)) or _is_bare(coded)
    for match in _BARE_BOUND.finditer(coded) if is_timely else ():
        start = match.start("hour")
        options = _clock(match, now)
        if options and free.takes(start, match.end()):
            free.take(start, match.end())
            found.append(TimeFind(start, match.end(), tuple(options)))
    if not is_answer or found:
        return found
    for pattern, rule in ((_BARE_RANGE, _range), (_BARE_ANSWER, _clock)):
        answer = pattern.match(coded)
        if answer and free.takes(answer.start("hour"), answer.end()):
            options = rule(answer, now)
            if options:
                end = max(
                    answer.end(name)
                    for name in ("hour", "minute", "hour2")
                    if name in answer.re.groupindex
                )
                return [TimeFind(answer.start("hour"), end, tuple(options))]
    return found


def _is_bare(coded: str) -> bool:
    """Says whether a message holds hardly more than the number: "nur nach 16"."""
    return all(word in _FILLING for word in _WORD.findall(coded))


def _start(match: re.Match[str]) -> int:
    """Leaves out a preposition that may be a bound ("ab 15.30")."""
    lead = _BOUND_WORD.match(match[0])
    is_range = "hour2" in match.re.groupindex or "HOURS" in match[0]
    is_fixed = "hour" not in match.re.groupindex
    if lead is None or is_range or is_fixed:
        return match.start()
    return match.start() + lead.end()
