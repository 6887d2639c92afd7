import pytest

from kumpel.text.foreign import other_language, other_script


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Где получить паспорт?", "ru"),
        ("Де отримати паспорт у Крефельді?", "uk"),
        ("أين مكتب التسجيل؟", "ar"),
        ("گذرنامه من گم شده", "other"),
        ("我想登记住址", "other"),
        ("Πού είναι το δημαρχείο;", "other"),
        ("Bürgerbüro где находится, подскажите пожалуйста", "ru"),
    ],
)
def test_another_script_names_its_language(text: str, code: str) -> None:
    assert other_script(text) == code


@pytest.mark.parametrize(
    "text",
    ["", "???", "👍", "12345", "Wo ist das Café?", "Straße", "µ", "ヽ(°〇°)ﾉ ok"],
)
def test_latin_letters_and_signs_are_no_other_script(text: str) -> None:
    assert other_script(text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Kimlik kartımı nerede yenileyebilirim?", "tr"),
        ("Gdzie mogę odebrać dowód osobisty?", "pl"),
    ],
)
def test_polish_and_turkish_are_recognised(text: str, code: str) -> None:
    assert other_language(text) == code


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
    assert other_language(text) is None
