"""Holds the project's own dialogues with the real model, rules, actions and portal."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kumpel.evaluation.conversation import Assistant, Turn
from kumpel.evaluation.input_files import Dialogue, known_services, read_dialogues
from kumpel.evaluation.scoring import hold_dialogue

FOLDER = Path(__file__).resolve().parent.parent / "dialogues"
DIALOGUES = [
    dialogue
    for path in sorted(FOLDER.glob("*.yaml"))
    for dialogue in read_dialogues(path, known_services())
]
#: What no citizen may ever read: names of ours, unfilled placeholders, tracebacks.
_INTERNALS = re.compile(
    r"\b(utter|action|nlu|out_of)_\w+|\bservice/|\bNone\b|\bnull\b|[{}]|Traceback"
    r"|[a-z]+_unclear|none_of_these|opening_hours"
)
#: Sentences first and then a short list; longer would not be read on a phone.
_MOST_CHARACTERS = 2_500


class Watched:
    """Looks at every reply of an assistant besides what the dialogue expects."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self.complaints: list[str] = []

    def ask(self, conversation: str, text: str) -> Turn:
        turn = self._assistant.ask(conversation, text)
        leaked = _INTERNALS.search(turn.reply)
        if not turn.reply.strip():
            self.complaints.append(f"{text}: silence")
        if leaked:
            self.complaints.append(f"{text}: {leaked[0]!r} in {turn.reply}")
        if len(turn.reply) > _MOST_CHARACTERS:
            self.complaints.append(f"{text}: {len(turn.reply)} characters")
        if turn.outcome is None or turn.language is None:
            self.complaints.append(f"{text}: no outcome or language")
        return turn

    def wait(self, conversation: str, minutes: int) -> None:
        self._assistant.wait(conversation, minutes)


#: What does not work yet, and why. Strict: whoever mends one must take it out.
KNOWN_FAILURES = {
    "zwei-anliegen-zwei-aspekte": "the second of two requests is only faintly named",
}


def _case(dialogue: Dialogue) -> object:
    reason = KNOWN_FAILURES.get(dialogue.id)
    marks = [pytest.mark.xfail(reason=reason)] if reason else []
    return pytest.param(dialogue, id=dialogue.id, marks=marks)


@pytest.mark.model
@pytest.mark.parametrize("dialogue", [_case(dialogue) for dialogue in DIALOGUES])
def test_dialogue(assistant: Assistant, dialogue: Dialogue) -> None:
    watched = Watched(assistant)

    failures = hold_dialogue(watched, dialogue)

    told = [f"{f['turn']}. {f['user']}\n{f['reply']}\n→ {f['why']}" for f in failures]
    assert not told, "\n\n".join(told)
    assert not watched.complaints


def test_every_dialogue_has_a_name_of_its_own() -> None:
    names = [dialogue.id for dialogue in DIALOGUES]

    assert len(names) == len(set(names))
    assert len(names) >= 25
