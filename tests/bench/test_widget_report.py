"""What the comparison of chats tells of its figures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bench.understanding.report import publish
from bench.widget.peers import DEEP_CHAT, OURS, install
from bench.widget.report import BEGIN, END, as_markdown, violating_elements
from kumpel.errors import ConfigurationError

OPEN = {"rules": ["label"], "elements": 3}
FIGURES: dict[str, Any] = {
    "name": "x",
    "title": "x 1.0",
    "gzip_bytes": 10 * 1024,
    "requests": 3,
    "third_party_requests": 1,
    "cookies": 0,
    "usable_ms": 1234.5,
    "layout_shift": 0.0,
    "axe_open": OPEN,
    "axe_answered": {"rules": [], "elements": 0},
    "announced": 2,
    "policy_violations": 4,
}
REPORT: dict[str, Any] = {
    "date": "2026-11-22",
    "command": "python -m bench.widget",
    "machine": {"cpus": 2, "cpu": "a processor", "load": 0.1},
    "chromium": "150.0",
    "axe": "4.12.1",
    "rounds": 5,
    "contestants": [FIGURES],
}


def test_figures_have_units_and_what_does_not_exist_a_dash() -> None:
    text = as_markdown(REPORT, "images/x.svg")
    for cell in ("10.0 kB", "1,234 ms", "1 (3 elements)", "2 times", "–", "`label`"):
        assert cell in text
    assert violating_elements(FIGURES) == 3


def test_only_what_is_between_the_markers_is_written(tmp_path: Path) -> None:
    document = tmp_path / "x.md"
    document.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")
    publish(document, "new", BEGIN, END)
    text = document.read_text(encoding="utf-8")
    assert text == f"before\n{BEGIN}\n\nnew\n\n{END}\nafter\n"


def test_an_archive_that_is_another_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / "deep-chat-2.4.2.tgz").write_bytes(b"something else")
    with pytest.raises(ConfigurationError, match="nicht das geprüfte Archiv"):
        install(DEEP_CHAT, tmp_path)
    with pytest.raises(ConfigurationError, match="kommt nicht von npm"):
        install(OURS, tmp_path)
