"""Assistants whose every answer is known, the wrong ones too."""

from __future__ import annotations

from collections.abc import Mapping

from kumpel.evaluation.conversation import Turn


class FakeAssistant:
    """Says what it was told to say to a text."""

    def __init__(self, turns: Mapping[str, Turn]) -> None:
        self._turns = turns
        self.asked: list[tuple[str, str]] = []
        self.waited: list[tuple[str, int]] = []

    def ask(self, conversation: str, text: str) -> Turn:
        self.asked.append((conversation, text))
        return self._turns[text]

    def wait(self, conversation: str, minutes: int) -> None:
        self.waited.append((conversation, minutes))


def answered(service: str | None, aspect: str | None = "fee", **more: object) -> Turn:
    return Turn(service=service, aspect=aspect, outcome="answered", **more)  # type: ignore[arg-type]


def asked_back(*choices: str) -> Turn:
    return Turn(outcome="asked_back", choices=choices)


def outcome(name: str | None, *texts: str) -> Turn:
    return Turn(texts=texts, outcome=name)
