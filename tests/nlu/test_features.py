import numpy as np

from kumpel.nlu.features import (
    Vectorizer,
    letter_features,
    pair_features,
    word_features,
    words_of,
)

TEXTS = [
    "Hundesteuer anmelden",
    "meine Hundesteuer bezahlen",
    "das Auto anmelden",
    "Auto abmelden",
]


def test_a_compound_counts_as_its_parts() -> None:
    parts = frozenset({"hundesteur", "anmeldung"})

    found = set(word_features("hundesteuranmeldung", parts))

    assert {"+hundesteur", "+anmeldung"} <= found


def test_numbers_lose_their_value_but_keep_their_length() -> None:
    assert words_of("im Jahr 1961") == ["im", "jahr", "0000"]


def test_letters_mark_the_borders_of_a_word() -> None:
    found = set(letter_features("pass"))

    assert " pa" in found
    assert "ss " in found


def test_a_misspelled_word_shares_letters_with_the_right_one() -> None:
    vectorizer = Vectorizer.fit(TEXTS, rarest_letters=1)
    right, wrong, other = (
        vectorizer.matrix([text]).toarray()[0]
        for text in ("hundesteuer", "hundesteur", "auto")
    )

    assert right @ wrong > 3 * (right @ other)


def test_long_texts_weigh_no_more_than_short_ones() -> None:
    vectorizer = Vectorizer.fit(TEXTS, rarest_letters=1)
    lengths = [
        (vectorizer.row(text)[1] ** 2).sum()
        for text in (
            "Auto abmelden",
            "das Auto meine Hundesteuer bezahlen Auto abmelden",
        )
    ]

    assert np.isclose(lengths[0], lengths[1], atol=1e-5)


def test_an_unknown_text_gives_an_empty_row_and_no_nan() -> None:
    vectorizer = Vectorizer.fit(TEXTS)
    columns, weights = vectorizer.row("🙂 ???")

    assert len(columns) == 0
    assert not np.isnan(weights).any()


def test_all_other_towns_share_a_feature_and_its_surroundings() -> None:
    first, second = (
        set(pair_features(words_of(text)))
        for text in ("Hundesteuer in Leipzig", "Sperrmüll in Köln")
    )

    assert "in @city" in first & second
    assert "@city" in set(word_features("munchen", frozenset()))


def test_eating_is_not_taken_for_the_town_of_that_name() -> None:
    assert "@city" not in " ".join(pair_features(words_of("Was gibt es zu Essen")))
    assert "in @city" in set(pair_features(words_of("Sperrmüll in Essen")))


def test_the_numbers_of_help_stay_readable() -> None:
    assert words_of("112 oder 116117") == ["112", "oder", "116117"]
