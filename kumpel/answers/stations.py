"""Stations with dog-waste bags."""

from __future__ import annotations

from collections.abc import Sequence

from kumpel.answers.answer import MAXIMUM_ITEMS, Answer, answer
from kumpel.answers.sources import caution, source_line
from kumpel.answers.wording import Wording
from kumpel.portal_client.models import DogWasteStation, DogWasteStations
from kumpel.text.fold import tokens

#: The service whose location is a list of stations.
SERVICE = "hundekotbeutel"
_SHORTEST_WORD = 5
#: Words that say nothing about the place.
_GENERAL = frozenset(
    tokens(
        "nächste naechste station stationen hundekotstation hundekotbeutel hundetüten "
        "hundebeutel kotbeutel beutel tüten spender straße strasse platz parkplatz "
        "eingang neben hinter gegenüber höhe bitte liegt steht nearest street where "
        "there krefeld wiese"
    )
)


def stations_named(
    stations: Sequence[DogWasteStation], text: str
) -> list[DogWasteStation]:
    """Returns the stations whose place a message names ("am Elfrather See")."""
    said = [_stem(word) for word in tokens(text) if _tells(word)]
    return [
        station
        for station in stations
        if any(
            _stem(known).startswith(word) or word.startswith(_stem(known))
            for known in tokens(f"{station.place} {station.district or ''}")
            if _tells(known)
            for word in said
        )
    ]


def answer_stations(
    known: DogWasteStations,
    shown: Sequence[DogWasteStation],
    place: str | None,
    *,
    phone: str,
    wording: Wording,
    year: int,
) -> Answer:
    """Names stations.

    Args:
        known: All stations that the facts name.
        shown: Those at the asked place; none means that nothing is known there.
        place: Street or district that was asked, or None.
        phone: Number for doubts about old facts.
        wording: The texts.
        year: Current year, to tell old facts as old.
    """
    if shown and place:
        sentence = wording.text("utter_stations", place=place)
    elif place:
        sentence = wording.text("utter_stations_none", place=place)
    else:
        sentence = wording.text("utter_stations_all")
    items = [_line(station, wording) for station in (shown or known.stations)]
    incomplete = wording.text("utter_station_incomplete")
    report = wording.text("utter_station_report", report=known.report)
    return answer([sentence], items[:MAXIMUM_ITEMS]) + answer(
        [incomplete, report, caution(known.source, phone, year, wording)],
        source=source_line(known.source, wording),
    )


def _line(station: DogWasteStation, wording: Wording) -> str:
    line = wording.text(
        "utter_station_line", place=station.place, district=station.district
    )
    return line or station.place


def _tells(word: str) -> bool:
    return len(word) >= _SHORTEST_WORD and word not in _GENERAL


def _stem(word: str) -> str:
    """Drops "straße" and "str": "Ispelsstr." means "Ispelsstraße"."""
    for ending in ("strasse", "str"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word[: -len(ending)]
    return word
