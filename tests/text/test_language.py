import pytest

from kumpel.text.language import detect_any_language, detect_language


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


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Kimlik kartımı nerede yenileyebilirim?", "tr"),
        ("Gdzie mogę odebrać dowód osobisty?", "pl"),
    ],
)
def test_polish_and_turkish_are_recognised(text: str, code: str) -> None:
    assert detect_any_language(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "Hömma wo krich ich dat her",
        "wo is dat amt",
        "Where do I register my dog?",
        "Müller Kowalski Yilmaz",
        "ok",
        "",
    ],
)
def test_german_english_and_names_are_no_foreign_language(text: str) -> None:
    assert detect_any_language(text) not in ("pl", "tr")


@pytest.mark.parametrize(
    "text",
    ["Wo melde ich mein Auto ab?", "where is the town hall", "Hallo", "Moin", "ok", ""],
)
def test_german_and_english_are_told_apart_as_well_among_four(text: str) -> None:
    assert detect_any_language(text) == detect_language(text)
