"""Facts over HTTP, within the process."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests

from kumpel.evaluation.asgi_session import session_for
from kumpel.settings import Settings
from portal.app import create_app
from portal.seed_reader import read_seed

BASE = "http://portal.test"


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[requests.Session]:
    settings = Settings.from_environment(
        {
            "KUMPEL_VAR": str(tmp_path_factory.mktemp("var")),
            "KUMPEL_NOW": "2026-11-23T10:15:00+01:00",
            "KUMPEL_PUBLIC_URL": "https://portal.example/",
        }
    )
    with session_for(create_app(settings)) as session:
        yield session


def ok(portal: requests.Session, path: str, **query: Any) -> Any:
    answer = portal.get(
        BASE + path, params={k.rstrip("_"): v for k, v in query.items()}
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


def refused(portal: requests.Session, path: str, **query: Any) -> Any:
    answer = portal.get(
        BASE + path, params={k.rstrip("_"): v for k, v in query.items()}
    )
    assert answer.status_code == 422, answer.text
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    return answer.json()["errors"]


# -- services


@pytest.mark.parametrize("q", ["Müll", "muell", "MÜLL", "Mull"])
def test_umlauts_and_their_spellings_are_the_same_search(
    portal: requests.Session, q: str
) -> None:
    expected = ok(portal, "/portal/v1/services", q="müll")
    assert expected["total"] > 3
    assert ok(portal, "/portal/v1/services", q=q)["items"] == expected["items"]


@pytest.mark.parametrize(
    ("q", "slug"),
    [
        ("Reisepass", "reisepass"),
        ("perso", "personalausweis"),
        ("sperrmuell", "sperrmuell"),
        ("Strassenreinigung", "strassenreinigung"),
        ("gaststaette erlaubnis", "gaststaettenerlaubnis"),
    ],
)
def test_the_best_match_comes_first(
    portal: requests.Session, q: str, slug: str
) -> None:
    items = ok(portal, "/portal/v1/services", q=q)["items"]
    assert slug in [item["slug"] for item in items[:3]]


def test_an_exact_name_goes_before_one_that_contains_it(
    portal: requests.Session,
) -> None:
    items = ok(portal, "/portal/v1/services", q="Sperrmüll")["items"]
    assert items[0]["slug"] == "sperrmuell"


@pytest.mark.parametrize("q", ["%", "_", "'; DROP TABLE service;--", "!!!", "xyzzy"])
def test_signs_of_the_database_find_nothing(portal: requests.Session, q: str) -> None:
    assert ok(portal, "/portal/v1/services", q=q)["total"] == 0


def test_an_empty_search_is_no_filter(portal: requests.Session) -> None:
    assert ok(portal, "/portal/v1/services", q=" ")["total"] == 171


def test_cursors_lead_through_all_services_once(portal: requests.Session) -> None:
    seen: list[str] = []
    cursor = None
    while True:
        query = {"limit": 50} | ({"cursor": cursor} if cursor else {})
        page = ok(portal, "/portal/v1/services", **query)
        seen += [item["slug"] for item in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == 171


def test_a_cursor_of_another_search_is_refused(portal: requests.Session) -> None:
    cursor = ok(portal, "/portal/v1/services", limit=5)["next"]
    answer = portal.get(
        f"{BASE}/portal/v1/services", params={"limit": 5, "q": "hund", "cursor": cursor}
    )
    assert answer.status_code == 400
    assert answer.json()["code"] == "malformed"


def test_services_of_an_office_and_of_a_category(portal: requests.Session) -> None:
    by_slug = ok(portal, "/portal/v1/services", office="kod")
    assert by_slug["total"] > 0
    assert ok(portal, "/portal/v1/services", office="20119") == by_slug
    abfall = ok(portal, "/portal/v1/services", category="abfall")
    assert abfall["total"] == 13
    assert {item["category"] for item in abfall["items"]} == {"abfall"}


def test_slug_and_number_name_the_same_service(portal: requests.Session) -> None:
    service = ok(portal, "/portal/v1/services/personalausweis")
    assert ok(portal, f"/portal/v1/services/{service['identifier']}") == service
    assert service["@type"] == "GovernmentService"


def test_every_fact_of_a_service_carries_over(portal: requests.Session) -> None:
    for seed in read_seed().services:
        service = ok(portal, f"/portal/v1/services/{seed.slug}")
        assert service["alternateName"] == seed.synonyms
        assert [row["name"] for row in service["requiredDocuments"]] == seed.documents
        assert [row["slug"] for row in service["offices"]] == seed.offices
        assert len(service["fees"]) == len(seed.fees)
        assert service["facts"] == seed.facts
        assert service["unverified"] == seed.unverified
        assert service["deadline"] == seed.deadline
        assert service["source"]["confidence"] == seed.source.confidence


def test_prices_are_exact_decimals_and_unknown_ones_stay_unknown(
    portal: requests.Session,
) -> None:
    fees = {
        row["name"]: row
        for row in ok(portal, "/portal/v1/services/wohnsitz-anmelden")["fees"]
    }
    assert fees["An- oder Ummeldung"]["price"] == "0.00"
    unknown = [
        fee
        for slug in ("nebenwohnung", "fischereischein", "hundesteuer-anmelden")
        for fee in ok(portal, f"/portal/v1/services/{slug}")["fees"]
        if not fee["known"]
    ]
    assert all(fee["price"] is None for fee in unknown)


def test_a_booking_address_goes_with_the_service(portal: requests.Session) -> None:
    appointment = ok(portal, "/portal/v1/services/reisepass")["appointment"]
    assert appointment["need"] == "required"
    assert appointment["bookingUrl"].startswith("https://tevis.krzn.de/")


# -- offices


def test_offices_of_a_service_keep_its_order(portal: requests.Session) -> None:
    offices = ok(portal, "/portal/v1/offices", service="wohnsitz-anmelden")["items"]
    assert offices[0]["slug"] == "buergerbuero-mitte"
    assert offices[-1]["slug"] == "auslaenderbehoerde"


@pytest.mark.parametrize(
    "district", ["Fischeln", "fischeln", "Königshof", "Koenigshof"]
)
def test_a_district_is_found_by_quarter_and_spelling(
    portal: requests.Session, district: str
) -> None:
    offices = ok(portal, "/portal/v1/offices", district=district, q="bürgerbüro")[
        "items"
    ]
    assert [office["slug"] for office in offices] == ["buergerbuero-fischeln"]


def test_an_unknown_district_holds_no_offices(portal: requests.Session) -> None:
    assert ok(portal, "/portal/v1/offices", district="Atlantis")["total"] == 0


def test_near_sorts_by_distance_and_keeps_offices_without_place(
    portal: requests.Session,
) -> None:
    page = ok(portal, "/portal/v1/offices", near="51.334,6.634", limit=100)
    distances = [item["distance_m"] for item in page["items"]]
    known = [distance for distance in distances if distance is not None]
    assert known == sorted(known)
    assert known[0] < 1000
    assert len(distances) == 97
    assert distances[-1] is None


def test_open_at_lists_only_what_is_open_for_certain(portal: requests.Session) -> None:
    sunday = ok(
        portal, "/portal/v1/offices", openAt="2026-11-29T12:00:00+01:00", limit=100
    )
    slugs = {item["slug"] for item in sunday["items"]}
    assert {"kod", "kaiser-wilhelm-museum", "badezentrum-bockum"} <= slugs
    assert "rathaus" not in slugs


def test_an_office_shows_schema_org_hours(portal: requests.Session) -> None:
    office = ok(portal, "/portal/v1/offices/rathaus")
    assert office["@type"] == "GovernmentOffice"
    assert office["openingHoursSpecification"][0]["dayOfWeek"] == [
        "Monday",
        "Tuesday",
        "Wednesday",
    ]
    closed = [
        row
        for row in office["specialOpeningHoursSpecification"]
        if row["validFrom"] == "2026-12-24"
    ]
    assert closed[0]["opens"] == closed[0]["closes"] == "00:00"
    assert office["stale"] is True


def test_phone_hours_stand_at_the_contact_point(portal: requests.Session) -> None:
    office = ok(portal, "/portal/v1/offices/kod")
    assert office["openingHoursSpecification"] == []
    assert office["contactPoint"][0]["telephone"] == "02151 86-4000"


def test_hours_cover_today_and_six_more_days(portal: requests.Session) -> None:
    hours = ok(portal, "/portal/v1/offices/rathaus/hours")
    assert [day["date"] for day in hours["days"]][:2] == ["2026-11-23", "2026-11-24"]
    assert len(hours["days"]) == 7
    assert hours["timezone"] == "Europe/Berlin"
    assert hours["hoursKnown"] is True


def test_hours_take_62_days_and_no_more(portal: requests.Session) -> None:
    path = "/portal/v1/offices/rathaus/hours"
    days = ok(portal, path, from_="2026-12-01", to="2027-01-31")["days"]
    assert len(days) == 62
    errors = refused(portal, path, from_="2026-12-01", to="2027-02-01")
    assert errors[0]["pointer"] == "?to"
    assert refused(portal, path, from_="2026-12-02", to="2026-12-01")


def test_an_uncertain_closing_day_lowers_the_confidence(
    portal: requests.Session,
) -> None:
    path = "/portal/v1/offices/rathaus/hours"
    monday = ok(portal, path, from_="2027-02-08", to="2027-02-08")
    assert monday["confidence"] == monday["source"]["confidence"] == "low"
    assert "nicht belegt" in monday["days"][0]["reason"]["text"]
    assert ok(portal, path, from_="2027-02-09", to="2027-02-09")["confidence"] == "high"


def test_unknown_hours_say_so_and_name_a_number(portal: requests.Session) -> None:
    hours = ok(portal, "/portal/v1/offices/buergerbuero-nord-west/hours")
    assert hours["hoursKnown"] is False
    assert hours["days"] == []
    assert hours["phones"][0]["number"] == "02151 86-0"
    status = ok(portal, "/portal/v1/offices/buergerbuero-nord-west/status")
    assert status["hoursKnown"] is False
    assert status["open"] is None
    assert status["nextChange"] is None


def test_a_day_without_source_is_marked_unknown_among_known_ones(
    portal: requests.Session,
) -> None:
    path = "/portal/v1/offices/kaiser-wilhelm-museum/hours"
    days = ok(portal, path, from_="2026-12-24", to="2026-12-27")["days"]
    assert [day["open"] for day in days] == [True, None, None, True]
    assert [day["known"] for day in days] == [True, False, False, True]


def test_status_asks_the_injected_clock(portal: requests.Session) -> None:
    status = ok(portal, "/portal/v1/offices/rathaus/status")
    assert status["at"] == "2026-11-23T10:15:00+01:00"
    assert status["open"] is True
    assert status["mode"] == "walkIn"
    assert status["nextChange"] == {"at": "2026-11-23T12:30:00+01:00", "to": "closed"}
    assert status["reason"] is None


@pytest.mark.parametrize(
    "at",
    [
        "2026-11-23T12:45:00+01:00",
        "2026-11-23T11:45:00Z",
        "2026-11-23T12:45:00",
        "2026-11-23 12:45:00",
    ],
)
def test_status_takes_every_spelling_of_a_moment(
    portal: requests.Session, at: str
) -> None:
    status = ok(portal, "/portal/v1/offices/rathaus/status", at=at)
    assert status["at"] == "2026-11-23T12:45:00+01:00"
    assert status["open"] is False
    assert status["nextChange"]["to"] == "open"


def test_a_plus_sign_that_nobody_encoded_is_understood(
    portal: requests.Session,
) -> None:
    url = f"{BASE}/portal/v1/offices/rathaus/status?at=2026-11-23T12:45:00+01:00"
    assert portal.get(url).json()["at"] == "2026-11-23T12:45:00+01:00"


def test_age_and_confidence_travel_with_hours(portal: requests.Session) -> None:
    old = ok(portal, "/portal/v1/offices/buergerbuero-oppum/status")
    assert old["stale"] is True
    assert old["source"]["asOf"] == "2018"
    fresh = ok(portal, "/portal/v1/offices/kita-online/status")
    assert fresh["stale"] is False
    assert fresh["mode"] == "phone"


def test_holidays_of_a_year(portal: requests.Session) -> None:
    rows = ok(portal, "/portal/v1/holidays", year=2027)
    assert {"date": "2027-05-27", "name": "Fronleichnam"} in rows
    assert ok(portal, "/portal/v1/holidays")[0]["date"] == "2026-01-01"
    assert refused(portal, "/portal/v1/holidays", year=1999)


# -- forms and places


def test_a_form_leads_to_the_city_or_to_a_demonstration(
    portal: requests.Session,
) -> None:
    real = ok(portal, "/portal/v1/forms", service="hundesteuer-anmelden")["items"][0]
    assert real["url"].startswith("https://www.krefeld.de/")
    assert real["demonstration"] is False
    own = ok(portal, "/portal/v1/forms", service="wohnsitz-ummelden")["items"][0]
    assert own["demonstration"] is True
    assert own["url"] == (
        f"https://portal.example/metaform/Form-Solutions/sid/assistant/{own['sid']}"
    )
    service = ok(portal, "/portal/v1/services/wohnsitz-ummelden")
    assert service["forms"][0]["url"] == own["url"]


def test_forms_are_found_by_words_system_and_sid(portal: requests.Session) -> None:
    assert ok(portal, "/portal/v1/forms")["total"] >= 120
    found = ok(portal, "/portal/v1/forms", q="schlagloch", system="demonstration")
    assert [item["service"] for item in found["items"]] == ["strassenschaden"]
    form = ok(portal, "/portal/v1/forms/strassenschaden")
    assert ok(portal, f"/portal/v1/forms/{form['sid']}") == form
    assert "damage" in [field["name"] for field in form["fields"]]


def test_places_are_served_with_what_is_known(portal: requests.Session) -> None:
    assert ok(portal, "/portal/v1/districts")["total"] == 19
    assert (
        ok(portal, "/portal/v1/streets", q="St Anton")["items"][0]["postcode"]
        == "47798"
    )
    stations = ok(portal, "/portal/v1/dog-waste-stations", district="Fischeln")
    assert stations["total"] == 3
    assert stations["stationsInTotal"] == 144
    assert ok(portal, "/portal/v1/dog-waste-stations", street="Westwall")["total"] == 3
    assert ok(portal, "/portal/v1/markets", district="Uerdingen")["items"][0]["days"]
    assert ok(portal, "/portal/v1/places", kind="recycling_site")["total"] == 4
    assert ok(portal, "/portal/v1/streets", q="straße", limit=5)["total"] > 5
    assert "110" in {
        n["number"] for n in ok(portal, "/portal/v1/emergency-numbers")["items"]
    }
    assert ok(portal, "/portal/v1/evacuation-guidance")["zones"]


# -- bad input


@pytest.mark.parametrize(
    ("path", "query", "pointer"),
    [
        ("services", {"limit": "0"}, "?limit"),
        ("services", {"limit": "101"}, "?limit"),
        ("services", {"limit": "ten"}, "?limit"),
        ("services", {"limit": "1e1"}, "?limit"),
        ("services", {"limit": "99999999999999999999"}, "?limit"),
        ("services", {"q": "a" * 201}, "?q"),
        ("services", {"office": "../etc/passwd"}, "?office"),
        ("services", {"colour": "red"}, "?colour"),
        ("offices", {"near": "51.3"}, "?near"),
        ("offices", {"near": "north,south"}, "?near"),
        ("offices", {"openAt": "tomorrow"}, "?openAt"),
        ("offices", {"openAt": "9999-12-31T23:59:59-12:00"}, "?openAt"),
        ("offices/rathaus/status", {"at": "2026-02-30T10:00:00"}, "?at"),
        ("offices/rathaus/hours", {"from": "2026-13-01"}, "?from"),
        ("offices/rathaus/hours", {"from": "23.11.2026"}, "?from"),
        ("offices/rathaus/hours", {"from": "0001-01-01"}, "?from"),
        ("holidays", {"year": "-1"}, "?year"),
        ("forms", {"system": "paper"}, "?system"),
        ("places", {}, "?kind"),
    ],
)
def test_bad_parameters_are_named(
    portal: requests.Session, path: str, query: dict[str, str], pointer: str
) -> None:
    errors = refused(portal, f"/portal/v1/{path}", **query)
    assert [error["pointer"] for error in errors] == [pointer]


def test_a_parameter_that_stands_twice_is_refused(portal: requests.Session) -> None:
    answer = portal.get(f"{BASE}/portal/v1/services?limit=1&limit=2")
    assert answer.status_code == 422


@pytest.mark.parametrize(
    "query",
    [
        "q=%ff",
        "q=%00",
        "q=%0B",
        "&".join(f"a{i}=1" for i in range(100)),
        "cursor=%C3%A4",
    ],
)
def test_an_unreadable_query_is_400(portal: requests.Session, query: str) -> None:
    answer = portal.get(f"{BASE}/portal/v1/services?{query}")
    assert answer.status_code == 400
    assert answer.json()["code"] == "malformed"


@pytest.mark.parametrize(
    "path",
    [
        "services/gibt-es-nicht",
        "services/39999",
        "services/999999999999",
        "services/-",
        "services/ä",
        "offices/gibt-es-nicht",
        "offices/gibt-es-nicht/hours",
        "offices/gibt-es-nicht/status",
        "forms/gibt-es-nicht",
        "services/",
        "nothing",
    ],
)
def test_unknown_things_are_404(portal: requests.Session, path: str) -> None:
    answer = portal.get(f"{BASE}/portal/v1/{path}")
    assert answer.status_code == 404
    assert answer.json()["code"] == "not-found"
