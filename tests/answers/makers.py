"""Small facts for tests."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from kumpel.answers.facts import OfficeFacts, Question, ServiceFacts
from kumpel.answers.wording import Wording
from kumpel.clock import TIME_ZONE
from kumpel.portal_client.models import (
    DayHours,
    Fee,
    Interval,
    Office,
    OfficeHours,
    Phone,
    Service,
    Source,
)

NOW = datetime(2026, 11, 23, 10, 15, tzinfo=TIME_ZONE)
_DOMAIN = Path(__file__).resolve().parents[2] / "domain.yml"
RESPONSES: dict[str, Any] = yaml.safe_load(_DOMAIN.read_text(encoding="utf-8"))[
    "responses"
]


def german() -> Wording:
    return Wording(RESPONSES, "de")


def english() -> Wording:
    return Wording(RESPONSES, "en")


def make_source(**changes: Any) -> Source:
    values: dict[str, Any] = {
        "urls": ("https://www.krefeld.de/seite",),
        "as_of": "2026-02",
        "retrieved": "2026-11",
        "confidence": "high",
        **changes,
    }
    return Source(**values)


def make_fee(label: str, amount: Any = None, **changes: Any) -> Fee:
    values: dict[str, Any] = {
        "label": label,
        "amount": amount,
        "minimum": None,
        "maximum": None,
        "is_known": True,
        "legal_basis": None,
        "as_of": None,
        "note": None,
        **changes,
    }
    return Fee(**values)


def make_office(**changes: Any) -> Office:
    values: dict[str, Any] = {
        "id": "amt",
        "identifier": "20199",
        "name": "Amt",
        "aliases": (),
        "department": None,
        "street": "Ostwall 1",
        "postcode": "47798",
        "city": "Krefeld",
        "district": "Stadtmitte",
        "phones": (Phone("02151 86-0", None),),
        "emails": (),
        "website": None,
        "appointment_url": None,
        "is_by_appointment_only": None,
        "hours_note": None,
        "payment": None,
        "accessibility": None,
        "transport": None,
        "tasks": (),
        "notes": (),
        "latitude": None,
        "longitude": None,
        "source": make_source(),
        **changes,
    }
    return Office(**values)


def make_hours(
    days: dict[date, tuple[Interval, ...]],
    *,
    are_known: bool = True,
    source: Source | None = None,
    is_outdated: bool = False,
) -> OfficeHours:
    resolved = tuple(
        DayHours(day, bool(intervals), intervals, None, None)
        for day, intervals in days.items()
    )
    return OfficeHours("amt", are_known, resolved, source or make_source(), is_outdated)


def make_service(**changes: Any) -> Service:
    values: dict[str, Any] = {
        "slug": "dienst",
        "identifier": "30199",
        "name": "Dienst",
        "category": "rathaus",
        "synonyms": (),
        "offices": (),
        "external_bodies": (),
        "documents": (),
        "fees": (),
        "processing_time": None,
        "validity": None,
        "deadline": None,
        "facts": (),
        "unverified": (),
        "related": (),
        "legal_basis": (),
        "appointment": "none",
        "appointment_note": None,
        "appointment_confirmed": None,
        "booking_url": None,
        "online": (),
        "forms": (),
        "is_krefeld_specific": True,
        "source": make_source(),
        **changes,
    }
    return Service(**values)


def make_facts(
    service: Service | None = None,
    place: OfficeFacts | None = None,
    question: Question | None = None,
    **changes: Any,
) -> ServiceFacts:
    values: dict[str, Any] = {
        "service": service or make_service(),
        "place": place,
        "other_offices": (),
        "now": NOW,
        "question": question or Question(),
        "is_in_district": False,
        "stale_since": None,
        **changes,
    }
    return ServiceFacts(**values)
