from __future__ import annotations

from pathlib import Path

import pytest

from kumpel.errors import ConfigurationError
from kumpel.runtime.gazetteer import read_gazetteer, spellings


@pytest.mark.parametrize(
    "spelling",
    [
        "hülser straße",
        "huelser strasse",
        "hulser strasse",
        "hülser str.",
        "hülser str",
        "hülserstraße",
        "hülserstr.",
        "hülser-straße",
    ],
)
def test_a_street_is_known_in_every_usual_spelling(spelling: str) -> None:
    assert spelling in spellings("Hülser Straße")


def test_hyphens_may_be_left_out() -> None:
    assert "von der leyen platz" in spellings("Von-der-Leyen-Platz")


@pytest.fixture
def seed(tmp_path: Path) -> Path:
    (tmp_path / "geo").mkdir()
    (tmp_path / "offices").mkdir()
    (tmp_path / "geo" / "districts.yml").write_text(
        "districts:\n"
        "  - {name: Dießem/Lehmheide, quarters: [Sprödental]}\n"
        "quarters:\n  - {name: Elfrath, district: Gartenstadt}\n"
    )
    (tmp_path / "geo" / "streets.yml").write_text("streets:\n  - {name: Elfrath}\n")
    (tmp_path / "offices" / "a.yml").write_text(
        "name: Bürgerbüro Uerdingen (Ausweichstandort)\naliases: [Meldestelle]\n"
    )
    return tmp_path


def test_v6_longer_spellings_come_first(seed: Path) -> None:
    lengths = [len(spelling.text) for spelling in read_gazetteer(seed)]
    assert lengths == sorted(lengths, reverse=True)


def test_both_halves_of_a_double_name_mean_the_district(seed: Path) -> None:
    canonical = {s.text: s.canonical for s in read_gazetteer(seed)}
    assert canonical["lehmheide"] == "Dießem/Lehmheide"
    assert canonical["diessem"] == "Dießem/Lehmheide"
    assert canonical["sprödental"] == "Dießem/Lehmheide"


def test_a_spelling_means_one_place_and_a_district_wins(seed: Path) -> None:
    found = [s for s in read_gazetteer(seed) if s.text == "elfrath"]
    assert [(s.label, s.canonical) for s in found] == [("DISTRICT", "Gartenstadt")]


def test_a_remark_in_parentheses_is_no_name(seed: Path) -> None:
    texts = {s.text for s in read_gazetteer(seed)}
    assert {"bürgerbüro uerdingen", "meldestelle"} <= texts
    assert "ausweichstandort" not in texts


def test_a_missing_seed_has_no_places(tmp_path: Path) -> None:
    assert read_gazetteer(tmp_path / "nothing") == []


@pytest.mark.parametrize("content", ["districts: [", "- just a list", "\xff"])
def test_a_broken_file_is_named(seed: Path, content: str) -> None:
    path = seed / "geo" / "districts.yml"
    path.write_bytes(content.encode("latin-1"))
    with pytest.raises(ConfigurationError, match=r"districts\.yml"):
        read_gazetteer(seed)
