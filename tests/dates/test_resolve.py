"""What citizens say about time, from the table in `cases.yml`."""

from __future__ import annotations

import statistics
import time as clock
from datetime import date, datetime, time
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kumpel.clock import TIME_ZONE
from kumpel.dates.calendar import Closure, OpeningCalendar
from kumpel.dates.resolve import resolve
from kumpel.dates.values import Resolution, When

#: All is text to BaseLoader; to YAML, 15:30 is a number on the base of 60.
_BLOCKS = yaml.load(
    Path(__file__).with_name("cases.yml").read_text(encoding="utf-8"),
    Loader=yaml.BaseLoader,
)
_CASES = [
    pytest.param(block, text, expected, id=f"{block['now']} {text}")
    for block in _BLOCKS
    for text, expected in block["cases"].items()
]
_DAYS = ("mo", "di", "mi", "do", "fr", "sa", "so")
NOW = datetime(2026, 11, 23, 10, 15, tzinfo=TIME_ZONE)

_MORNING, _AFTERNOON = (time(8, 30), time(12, 30)), (time(14), time(16))
TOWN_HALL = OpeningCalendar(
    weekly={
        **dict.fromkeys(range(3), (_MORNING, _AFTERNOON)),
        3: (_MORNING, (time(14), time(17, 30))),
        4: (_MORNING,),
    },
    closures=(
        Closure(date(2026, 12, 24), date(2026, 12, 24), "Heiligabend"),
        Closure(date(2026, 12, 27), date(2026, 12, 30), "Betriebsferien"),
        Closure(date(2027, 2, 8), date(2027, 2, 8), "Rosenmontag"),
    ),
)
LATE = OpeningCalendar(weekly=dict.fromkeys(range(6), ((time(8), time(20, 30)),)))
_OFFICES = {"town_hall": TOWN_HALL, "late": LATE}


def shown(resolution: Resolution) -> str:
    """Writes a resolution as the table does."""
    if resolution.alternatives:
        parts = ["ask " + " / ".join(map(shown_when, resolution.alternatives))]
    else:
        parts = [" | ".join(map(shown_when, resolution.wishes.wanted))]
    parts += [f"not {shown_when(each)}" for each in resolution.wishes.excluded]
    if resolution.problem:
        parts.append(f"!{resolution.problem.kind} {resolution.problem.reason}")
    return " ".join(part.strip() for part in parts if part).strip() or "-"


def shown_when(when: When) -> str:
    first, last = (str(day or "") for day in (when.first, when.last))
    parts = [first if first == last else f"{first}..{last}"]
    parts.append(",".join(_DAYS[day] for day in sorted(when.weekdays)))
    start, end = (f"{at:%H:%M}" if at else "" for at in (when.start, when.end))
    if when.has_times:
        parts.append(start if start == end else f"{start}-{end}")
    parts += ["asap"] * when.is_soonest + ["any"] * when.is_anything
    return "~" * when.is_rough + " ".join(part for part in parts if part)


@pytest.mark.parametrize(("block", "text", "expected"), _CASES)
def test_an_expression_means(block: dict, text: str, expected: str) -> None:  # type: ignore[type-arg]
    now = datetime.fromisoformat(block["now"])
    calendar = _OFFICES.get(block.get("office", ""))

    found = resolve(text, now, calendar, expected=block.get("expected"))

    assert shown(found) == expected


def test_the_table_is_large_enough() -> None:
    assert len(_CASES) >= 250


def test_the_words_stand_where_the_mention_says() -> None:
    text = "Geht es, äh, nächste Woche Dienstach nachmittag oder am 5. um halb zehn?"

    found = resolve(text, NOW).mentions

    assert [text[each.start : each.end] for each in found] == [
        "nächste Woche Dienstach nachmittag",
        "5. um halb zehn",
    ]
    assert [each.text for each in found] == [
        text[each.start : each.end] for each in found
    ]


def test_a_moment_in_another_zone_is_krefelds() -> None:
    late_in_new_york = datetime.fromisoformat("2026-11-23T20:00:00-05:00")
    assert resolve("heute", late_in_new_york).wishes.wanted[0].day == date(2026, 11, 24)


def test_a_closed_day_is_named_with_its_reason() -> None:
    found = resolve("an Fronleichnam", NOW, TOWN_HALL)
    assert found.problem is not None
    assert (found.problem.kind, found.problem.reason) == ("closed", "Fronleichnam")


def test_a_day_that_can_be_had_hides_one_that_cannot() -> None:
    found = resolve("Samstag oder Dienstag", NOW, TOWN_HALL)
    assert found.problem is None
    assert [each.day for each in found.wishes.wanted] == [date(2026, 11, 24)]


_PIECES = st.sampled_from(
    [
        *(text for block in _BLOCKS for text in block["cases"]),
        *"am um bis vor nach ab nicht oder und - . , : 31 29.2. 99 0 24 Uhr".split(),
    ]
)


@settings(max_examples=400, deadline=None)
@given(
    st.lists(_PIECES, max_size=6).map(" ".join),
    st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2090, 12, 31)),
)
def test_no_mix_of_expressions_breaks_it(text: str, now: datetime) -> None:
    for calendar in (None, TOWN_HALL):
        found = resolve(text, now, calendar)
        for each in found.mentions:
            assert 0 <= each.start < each.end <= len(text)
            assert each.options
            assert [When.from_json(o.to_json()) for o in each.options] == [
                *each.options
            ]


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300))
def test_no_text_breaks_it(text: str) -> None:
    for expected in (None, "day", "time"):
        resolve(text, NOW, TOWN_HALL, expected=expected)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["nach 9999-12-31", "31.12.2099", "in 999 Jahren"])
def test_far_days_break_nothing(text: str) -> None:
    resolve(text, NOW)


@pytest.mark.parametrize(
    "text",
    ["9" * 5000, "Dienstag " * 500, "am 1." * 400, "\n" * 3000, "von 9 bis " * 300],
)
def test_a_pasted_letter_is_no_burden(text: str) -> None:
    began = clock.thread_time()
    resolve(text, NOW, TOWN_HALL)
    assert clock.thread_time() - began < 0.5


def test_a_message_takes_less_than_two_milliseconds() -> None:
    texts = [text for block in _BLOCKS for text in block["cases"]]
    for text in texts:
        resolve(text, NOW)
    took = []
    for text in texts:
        began = clock.thread_time()
        resolve(text, NOW)
        took.append(clock.thread_time() - began)
    assert statistics.median(took) < 0.002
