"""What citizens say about answers, over HTTP into the database."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from typing import Any

import pytest
import requests
from rasa.shared.core.events import BotUttered, SlotSet, UserUttered
from small_assistant import Running

from kumpel.booking.box import Box
from kumpel.settings import Settings
from kumpel.stores.access import keep_feedback
from kumpel.stores.feedback import Feedback
from kumpel.stores.tracker import CityTrackerStore


def give(web: Running, talked: str, /, **more: Any) -> requests.Response:
    body = {"conversation": talked, "position": 2, "kind": "thumb"}
    return web.call("POST", "/webhooks/web/feedback", json={**body, **more})


def kept(settings: Settings) -> list[tuple[Any, ...]]:
    with sqlite3.connect(settings.var / "conversations.db") as connection:
        query = "SELECT position, kind, rating, comment FROM feedback ORDER BY 1, 2"
        return connection.execute(query).fetchall()


@pytest.fixture
def talked(web: Running) -> str:
    """A conversation with one answer."""
    conversation = web.start_conversation()
    web.say(conversation, "Hallo")
    return conversation


def test_a_thumb_is_kept_replaced_and_taken_back(
    web: Running, talked: str, settings: Settings
) -> None:
    answer = give(web, talked, rating="up")
    assert (answer.status_code, answer.content) == (204, b"")
    assert kept(settings) == [(2, "thumb", "up", "")]
    give(web, talked, rating="down", comment="Das Amt ist umgezogen.")
    assert kept(settings) == [(2, "thumb", "down", "Das Amt ist umgezogen.")]
    give(web, talked, rating=None)
    assert kept(settings) == []


def test_a_reported_error_stands_beside_the_thumb(
    web: Running, talked: str, settings: Settings
) -> None:
    give(web, talked, rating="up")
    give(web, talked, kind="error", comment="Die Gebühr stimmt nicht. \ud83d")
    assert [row[1] for row in kept(settings)] == ["error", "thumb"]
    assert kept(settings)[0][3] == "Die Gebühr stimmt nicht. ?"


def test_s6_a_comment_is_kept_without_personal_data(
    web: Running, talked: str, settings: Settings
) -> None:
    give(web, talked, comment="Ich bin a@b.de, Tel. 0171 2345678. Ostwall 12.")
    assert kept(settings)[0][3] == "Ich bin [E-Mail], Tel. [Telefonnummer]. Ostwall 12."


def test_s6_a_name_that_a_booking_knows_is_not_kept(settings: Settings) -> None:
    store = CityTrackerStore(host=settings.tracker_database)

    async def run() -> None:
        box = Box(name="Ute Janßen", mail="ute@example.org").seal(settings.secret())
        tracker = await store.get_or_create_tracker("anna")
        for event in (
            UserUttered("Hallo"),
            SlotSet("appointment", {"sealed": box}),
            BotUttered("Guten Tag"),
        ):
            tracker.update(event)
        await store.save(tracker)
        given = Feedback(2, "thumb", "up", "Gruß, Ute Janßen")
        await keep_feedback(store, "anna", given)
        assert [f.comment for f in await store.feedback("anna")] == ["Gruß, [Name]"]

    asyncio.run(run())


@pytest.mark.parametrize(
    ("more", "status", "kind"),
    [
        ({"position": 1}, 400, "malformed"),  # the citizen's own message
        ({"position": 3}, 400, "malformed"),
        ({"position": "2"}, 400, "malformed"),
        ({"position": True}, 400, "malformed"),
        ({"position": None}, 400, "malformed"),
        ({"rating": "best"}, 400, "malformed"),
        ({"rating": {}}, 400, "malformed"),
        ({"kind": "praise"}, 400, "malformed"),
        ({"kind": []}, 400, "malformed"),
        ({"comment": 7}, 400, "malformed"),
        ({"comment": "x" * 1001}, 413, "too_long"),
        ({"conversation": "forged"}, 401, "unknown_conversation"),
    ],
)
def test_unusable_feedback_is_refused(
    web: Running,
    talked: str,
    settings: Settings,
    more: dict[str, Any],
    status: int,
    kind: str,
) -> None:
    answer = give(web, talked, **{"rating": "up", **more})
    assert answer.status_code == status
    assert answer.json()["error"]["kind"] == kind
    assert kept(settings) == []


def test_feedback_goes_with_its_conversation(
    web: Running, talked: str, settings: Settings
) -> None:
    other = web.start_conversation()
    web.say(other, "Reisepass")
    give(web, talked, rating="up", comment="von Anna")
    give(web, other, rating="down", comment="von Bert")
    headers = {"X-Conversation": talked}
    web.call("DELETE", "/webhooks/web/conversations", headers=headers)
    assert [row[3] for row in kept(settings)] == ["von Bert"]


def test_feedback_is_kept_as_long_as_its_conversation(
    web: Running, talked: str, settings: Settings
) -> None:
    give(web, talked, rating="up")
    store = CityTrackerStore(host=settings.tracker_database)
    day = 86_400
    asyncio.run(store.tidy(30, time.time() + 29 * day))
    assert len(kept(settings)) == 1
    asyncio.run(store.tidy(30, time.time() + 31 * day))
    assert kept(settings) == []
