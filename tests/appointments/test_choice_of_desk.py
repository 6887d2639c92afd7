"""Which desk the settings choose, and the one that only names a page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from booking_counter import Counter
from nasty_zms import NastyZms, Reply

from kumpel.appointments.booking_link import BookingLink
from kumpel.appointments.desk import AppointmentDesk
from kumpel.appointments.directory import Directory
from kumpel.appointments.factory import make_desk
from kumpel.appointments.models import (
    Capabilities,
    Credentials,
    Person,
    Slot,
    WaitingWish,
    Wish,
)
from kumpel.appointments.zms_client import ZmsClient
from kumpel.clock import TIME_ZONE
from kumpel.errors import ConfigurationError, NotBookableError, PortalNotFoundError
from kumpel.settings import Settings

Make = Callable[..., Counter]
MINE = Credentials("1", "ab" * 32)
NOW = datetime(2026, 11, 23, 10, 15, tzinfo=TIME_ZONE)


def chosen(counter: Counter, **variables: str) -> AppointmentDesk:
    told = {"KUMPEL_VAR": str(counter.settings.var), **variables}
    settings = Settings.from_environment(told)
    return make_desk(settings, counter.portal)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("KUMPEL_APPOINTMENTS", "tevis"),
        ("ZMS_BASE_URL", "www.example.org"),
        ("KUMPEL_BOOKING_URL", "javascript:alert(1)"),
    ],
)
def test_wrong_settings_are_named(variable: str, value: str) -> None:
    with pytest.raises(ConfigurationError, match=variable):
        Settings.from_environment({variable: value})


def test_a_link_names_the_page_of_service_office_or_city(own_counter: Make) -> None:
    counter = own_counter()
    desk = chosen(
        counter,
        KUMPEL_APPOINTMENTS="link",
        KUMPEL_BOOKING_URL="https://termine.example.org/",
    )
    assert isinstance(desk, BookingLink)
    assert desk.capabilities == Capabilities(False, False)
    assert "tevis.krzn.de" in str(desk.link("personalausweis").url)
    of_office = desk.link("meldebescheinigung", "buergerbuero-fischeln")
    assert "tevis.krzn.de" in str(of_office.url)
    elsewhere = desk.within(5).link("schuldnerberatung")
    assert elsewhere.url == "https://termine.example.org"
    with pytest.raises(PortalNotFoundError):
        desk.link("gibt-es-nicht")


def test_a_link_books_nothing_and_says_so(own_counter: Make) -> None:
    desk: Any = BookingLink(Directory(own_counter().portal))
    wish = Wish("personalausweis", date(2026, 11, 23), date(2026, 12, 23))
    slot = Slot(NOW, "20101")
    for step in (
        lambda: desk.service("personalausweis"),
        lambda: desk.free_days(wish),
        lambda: desk.free_slots(wish),
        lambda: desk.reserve(slot, "personalausweis", 1, "key"),
        lambda: desk.update(None, Person("Erika")),
        lambda: desk.preconfirm(None),
        lambda: desk.confirm(None),
        lambda: desk.find(MINE),
        lambda: desk.cancel(MINE),
        lambda: desk.move(MINE, slot, "key"),
        lambda: desk.join_waiting_list(WaitingWish("x", NOW, Person("Erika"))),
    ):
        with pytest.raises(NotBookableError):
            step()
    assert not desk.is_bookable("personalausweis")
    assert desk.pages(MINE) is None
    assert desk.link("personalausweis").url


def test_a_foreign_zms_never_gets_the_key_of_our_portal(
    own_counter: Make, nasty: NastyZms
) -> None:
    counter = own_counter()
    nasty.script = lambda _: Reply(200, {"offices": [], "services": []})
    desk = chosen(counter, ZMS_BASE_URL=nasty.url)
    assert not desk.is_bookable("personalausweis")
    assert "X-API-Key" not in nasty.asked[-1].headers
    desk = chosen(counter, ZMS_BASE_URL=nasty.url + "/", ZMS_API_KEY="theirs")
    assert not desk.is_bookable("personalausweis")
    assert nasty.asked[-1].headers["X-API-Key"] == "theirs"
    assert nasty.asked[-1].path == "offices-and-services/"


def test_a_foreign_zms_has_its_own_pages_and_no_extras(
    own_counter: Make, nasty: NastyZms
) -> None:
    counter = own_counter()
    site = "https://stadt.example.org/terminvereinbarung.html"
    office = {"id": 20103, "name": "Mitte"}
    service = {"id": 30201, "name": "Ausweis"}
    relation = {"officeId": 20103, "serviceId": 30201, "slots": 1}
    told = {"offices": [office], "services": [service], "relations": [relation]}
    nasty.script = lambda _: Reply(200, told)
    desk = chosen(counter, ZMS_BASE_URL=nasty.url, KUMPEL_BOOKING_URL=site)
    assert isinstance(desk, ZmsClient)
    assert desk.capabilities == Capabilities(True, False)
    pages = desk.pages(MINE)
    assert pages
    assert pages.show_url.startswith(f"{site}#/appointment/eyJ")
    assert pages.calendar_url is None
    assert desk.link("personalausweis").url == f"{site}#/services/30201"
    chosen_office = desk.link("personalausweis", "buergerbuero-mitte")
    assert chosen_office.url == f"{site}#/services/30201/locations/20103"
    with pytest.raises(NotBookableError):
        desk.join_waiting_list(WaitingWish("personalausweis", NOW, Person("E")))
    without_site = chosen(counter, ZMS_BASE_URL=nasty.url)
    assert without_site.pages(MINE) is None
    assert "tevis.krzn.de" in str(without_site.link("personalausweis").url)
