"""The client against the real embedded portal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from small_portal import NOW

from kumpel.clock import TIME_ZONE
from kumpel.errors import PortalNotFoundError
from kumpel.portal_client import transport
from kumpel.portal_client.client import PortalClient

Make = Callable[..., PortalClient]


@pytest.fixture
def client(portal_url: str, make_client: Make) -> PortalClient:
    return make_client(portal_url, timeout_in_seconds=5)


def test_every_service_and_office_can_be_read(client: PortalClient) -> None:
    services = client.services().value
    assert len(services) == 171
    for summary in services:
        service = client.service(summary.slug).value
        assert (service.slug, service.name) == (summary.slug, summary.name)
        assert service.offices
    offices = client.offices().value
    assert len(offices) >= 97
    for office in offices:
        assert client.office(office.id).value.name == office.name


def test_a_service_carries_its_facts(client: PortalClient) -> None:
    service = client.service("personalausweis").value
    assert service.fees[0].amount == Decimal("46.00")
    assert service.appointment == "required"
    assert service.offices[0].id == "buergerbuero-mitte"
    assert service.source.confidence == "high"


def test_hours_are_resolved_or_unknown(client: PortalClient) -> None:
    first, last = date(2026, 12, 21), date(2026, 12, 31)
    known = client.office_hours("buergerbuero-mitte", first, last).value
    days = {day.day: day for day in known.days}
    assert days[date(2026, 12, 21)].intervals[0].opens == "08:00"
    assert days[date(2026, 12, 25)].reason_kind == "holiday"
    assert known.are_known
    assert known.is_outdated
    unknown = client.office_hours("buergerbuero-huels", first, last).value
    assert not unknown.are_known


def test_the_status_of_an_office_is_read(client: PortalClient) -> None:
    at = datetime(2026, 11, 23, 12, 45, tzinfo=TIME_ZONE)
    status = client.office_status("buergerbuero-mitte", at).value
    assert status.is_open is False
    assert status.next_change_to == "open"
    assert client.office_status("buergerbuero-huels").value.is_open is None


def test_holidays_forms_streets_and_numbers_are_read(client: PortalClient) -> None:
    assert len(client.holidays(2026).value) == 11
    forms = client.forms().value
    assert len(forms) >= 120
    assert all(form.url.startswith("http") for form in forms)
    assert client.streets("Ispelsstraße").value[0].district == "Dießem/Lehmheide"
    assert "112" in [each.number for each in client.emergency_numbers().value]
    stations = client.dog_waste_stations().value
    assert len(stations.stations) > 20
    assert stations.report


def test_offices_of_a_service_in_a_district_are_found(client: PortalClient) -> None:
    found = client.offices(service="personalausweis", district="Fischeln").value
    assert [office.id for office in found] == ["buergerbuero-fischeln"]


@pytest.mark.parametrize("slug", ["gibt-es-nicht", "99999"])
def test_an_unknown_service_is_not_found(client: PortalClient, slug: str) -> None:
    with pytest.raises(PortalNotFoundError):
        client.service(slug)


def test_a_second_read_is_a_304(
    client: PortalClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "MAXIMUM_AGE_IN_SECONDS", 0)
    seen: list[int] = []
    exchange = transport.Transport._exchange

    def watch(self: transport.Transport, *arguments: Any) -> Any:
        answer = exchange(self, *arguments)
        seen.append(answer[0])
        return answer

    monkeypatch.setattr(transport.Transport, "_exchange", watch)
    first = client.service("reisepass")
    again = client.service("reisepass")
    assert seen == [200, 304]
    assert first.value == again.value


def test_a_portal_that_stops_in_mid_conversation_leaves_its_last_facts(
    make_portal: Callable[[], Any], make_client: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "MAXIMUM_AGE_IN_SECONDS", 0)
    portal = make_portal()
    client = make_client(portal.url, timeout_in_seconds=5)
    fresh = client.service("reisepass")
    portal.stop()
    stale = client.service("reisepass")
    assert stale.value == fresh.value
    assert (stale.is_stale, stale.fetched_at) == (True, NOW)
    portal.start()
    assert not client.service("reisepass").is_stale
