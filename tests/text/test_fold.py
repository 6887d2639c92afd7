import pytest
from hypothesis import given
from hypothesis import strategies as st

from kumpel.text.fold import fold, tokens


@pytest.mark.parametrize("written", ["Müll", "Muell", "mull", "MÜLL", "Mu\u0308ll"])
def test_every_way_to_write_an_umlaut_folds_to_one(written: str) -> None:
    assert fold(written) == "mull"


def test_sharp_s_and_accents_are_folded() -> None:
    assert fold("Straße, Café!") == "strasse cafe"


def test_punctuation_and_emoji_separate_words() -> None:
    assert tokens("Perso🙂weg…und/nun?") == ["perso", "weg", "und", "nun"]


def test_a_text_without_letters_folds_to_nothing() -> None:
    assert fold("?!… 🙂") == ""


@given(st.text())
def test_folding_twice_changes_nothing_more_than_digraphs(text: str) -> None:
    once = fold(text)
    assert set(once) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ")
    assert once == once.strip()
