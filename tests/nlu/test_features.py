import numpy as np

from kumpel.nlu.features import Vectorizer, letter_features, word_features, words_of

TEXTS = [
    "Hundesteuer anmelden",
    "meine Hundesteuer bezahlen",
    "das Auto anmelden",
    "Auto abmelden",
]


def test_neighbouring_words_count_together_too() -> None:
    assert set(word_features(["nicht", "mehr", "da"])) == {
        *("nicht", "mehr", "da"),
        *("nicht mehr", "mehr da"),
    }


def test_a_compound_shares_letters_with_its_parts() -> None:
    vectorizer = Vectorizer.fit(TEXTS, rarest_letters=1)
    whole, part, other = (
        vectorizer.matrix([text]).toarray()[0]
        for text in ("Hundesteueranmeldung", "hundesteuer", "bezahlen")
    )

    assert whole @ part > 3 * (whole @ other)


def test_what_occurs_often_weighs_more_in_a_row_without_repeats() -> None:
    vectorizer = Vectorizer.fit(TEXTS, rarest_letters=1)
    columns, weights = vectorizer.row("auto auto anmelden")
    by_feature = dict(zip(columns, weights, strict=True))

    assert len(by_feature) == len(columns)
    assert (
        by_feature[vectorizer.features.index("wauto")]
        > by_feature[vectorizer.features.index("wanmelden")]
    )


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


def test_the_numbers_of_help_stay_readable() -> None:
    assert words_of("112 oder 116117") == ["112", "oder", "116117"]
