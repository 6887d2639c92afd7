"""Spellings of Krefeld's districts, streets and offices for the entity ruler."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from kumpel.errors import ConfigurationError
from kumpel.places.lay_names import LAY_NAMES
from kumpel.places.places import Place, PlaceKind

DISTRICT = "DISTRICT"
STREET = "STREET"
OFFICE = "OFFICE"
_KINDS: dict[str, PlaceKind] = {
    DISTRICT: "district",
    STREET: "street",
    OFFICE: "office",
}

_TYPED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_PLAIN = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})
_STREET_WORD = re.compile(r"stra(?:ße|sse)\b")
# What stands in parentheses is a remark: "(Ausweichstandort)", "(umgangssprachlich)".
_REMARK = re.compile(r"\s*\([^)]*\)")
_CITY = re.compile(r" (?:der Stadt )?Krefeld$")
# "Amt" or "Bad" alone names nothing.
_SHORTEST_NAME = 4


class Spelling(NamedTuple):
    """One way to write the name of a place."""

    label: str
    """DISTRICT, STREET or OFFICE."""
    text: str
    """The spelling, in lower case."""
    canonical: str
    """The name as the portal writes it."""


def read_gazetteer(seed: Path) -> list[Spelling]:
    """Reads all places of the portal's seed files with every usual spelling.

    One spelling means one place: where a quarter is called like its district, or an
    office like a street, the first in the order district, street, office wins.

    Args:
        seed: Folder with `geo/` and `offices/`; one that is missing has no places.

    Returns:
        Spellings, longest first (a shorter name inside must not win).

    Raises:
        ConfigurationError: A file is no YAML of the expected shape; names the file.
    """
    unique: dict[str, Spelling] = {}
    for label, name, canonical in _places(seed):
        for text in spellings(name):
            if len(text) >= _SHORTEST_NAME:
                unique.setdefault(text, Spelling(label, text, canonical))
    return sorted(unique.values(), key=lambda s: (-len(s.text), s.text))


def read_places(seed: Path) -> list[Place]:
    """Reads all names of all places, in the order district, street, office.

    Args:
        seed: Folder with `geo/` and `offices/`; one that is missing has no places.

    Raises:
        ConfigurationError: A file is no YAML of the expected shape; names the file.
    """
    return [
        Place(_KINDS[label], name, canonical)
        for label, name, canonical in _places(seed)
        if len(_REMARK.sub("", name)) >= _SHORTEST_NAME
    ]


def spellings(name: str) -> set[str]:
    """Returns the usual spellings of a name, in lower case.

    With umlauts, typed out (ae) and without (a); "str." for "straße"; a hyphen
    written as a space and the other way round.

    Args:
        name: Such as "Hülser Straße" or "Von-der-Leyen-Platz".
    """
    lowered = " ".join(name.lower().split())
    forms = {lowered}
    if _STREET_WORD.search(lowered):
        forms |= {_STREET_WORD.sub(w, lowered) for w in ("strasse", "str.", "str")}
        # "Hülserstraße", "Hülserstr." for two words.
        forms |= {re.sub(r" (?=str)", "", form) for form in set(forms)}
        # "Hülser-Straße": wrong, and common.
        forms |= {form.replace(" ", "-") for form in set(forms)}
    forms |= {form.replace("-", " ") for form in set(forms) if "-" in form}
    forms |= {
        form.translate(table) for form in set(forms) for table in (_TYPED_OUT, _PLAIN)
    }
    return forms


def _places(seed: Path) -> Iterator[tuple[str, str, str]]:
    """Yields label, a name and the canonical name of each place."""
    districts = _read(seed / "geo" / "districts.yml")
    for district in districts.get("districts", []):
        canonical = district["name"]
        parts = canonical.split("/") if "/" in canonical else []
        for name in (canonical, *parts, *district.get("quarters", [])):
            yield DISTRICT, name, canonical
    for quarter in districts.get("quarters", []):
        yield DISTRICT, quarter["name"], quarter.get("district") or quarter["name"]
    for street in _read(seed / "geo" / "streets.yml").get("streets", []):
        yield STREET, _REMARK.sub("", street["name"]), street["name"]
    folder = seed / "offices"
    for path in sorted(folder.glob("*.yml")) if folder.is_dir() else ():
        office = _read(path)
        if "name" in office:
            for name in _office_names(office):
                yield OFFICE, name, office["name"]


def _office_names(office: dict[str, Any]) -> Iterator[str]:
    """Yields official and short name, aliases, lay names, each without the city."""
    names: list[str | None] = [
        office["name"],
        office.get("short_name"),
        *(office.get("aliases") or []),
    ]
    names += LAY_NAMES.get(office.get("id", ""), ())
    for name in filter(None, names):
        for part in _REMARK.sub("", name).split(" / "):
            yield part
            if _CITY.search(part):
                yield _CITY.sub("", part)


def _read(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        # The loader written in C is ten times as fast, and as safe.
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        content = yaml.load(path.read_text(encoding="utf-8"), loader)  # noqa: S506
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path} ist kein gültiges YAML: {error}") from error
    if not isinstance(content, dict):
        raise ConfigurationError(f"{path} muss aus Schlüsseln und Werten bestehen.")
    return content
