"""Turns the portal's JSON about places and numbers into typed values."""

from __future__ import annotations

from typing import Any

from kumpel.portal_client import models
from kumpel.portal_client.parse import Node, items, source


def emergency_number(node: Node) -> models.EmergencyNumber:
    """Parses a number for an emergency."""
    return models.EmergencyNumber(
        number=node.text("number"),
        name=node.text("name"),
        purpose=node.optional_text("purpose"),
        topics=node.texts("topics"),
    )


def dog_waste_stations(body: Any) -> models.DogWasteStations:
    """Parses the stations with dog-waste bags."""
    node = Node(body, "stations")
    stations, _ = items(body, _station)
    return models.DogWasteStations(
        stations, node.optional_text("report"), source(node.node("source"))
    )


def street(node: Node) -> models.Street:
    """Parses a street."""
    return models.Street(
        node.text("name"),
        node.optional_text("district"),
        node.optional_text("postcode"),
    )


def _station(node: Node) -> models.DogWasteStation:
    return models.DogWasteStation(
        node.text("place"),
        node.optional_text("district"),
        node.optional_text("asOf"),
    )
