import pytest

from kumpel.text.language import detect_language


@pytest.mark.parametrize(
    "text",
    [
        "Wo melde ich mein Auto ab?",
        "Hömma, wo krich ich dat her",
        "was brauch ich dafür",
    ],
)
def test_german_is_recognised(text: str) -> None:
    assert detect_language(text) == "de"


@pytest.mark.parametrize(
    "text",
    ["where is the town hall", "I lost my passport", "opening hours please", "Hello"],
)
def test_english_is_recognised(text: str) -> None:
    assert detect_language(text) == "en"


@pytest.mark.parametrize(
    "text", ["ok", "", "???", "12345", "Hallo", "Moin", "Perso", "Termin"]
)
def test_a_text_that_could_be_both_names_no_language(text: str) -> None:
    assert detect_language(text) is None
