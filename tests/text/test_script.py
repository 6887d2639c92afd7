import pytest

from kumpel.text.script import other_script


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
