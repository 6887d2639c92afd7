"""When appointments are given: hours, holidays, releases, the change of clocks."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from booking_portal import CitizenClient, codes, embedded

from kumpel.clock import TIME_ZONE, parse_moment
from kumpel.errors import ConfigurationError
from portal.appointments.calendar import Availability, Wish, available_calendar
from portal.appointments.catalogue import BookingCatalogue
from portal.appointments.catalogue_reader import Options, read_catalogue
from portal.appointments.seed import BookingSeed, Load, read_booking_seed
from portal.appointments.supply import Supply, last_released_day
from portal.catalogue import Catalogue
from portal.database import prepare
from portal.seed_models import SpecialDay
from portal.seed_reader import SEED_DIR, read_seed

MITTE, OPPUM, BAUAUFSICHT = 20103, 20106, 20179
DAYS, MOMENTS = "available-days/", "available-appointments/"
EMPTY = Load(booked_out_days=0, taken=0)


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    folder = tmp_path_factory.mktemp("facts")
    return Catalogue(prepare(f"sqlite:///{folder / 'portal.db'}"))


@pytest.fixture(scope="module")
def quiet(facts: Catalogue) -> BookingSeed:
    """The rules, without any invented demand."""
    seed = read_booking_seed()
    offices = {
        slug: office.copy(update={"load": EMPTY})
        for slug, office in seed.offices.items()
    }
    default = seed.default.copy(update={"load": EMPTY})
    return seed.copy(update={"offices": offices, "default": default})


@pytest.fixture(scope="module")
def catalogue(facts: Catalogue, quiet: BookingSeed) -> BookingCatalogue:
    options = Options(needs_captcha=False, sender="termine@example.org")
    return read_catalogue(facts._engine, facts, quiet, options)


@pytest.fixture(scope="module")
def supply(facts: Catalogue, quiet: BookingSeed) -> Supply:
    return Supply(quiet, facts.special_days())


def clock_times(
    supply: Supply, catalogue: BookingCatalogue, office: int, day: str
) -> list[str]:
    slots = supply.slots(catalogue.offices[office], date.fromisoformat(day))
    moments = [datetime.fromtimestamp(slot.at, TIME_ZONE) for slot in slots]
    return [f"{moment:%H:%M}" for moment in moments]


def test_every_service_that_needs_an_appointment_can_be_booked(
    catalogue: BookingCatalogue,
) -> None:
    services = {service.slug for service in catalogue.services.values()}
    for service in read_seed().services:
        if service.appointment.need == "required":
            assert service.slug in services
        if service.appointment.need == "none":
            assert service.slug not in services


def test_slots_lie_within_the_opening_hours(
    supply: Supply, catalogue: BookingCatalogue
) -> None:
    times = clock_times(supply, catalogue, MITTE, "2026-11-26")
    assert (times[0], times[-1]) == ("08:00", "17:20")
    assert "12:20" in times
    assert "12:30" not in times
    assert "12:50" not in times
    assert "13:00" in times


@pytest.mark.parametrize(
    "day",
    [
        "2026-11-22",  # a Sunday
        "2026-12-24",
        "2026-12-25",
        "2026-12-28",  # Betriebsferien
        "2027-01-01",
        "2027-02-08",  # Rosenmontag
        "2027-05-27",  # Fronleichnam, a feast of this state
    ],
)
def test_closed_days_have_no_appointments(
    supply: Supply, catalogue: BookingCatalogue, day: str
) -> None:
    for office in (MITTE, 20107, BAUAUFSICHT):
        assert clock_times(supply, catalogue, office, day) == []


def test_where_hours_are_unknown_the_appointments_are_marked_as_examples(
    catalogue: BookingCatalogue, facts: Catalogue
) -> None:
    for office in catalogue.offices.values():
        record = facts.office(str(office.id))
        assert record
        known = [row for row in record.hours.weekly if row.mode != "phone"]
        if not known:
            assert office.is_demonstration
            assert "Beispieltermine" in office.scope["hint"]
            assert "Beispieltermine" in office.scope["infoForAppointment"]
        if not office.is_demonstration:
            assert office.scope["hint"] is None


def test_an_appointment_does_not_span_the_lunch_break(
    supply: Supply, catalogue: BookingCatalogue
) -> None:
    now = parse_moment("2026-11-24T07:00:00+01:00")
    availability = Availability(supply, {}, now)
    starts = availability.starts(catalogue.offices[MITTE], date(2026, 11, 24), 3)
    times = [f"{datetime.fromtimestamp(s.at, TIME_ZONE):%H:%M}" for s in starts]
    assert "12:00" in times
    assert "12:10" not in times
    assert times[-1] == "15:30"


@pytest.mark.parametrize(
    ("now", "last"),
    [
        ("2026-11-13T11:59:59+01:00", "2026-12-13"),
        ("2026-11-13T12:00:00+01:00", "2026-12-27"),
        ("2026-11-23T10:15:00+01:00", "2026-12-27"),
        ("2026-11-27T12:00:00+01:00", "2027-01-10"),
        ("2026-10-30T12:00:00+01:00", "2026-12-13"),
        # Twelve o'clock is twelve o'clock, in summer as well.
        ("2027-04-02T11:59:59+02:00", "2027-05-02"),
        ("2027-04-02T12:00:00+02:00", "2027-05-16"),
    ],
)
def test_new_days_are_released_every_second_friday_at_noon(now: str, last: str) -> None:
    release = read_booking_seed().release
    assert last_released_day(release, parse_moment(now)).isoformat() == last


@pytest.mark.parametrize("day", ["2027-03-28", "2027-03-29", "2026-10-25"])
def test_the_change_of_clocks_shifts_no_appointment(
    supply: Supply, catalogue: BookingCatalogue, day: str
) -> None:
    around = date.fromisoformat(day)
    for offset in range(-3, 4):
        found = clock_times(
            supply, catalogue, OPPUM, (around + timedelta(days=offset)).isoformat()
        )
        assert not found or found[0] == "08:00"


def test_an_office_open_through_the_night_of_the_change_has_an_hour_less(
    quiet: BookingSeed, catalogue: BookingCatalogue, facts: Catalogue
) -> None:
    office = catalogue.offices[OPPUM]
    row = office.hours.weekly[0].copy(update={"days": ["so"], "times": ["00:00-24:00"]})
    hours = office.hours.copy(update={"weekly": [row]})
    night = type(office)(**{**vars(office), "hours": hours})
    special: list[SpecialDay] = []
    spring = Supply(quiet, special).slots(night, date(2027, 3, 21))
    assert len(spring) == 24 * 6
    assert len(Supply(quiet, special).slots(night, date(2026, 10, 25))) == 25 * 6
    # Easter Sunday of 2027 is the night of the change, and a feast is closed.
    hours = hours.copy(update={"on_public_holidays": "as_usual"})
    night = type(office)(**{**vars(office), "hours": hours})
    assert len(Supply(quiet, special).slots(night, date(2027, 3, 28))) == 23 * 6


def test_the_calendar_pages_by_month(
    supply: Supply, catalogue: BookingCatalogue
) -> None:
    now = parse_moment("2026-11-23T10:15:00+01:00")
    offices = [catalogue.offices[BAUAUFSICHT]]

    def asked(window: tuple[date, date] | None = None) -> dict[str, object]:
        wish = Wish(offices, 6, date(2026, 11, 23), date(2027, 5, 23), window)
        return available_calendar(wish, supply, {}, now)

    def days(found: dict[str, object]) -> list[str]:
        return [day["date"] for day in found["availableDays"]]  # type: ignore[attr-defined]

    first = asked()
    assert days(first) == ["2026-11-24", "2026-11-26"]
    assert (first["prevBookableDate"], first["nextBookableDate"]) == (
        None,
        "2026-12-01",
    )
    december = asked((date(2026, 12, 2), date(2026, 12, 2)))
    # A closed day: the month is painted and its first bookable day shown.
    assert days(december)[0] == "2026-12-01"
    assert december["slotsStartDate"] == "2026-12-01"
    assert december["prevBookableDate"] == "2026-11-26"
    everything = asked((date(2026, 11, 23), date(2027, 5, 23)))
    assert days(everything) == days(first) + days(december)
    # Nothing is released yet in March: the first bookable day of all is shown.
    march = asked((date(2027, 3, 1), date(2027, 3, 31)))
    assert march["slotsStartDate"] == "2026-11-24"


@pytest.fixture
def granular(tmp_path: Path) -> Iterator[CitizenClient]:
    with embedded(tmp_path, ZMS_LEGACY_ROUTES="1") as client:
        yield client


def test_the_granular_routes_answer_when_they_are_switched_on(
    granular: CitizenClient,
) -> None:
    zms = granular
    catalogue = zms.catalogue
    assert zms.get("services/").json()["services"] == catalogue["services"]
    assert zms.get("offices/").json()["offices"] == catalogue["offices"]
    scope = zms.get("scopes/").json()["scopes"][0]
    assert zms.get("scope-by-id/", scopeId=scope["id"]).json() == scope
    offices = zms.get("offices-by-service/", serviceId=30201).json()["offices"]
    assert OPPUM in [office["id"] for office in offices]
    services = zms.get("services-by-office/", officeId=OPPUM).json()["services"]
    assert 30201 in [service["id"] for service in services]
    query = {
        "startDate": "2026-11-23",
        "endDate": "2026-12-23",
        "officeId": f"{OPPUM},{MITTE}",
        "serviceId": "30201",
        "serviceCount": "1",
    }
    days = zms.get("available-days/", **query).json()["availableDays"]
    by_office = zms.get("available-days-by-office/", **query).json()["availableDays"]
    assert [row["time"] for row in by_office] == days
    assert str(OPPUM) in by_office[0]["providerIDs"]
    query["date"] = days[0]
    moments = zms.get("available-appointments/", **query).json()
    rows = zms.get("available-appointments-by-office/", **query).json()["offices"]
    assert isinstance(rows[0]["officeId"], int)
    assert moments["appointmentTimestamps"] == sorted(
        {moment for row in rows for moment in row["appointments"]}
    )


@pytest.mark.parametrize(
    ("path", "query", "status", "code"),
    [
        ("scope-by-id/", {}, 400, "invalidScopeId"),
        ("scope-by-id/", {"scopeId": 1}, 404, "scopesNotFound"),
        ("services-by-office/", {"officeId": 1}, 404, "requestNotFound"),
        ("services-by-office/", {}, 400, "invalidOfficeId"),
        ("offices-by-service/", {"serviceId": 1}, 404, "providerNotFound"),
        (DAYS, {"startDate": "2028-01-01"}, 404, "noAppointmentForThisDay"),
        (MOMENTS, {"date": "2026-11-22"}, 404, "appointmentNotAvailable"),
        (MOMENTS, {"date": "no"}, 400, "invalidDate"),
    ],
)
def test_the_granular_routes_take_nothing_for_an_error(
    granular: CitizenClient, path: str, query: dict[str, str], status: int, code: str
) -> None:
    default = {
        "startDate": "2026-11-23",
        "endDate": "2028-01-02" if "2028" in str(query) else "2026-12-23",
        "officeId": OPPUM,
        "serviceId": 30201,
        "serviceCount": 1,
    }
    asked = {**default, **query} if path.startswith("available") else query
    answer = granular.get(path, **asked)
    assert (answer.status_code, codes(answer)) == (status, {code})


def test_a_mistake_in_the_rules_is_named(seed_copy: Path) -> None:
    path = seed_copy / "appointments" / "booking.yml"
    text = path.read_text(encoding="utf-8")
    for wrong, expected in [
        (text.replace("lead_minutes: 30", "lead_minuets: 30"), "lead_minutes"),
        (text.replace("seats: 6", "seats: 60", 1), "buergerbuero-mitte.seats"),
        (text.replace("3\n    shared_pool", "2\n    shared_pool", 1), "pool"),
    ]:
        path.write_text(wrong, encoding="utf-8")
        with pytest.raises(ConfigurationError, match=expected):
            read_booking_seed(seed_copy)


@pytest.fixture
def seed_copy(tmp_path: Path) -> Path:
    shutil.copytree(SEED_DIR / "appointments", tmp_path / "appointments")
    return tmp_path
