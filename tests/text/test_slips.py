import pytest

from kumpel.text.slips import NearWords

WORDS = NearWords(["fahrrad", "motorrad", "anhanger"])


@pytest.mark.parametrize(
    "word", ["farrad", "fahrrrad", "fahrrda", "fehrrad", "fahrrad"]
)
def test_a_slip_is_recognised(word: str) -> None:
    found = WORDS.nearest(word, 1)

    assert found is not None
    assert found[0] == "fahrrad"
    assert found[1] == (word != "fahrrad")


def test_two_slips_are_one_too_many_or_not() -> None:
    assert WORDS.nearest("farrat", 1) is None
    assert WORDS.nearest("farrat", 2) == ("fahrrad", 2)


@pytest.mark.parametrize("word", ["", "auto", "fahrradhelm"])
def test_another_word_is_no_slip(word: str) -> None:
    assert WORDS.nearest(word, 2) is None
