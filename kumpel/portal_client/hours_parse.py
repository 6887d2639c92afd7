"""Turns the portal's JSON about opening hours into typed values."""

from __future__ import annotations

from typing import Any

from kumpel.portal_client import models
from kumpel.portal_client.parse import Node, items, source

_MODES = {"walkIn", "appointmentOnly", "phone"}
_CHANGES = {"open", "closed"}
#: More would be a mistake of the portal, and no help to anybody.
_MOST_WAITING = 500
_MOST_MINUTES = 600


def hours(body: Any) -> models.OfficeHours:
    """Parses the resolved days of an office."""
    node = Node(body, "hours")
    unknown = tuple(_unknown_day(each) for each in node.nodes("unknownDays"))
    return models.OfficeHours(
        office=node.text("slug"),
        are_known=bool(node.boolean("hoursKnown", default=False)),
        days=tuple(_day(each) for each in node.nodes("days")) + unknown,
        source=source(node.node("source")),
        is_outdated=bool(node.boolean("stale", default=False)),
    )


def status(body: Any) -> models.OfficeStatus:
    """Parses whether an office is open at a moment."""
    node = Node(body, "status")
    change, reason = node.optional_node("nextChange"), node.optional_node("reason")
    is_open = node.boolean("open")
    has_mode = node.optional_text("mode") is not None
    return models.OfficeStatus(
        office=node.text("slug"),
        at=node.moment("at"),
        are_hours_known=bool(node.boolean("hoursKnown", default=is_open is not None)),
        is_open=is_open,
        mode=node.one_of("mode", _MODES) if has_mode else None,
        next_change_at=change.moment("at") if change else None,
        next_change_to=change.one_of("to", _CHANGES) if change else None,
        reason_kind=reason.optional_text("kind") if reason else None,
        reason=reason.optional_text("text") if reason else None,
        source=source(node.node("source")),
        is_outdated=bool(node.boolean("stale", default=False)),
    )


def queue(body: Any) -> models.OfficeQueue | None:
    """Parses how full an office is; None where it is closed or nobody tells."""
    node = Node(body, "queue")
    if not node.boolean("available", default=False):
        return None
    return models.OfficeQueue(
        at=node.moment("at"),
        waiting=_count(node, "waiting", _MOST_WAITING),
        estimated_minutes=_count(node, "estimatedMinutes", _MOST_MINUTES),
        # Rather one word of caution too many than invented figures as real ones.
        is_demonstration=node.boolean("demonstration", default=True) is not False,
    )


def holidays(body: Any) -> tuple[models.Holiday, ...]:
    """Parses the public holidays of a year."""
    found, _ = items(
        body, lambda each: models.Holiday(each.day("date"), each.text("name"))
    )
    return found


def _count(node: Node, key: str, most: int) -> int | None:
    number = node.number(key)
    if number is None:
        return None
    if not 0 <= number <= most:
        raise node.wrong(key, "is no possible figure")
    return int(number)


def _day(node: Node) -> models.DayHours:
    reason = node.optional_node("reason")
    return models.DayHours(
        day=node.day("date"),
        is_open=bool(node.boolean("open")),
        intervals=tuple(_interval(each) for each in node.nodes("intervals")),
        reason_kind=reason.optional_text("kind") if reason else None,
        reason=reason.optional_text("text") if reason else None,
    )


def _interval(node: Node) -> models.Interval:
    has_mode = node.optional_text("mode") is not None
    return models.Interval(
        node.text("opens"),
        node.text("closes"),
        node.one_of("mode", _MODES) if has_mode else "walkIn",
    )


def _unknown_day(node: Node) -> models.DayHours:
    reason = node.optional_node("reason")
    return models.DayHours(
        day=node.day("date"),
        is_open=False,
        intervals=(),
        reason_kind=reason.optional_text("kind") if reason else None,
        reason=reason.optional_text("text") if reason else None,
        is_known=False,
    )
