"""Turns the portal's JSON into typed values; every shape is known only here.

A key that is missing or of a wrong type raises a `PortalError` that names it. Keys
that we do not know are left alone: the portal may grow.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar
from urllib.parse import urljoin

from kumpel.clock import TIME_ZONE
from kumpel.errors import PortalError
from kumpel.portal_client import models

T = TypeVar("T")
_NEEDS = {"required", "optional", "none"}
_MODES = {"walkIn", "appointmentOnly", "phone"}
_CONFIDENCES = {"high", "medium", "low"}


class Node:
    """A JSON object with typed access to its keys."""

    def __init__(self, value: Any, path: str) -> None:
        """Takes a value of the JSON.

        Args:
            value: What should be an object.
            path: Where it stands, for messages.

        Raises:
            PortalError: The value is no object.
        """
        if not isinstance(value, Mapping):
            raise PortalError(
                f"The portal's answer is wrong: {path} is no object.",
                is_retryable=True,
            )
        self._value = value
        self._path = path

    def text(self, key: str) -> str:
        """Returns a text that must be there."""
        value = self.optional_text(key)
        if value is None:
            raise self.wrong(key, "is missing")
        return value

    def optional_text(self, key: str) -> str | None:
        """Returns a text, or None where there is none."""
        value = self._value.get(key)
        if value is None or value == "":
            return None
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            return str(value)
        raise self.wrong(key, "is no text")

    def boolean(self, key: str, default: bool | None = None) -> bool | None:
        """Returns true, false, or the default where nothing is said."""
        value = self._value.get(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise self.wrong(key, "is neither true nor false")
        return value

    def number(self, key: str) -> float | None:
        """Returns a number, or None."""
        value = self._value.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.wrong(key, "is no number")
        return float(value)

    def amount(self, key: str) -> Decimal | None:
        """Returns an amount of money, or None."""
        text = self.optional_text(key)
        try:
            amount = None if text is None else Decimal(text)
        except InvalidOperation as error:
            raise self.wrong(key, "is no amount") from error
        if amount is not None and not amount.is_finite():
            raise self.wrong(key, "is no amount")
        return amount

    def one_of(self, key: str, allowed: set[str]) -> Any:
        """Returns a text that must be one of a few."""
        value = self.text(key)
        if value not in allowed:
            raise self.wrong(key, f"is {value!r}, not one of {sorted(allowed)}")
        return value

    def day(self, key: str) -> date:
        """Returns an ISO date."""
        try:
            return date.fromisoformat(self.text(key))
        except ValueError as error:
            raise self.wrong(key, "is no date") from error

    def moment(self, key: str) -> datetime:
        """Returns an ISO moment in Europe/Berlin."""
        try:
            moment = datetime.fromisoformat(self.text(key).replace("Z", "+00:00"))
        except ValueError as error:
            raise self.wrong(key, "is no moment") from error
        return moment.astimezone(TIME_ZONE)

    def node(self, key: str) -> Node:
        """Returns an object that must be there."""
        return Node(self._value.get(key), f"{self._path}.{key}")

    def optional_node(self, key: str) -> Node | None:
        """Returns an object, or None."""
        return None if self._value.get(key) is None else self.node(key)

    def nodes(self, key: str) -> list[Node]:
        """Returns a list of objects; a missing one is empty."""
        return [
            Node(value, f"{self._path}.{key}[{index}]")
            for index, value in enumerate(self._list(key))
        ]

    def texts(self, key: str) -> tuple[str, ...]:
        """Returns a list of texts; a missing one is empty."""
        values = self._list(key)
        if not all(isinstance(value, str) for value in values):
            raise self.wrong(key, "is no list of texts")
        return tuple(values)

    def wrong(self, key: str, what: str) -> PortalError:
        """Makes the error for a key."""
        return PortalError(
            f"The portal's answer is wrong: {self._path}.{key} {what}.",
            is_retryable=True,
        )

    def _list(self, key: str) -> Sequence[Any]:
        value = self._value.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.wrong(key, "is no list")
        return value


def items(
    body: Any, parse: Callable[[Node], T], path: str = "answer"
) -> tuple[tuple[T, ...], str | None]:
    """Parses one page of a list.

    Returns:
        The values, and the cursor of the next page or None.
    """
    if isinstance(body, list):
        body = {"items": body}
    page = Node(body, path)
    return tuple(parse(node) for node in page.nodes("items")), page.optional_text(
        "next"
    )


def source(node: Node) -> models.Source:
    """Parses where a fact comes from."""
    return models.Source(
        urls=node.texts("urls"),
        as_of=node.optional_text("asOf"),
        retrieved=node.optional_text("retrieved"),
        confidence=node.one_of("confidence", _CONFIDENCES),
    )


def service_summary(node: Node) -> models.ServiceSummary:
    """Parses a service of a list."""
    return models.ServiceSummary(
        slug=node.text("slug"),
        identifier=node.text("identifier"),
        name=node.text("name"),
        category=node.text("category"),
    )


def service(body: Any, base_url: str) -> models.Service:
    """Parses a service.

    Args:
        body: The JSON.
        base_url: Root of the portal; makes relative addresses of forms absolute.
    """
    node = Node(body, "service")
    need = node.node("appointment")
    slug = node.text("slug")
    return models.Service(
        slug=slug,
        identifier=node.text("identifier"),
        name=node.text("name"),
        category=node.text("category"),
        synonyms=node.texts("alternateName"),
        offices=tuple(
            models.OfficeReference(
                office.text("slug"),
                office.text("name"),
                office.optional_text("shortName"),
            )
            for office in node.nodes("offices")
        ),
        external_bodies=tuple(
            models.ExternalBody(each.text("name"), each.optional_text("url"))
            for each in node.nodes("externalBodies")
        ),
        documents=tuple(each.text("name") for each in node.nodes("requiredDocuments")),
        fees=tuple(_fee(each) for each in node.nodes("fees")),
        processing_time=node.optional_text("processingTimeText"),
        validity=node.optional_text("validity"),
        deadline=node.optional_text("deadline"),
        facts=node.texts("facts"),
        unverified=node.texts("unverified"),
        related=node.texts("related"),
        legal_basis=tuple(each.text("name") for each in node.nodes("legalBasis")),
        appointment=need.one_of("need", _NEEDS),
        appointment_note=need.optional_text("note"),
        appointment_confirmed=need.boolean("confirmed"),
        booking_url=need.optional_text("bookingUrl"),
        online=tuple(
            models.Link(
                each.text("title"), each.optional_text("url"), each.text("kind")
            )
            for each in node.nodes("online")
        ),
        forms=tuple(
            form(each, base_url) for each in node.nodes("forms") if _has_url(each)
        ),
        is_krefeld_specific=bool(node.boolean("krefeldSpecific", default=True)),
        source=source(node.node("source")),
        short_name=node.optional_text("shortName"),
    )


def form(node: Node, base_url: str) -> models.Form:
    """Parses a form assistant."""
    return models.Form(
        id=node.text("id"),
        title=node.text("title"),
        service=node.text("service"),
        url=urljoin(f"{base_url}/", node.text("url")),
        is_demonstration=bool(node.boolean("demonstration", default=False)),
        system=node.text("system"),
    )


def office(body: Any) -> models.Office:
    """Parses an office."""
    node = body if isinstance(body, Node) else Node(body, "office")
    address = node.node("address")
    geo = node.optional_node("geo")
    return models.Office(
        id=node.text("slug"),
        identifier=node.text("identifier"),
        name=node.text("name"),
        aliases=node.texts("alternateName"),
        department=node.optional_text("department"),
        street=address.optional_text("streetAddress"),
        postcode=address.optional_text("postalCode"),
        city=address.optional_text("addressLocality"),
        district=node.optional_text("district"),
        phones=tuple(
            models.Phone(each.text("number"), each.optional_text("note"))
            for each in node.nodes("phones")
        ),
        emails=node.texts("email"),
        website=node.optional_text("website"),
        appointment_url=node.optional_text("appointmentUrl"),
        is_by_appointment_only=node.boolean("byAppointmentOnly"),
        hours_note=node.optional_text("hoursNote"),
        payment=node.optional_text("payment"),
        accessibility=node.optional_text("accessibility"),
        transport=node.optional_text("transport"),
        tasks=node.texts("tasks"),
        notes=node.texts("notes"),
        latitude=geo.number("latitude") if geo else None,
        longitude=geo.number("longitude") if geo else None,
        source=source(node.node("source")),
        short_name=node.optional_text("shortName"),
        is_external=bool(node.boolean("external", default=False)),
    )


def office_summary(node: Node) -> models.OfficeSummary:
    """Parses an office of a list."""
    return models.OfficeSummary(
        id=node.text("slug"),
        name=node.text("name"),
        aliases=node.texts("alternateName"),
        district=node.optional_text("district"),
    )


def _fee(node: Node) -> models.Fee:
    return models.Fee(
        label=node.text("name"),
        amount=node.amount("price"),
        minimum=node.amount("minPrice"),
        maximum=node.amount("maxPrice"),
        is_known=bool(node.boolean("known", default=True)),
        legal_basis=node.optional_text("legalBasis"),
        as_of=node.optional_text("asOf"),
        note=node.optional_text("note"),
    )


def _has_url(node: Node) -> bool:
    # A form without an address is of no use to a citizen, and no reason to fail.
    return node.optional_text("url") is not None
