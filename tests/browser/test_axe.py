"""axe-core finds nothing wrong, in any state, colour and language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from chat_page import Visit
from chat_states import STATES

from bench.widget.browser import axe_violations
from bench.widget.scripted_channel import ScriptedChannel

pytestmark = pytest.mark.browser

COLOURS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced": {"color_scheme": "dark", "forced_colors": "active"},
}


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_wrong_in_light_dark_and_forced_colours(
    state: str, visit: Visit, channel: ScriptedChannel, shown: Path
) -> None:
    chat = visit('lang="de"', reduced_motion="reduce")
    STATES[state](chat, channel)
    found = []
    for name, colours in COLOURS.items():
        chat.page.emulate_media(**colours)
        found += [_told(name, each) for each in axe_violations(chat.page)]
        chat.page.screenshot(path=shown / f"{state}-{name}.png")
    assert found == []


def test_axe_sees_what_is_wrong_within_the_chat(visit: Visit) -> None:
    chat = visit().open()
    chat.field.evaluate("(at) => at.labels[0].remove()")
    found = {each["id"] for each in axe_violations(chat.page)}
    assert "label" in found


@pytest.mark.parametrize("language", ["en", "easy"])
def test_axe_finds_nothing_wrong_in_other_languages(
    language: str, visit: Visit, channel: ScriptedChannel
) -> None:
    found = []
    for name, reach in STATES.items():
        channel.reset()
        chat = visit(f'lang="{language}"', reduced_motion="reduce")
        reach(chat, channel)
        found += [_told(name, each) for each in axe_violations(chat.page)]
        chat.page.close()
    assert found == []


@pytest.mark.parametrize("attributes", ['mode="inline"', 'accent="#c00000"'])
def test_axe_finds_nothing_wrong_within_a_box_and_in_a_citys_colour(
    attributes: str, visit: Visit, channel: ScriptedChannel
) -> None:
    chat = visit(f'lang="de" open {attributes}', reduced_motion="reduce")
    chat.send("Guten Tag").shows("Antwort auf: Guten Tag")
    assert [_told(attributes, each) for each in axe_violations(chat.page)] == []


def _told(state: str, violation: dict[str, Any]) -> str:
    nodes = "; ".join(
        f"{node['target']}: {node['failureSummary']}" for node in violation["nodes"][:3]
    )
    return f"{state}: {violation['id']} ({violation['impact']}): {nodes}"
