from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from kumpel.clock import TIME_ZONE
from portal.opening_hours import (
    Day,
    Timetable,
    is_outdated,
    last_day_of,
    nrw_holidays,
    weaker,
)
from portal.seed_models import Hours, OfficeSeed, SpecialDay
from portal.seed_reader import read_seed

SOURCE = {"urls": ["test"], "retrieved": "2026-11", "confidence": "medium"}
WEEK = [
    {"days": ["mo", "di"], "mode": "walkIn", "times": ["08:30-12:30", "14:00-16:00"]},
    {"days": ["do"], "mode": "appointmentOnly", "times": ["14:00-17:30"]},
    {"days": ["fr"], "mode": "phone", "times": ["09:00-12:00"]},
]


@pytest.fixture(scope="module")
def special_days() -> list[SpecialDay]:
    return list(read_seed().special_days.special_days)


@pytest.fixture(scope="module")
def offices() -> dict[str, OfficeSeed]:
    return {office.id: office for office in read_seed().offices}


def hours(**changes: object) -> Hours:
    values = {
        "on_public_holidays": "closed",
        "closing_days": ["administration"],
        "weekly": WEEK,
        **changes,
    }
    return Hours.parse_obj(values)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TIME_ZONE)


def shape(day: Day) -> tuple[object, ...]:
    times = tuple(f"{span.opens}-{span.closes}" for span in day.spans)
    return times if day.is_known else None, day.kind  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-11-23", (("08:30-12:30", "14:00-16:00"), None)),  # Monday
        ("2026-11-25", ((), "regular")),  # Wednesday
        ("2026-11-28", ((), "regular")),  # Saturday
        ("2026-12-24", ((), "special")),
        ("2026-12-25", ((), "holiday")),
        ("2026-12-28", ((), "special")),  # between the years
        ("2026-12-31", ((), "special")),
        ("2027-01-01", ((), "holiday")),
        ("2026-02-16", ((), "special")),  # Rosenmontag 2026
        ("2027-02-08", ((), "special")),  # Rosenmontag 2027
        ("2026-02-17", (("08:30-12:30", "14:00-16:00"), None)),  # Veilchendienstag
        ("2026-06-04", ((), "holiday")),  # Corpus Christi, only in some states
    ],
)
def test_special_day_goes_before_holiday_before_regular(
    day: str, expected: tuple[object, ...], special_days: list[SpecialDay]
) -> None:
    table = Timetable(hours(), special_days)
    assert shape(table.day(date.fromisoformat(day))) == expected


def test_a_special_day_opens_on_a_public_holiday() -> None:
    own = {
        "id": "tag-der-offenen-tuer",
        "name": "Tag der offenen Tür",
        "date": "2026-10-03",
        "times": ["10:00-16:00"],
        "text": "Tag der offenen Tür",
        "source": SOURCE,
    }
    day = Timetable(hours(special_days=[own]), []).day(date(2026, 10, 3))
    assert shape(day) == (("10:00-16:00",), "special")


def test_an_own_special_day_goes_before_a_common_one(
    special_days: list[SpecialDay],
) -> None:
    own = {
        "id": "notdienst",
        "name": "Notdienst",
        "month_day": "12-24",
        "times": ["09:00-11:00"],
        "text": "Notdienst",
        "source": SOURCE,
    }
    day = Timetable(hours(special_days=[own]), special_days).day(date(2026, 12, 24))
    assert shape(day) == (("09:00-11:00",), "special")


def test_closing_days_of_the_administration_do_not_concern_others(
    special_days: list[SpecialDay],
) -> None:
    table = Timetable(hours(closing_days=[]), special_days)
    assert shape(table.day(date(2026, 12, 28)))[0] == ("08:30-12:30", "14:00-16:00")


@pytest.mark.parametrize(
    ("moment", "is_open", "mode", "change", "to"),
    [
        ("2026-11-23T08:29:59", False, None, "2026-11-23T08:30:00", "open"),
        ("2026-11-23T08:30:00", True, "walkIn", "2026-11-23T12:30:00", "closed"),
        ("2026-11-23T12:30:00", False, None, "2026-11-23T14:00:00", "open"),
        ("2026-11-23T15:59:59", True, "walkIn", "2026-11-23T16:00:00", "closed"),
        ("2026-11-24T16:00:00", False, None, "2026-11-26T14:00:00", "open"),
        (
            "2026-11-26T15:00:00",
            True,
            "appointmentOnly",
            "2026-11-26T17:30:00",
            "closed",
        ),
        ("2026-11-27T10:00:00", True, "phone", "2026-11-27T12:00:00", "closed"),
        # Across Christmas, the closing days and New Year.
        ("2026-12-22T16:00:00", False, None, "2027-01-04T08:30:00", "open"),
    ],
)
def test_status_names_mode_and_next_change(
    moment: str,
    is_open: bool,
    mode: str | None,
    change: str,
    to: str,
    special_days: list[SpecialDay],
) -> None:
    status = Timetable(hours(), special_days).status(at(moment))
    assert bool(status.span) is is_open
    assert (status.span.mode if status.span else None) == mode
    assert status.change_at == at(change)
    assert status.change_to == to


def test_a_lunch_break_closes_the_office() -> None:
    status = Timetable(hours(), []).status(at("2026-11-23T13:00:00"))
    assert status.span is None
    assert status.change_at == at("2026-11-23T14:00:00")


def test_closing_at_24_is_the_start_of_the_next_day(
    offices: dict[str, OfficeSeed], special_days: list[SpecialDay]
) -> None:
    table = Timetable(offices["kod"].hours, special_days)
    status = table.status(at("2026-12-24T23:59:00"))
    assert status.span
    assert status.span.mode == "phone"
    assert status.change_at == at("2026-12-25T00:00:00")
    night = table.status(at("2026-12-25T00:00:00"))
    assert night.span is None
    assert night.change_at == at("2026-12-25T08:00:00")


def test_round_the_clock_never_changes(offices: dict[str, OfficeSeed]) -> None:
    status = Timetable(offices["feuerwehr"].hours, []).status(at("2026-12-31T23:59:59"))
    assert status.span
    assert status.change_at is None
    assert status.change_to is None


@pytest.mark.parametrize(
    ("moment", "change"),
    [
        # Spring forward: 02:00 to 03:00 does not exist on 29 March 2026.
        ("2026-03-28T18:00:00+01:00", "2026-03-29T10:00:00+02:00"),
        ("2026-03-29T01:59:59+01:00", "2026-03-29T10:00:00+02:00"),
        # Back to winter: 02:30 happens twice on 25 October 2026.
        ("2026-10-25T02:30:00+02:00", "2026-10-25T10:00:00+01:00"),
        ("2026-10-25T02:30:00+01:00", "2026-10-25T10:00:00+01:00"),
    ],
)
def test_opening_keeps_its_wall_clock_when_the_clocks_change(
    moment: str, change: str
) -> None:
    week = [{"days": ["so"], "mode": "walkIn", "times": ["10:00-18:00"]}]
    status = Timetable(hours(weekly=week), []).status(datetime.fromisoformat(moment))
    assert status.change_at == datetime.fromisoformat(change)
    assert status.change_at.isoformat() == change


def test_a_night_of_23_hours_ends_at_its_local_time() -> None:
    week = [{"days": ["sa", "so"], "mode": "walkIn", "times": ["00:00-24:00"]}]
    table = Timetable(hours(weekly=week), [])
    status = table.status(datetime.fromisoformat("2026-03-28T12:00:00+01:00"))
    assert status.change_at
    assert status.change_at.isoformat() == "2026-03-30T00:00:00+02:00"


def test_unknown_hours_are_neither_open_nor_closed() -> None:
    table = Timetable(hours(weekly=[]), [])
    status = table.status(at("2026-11-23T10:00:00"))
    assert not table.is_known
    assert not status.day.is_known
    assert status.change_at is None


def test_unknown_hours_stay_unknown_on_special_days(
    special_days: list[SpecialDay],
) -> None:
    day = Timetable(hours(weekly=[]), special_days).day(date(2026, 12, 24))
    assert not day.is_known
    assert day.kind == "special"


def test_a_museum_on_a_holiday_is_unknown_and_on_sunday_open(
    offices: dict[str, OfficeSeed], special_days: list[SpecialDay]
) -> None:
    table = Timetable(offices["kaiser-wilhelm-museum"].hours, special_days)
    assert shape(table.day(date(2026, 11, 29))) == (("11:00-17:00",), None)
    holiday = table.day(date(2026, 12, 25))
    assert not holiday.is_known
    assert holiday.reason
    assert "Weihnachtstag" in holiday.reason
    # The next opening that is certain leaves the unknown days out.
    status = table.status(at("2026-12-24T17:00:00"))
    assert status.change_at == at("2026-12-27T11:00:00")


@pytest.mark.parametrize("name", ["tierheim", "badezentrum-bockum", "wertstoffhof"])
def test_others_work_while_the_administration_is_on_holiday(
    name: str, offices: dict[str, OfficeSeed], special_days: list[SpecialDay]
) -> None:
    table = Timetable(offices[name].hours, special_days)
    assert table.day(date(2026, 12, 28)).spans
    assert table.day(date(2027, 2, 8)).spans


def test_a_season_makes_the_rest_of_the_year_unknown(
    offices: dict[str, OfficeSeed], special_days: list[SpecialDay]
) -> None:
    table = Timetable(offices["museum-burg-linn"].hours, special_days)
    assert table.day(date(2026, 10, 31)).is_known
    assert not table.day(date(2026, 11, 3)).is_known
    assert table.status(at("2026-11-24T12:00:00")).span is None


def test_a_suspended_office_is_closed_with_its_reason(
    offices: dict[str, OfficeSeed], special_days: list[SpecialDay]
) -> None:
    table = Timetable(offices["briefwahlbuero"].hours, special_days)
    day = table.day(date(2026, 11, 23))
    assert day.is_known
    assert not day.spans
    assert day.reason
    assert "Wahl" in day.reason
    assert table.status(at("2026-11-23T10:00:00")).change_at is None


def test_a_special_day_may_run_over_new_year() -> None:
    special = SpecialDay.parse_obj(
        {
            "id": "winterpause",
            "name": "Winterpause",
            "month_day": "12-30",
            "length_in_days": 5,
            "scopes": ["administration"],
            "text": "Winterpause",
            "source": SOURCE,
        }
    )
    table = Timetable(hours(on_public_holidays="as_usual"), [special])
    assert table.day(date(2027, 1, 2)).kind == "special"
    assert table.day(date(2027, 1, 4)).kind is None


def test_a_special_day_on_29_february_skips_other_years() -> None:
    special = SpecialDay.parse_obj(
        {
            "id": "schalttag",
            "name": "Schalttag",
            "month_day": "02-29",
            "scopes": ["administration"],
            "text": "Schalttag",
            "source": SOURCE,
        }
    )
    table = Timetable(hours(), [special])
    assert table.day(date(2028, 2, 29)).kind == "special"
    assert table.day(date(2027, 3, 1)).kind is None


def test_every_day_of_a_decade_resolves(
    offices: dict[str, OfficeSeed], special_days: list[SpecialDay]
) -> None:
    for name in ("rathaus", "kod", "kaiser-wilhelm-museum"):
        table = Timetable(offices[name].hours, special_days)
        for offset in range(0, 3653, 7):
            day = table.day(date(2024, 1, 1) + timedelta(days=offset))
            assert all(span.opens < span.closes for span in day.spans)


def test_nrw_has_eleven_holidays_with_german_names() -> None:
    rows = nrw_holidays(2026)
    assert len(rows) == 11
    assert (date(2026, 11, 1), "Allerheiligen") in rows
    assert all("Heiligabend" not in name for _, name in rows)


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2025-10", False),
        ("2025-10-20", False),
        ("2025-08", True),
        ("2025", False),  # may mean its last day
        ("2018", True),
        ("Kommunalwahl 2025 (ab 11.08.2025)", False),
        ("undatiert", True),
        (None, True),
        ("2025-13-45", False),
    ],
)
def test_old_or_undated_hours_are_stale(as_of: str | None, expected: bool) -> None:
    assert is_outdated(as_of, date(2026, 11, 23), 400) is expected


def test_a_date_without_day_means_the_end_of_its_month() -> None:
    assert last_day_of("2024-02") == date(2024, 2, 29)


def test_the_weakest_confidence_wins() -> None:
    assert weaker("high", None, "low", "medium") == "low"
    assert weaker(None) == "high"
