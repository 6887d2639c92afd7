from __future__ import annotations

import re
import time
from collections import Counter
from pathlib import Path

import pytest

from kumpel.errors import ConfigurationError
from portal.check import main
from portal.seed_reader import SEED_DIR, Seed, read_seed, seed_hash


@pytest.fixture(scope="module")
def seed() -> Seed:
    return read_seed()


def test_all_services_and_offices_are_there(seed: Seed) -> None:
    assert len(seed.services) == 171
    assert len(seed.offices) == 97
    assert len(seed.geo.districts.districts) == 19


def test_at_least_120_form_assistants_belong_to_services(seed: Seed) -> None:
    assert len(seed.forms) >= 120
    slugs = {service.slug for service in seed.services}
    assert {form.service for form in seed.forms} <= slugs


def test_a_service_with_a_real_form_has_no_demonstration(seed: Seed) -> None:
    systems: dict[str, set[str]] = {}
    for form in seed.forms:
        systems.setdefault(form.service, set()).add(form.system)
    mixed = [
        slug
        for slug, found in systems.items()
        if "demonstration" in found and len(found) > 1
    ]
    assert not mixed
    for service in seed.services:
        if any(link.kind == "form" and link.url for link in service.online):
            assert "demonstration" not in systems[service.slug]


def test_demonstrations_ask_for_what_their_service_needs(seed: Seed) -> None:
    demonstrations = [form for form in seed.forms if form.system == "demonstration"]
    shapes = Counter(
        tuple(field.name for field in seed.fields[form.id]) for form in demonstrations
    )
    assert max(shapes.values()) <= 2, "one form for all is no form"
    assert all(len(form.fields) >= 2 for form in demonstrations)


def test_names_of_people_are_marked_as_personal(seed: Seed) -> None:
    words = re.compile(r"^(Vorname|Nachname|Geburtsdatum|E-Mail|IBAN|Telefon)")
    for fields in seed.fields.values():
        for field in fields:
            if words.match(field.label):
                assert field.personal, field.label


def test_every_fact_carries_source_and_confidence(seed: Seed) -> None:
    for row in [*seed.services, *seed.offices]:
        assert row.source.confidence in {"high", "medium", "low"}
        assert row.source.retrieved


def test_seeding_reads_in_under_two_seconds() -> None:
    start = time.process_time()  # other work on the machine does not count
    read_seed()
    assert time.process_time() - start < 2


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


SERVICE = "services/ausweise/personalausweis.yml"
OFFICE = "offices/rathaus.yml"

# ruff: noqa: E501
MISTAKES = [
    (SERVICE, "deadline:", "deadlin:", "deadlin", "extra fields"),
    (SERVICE, "need: required", "need: maybe", "appointment.need", "unexpected value"),
    (SERVICE, "identifier: 30201", "identifier: abc", "identifier", "integer"),
    (SERVICE, "identifier: 30201", "identifier: 30202", "identifier", "already taken"),
    (SERVICE, "slug: personalausweis", "slug: Perso", "slug", "regex"),
    (
        SERVICE,
        "slug: personalausweis",
        "slug: perso",
        "slug",
        "named 'personalausweis'",
    ),
    (SERVICE, "category: ausweise", "category: steuern", "category", "lies in"),
    (
        SERVICE,
        "- buergerbuero-mitte",
        "- buergerbuero-mond",
        "offices",
        "no office named",
    ),
    (
        SERVICE,
        "confidence: high",
        "confidence: sure",
        "source.confidence",
        "unexpected",
    ),
    (
        SERVICE,
        "name: Personalausweis",
        "name: A\nname: Personalausweis",
        "name",
        "twice",
    ),
    (SERVICE, "synonyms:", "synonyms: [\n", "", "no valid YAML"),
    (OFFICE, "'08:30-12:30'", "'8:30-12:30'", "hours.weekly.0.times", "write it as"),
    (OFFICE, "'08:30-12:30'", "'12:30-08:30'", "hours.weekly.0.times", "ends before"),
    (OFFICE, "'08:30-12:30'", "'08:30-25:00'", "hours.weekly.0.times", "no time"),
    (OFFICE, "'14:00-16:00'", "'12:00-16:00'", "hours.weekly.0.times", "overlaps"),
    (OFFICE, "days: [do]", "days: [mo]", "hours.weekly", "on mo"),
    (OFFICE, "days: [do]", "days: [mon]", "hours.weekly.1.days.0", "unexpected"),
    (
        OFFICE,
        "closing_days: [administration]",
        "closing_days: [all]",
        "hours.closing_days",
        "no scope",
    ),
    (OFFICE, "district: Stadtmitte", "district: Atlantis", "district", "no district"),
    (OFFICE, "latitude: 51.334", "latitude: 6.56", "coordinates.latitude", "greater"),
    (OFFICE, "number: 02151 86-0", "number: anrufen", "phones.0.number", "regex"),
    (
        "special_days.yml",
        "month_day: 12-24",
        "month_day: 13-24",
        "special_days.0",
        "regex",
    ),
    (
        "special_days.yml",
        "easter_offset: -48",
        "easter_offset: -48\n    date: '2026-02-16'",
        "date",
        "exactly one",
    ),
    (
        "special_days.yml",
        "scopes: [administration]",
        "scopes: [zoo]",
        "heiligabend",
        "no scope",
    ),
    (
        "forms/abfall.yml",
        "service: sperrmuell",
        "service: sperr",
        "forms.sperrmuell.service",
        "no service",
    ),
    ("forms/abfall.yml", "id: altpapier", "id: biotonne", "forms.id", "already taken"),
    (
        "forms/abfall.yml",
        "field_sets: [name",
        "field_sets: [nam",
        "field_sets",
        "no field set",
    ),
    ("forms/abfall.yml", "name: bin,", "name: object,", "fields", "stands twice"),
    ("forms/abfall.yml", "type: select,", "type: text,", "options", "select needs it"),
    (
        "geo/markets.yml",
        "district: Bockum",
        "district: Bockumm",
        "markets.Bockum",
        "no district",
    ),
    (
        "emergency_numbers.yml",
        "number: '112'",
        "number: hundertzwölf",
        "number",
        "regex",
    ),
]


@pytest.mark.parametrize(("name", "old", "new", "key", "reason"), MISTAKES)
def test_a_mistake_is_refused_with_file_key_and_reason(
    name: str, old: str, new: str, key: str, reason: str, seed_dir: Path
) -> None:
    edit(seed_dir / name, old, new)
    with pytest.raises(ConfigurationError) as refusal:
        read_seed(seed_dir)
    message = str(refusal.value)
    assert name in message
    assert key in message
    assert reason in message
    assert "\n" not in message


def test_a_missing_file_is_named(seed_dir: Path) -> None:
    (seed_dir / "special_days.yml").unlink()
    with pytest.raises(
        ConfigurationError, match="special_days.yml: this file is missing"
    ):
        read_seed(seed_dir)


def test_an_empty_folder_is_refused(seed_dir: Path) -> None:
    for path in (seed_dir / "offices").glob("*.yml"):
        path.unlink()
    with pytest.raises(ConfigurationError):
        read_seed(seed_dir)


def test_a_file_in_another_encoding_is_refused(seed_dir: Path) -> None:
    path = seed_dir / OFFICE
    path.write_bytes(path.read_text(encoding="utf-8").encode("latin-1", "replace"))
    with pytest.raises(ConfigurationError, match=r"rathaus\.yml"):
        read_seed(seed_dir)


def test_the_hash_changes_with_any_file(seed_dir: Path) -> None:
    before = seed_hash(seed_dir)
    assert before == seed_hash(SEED_DIR)
    edit(seed_dir / "geo/markets.yml", "days: Di", "days: Do")
    assert seed_hash(seed_dir) != before


def test_dates_keep_the_form_of_their_source(seed_dir: Path) -> None:
    edit(
        seed_dir / OFFICE,
        "  as_of: 2025-08\n  retrieved",
        "  as_of: 2025-08-01\n  retrieved",
    )
    office = next(row for row in read_seed(seed_dir).offices if row.id == "rathaus")
    assert office.source.as_of == "2025-08-01"


def test_the_check_command_counts_what_is_right(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main() == 0
    assert "171 Leistungen, 97 Stellen" in capsys.readouterr().out


def test_every_service_has_a_plain_name_of_its_own(seed: Seed) -> None:
    titles = [row.short_name or row.name for row in seed.services]
    clumsy = [t for t in titles if len(t) > 50 or set("/()") & set(t)]
    assert not clumsy
    assert len({title.casefold() for title in titles}) == len(titles)
