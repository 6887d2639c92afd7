"""Nothing that a citizen told for a booking stays readable on the machine."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, SlotSet, UserUttered
from talker import Talker, talker_in

from kumpel.booking.box import open_box
from kumpel.settings import PROJECT_ROOT
from kumpel.stores.tracker import CityTrackerStore

NAME, MAIL = "Ute Janßen", "u.janssen@example.org"
_SECRETS = ("Janßen", "Jan\\u00dfen", MAIL, "Hermann Schulz", "0177 1234567")


class StoredTalker:
    """A citizen whose conversation is stored as Rasa does it after each message."""

    def __init__(self, citizen: Talker, store: CityTrackerStore) -> None:
        self._citizen = citizen
        self._store = store

    def say(self, text: str, intent: str = "nlu_fallback", *more: object) -> str:
        reply = self._citizen.say(text, intent, *more)  # type: ignore[arg-type]
        asyncio.run(self._save(text, reply))
        return reply

    def say_in_vain(self, text: str) -> None:
        """Says what no action reads, as one has failed or taken too long."""
        asyncio.run(self._save(text, "Das hat leider nicht geklappt.", is_read=False))

    async def _save(self, text: str, reply: str, *, is_read: bool = True) -> None:
        tracker = await self._store.get_or_create_tracker(self._citizen.sender)
        parse_data = {
            "text": text,
            "intent": {"name": "in_dialogue"},
            "entities": [{"entity": "street", "value": text, "start": 0}],
            "understanding": {"parts": [{"text": text}]},
        }
        tracker.update(UserUttered(text, {"name": "in_dialogue"}, [], parse_data))
        for event in self._citizen.events:
            if is_read and event["event"] == "slot":
                tracker.update(SlotSet(event["name"], event["value"]))
        tracker.update(BotUttered(reply))
        await self._store.save(tracker)


def test_a_booking_leaves_neither_name_nor_address_nor_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with talker_in(tmp_path) as citizen:
        monkeypatch.setenv("KUMPEL_SECRET", "test")
        database = tmp_path / "conversations.db"
        domain = Domain.load(str(PROJECT_ROOT / "domain.yml"))
        store = CityTrackerStore(domain, f"sqlite:///{database}")
        talker = StoredTalker(citizen, store)
        about = (["eheschliessung"], ["appointment"])
        talker.say("Termin zur Eheschließung am Donnerstag", "service", *about)
        talker.say("das erste", "choose")
        talker.say("Ute 🙂 Janßen")
        talker.say(f"ich heiße {NAME}")
        talker.say(MAIL)
        talker.say("0177 1234567")
        talker.say("nein, der Name ist falsch", "deny")
        talker.say("Hermann Schulz")
        talker.say("zurück")
        talker.say(MAIL)
        assert "gebucht" in talker.say("ja", "affirm")
        box = open_box(citizen.slots["appointment"], "test")
        assert box.credentials
        secrets = {*_SECRETS, box.auth_key}
    found = [
        (path.name, secret)
        for path in tmp_path.rglob("*")
        # The appointment itself and its mail: what the citizen agreed to.
        if path.is_file() and not path.name.startswith("portal.db")
        for secret in secrets
        if secret.encode() in path.read_bytes()
    ]
    assert database.exists()
    assert not found
    logged = [s for s in secrets if s in caplog.text]
    assert not logged
    assert b"[Name]" in b"".join(
        path.read_bytes() for path in tmp_path.glob("conversations.db*")
    )


@pytest.mark.parametrize("answer", [NAME, f"{NAME}, {MAIL}", "Ute\nJanßen bitte"])
def test_a_name_that_no_action_could_read_is_not_stored_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    with talker_in(tmp_path) as citizen:
        monkeypatch.setenv("KUMPEL_SECRET", "test")
        database = tmp_path / "conversations.db"
        domain = Domain.load(str(PROJECT_ROOT / "domain.yml"))
        store = CityTrackerStore(domain, f"sqlite:///{database}")
        talker = StoredTalker(citizen, store)
        about = (["reisepass"], ["appointment"])
        talker.say("Termin für einen Reisepass", "service", *about)
        talker.say("das zweite", "choose")
        assert citizen.slots["dialogue"]["step"] == "name"
        talker.say_in_vain(answer)
        talker.say_in_vain("Was kostet das?")
        talker.say("abbrechen", "cancel")
        talker.say_in_vain("Wie spät ist es?")
    found = b"".join(path.read_bytes() for path in tmp_path.glob("conversations.db*"))
    assert b"Jan" not in found
    # What is said before and after the questions about the citizen stays as it is.
    assert b"das zweite" in found
    assert b"Wie sp" in found
