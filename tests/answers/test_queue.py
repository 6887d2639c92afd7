"""How full an office is: one sentence, or silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from makers import NOW, english, german, make_hours, make_office

from kumpel.answers import offices
from kumpel.answers.facts import OfficeFacts, Question
from kumpel.answers.queue import queue_sentence
from kumpel.portal_client.models import Interval, OfficeQueue

QUEUE = OfficeQueue(NOW, waiting=6, estimated_minutes=23, is_demonstration=False)
OPEN = Interval("08:00", "12:00", "walkIn")
PLACE = OfficeFacts(make_office(), make_hours({NOW.date(): (OPEN,)}), QUEUE)


@pytest.mark.parametrize(
    ("waiting", "minutes", "expected"),
    [
        (6, 23, "Gerade warten dort etwa 6 Personen, rund 25 Minuten."),
        (2, 25, "Gerade warten dort etwa 2 Personen, rund 25 Minuten."),
        (1, 1, "Gerade wartet dort eine Person, rund 5 Minuten."),
        (0, 0, "Gerade wartet dort niemand."),
        (0, None, "Gerade wartet dort niemand."),
        (6, None, "Gerade warten dort etwa 6 Personen."),
        (6, 0, "Gerade warten dort etwa 6 Personen."),
        (1, None, "Gerade wartet dort eine Person."),
        (None, 40, "Gerade wartet man dort rund 40 Minuten."),
        (None, 0, ""),
        (None, None, ""),
    ],
)
def test_the_queue_is_told_in_one_sentence(
    waiting: int | None, minutes: int | None, expected: str
) -> None:
    queue = replace(QUEUE, waiting=waiting, estimated_minutes=minutes)
    assert queue_sentence(replace(PLACE, queue=queue), german()) == expected
    shown = replace(queue, is_demonstration=True)
    marked = f"{expected} (Beispieldaten)" if expected else ""
    assert queue_sentence(replace(PLACE, queue=shown), german()) == marked


def test_the_queue_is_told_in_english() -> None:
    text = queue_sentence(PLACE, english())
    expected = "About 6 people are waiting there right now, some 25 minutes."
    assert text == expected


def test_without_a_queue_nothing_is_said_about_it() -> None:
    assert queue_sentence(replace(PLACE, queue=None), german()) == ""


def test_the_queue_stands_behind_open_now() -> None:
    text = offices.opening_hours(PLACE, Question(), NOW, german()).text
    assert "geöffnet bis 12:00 Uhr. Gerade warten dort etwa 6 Personen" in text


def test_another_day_has_no_queue() -> None:
    tomorrow = Question(day=NOW.date() + timedelta(days=1))
    assert "Gerade" not in offices.opening_hours(PLACE, tomorrow, NOW, german()).text
