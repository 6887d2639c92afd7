"""Draws the results."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

_INK = "#1f2328"
# Told apart by colour-blind readers too (Okabe and Ito, 2008); ours comes first.
_COLOURS = ("#0072b2", "#e69f00", "#999999")
_PANELS: tuple[tuple[str, Callable[[Mapping[str, Any]], float], str], ...] = (
    ("Right service named first (%)", lambda each: 100 * each["accuracy"], "{:.1f}"),
    ("A message, median (ms)", lambda each: each["latency_ms"]["p50"], "{:.1f}"),
    ("Training (s)", lambda each: each["training_seconds"], "{:,.0f}"),
    ("Serving, peak memory (MB)", lambda each: each["serving_peak_mb"], "{:,.0f}"),
)


def draw(contestants: Sequence[Mapping[str, Any]], path: Path) -> None:
    """Draws accuracy, time and memory as bars.

    On a white ground of its own, so that it can be read on dark pages too: a
    transparent one would need ink that is pale on both.

    Args:
        contestants: Those that finished, as the report has them.
        path: An SVG file.
    """
    # Ships with Rasa; imported late because it takes a second.
    import matplotlib as mpl

    mpl.use("svg")
    # Otherwise each run makes another file of the same figures.
    style = {
        "svg.hashsalt": "kumpel",
        "font.size": 10,
        "text.color": _INK,
        "axes.labelcolor": _INK,
        "xtick.color": _INK,
        "ytick.color": _INK,
    }
    from matplotlib import pyplot

    names = [each["title"].replace("`", "") for each in contestants]
    colours = [_COLOURS[i % len(_COLOURS)] for i in range(len(names))]
    with pyplot.rc_context(style):
        figure, axes = pyplot.subplots(2, 2, figsize=(9, 4.2), facecolor="white")
        for axis, (title, value, form) in zip(axes.flat, _PANELS, strict=True):
            values = [value(each) for each in contestants]
            bars = axis.barh(names, values, color=colours)
            labels = [form.format(each) for each in values]
            axis.bar_label(bars, labels, padding=3, color=_INK)
            axis.set_title(title, loc="left", fontsize=10, fontweight="bold")
            axis.set_xlim(0, 1.2 * max([*values, 0.1]))
            axis.invert_yaxis()
            axis.xaxis.set_visible(False)
            axis.spines[["top", "right", "bottom"]].set_visible(False)
        figure.tight_layout(h_pad=2)
        path.parent.mkdir(parents=True, exist_ok=True)
        figure.savefig(path, metadata={"Date": None})
        pyplot.close(figure)
