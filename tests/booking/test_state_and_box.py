"""What is kept between two messages, and that nobody can read it."""

from __future__ import annotations

import json

import pytest

from kumpel.booking.box import Box, open_box, private_parts, without_boxes
from kumpel.booking.state import State


def test_a_state_survives_its_slot() -> None:
    state = State(
        "booking",
        "slot",
        "reisepass",
        offers=("1796108400@20103",),
        wishes={"wanted": [{"first": "2026-12-01", "last": "2026-12-01"}]},
    )
    plain = json.loads(json.dumps(state.to_json()))
    assert State.from_json(plain) == state


@pytest.mark.parametrize(
    "plain",
    [
        None,
        {},
        "x",
        {"kind": "report", "step": "slot"},
        {"kind": "booking"},
        {"kind": "booking", "step": "slot", "offers": ["nonsense"]},
        {"kind": "booking", "step": "slot", "wishes": {"wanted": [{"first": "x"}]}},
    ],
)
def test_a_spoilt_slot_is_no_open_dialogue(plain: object) -> None:
    assert State.from_json(plain) is None


def test_a_box_opens_with_its_key_only() -> None:
    box = Box(name="Ute Janßen", mail="u@example.org", auth_key="ab" * 32)
    sealed = box.seal("key")
    assert "Janßen" not in sealed
    assert open_box(sealed, "key") == box
    assert open_box(sealed, "other") == Box()
    assert open_box("nonsense", "key") == Box()
    assert "Janßen" not in repr(box)


def test_all_boxes_of_a_conversation_tell_what_is_private() -> None:
    box = Box(name="Ute Janßen", said="ich heiße Ute Janßen")
    value = {"kind": "booking", "sealed": box.seal("key")}
    events = [
        {"event": "slot", "name": "dialogue", "value": value},
        {"event": "slot", "name": "service", "value": "reisepass"},
    ]
    assert list(private_parts(events, "key")) == ["ich heiße Ute Janßen", "Ute Janßen"]
    assert without_boxes(value) == {"kind": "booking"}
    assert without_boxes(box.seal("key")) is None
    assert without_boxes("reisepass") == "reisepass"
