"""Reading dialect as standard German."""

from __future__ import annotations

from pathlib import Path

import pytest

from kumpel.errors import InvalidInputError
from kumpel.evaluation.input_files import known_services
from kumpel.text.dialect import Dialect, krefeld_dialect
from kumpel.text.fold import tokens


def read(tmp_path: Path, text: str) -> Dialect:
    path = tmp_path / "dialect.txt"
    path.write_text(text, encoding="utf-8")
    return Dialect.read(path)


@pytest.mark.parametrize(
    ("typed", "standard"),
    [
        ("Ech jonn nit mieh en de Mess", "ich gehen nicht mehr in die mess"),
        ("Wo mott ech dat ongerschrieve?", "wo muss ich das unterschreiben"),
        ("Dä Zoo in Krefeld", "da zoo in krefeld"),
        ("Mein Hund ist tot", "mein hund ist tot"),
        ("", ""),
    ],
)
def test_dialect_becomes_standard_german_and_all_else_stays(
    typed: str, standard: str
) -> None:
    assert krefeld_dialect().in_standard_german(tokens(typed)) == standard.split()


@pytest.mark.parametrize(
    "english",
    ["What do I do at city hall?", "We want to park on the road, us two and the dog"],
)
def test_words_that_are_also_english_stay_in_an_english_message(english: str) -> None:
    assert krefeld_dialect().in_standard_german(tokens(english)) == tokens(english)


def test_a_doubtful_word_needs_two_sure_ones_beside_it(tmp_path: Path) -> None:
    dialect = read(tmp_path, "ich: ech\nnicht: nit\nauf: op? \n")
    assert dialect.in_standard_german(["op", "ech"]) == ["op", "ich"]
    assert dialect.in_standard_german(["op", "ech", "nit"]) == ["auf", "ich", "nicht"]


def test_typed_umlauts_and_comments_make_no_difference(tmp_path: Path) -> None:
    dialect = read(tmp_path, "# pronouns\n\nwir gehen: mör # both\n")
    assert dialect.in_standard_german(tokens("Mör mor")) == ["wir", "gehen"] * 2


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("ech", "expected `standard: form form\\?`"),
        ("ich:", "expected `standard: form form\\?`"),
        ("!?: ech", "expected `standard: form form\\?`"),
        ("ich: e-ch", "'e-ch' is not one word"),
        ("mich: isch", "'isch' is there twice"),
    ],
)
def test_a_mistake_is_named_with_file_line_and_reason(
    tmp_path: Path, line: str, reason: str
) -> None:
    with pytest.raises(InvalidInputError, match=rf"dialect\.txt:2: {reason}"):
        read(tmp_path, f"ich: isch\n{line}\n")


def test_no_service_is_named_by_a_word_of_dialect() -> None:
    named = {word for slug in known_services() for word in tokens(slug)}
    dialect = krefeld_dialect()
    assert not named & (dialect.sure.keys() | dialect.doubtful.keys())
