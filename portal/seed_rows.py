"""Turns checked seed files into rows; the documents are what the API answers."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from portal import tables
from portal.folding import fold
from portal.seed_form_models import FormField, FormSeed
from portal.seed_geo_models import Located
from portal.seed_models import Fee, OfficeSeed, ServiceSeed, Source
from portal.seed_place_rows import places
from portal.seed_reader import Seed

Row = dict[str, Any]
Document = dict[str, Any]

CONTEXT = ["https://schema.org", {"portal": "https://www.krefeld.de/ns/portal#"}]


def rows_of(seed: Seed) -> dict[sa.Table, list[Row]]:
    """Returns the rows of all seeded tables but `seed_state`.

    Args:
        seed: All facts, already checked.

    Returns:
        Rows by table, each with every column.
    """
    services = {service.slug: service for service in seed.services}
    offices = {office.id: office for office in seed.offices}
    forms: dict[str, list[FormSeed]] = {}
    for form in seed.forms:
        forms.setdefault(form.service, []).append(form)
    served: dict[str, list[ServiceSeed]] = {}
    for service in seed.services:
        for name in service.offices:
            served.setdefault(name, []).append(service)
    return {
        tables.service: [
            _service_row(service, offices, forms.get(service.slug, []))
            for service in seed.services
        ],
        tables.office: [
            _office_row(office, served.get(office.id, [])) for office in seed.offices
        ],
        tables.office_service: [
            {
                "service": service.identifier,
                "office": offices[name].identifier,
                "position": position,
            }
            for service in seed.services
            for position, name in enumerate(dict.fromkeys(service.offices))
        ],
        tables.form: [
            _form_row(form, services[form.service], seed.fields[form.id])
            for form in seed.forms
        ],
        tables.place: list(_place_rows(seed)),
        tables.fact_sheet: _fact_sheets(seed),
    }


def source_document(source: Source) -> Document:
    """Returns a source as the API shows it."""
    return {
        "urls": source.urls,
        "asOf": source.as_of,
        "retrieved": source.retrieved,
        "confidence": source.confidence,
    }


def _euros(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"


def _fee_document(fee: Fee) -> Document:
    return {
        "name": fee.label,
        "price": _euros(fee.amount_eur),
        "minPrice": _euros(fee.minimum_eur),
        "maxPrice": _euros(fee.maximum_eur),
        "priceCurrency": "EUR",
        "known": fee.is_known,
        "legalBasis": fee.legal_basis,
        "asOf": fee.as_of,
        "note": fee.note,
        "readOnPage": fee.is_read_on_a_page,
    }


def _office_reference(office: OfficeSeed) -> Document:
    return {
        "@type": "GovernmentOffice",
        "identifier": str(office.identifier),
        "slug": office.id,
        "name": office.name,
        "shortName": office.short_name,
    }


def _service_reference(service: ServiceSeed) -> Document:
    return {
        "identifier": str(service.identifier),
        "slug": service.slug,
        "name": service.name,
        "category": service.category,
    }


def _service_row(
    service: ServiceSeed, offices: dict[str, OfficeSeed], forms: list[FormSeed]
) -> Row:
    own = [offices[name] for name in dict.fromkeys(service.offices)]
    need = service.appointment
    document: Document = {
        "@context": CONTEXT,
        "@type": "GovernmentService",
        **_service_reference(service),
        "shortName": service.short_name,
        "alternateName": service.synonyms,
        "leikaKey": service.leika_key,
        "provider": _office_reference(own[0]) if own else None,
        "offices": [_office_reference(office) for office in own],
        "externalBodies": [
            {"name": body.name, "url": body.url} for body in service.external_bodies
        ],
        "requiredDocuments": [{"name": name} for name in service.documents],
        "fees": [_fee_document(fee) for fee in service.fees],
        "processingTimeText": service.processing_time,
        "validity": service.validity,
        "deadline": service.deadline,
        "legalBasis": [{"name": name} for name in service.legal_basis],
        "appointment": {
            "need": need.need,
            "required": need.need == "required",
            "confirmed": need.is_confirmed,
            "note": need.note,
            "serviceId": service.identifier,
            "officeIds": [office.identifier for office in own],
            "bookingUrl": need.booking_url,
        },
        "online": [
            {"kind": link.kind, "title": link.title, "url": link.url}
            for link in service.online
        ],
        "forms": [_form_summary(form) for form in forms],
        "facts": service.facts,
        "unverified": service.unverified,
        "related": service.related,
        "krefeldSpecific": service.is_krefeld_specific,
        "inLanguage": "de",
        "source": {
            **source_document(service.source),
            "checkUrls": service.source.check_urls,
        },
    }
    return {
        "identifier": service.identifier,
        "slug": service.slug,
        "name": service.name,
        "category": service.category,
        "folded_name": fold(service.name),
        "folded_text": _folded([service.name, service.short_name, *service.synonyms]),
        "document": document,
    }


def _folded(texts: Iterable[str | None]) -> str:
    # A bar between the texts keeps a phrase from matching across two of them.
    return "| " + " | ".join(fold(text) for text in texts if text) + " |"


def _office_row(office: OfficeSeed, services: list[ServiceSeed]) -> Row:
    place = office.coordinates
    phones = [{"number": row.number, "note": row.note} for row in office.phones]
    document: Document = {
        "@context": CONTEXT,
        "@type": "GovernmentOffice",
        "identifier": str(office.identifier),
        "slug": office.id,
        "name": office.name,
        "shortName": office.short_name,
        "external": office.is_external,
        "alternateName": office.aliases,
        "department": office.department,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": office.street,
            "postalCode": office.postcode,
            "addressLocality": office.city,
            "addressCountry": "DE",
        },
        "district": office.district,
        "geo": place
        and {
            "@type": "GeoCoordinates",
            "latitude": place.latitude,
            "longitude": place.longitude,
            "estimated": place.is_estimated,
        },
        "telephone": phones[0]["number"] if phones else None,
        "phones": phones,
        "email": office.emails,
        "website": office.website,
        "appointmentUrl": office.appointment_url,
        "byAppointmentOnly": office.is_by_appointment_only,
        "hoursNote": office.hours.note,
        "payment": office.payment,
        "accessibility": office.accessibility,
        "transport": office.transport,
        "tasks": office.tasks,
        "notes": office.notes,
        "services": [_service_reference(service) for service in services],
        "inLanguage": "de",
        "source": source_document(office.source),
    }
    return {
        "identifier": office.identifier,
        "slug": office.id,
        "name": office.name,
        "district": office.district,
        "folded_name": fold(office.name),
        "folded_text": _folded(
            [
                office.name,
                office.short_name,
                *office.aliases,
                office.department,
                office.street,
                *office.tasks,
            ]
        ),
        "hours": office.hours.dict(by_alias=True),
        "document": document,
    }


def _form_summary(form: FormSeed) -> Document:
    # The address of a demonstration depends on where the portal runs, so it is
    # added when the document is sent.
    return {
        "id": form.id,
        "title": form.title,
        "service": form.service,
        "system": form.system,
        "url": form.url,
        "sid": form.sid,
        "demonstration": form.system == "demonstration",
        "prefill": "postdata" if form.system != "link" else "none",
    }


def _form_row(form: FormSeed, service: ServiceSeed, fields: list[FormField]) -> Row:
    source = form.source or service.source
    document = {
        **_form_summary(form),
        "serviceIdentifier": str(service.identifier),
        "serviceName": service.name,
        "urlBasis": form.url_basis,
        "intro": form.intro,
        "fields": [_field_document(field) for field in fields],
        "source": source_document(source),
    }
    return {
        "id": form.id,
        "sid": form.sid,
        "service": service.identifier,
        "system": form.system,
        "folded_text": _folded([form.title, service.name, *service.synonyms]),
        "document": document,
    }


def _field_document(field: FormField) -> Document:
    return {
        "name": field.name,
        "label": field.label,
        "type": field.type,
        "required": field.required,
        "personal": field.personal,
        "target": field.target,
        "hint": field.hint,
        "options": field.options,
        "maxLength": field.max_length,
        "pattern": field.pattern,
        "patternHint": field.pattern_hint,
    }


def _geo(row: Located) -> Document | None:
    if row.latitude is None or row.longitude is None:
        return None
    return {"latitude": row.latitude, "longitude": row.longitude, "estimated": True}


def _place_rows(seed: Seed) -> Iterable[Row]:
    counters: dict[str, int] = {}
    for collection, name, district, texts, document in places(seed.geo, _geo):
        position = counters[collection] = counters.get(collection, 0) + 1
        yield {
            "collection": collection,
            "position": position,
            "name": name,
            "district": district,
            "folded_text": _folded([name, *texts]),
            "document": document,
        }


def _fact_sheets(seed: Seed) -> list[Row]:
    waste = seed.geo.dog_waste
    cemeteries = seed.geo.cemeteries
    return [
        {"name": "special_days", "document": seed.special_days.dict(by_alias=True)},
        {
            "name": "dog_waste",
            "document": {
                "stationsInTotal": waste.total,
                "totalAsOf": waste.total_as_of,
                "operator": waste.operator,
                "report": waste.report,
                "map": waste.map,
                "note": waste.note,
                "source": source_document(waste.source),
            },
        },
        {
            "name": "emergency_numbers",
            "document": {
                "items": [
                    {
                        "id": row.id,
                        "number": row.number,
                        "name": row.name,
                        "purpose": row.purpose,
                        "availability": row.availability,
                        "freeOfCharge": row.is_free_of_charge,
                        "topics": row.topics,
                        "source": source_document(row.source),
                    }
                    for row in seed.emergency.emergency_numbers
                ]
            },
        },
        {
            "name": "cemeteries",
            "document": {
                "operator": cemeteries.operator,
                "hours": cemeteries.hours,
                "other": cemeteries.other,
                "source": source_document(cemeteries.source),
            },
        },
        {"name": "evacuation", "document": seed.geo.evacuation.dict()},
    ]
