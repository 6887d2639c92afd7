"""What is said to those who write in a language that is not understood."""

import pytest
from conversation import Conversation

from kumpel.answers.foreign import understood_languages


@pytest.mark.parametrize("kind", ["ar", "pl", "ru", "tr", "uk", "other"])
def test_everybody_reads_what_is_understood_and_whom_to_call(
    talk: Conversation, kind: str
) -> None:
    reply = talk.say("action_smalltalk", "…", intent="language", kind=kind)

    assert "Deutsch und Englisch" in reply
    assert "German and English" in reply
    assert "02151 86-0" in reply
    assert "112" in reply
    assert talk.state == (None, None, "fallback")


def test_the_own_language_comes_first() -> None:
    assert understood_languages("uk")[0].startswith("Я розумію")
    assert len(understood_languages("uk")) == 3
    assert len(understood_languages("other")) == 2


def test_who_only_asks_for_the_languages_gets_one_sentence(talk: Conversation) -> None:
    reply = talk.say("action_smalltalk", "Sprichst du Englisch?", intent="language")

    assert len(reply.splitlines()) == 1
