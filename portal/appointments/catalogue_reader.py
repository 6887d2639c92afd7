"""Puts the catalogue of appointments together from the portal's facts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from portal import tables
from portal.appointments.catalogue import BookingCatalogue, Office, Service
from portal.appointments.seed import BookingSeed
from portal.catalogue import Catalogue, OfficeRecord

Document = dict[str, Any]

#: Scopes are counted apart from offices, so that nobody takes one id for the other.
_SCOPE_OFFSET = 20_000
_HOUSE_NUMBER = re.compile(
    r"^(?P<street>.*?\D)\s+(?P<number>\d+\s?[a-z]?(\s?[–-]\s?\d+)?)\b(?![.])"
)


@dataclass(frozen=True)
class Options:
    """What the settings of the process add.

    Attributes:
        needs_captcha: Whether every scope asks for a captcha.
        sender: Address from which mails come.
    """

    needs_captcha: bool
    sender: str


def read_catalogue(
    engine: Engine, facts: Catalogue, seed: BookingSeed, options: Options
) -> BookingCatalogue:
    """Reads all offices and services with appointments.

    Args:
        engine: The portal's database.
        facts: Its offices and services.
        seed: The rules of appointments.
        options: What the settings add.
    """
    records = {
        record.document["slug"]: record for record in facts.offices(None, None, None)
    }
    with engine.connect() as connection:
        documents = connection.execute(
            sa.select(tables.service.c.document).order_by(tables.service.c.identifier)
        ).scalars()
        found = [_service(document, records, seed) for document in documents]
    services = {service.id: service for service in found if service}
    used = {office for service in services.values() for office in service.offices}
    bookable = {slug: rec for slug, rec in records.items() if rec.identifier in used}
    districts = {row["name"]: row["geo"] for row in facts.places("district")}
    offices = [
        _office(record, _pool_of(slug, bookable, seed), seed, districts, options)
        for slug, record in bookable.items()
    ]
    offices.sort(key=lambda office: office.id)
    return BookingCatalogue(seed, {office.id: office for office in offices}, services)


def _service(
    document: Document, records: Mapping[str, OfficeRecord], seed: BookingSeed
) -> Service | None:
    need = document["appointment"]["need"]
    if need == "none":
        return None
    slugs = [
        office["slug"]
        for office in document["offices"]
        if office["slug"] not in seed.not_bookable
    ]
    own = [slug for slug in slugs if not records[slug].document["external"]]
    # A foreign authority keeps its own calendar. Only where an appointment is a must
    # and nobody else gives one does the demonstration stand in for it.
    chosen = own or (slugs if need == "required" else [])
    if not chosen:
        return None
    slug = document["slug"]
    return Service(
        id=int(document["identifier"]),
        slug=slug,
        name=document["name"],
        category=document["category"],
        slots=seed.service_slots.get(slug, seed.default_slots),
        max_quantity=seed.service_max_quantity.get(slug, 1),
        offices=tuple(records[name].identifier for name in chosen),
        documents=tuple(row["name"] for row in document["requiredDocuments"]),
    )


def _pool_of(
    slug: str, records: Mapping[str, OfficeRecord], seed: BookingSeed
) -> list[int]:
    """Returns the ids of all offices that share an office's seats, itself included."""
    name = seed.office(slug).shared_pool
    if name is None:
        return [records[slug].identifier]
    return sorted(
        record.identifier
        for other, record in records.items()
        if seed.office(other).shared_pool == name
    )


def _office(
    record: OfficeRecord,
    pool: list[int],
    seed: BookingSeed,
    districts: Mapping[str, Document | None],
    options: Options,
) -> Office:
    facts = record.document
    slug = facts["slug"]
    rules = seed.office(slug)
    # Hours on the telephone are no hours in which somebody may come.
    known = [row for row in record.hours.weekly if row.mode != "phone"]
    hours = record.hours.copy(update={"weekly": known})
    is_demonstration = (
        rules.uses_demonstration_hours or not known or bool(facts["external"])
    ) and not record.hours.suspended
    if is_demonstration:
        hours = seed.demonstration_hours.hours
    address = facts["address"]
    street, number = _split_street(address["streetAddress"])
    # A Stadtteil's centre is all that is known of some places; it is as good an
    # estimate as the coordinates that the other offices have.
    geo = facts["geo"] or districts.get(facts["district"] or "")
    name = facts["shortName"] or facts["name"]
    contact = {
        "city": address["addressLocality"],
        "country": "Germany",
        "name": name,
        "postalCode": address["postalCode"],
        "region": "NRW",
        "street": street,
        "streetNumber": number,
    }
    provider = {
        "id": record.identifier,
        "name": name,
        "displayName": name,
        "lat": geo and geo["latitude"],
        "lon": geo and geo["longitude"],
        "source": "dldb",
        "contact": contact,
    }
    hint = seed.demonstration_hours.hint if is_demonstration else None
    document: Document = {
        "id": record.identifier,
        "name": name,
        "address": {
            "house_number": number,
            "city": address["addressLocality"],
            "postal_code": address["postalCode"],
            "street": street,
            "hint": False,
        },
        "showAlternativeLocations": True,
        "displayNameAlternatives": facts["alternateName"],
        "organization": facts["name"] if facts["external"] else "Stadt Krefeld",
        "organizationUnit": facts["department"],
        "slotTimeInMinutes": rules.slot_minutes,
        "geo": geo
        and {"lat": f"{geo['latitude']:.5f}", "lon": f"{geo['longitude']:.5f}"},
        "disabledByServices": [],
        "priority": 1,
        "scope": _scope(slug, provider, hint, seed, options),
        "slotsPerAppointment": str(rules.slots_per_appointment),
        "parentId": None,
        "allowDisabledServicesMix": None,
        "sharedBookingOfficeIds": [id_ for id_ in pool if id_ != record.identifier]
        or None,
    }
    return Office(
        id=record.identifier,
        slug=slug,
        name=name,
        pool=pool[0],
        rules=rules,
        hours=hours,
        is_demonstration=is_demonstration,
        document=document,
    )


def _scope(
    slug: str,
    provider: Document,
    hint: str | None,
    seed: BookingSeed,
    options: Options,
) -> Document:
    rules = seed.office(slug)
    return {
        "id": provider["id"] + _SCOPE_OFFSET,
        "provider": provider,
        "shortName": provider["name"],
        "emailFrom": options.sender,
        "emailRequired": rules.email_required,
        "telephoneActivated": rules.telephone != "no",
        "telephoneRequired": rules.telephone == "required",
        "customTextfieldActivated": rules.remark != "no",
        "customTextfieldRequired": rules.remark == "required",
        "customTextfieldLabel": rules.remark_label,
        "customTextfield2Activated": False,
        "customTextfield2Required": False,
        "customTextfield2Label": "",
        "captchaActivatedRequired": options.needs_captcha,
        "infoForAppointment": f"<p>{escape(hint)}</p>" if hint else None,
        "infoForAllAppointments": None,
        "slotsPerAppointment": str(rules.slots_per_appointment),
        "appointmentsPerMail": str(rules.appointments_per_mail),
        "whitelistedMails": ",".join(rules.whitelisted_mails),
        "reservationDuration": seed.reservation_minutes,
        "activationDuration": seed.activation_minutes,
        "hint": hint,
        # Not of ZMS, as `replaced` in the answer to a confirmation: lets a chat say the
        # hint in another language than German.
        "demonstration": hint is not None,
    }


def _split_street(text: str | None) -> tuple[str | None, str | None]:
    """Splits `Oberstraße 13 (früheres Hafenamt)` into street and number."""
    found = _HOUSE_NUMBER.match(text or "")
    return (found["street"].strip(), found["number"]) if found else (text, None)
