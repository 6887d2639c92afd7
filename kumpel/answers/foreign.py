"""What is said in languages that Kumpel does not understand."""

from __future__ import annotations

from collections.abc import Sequence

from kumpel.answers.facts import HOTLINE

_EMERGENCY = "112"
_OWN = {
    "ar": "أفهم الألمانية والإنجليزية فقط. يُرجى الكتابة بإحدى هاتين اللغتين أو الاتصال "
    "بالرقم {phone}. في حالات الطوارئ اتصل بالرقم {emergency}.",
    "pl": "Rozumiem tylko po niemiecku i angielsku. Proszę napisać w jednym z tych "
    "języków lub zadzwonić: {phone}. W nagłym niebezpieczeństwie: {emergency}.",
    "ru": "Я понимаю только немецкий и английский. Пожалуйста, напишите на одном из "
    "этих языков или позвоните: {phone}. При опасности звоните {emergency}.",
    "tr": "Yalnızca Almanca ve İngilizce anlıyorum. Lütfen bu dillerden birinde yazın "
    "ya da arayın: {phone}. Acil durumda: {emergency}.",
    "uk": "Я розумію лише німецьку та англійську. Будь ласка, напишіть однією з цих "
    "мов або зателефонуйте: {phone}. У разі небезпеки телефонуйте {emergency}.",
}
_ALL = (
    "Ich verstehe nur Deutsch und Englisch. Bitte schreiben Sie in einer dieser "
    "Sprachen oder rufen Sie an: {phone}. Im Notfall: {emergency}.",
    "I only understand German and English. Please write in one of these languages or "
    "call {phone}. In an emergency: {emergency}.",
)


def understood_languages(code: str) -> Sequence[str]:
    """Says which languages Kumpel understands, first in the citizen's own.

    Args:
        code: The citizen's language as `kumpel.text.language` names it; one without a
            sentence of its own gets the German and the English one.
    """
    own = [_OWN[code]] if code in _OWN else []
    return [text.format(phone=HOTLINE, emergency=_EMERGENCY) for text in (*own, *_ALL)]
