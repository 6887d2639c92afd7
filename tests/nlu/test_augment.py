import random

from kumpel.nlu.augment import misspell

TEXT = "Wo kann ich meinen Personalausweis beantragen?"


def test_the_same_seed_gives_the_same_slips() -> None:
    assert misspell(TEXT, random.Random(3)) == misspell(TEXT, random.Random(3))


def test_short_words_are_left_alone() -> None:
    assert misspell("wo ist es", random.Random(1), share_of_words=1) == "wo ist es"


def test_long_words_get_one_slip_each() -> None:
    slipped = misspell(TEXT, random.Random(5), share_of_words=1)

    assert slipped != TEXT.lower()
    assert abs(len(slipped) - len(TEXT)) <= len(TEXT.split())


def test_no_word_ever_fails() -> None:
    for seed in range(300):
        misspell("Straßenbeleuchtung äöüß 1234 e-mail", random.Random(seed))
