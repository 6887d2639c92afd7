"""Cards beside an answer: what its text says, for channels that can show more.

The shapes are those of the web channel's messages. A text is complete without its
card, and where a card would add nothing there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, TypedDict

from typing_extensions import NotRequired

from kumpel.answers import formats, hours
from kumpel.answers.facts import OfficeFacts, ServiceFacts
from kumpel.answers.wording import Wording
from kumpel.portal_client.models import DayHours, HoursMode, Interval, Source

#: A week, beginning with today: who plans a visit looks ahead, not back to Monday.
_DAYS_SHOWN = 7
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MODES: Mapping[HoursMode, str] = {
    "appointmentOnly": "utter_hours_by_appointment",
    "phone": "utter_hours_by_phone",
}
#: Aspects that tell something of the office, besides those of the service itself.
_OF_OFFICE = frozenset({"overview", "location", "contact"})
_OF_HOURS = frozenset({"overview", "opening_hours"})

Card = Mapping[str, Any]
#: What a fact is about, and where it comes from.
Origin = tuple[str, Source]


class SourceEntry(TypedDict):
    """One source as it is shown."""

    name: str
    url: NotRequired[str]
    asOf: NotRequired[str]
    """ISO day, or words where the source names no day."""
    retrieved: NotRequired[str]


class Day(TypedDict):
    """Opening hours of one day; without times it is closed."""

    day: str
    date: str
    times: list[str]
    note: NotRequired[str]
    """In the language of the answer."""
    reason: NotRequired[str]
    """Why it is another day than usual, in the portal's German."""


class HoursCard(TypedDict):
    """Opening hours of an office."""

    kind: str
    office: str
    isOpen: bool | None
    """None where the statement is about another moment than now."""
    statement: str
    days: list[Day]
    source: NotRequired[SourceEntry]


class SourcesCard(TypedDict):
    """Where the facts of an answer come from."""

    kind: str
    sources: list[SourceEntry]


def hours_card(
    place: OfficeFacts, asked: date | None, now: datetime, wording: Wording
) -> HoursCard | None:
    """Shows when an office is open: now or on the asked day, and the next week.

    Args:
        place: The office.
        asked: The day that was asked about, if any.
        now: Moment in Europe/Berlin.
        wording: The texts.

    Returns:
        The card; None where no hours are known, as the text says all there is.
    """
    known = place.hours
    if known is None or not known.are_known:
        return None
    today = now.date()
    is_about_now = asked is None or asked <= today
    if is_about_now or asked is None:
        sentence = hours.state_sentence(place, now, wording)
    else:
        sentence = hours.day_sentence(place, asked, wording)
    begins = today
    if asked is not None and asked >= today + timedelta(days=_DAYS_SHOWN):
        begins = asked
    days = [
        _day(day, wording)
        for day in sorted(known.days, key=lambda each: each.day)
        if day.is_known and 0 <= (day.day - begins).days < _DAYS_SHOWN
    ]
    if not days:
        return None
    state = hours.state_at(known, now)
    is_known_today = state.today is not None and state.today.is_known
    card: HoursCard = {
        "kind": "hours",
        "office": place.office.title,
        "isOpen": state.is_open if is_about_now and is_known_today else None,
        "statement": _without_name(sentence, place.office.title),
        "days": days,
    }
    entries = _entries("", known.source)
    if entries:
        card["source"] = entries[0]
    return card


def sources_card(origins: Iterable[Origin]) -> SourcesCard | None:
    """Names every source of an answer once; None where there is none to name.

    Args:
        origins: Names of services and offices with the sources of what was told.
    """
    entries: list[SourceEntry] = []
    for name, source in origins:
        entries += [each for each in _entries(name, source) if each not in entries]
    return {"kind": "sources", "sources": entries} if entries else None


def service_origins(facts: ServiceFacts, aspects: Sequence[str]) -> list[Origin]:
    """Returns where the facts of an answer about a service come from."""
    asked = set(aspects)
    service, place = facts.service, facts.place
    is_of_office_only = asked <= (_OF_OFFICE | _OF_HOURS) - {"overview"}
    origins = []
    if not is_of_office_only or place is None:
        origins.append((service.title, service.source))
    if place is not None:
        origins += office_origins(place, aspects)
    return origins


def office_origins(place: OfficeFacts, aspects: Sequence[str]) -> list[Origin]:
    """Returns where the facts of an answer about an office come from."""
    asked, title = set(aspects), place.office.title
    has_hours = place.hours is not None and place.hours.are_known
    origins = []
    if asked & _OF_OFFICE or (asked & _OF_HOURS and not has_hours):
        origins.append((title, place.office.source))
    if asked & _OF_HOURS and place.hours is not None and has_hours:
        origins.append((title, place.hours.source))
    return origins


def merged(*customs: Card | None) -> dict[str, Any] | None:
    """Joins what stands in `custom` to one: a card alone, or `cards` of several.

    A second card of sources adds its entries to the first.
    """
    cards: list[dict[str, Any]] = []
    for custom in customs:
        if not custom:
            continue
        parts = custom["cards"] if custom.get("kind") == "cards" else [custom]
        for part in parts:
            _add(cards, dict(part))
    if len(cards) < 2:
        return cards[0] if cards else None
    return {"kind": "cards", "cards": cards}


def _add(cards: list[dict[str, Any]], card: dict[str, Any]) -> None:
    if card.get("kind") == "sources":
        for known in cards:
            if known.get("kind") == "sources":
                new = [s for s in card["sources"] if s not in known["sources"]]
                known["sources"] = [*known["sources"], *new]
                return
    if card not in cards:
        cards.append(card)


def _day(day: DayHours, wording: Wording) -> Day:
    modes = {interval.mode for interval in day.intervals}
    is_alike = len(modes) == 1
    times = [_time(each, wording, has_mode=not is_alike) for each in day.intervals]
    note = _mode(modes.pop(), wording) if is_alike else ""
    shown: Day = {
        "day": formats.WEEKDAYS[wording.language][day.day.weekday()],
        "date": day.day.isoformat(),
        "times": times,
    }
    if note:
        shown["note"] = note
    if day.reason:
        shown["reason"] = day.reason
    return shown


def _time(interval: Interval, wording: Wording, *, has_mode: bool) -> str:
    text = f"{interval.opens}–{interval.closes}"
    mode = _mode(interval.mode, wording) if has_mode else ""
    return f"{text} ({mode})" if mode else text


def _mode(mode: HoursMode, wording: Wording) -> str:
    return wording.text(_MODES[mode]).removesuffix(".") if mode in _MODES else ""


def _without_name(sentence: str, name: str) -> str:
    """Takes the office's name off: it stands above the table."""
    rest = sentence.removeprefix(f"{name}: ").removesuffix(".")
    return rest[:1].upper() + rest[1:]


def _entries(name: str, source: Source) -> list[SourceEntry]:
    hosts = [(formats.source_name(address), address) for address in source.urls]
    entries = [
        _entry(f"{name} ({host})" if name else host, address, source)
        for host, address in hosts
    ]
    return entries or ([_entry(name, "", source)] if name else [])


def _entry(name: str, address: str, source: Source) -> SourceEntry:
    entry: SourceEntry = {"name": name}
    if address.startswith(("https://", "http://")):
        entry["url"] = address
    as_of, retrieved = _date(source.as_of), _date(source.retrieved)
    # When it was read matters only where it does not say when it was true.
    if as_of:
        entry["asOf"] = as_of
    elif retrieved:
        entry["retrieved"] = retrieved
    return entry


def _date(text: str | None) -> str | None:
    """Returns a whole day as ISO, so that pages write it in their own language."""
    if text and _ISO_DAY.fullmatch(text):
        return text
    return formats.as_of(text)
