"""Reads the seed files and refuses a mistake with file, key and reason."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from kumpel.errors import ConfigurationError
from portal.seed_form_models import FieldSetsSeed, FormField, FormSeed, FormsSeed
from portal.seed_geo_models import (
    CemeteriesSeed,
    DistrictsSeed,
    DogWasteSeed,
    EvacuationSeed,
    LandmarksSeed,
    MarketsSeed,
    PoolsSeed,
    RecyclingSeed,
    StreetsSeed,
)
from portal.seed_models import (
    EmergencyNumbersSeed,
    OfficeSeed,
    ServiceSeed,
    SpecialDaysSeed,
)

SEED_DIR = Path(__file__).resolve().parent / "seed"

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Geo:
    """Everything under `geo/`."""

    districts: DistrictsSeed
    streets: StreetsSeed
    dog_waste: DogWasteSeed
    markets: MarketsSeed
    recycling: RecyclingSeed
    cemeteries: CemeteriesSeed
    pools: PoolsSeed
    landmarks: LandmarksSeed
    evacuation: EvacuationSeed


@dataclass(frozen=True)
class Seed:
    """All facts of the portal."""

    services: list[ServiceSeed]
    offices: list[OfficeSeed]
    forms: list[FormSeed]
    fields: dict[str, list[FormField]]
    """Fields of each demonstration form, shared ones included."""
    special_days: SpecialDaysSeed
    emergency: EmergencyNumbersSeed
    geo: Geo


class _Loader(yaml.CSafeLoader):
    """Reads YAML, refuses a key that stands twice, keeps dates as text."""


def _mapping(loader: Any, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[Any] = set()
    for key_node, _ in node.value:
        if key_node.value in seen:
            line = key_node.start_mark.line + 1
            raise yaml.YAMLError(
                f"line {line}: the key {key_node.value!r} stands twice"
            )
        seen.add(key_node.value)
    loader.flatten_mapping(node)
    return dict(yaml.SafeLoader.construct_mapping(loader, node, deep=True))


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
# Without this `2024-12-01` would become a date and lose the form its source gave it.
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rules if not tag.endswith(":timestamp")]
    for first, rules in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def seed_hash(seed_dir: Path = SEED_DIR) -> str:
    """Returns a hash that changes when any seed file does."""
    digest = hashlib.sha256()
    # The code that turns files into rows belongs to it: a new version of it must
    # reseed although no fact changed.
    folder = Path(__file__).resolve().parent
    code = [*_files(folder, "seed_*.py"), folder / "folding.py"]
    for path in [*code, *_files(seed_dir, "**/*.yml")]:
        digest.update(path.name.encode())
        digest.update(b"\0")
        digest.update(path.read_bytes())
        digest.update(b"\0")
    return digest.hexdigest()


def read_seed(seed_dir: Path = SEED_DIR) -> Seed:
    """Reads and checks all seed files.

    Args:
        seed_dir: Folder with `services/`, `offices/`, `geo/` and so on.

    Raises:
        ConfigurationError: A file is missing, malformed, or contradicts another;
            the message names file, key and reason.
    """
    services = {
        path: read_file(path, ServiceSeed)
        for path in _files(seed_dir, "services/*/*.yml")
    }
    offices = {
        path: read_file(path, OfficeSeed) for path in _files(seed_dir, "offices/*.yml")
    }
    special_days = read_file(seed_dir / "special_days.yml", SpecialDaysSeed)
    geo = _read_geo(seed_dir / "geo")
    forms, fields = _read_forms(seed_dir / "forms")
    seed = Seed(
        services=list(services.values()),
        offices=list(offices.values()),
        forms=[form for _, form in forms],
        fields=fields,
        special_days=special_days,
        emergency=read_file(seed_dir / "emergency_numbers.yml", EmergencyNumbersSeed),
        geo=geo,
    )
    if not seed.services or not seed.offices:
        raise ConfigurationError(
            f"{seed_dir}: there are no services or no offices in it."
        )
    _check_names(services, offices)
    _check_unique(
        [(path, "identifier", row.identifier) for path, row in services.items()]
        + [(path, "slug", row.slug) for path, row in services.items()]
        + [(path, "identifier", row.identifier) for path, row in offices.items()]
        + [(path, "id", row.id) for path, row in offices.items()]
        + [(path, "forms.id", row.id) for path, row in forms]
        + [(path, "forms.sid", row.sid) for path, row in forms if row.sid]
    )
    _check_references(services, offices, forms, seed, seed_dir)
    return seed


def _files(folder: Path, pattern: str) -> list[Path]:
    return sorted(folder.glob(pattern))


def read_file(path: Path, model: type[M]) -> M:
    """Reads and checks one seed file.

    Raises:
        ConfigurationError: It is missing, no YAML, or a key of it is wrong.
    """
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), _Loader)  # noqa: S506
    except FileNotFoundError as error:
        raise ConfigurationError(f"{path}: this file is missing.") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        reason = " ".join(str(error).split())
        raise ConfigurationError(f"{path}: this is no valid YAML: {reason}") from error
    if not isinstance(data, Mapping):
        raise ConfigurationError(f"{path}: the file must hold keys with values.")
    return checked(path, model, data)


def checked(path: Path, model: type[M], data: Mapping[str, Any]) -> M:
    """Checks what stood in a seed file.

    Raises:
        ConfigurationError: A key is wrong; the message names file, key and reason.
    """
    try:
        return model.parse_obj(data)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        more = f" ({len(error.errors()) - 1} more)" if len(error.errors()) > 1 else ""
        raise ConfigurationError(f"{path}: {key}: {first['msg']}{more}") from error


def _read_geo(folder: Path) -> Geo:
    return Geo(
        districts=read_file(folder / "districts.yml", DistrictsSeed),
        streets=read_file(folder / "streets.yml", StreetsSeed),
        dog_waste=read_file(folder / "dog_waste_stations.yml", DogWasteSeed),
        markets=read_file(folder / "markets.yml", MarketsSeed),
        recycling=read_file(folder / "recycling.yml", RecyclingSeed),
        cemeteries=read_file(folder / "cemeteries.yml", CemeteriesSeed),
        pools=read_file(folder / "pools.yml", PoolsSeed),
        landmarks=read_file(folder / "landmarks.yml", LandmarksSeed),
        evacuation=read_file(folder / "evacuation.yml", EvacuationSeed),
    )


def _read_forms(
    folder: Path,
) -> tuple[list[tuple[Path, FormSeed]], dict[str, list[FormField]]]:
    sets = read_file(folder / "_field_sets.yml", FieldSetsSeed).field_sets
    forms = [
        (path, form)
        for path in _files(folder, "[!_]*.yml")
        for form in read_file(path, FormsSeed).forms
    ]
    fields: dict[str, list[FormField]] = {}
    for path, form in forms:
        for name in form.field_sets:
            if name not in sets:
                raise _dangling(path, f"forms.{form.id}.field_sets", "field set", name)
        shared = [field for name in form.field_sets for field in sets[name]]
        # What is asked comes first, who asks comes last: as on paper forms.
        fields[form.id] = [*form.fields, *shared]
        names = [field.name for field in fields[form.id]]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice:
            raise ConfigurationError(
                f"{path}: forms.{form.id}.fields: {twice!r} stands twice."
            )
    return forms, fields


def _check_names(
    services: Mapping[Path, ServiceSeed], offices: Mapping[Path, OfficeSeed]
) -> None:
    for path, service in services.items():
        if path.stem != service.slug:
            raise ConfigurationError(
                f"{path}: slug: is {service.slug!r}, the file is named {path.stem!r}."
            )
        if path.parent.name != service.category:
            raise ConfigurationError(
                f"{path}: category: is {service.category!r}, but the file lies in "
                f"{path.parent.name!r}."
            )
    for path, office in offices.items():
        if path.stem != office.id:
            raise ConfigurationError(
                f"{path}: id: is {office.id!r}, but the file is named {path.stem!r}."
            )


def _check_unique(rows: Iterable[tuple[Path, str, Any]]) -> None:
    seen: dict[tuple[str, Any], Path] = {}
    for path, key, value in rows:
        if (key, value) in seen:
            raise ConfigurationError(
                f"{path}: {key}: {value!r} is already taken by {seen[key, value]}."
            )
        seen[key, value] = path


def _dangling(path: Path, key: str, kind: str, name: str) -> ConfigurationError:
    return ConfigurationError(f"{path}: {key}: there is no {kind} named {name!r}.")


def _check_references(
    services: Mapping[Path, ServiceSeed],
    offices: Mapping[Path, OfficeSeed],
    forms: list[tuple[Path, FormSeed]],
    seed: Seed,
    seed_dir: Path,
) -> None:
    known = {
        "office": {office.id for office in seed.offices},
        "service": {service.slug for service in seed.services},
        "district": {district.name for district in seed.geo.districts.districts},
        "scope": set(seed.special_days.scopes),
    }
    references = [
        *_references(services, offices, forms),
        *_geo_references(seed.geo, seed_dir / "geo"),
        *(
            (
                seed_dir / "special_days.yml",
                f"special_days.{day.id}.scopes",
                "scope",
                name,
            )
            for day in seed.special_days.special_days
            for name in day.scopes
        ),
    ]
    for path, key, kind, name in references:
        if name not in known[kind]:
            raise _dangling(path, key, kind, name)


def _references(
    services: Mapping[Path, ServiceSeed],
    offices: Mapping[Path, OfficeSeed],
    forms: list[tuple[Path, FormSeed]],
) -> Iterator[tuple[Path, str, str, str]]:
    for path, service in services.items():
        for name in service.offices:
            yield path, "offices", "office", name
        for name in service.related:
            yield path, "related", "service", name
    for path, office in offices.items():
        if office.district:
            yield path, "district", "district", office.district
        for name in office.hours.closing_days:
            yield path, "hours.closing_days", "scope", name
    for path, form in forms:
        yield path, f"forms.{form.id}.service", "service", form.service


def _geo_references(geo: Geo, folder: Path) -> Iterator[tuple[Path, str, str, str]]:
    rows: list[tuple[str, str, str | None]] = [
        *(
            ("districts.yml", "boroughs", name)
            for row in geo.districts.boroughs
            for name in row.districts
        ),
        *(
            ("districts.yml", f"quarters.{row.name}", row.district)
            for row in geo.districts.quarters
        ),
        *(
            ("streets.yml", f"streets.{row.name}", row.district)
            for row in geo.streets.streets
        ),
        *(
            ("dog_waste_stations.yml", f"stations.{row.place}", row.district)
            for row in geo.dog_waste.stations
        ),
        *(
            ("markets.yml", f"markets.{row.place}", row.district)
            for row in geo.markets.markets
        ),
        *(
            ("recycling.yml", f"sites.{row.name}", row.district)
            for row in geo.recycling.sites
        ),
        *(
            ("cemeteries.yml", f"cemeteries.{row.name}", row.district)
            for row in geo.cemeteries.cemeteries
        ),
        *(("pools.yml", f"pools.{row.name}", row.district) for row in geo.pools.pools),
    ]
    for name, key, district in rows:
        if district:
            yield folder / name, key, "district", district
