"""Answers questions about services, forms and places."""

from __future__ import annotations

from typing import Any

from sanic.response import HTTPResponse

from portal.calls import Call, Portal
from portal.folding import fold
from portal.problems import not_found


async def list_services(call: Call) -> HTTPResponse:
    """Lists services."""
    query, offset = call.query, call.offset
    page = await call.off_loop(
        lambda: call.portal.catalogue.services(
            query["q"],
            query["office"],
            query["category"],
            limit=query["limit"],
            offset=offset,
        )
    )
    return call.page(page.items, page.total, offset)


async def get_service(call: Call) -> HTTPResponse:
    """Shows one service."""
    name = call.path["id"]
    document = await call.off_loop(lambda: call.portal.catalogue.service(name))
    if document is None:
        raise not_found("Die Leistung", name)
    forms = [_with_url(call.portal, form) for form in document["forms"]]
    return call.answer({**document, "forms": forms})


async def list_forms(call: Call) -> HTTPResponse:
    """Lists form assistants."""
    query, offset = call.query, call.offset
    found = await call.off_loop(
        lambda: call.portal.catalogue.forms(
            query["q"], query["service"], query["system"]
        )
    )
    shown = found[offset : offset + query["limit"]]
    items = [_with_url(call.portal, _summary(form)) for form in shown]
    return call.page(items, len(found), offset)


async def get_form(call: Call) -> HTTPResponse:
    """Shows one form assistant with its fields."""
    name = call.path["id"]
    document = await call.off_loop(lambda: call.portal.catalogue.form(name))
    if document is None:
        raise not_found("Das Formular", name)
    return call.answer(_with_url(call.portal, document))


async def list_districts(call: Call) -> HTTPResponse:
    """Lists Stadtteile."""
    return await _places(call, "district")


async def list_streets(call: Call) -> HTTPResponse:
    """Lists streets."""
    return await _places(call, "street")


async def list_markets(call: Call) -> HTTPResponse:
    """Lists weekly markets."""
    return await _places(call, "market")


async def list_places(call: Call) -> HTTPResponse:
    """Lists the places of one kind."""
    return await _places(call, call.query["kind"])


async def list_dog_waste_stations(call: Call) -> HTTPResponse:
    """Lists the stations that are known by name, and what is known about all."""
    about = await call.off_loop(lambda: call.portal.catalogue.fact_sheet("dog_waste"))
    return await _places(call, "dog_waste_station", about)


async def list_emergency_numbers(call: Call) -> HTTPResponse:
    """Lists numbers for emergencies."""
    return await _fact_sheet(call, "emergency_numbers")


async def get_evacuation_guidance(call: Call) -> HTTPResponse:
    """Shows what holds when a bomb is found."""
    return await _fact_sheet(call, "evacuation")


async def _fact_sheet(call: Call, name: str) -> HTTPResponse:
    return call.answer(
        await call.off_loop(lambda: call.portal.catalogue.fact_sheet(name))
    )


async def _places(
    call: Call, collection: str, about: dict[str, Any] | None = None
) -> HTTPResponse:
    query = call.query

    def find() -> list[dict[str, Any]]:
        catalogue = call.portal.catalogue
        district = query.get("district")
        names = catalogue.districts_named(district) if district else None
        found = catalogue.places(collection, query.get("q"), names)
        street = fold(query.get("street") or "")
        return (
            [row for row in found if street in fold(row["place"])] if street else found
        )

    found = await call.off_loop(find)
    return call.answer(
        {"items": found[: query["limit"]], "total": len(found), **(about or {})}
    )


def _summary(form: dict[str, Any]) -> dict[str, Any]:
    hidden = ("fields", "intro", "source")
    return {key: value for key, value in form.items() if key not in hidden}


def _with_url(portal: Portal, form: dict[str, Any]) -> dict[str, Any]:
    return {**form, "url": portal.form_url(form)}
