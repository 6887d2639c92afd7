"""The comparison as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tabulate import tabulate  # type: ignore[import-untyped]

Report = Mapping[str, Any]

BEGIN = "<!-- widget: begin (written by make bench-widget) -->"
END = "<!-- widget: end -->"
_NOTHING = "–"


def _kilobytes(value: int) -> str:
    return f"{value / 1024:.1f} kB"


def _milliseconds(value: float) -> str:
    return f"{value:,.0f} ms"


def _axe(found: Report) -> str:
    if not found["rules"]:
        return "0"
    return f"{len(found['rules'])} ({found['elements']} elements)"


def _yes(value: object) -> str:
    return "yes" if value else "no"


def _times(value: int) -> str:
    return {0: "no", 1: "once"}.get(value, f"{value} times")


_ROWS: tuple[tuple[str, str, Callable[[Any], str]], ...] = (
    ("loaded, gzip", "gzip_bytes", _kilobytes),
    ("requests, from the page to the answer", "requests", str),
    ("… of them to third parties", "third_party_requests", str),
    ("cookies", "cookies", str),
    ("**usable after**, processor slowed 4 times", "usable_ms", _milliseconds),
    ("layout shift of the page beside it", "layout_shift", "{:.3f}".format),
    ("**axe violations**, closed", "axe_closed", _axe),
    ("… open", "axe_open", _axe),
    ("… after an answer", "axe_answered", _axe),
    ("**the answer is announced** to screen readers", "announced", _times),
    ("opening moves the focus into the field", "focus_enters", _yes),
    ("Escape closes", "escape_closes", _yes),
    ("forbidden by a strict policy of the page", "policy_violations", str),
)


def as_markdown(report: Report, chart: str | None = None) -> str:
    """Writes everything that is to be read of a run.

    Args:
        report: See `command_line`.
        chart: Link to the chart, as the document sees it.
    """
    contestants = report["contestants"]
    rows = [
        [title, *(_cell(each, key, show) for each in contestants)]
        for title, key, show in _ROWS
    ]
    table = tabulate(
        rows,
        ["", *(each["title"] for each in contestants)],
        "pipe",
        colalign=("left", *("right" for _ in contestants)),
        disable_numparse=True,
    )
    parts = [_what(report), str(table)]
    if chart:
        parts.append(f"![{alt_text(report)}]({chart})")
    parts += [_rules(report), f"Made by:\n\n```sh\n{report['command']}\n```"]
    return "\n\n".join(parts)


def alt_text(report: Report) -> str:
    """Says in one sentence what the chart shows."""
    shown = [
        f"{each['title']} {_kilobytes(each['gzip_bytes'])}, "
        f"{_milliseconds(each['usable_ms'])}, "
        f"{violating_elements(each)} elements with axe violations"
        for each in report["contestants"]
    ]
    return "Bars for size, time and accessibility: " + "; ".join(shown)


def violating_elements(each: Report) -> int:
    """Counts the elements that axe finds wrong, over all states."""
    states = ("axe_closed", "axe_open", "axe_answered")
    return sum(each[state]["elements"] for state in states if state in each)


def _cell(each: Report, key: str, show: Callable[[Any], str]) -> str:
    return show(each[key]) if key in each else _NOTHING


def _what(report: Report) -> str:
    machine = report["machine"]
    return (
        f"On {report['date']}, Chromium {report['chromium']}, "
        f"axe-core {report['axe']}, "
        f"{machine['cpus']} CPUs ({machine['cpu']}); load before the start "
        f"{machine['load']:.1f}. Times are the median of {report['rounds']} loads "
        f"with an empty cache, over the loopback interface."
    )


def _rules(report: Report) -> str:
    lines = []
    for each in report["contestants"]:
        found = {
            rule
            for state in ("axe_closed", "axe_open", "axe_answered")
            for rule in each.get(state, {"rules": []})["rules"]
        }
        named = ", ".join(f"`{rule}`" for rule in sorted(found)) or "nothing"
        lines.append(f"- {each['title']}: {named}")
    return "What axe finds:\n\n" + "\n".join(lines)
