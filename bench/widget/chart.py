"""Draws size, time and accessibility of the chats as bars."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.widget.report import violating_elements

_INK = "#1f2328"
# Told apart by colour-blind readers too (Okabe and Ito, 2008); ours comes first.
_COLOURS = ("#0072b2", "#e69f00", "#999999")
_PANELS: tuple[tuple[str, Callable[[Mapping[str, Any]], float], str], ...] = (
    ("Loaded, gzip (kB)", lambda each: each["gzip_bytes"] / 1024, "{:.0f}"),
    ("Usable after, 4× slower (ms)", lambda each: each["usable_ms"], "{:,.0f}"),
    ("Elements that axe finds wrong", lambda each: violating_elements(each), "{:.0f}"),
)


def draw(contestants: Sequence[Mapping[str, Any]], path: Path) -> None:
    """Draws the chart on a white ground, so that it can be read on dark pages too.

    Args:
        contestants: As the report has them.
        path: An SVG file.
    """
    # Ships with Rasa; imported late because it takes a second.
    import matplotlib as mpl

    mpl.use("svg")
    # Without the salt each run makes another file of the same figures.
    style = {
        "svg.hashsalt": "kumpel",
        "font.size": 10,
        "text.color": _INK,
        "xtick.color": _INK,
        "ytick.color": _INK,
    }
    from matplotlib import pyplot

    names = [each["title"] for each in contestants]
    with pyplot.rc_context(style):
        figure, axes = pyplot.subplots(1, 3, figsize=(10, 1.9), facecolor="white")
        for axis, (title, value, form) in zip(axes, _PANELS, strict=True):
            values = [value(each) for each in contestants]
            bars = axis.barh(names, values, color=_COLOURS[: len(names)])
            axis.bar_label(bars, map(form.format, values), padding=3, color=_INK)
            axis.set_title(title, loc="left", fontsize=10, fontweight="bold")
            axis.set_xlim(0, 1.25 * max([*values, 0.1]))
            axis.invert_yaxis()
            axis.xaxis.set_visible(False)
            axis.spines[["top", "right", "bottom"]].set_visible(False)
        figure.tight_layout()
        path.parent.mkdir(parents=True, exist_ok=True)
        figure.savefig(path, metadata={"Date": None})
        pyplot.close(figure)
