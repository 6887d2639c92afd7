"""Draws the page's charts as SVG that takes its colours from the page.

So one drawing serves light and dark screens and paper. No chart says anything that a
table on the page does not say too.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from markupsafe import Markup, escape

from kumpel.evaluation.scoring import OUTCOMES, Report
from kumpel.quality.calibration import Bin

#: Matplotlib cannot write CSS variables: it draws in colours that nothing else has,
#: and these are replaced in its SVG.
_STAND_INS = {
    "#010203": "var(--ink)",
    "#010204": "var(--rule)",
    "#010205": "var(--paper)",
    "#010206": "var(--direct)",
    "#010207": "var(--asked-back)",
    "#010208": "var(--wrong)",
    "#010209": "var(--lost)",
}
_INK, _RULE, _PAPER, *_OUTCOME_COLOURS = _STAND_INS
_DIRECT = _OUTCOME_COLOURS[0]
#: Strongest cell of the matrix. Up to here ink stays readable on it, light and dark.
_STRONGEST = 0.5
_WIDTH_IN_INCHES = 9.0
_ID = re.compile(r'(\bid="|xlink:href="#|url\(#)')
_HEAD = re.compile(r"^.*?(?=<svg )", re.DOTALL)
_METADATA = re.compile(r"<metadata>.*?</metadata>", re.DOTALL)
_SIZE = re.compile(r'(<svg [^>]*?)\s(?:width|height)="[^"]*"')


def outcome_bars(rows: Sequence[tuple[str, Report]], title: str, text: str) -> Markup:
    """Draws a stacked bar of outcomes for each row.

    Args:
        rows: Name and shares of each.
        title: Name of the picture.
        text: What it shows, for those who do not see it.
    """
    with _figure(0.5 + 0.32 * len(rows)) as (figure, axis):
        names = [name for name, _ in rows]
        starts = [0.0] * len(rows)
        for outcome, colour in zip(OUTCOMES, _OUTCOME_COLOURS, strict=True):
            shares = [100 * part[outcome] for _, part in rows]
            axis.barh(
                names, shares, left=starts, color=colour, edgecolor=_PAPER, height=0.7
            )
            starts = [a + b for a, b in zip(starts, shares, strict=True)]
        axis.set_xlim(0, 100)
        axis.invert_yaxis()
        axis.set_xlabel("Anteil der Fragen in Prozent")
        return _inline(figure, "styles", title, text)


def category_matrix(
    counts: Mapping[tuple[str, str], int],
    rows: Sequence[tuple[str, str]],
    columns: Sequence[tuple[str, str]],
    title: str,
    text: str,
) -> Markup:
    """Draws expected against given, shaded by the share of its row.

    Args:
        counts: Number of questions by key of row and of column.
        rows: Key and name of each.
        columns: Key and name of each.
        title: Name of the picture.
        text: What it shows, for those who do not see it.
    """
    from matplotlib.patches import Rectangle

    with _figure(2.0 + 0.32 * len(rows)) as (figure, axis):
        for y, (row, _) in enumerate(rows):
            total = sum(counts.get((row, column), 0) for column, _ in columns)
            for x, (column, _) in enumerate(columns):
                count = counts.get((row, column), 0)
                if not count:
                    continue
                # From a tenth on, so that a single mistake is seen too.
                alpha = 0.1 + (_STRONGEST - 0.1) * count / total
                colour = _DIRECT if row == column else _OUTCOME_COLOURS[2]
                axis.add_patch(
                    Rectangle((x - 0.5, y - 0.5), 1, 1, color=colour, alpha=alpha, lw=0)
                )
                axis.text(x, y, str(count), ha="center", va="center", fontsize=8)
        axis.set_xlim(-0.5, len(columns) - 0.5)
        axis.set_ylim(len(rows) - 0.5, -0.5)
        axis.set_xticks(range(len(columns)))
        axis.set_xticklabels([name for _, name in columns], rotation=90, fontsize=8)
        axis.set_yticks(range(len(rows)))
        axis.set_yticklabels([name for _, name in rows], fontsize=8)
        axis.set_ylabel("gefragt")
        axis.set_xlabel("gekommen")
        return _inline(figure, "matrix", title, text)


def reliability(bins: Sequence[Bin], title: str, text: str) -> Markup:
    """Draws the share of right guesses over the confidence.

    Args:
        bins: Guesses by confidence.
        title: Name of the picture.
        text: What it shows, for those who do not see it.
    """
    with _figure(3.6, width_in_inches=5.2) as (figure, axis):
        filled = [each for each in bins if each.n]
        most = max((each.n for each in filled), default=1)
        axis.plot([0, 100], [0, 100], color=_RULE, linestyle="--")
        x = [100 * each.confidence for each in filled]
        y = [100 * each.right for each in filled]
        axis.plot(x, y, color=_DIRECT)
        sizes = [20 + 160 * each.n / most for each in filled]
        axis.scatter(x, y, s=sizes, color=_DIRECT, zorder=3)
        axis.set_xlim(0, 102)
        axis.set_ylim(0, 102)
        axis.set_xlabel("wie sicher sich Kumpel war (Prozent)")
        axis.set_ylabel("wie oft er richtig lag (Prozent)")
        return _inline(figure, "reliability", title, text)


@contextmanager
def _figure(
    height_in_inches: float, width_in_inches: float = _WIDTH_IN_INCHES
) -> Iterator[tuple[Any, Any]]:
    # Ships with Rasa; imported late because it takes a second. It calls another
    # library by names of yesterday, and says so.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        import matplotlib as mpl

        mpl.use("svg")
        from matplotlib import pyplot

    style = {
        # Otherwise each run makes other names for the same drawing.
        "svg.hashsalt": "kumpel",
        # Letters stay letters: they can be found, and the page stays small.
        "svg.fonttype": "none",
        "font.family": "sans-serif",
        "font.size": 9,
        "text.color": _INK,
        "axes.labelcolor": _INK,
        "axes.edgecolor": _RULE,
        "xtick.color": _INK,
        "ytick.color": _INK,
        "axes.spines.top": False,
        "axes.spines.right": False,
    }
    with pyplot.rc_context(style):
        figure, axis = pyplot.subplots(figsize=(width_in_inches, height_in_inches))
        figure.patch.set_visible(False)
        axis.patch.set_visible(False)
        try:
            yield figure, axis
        finally:
            pyplot.close(figure)


def _inline(figure: Any, name: str, title: str, text: str) -> Markup:
    """Returns the drawing as an element of the page."""
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", bbox_inches="tight", metadata={"Date": None})
    svg = _METADATA.sub("", _HEAD.sub("", buffer.getvalue()))
    # Names must be unique on a page that holds several drawings.
    svg = _ID.sub(rf"\g<1>{name}-", svg)
    # As wide as the page allows; the viewBox keeps its proportions.
    while _SIZE.search(svg):
        svg = _SIZE.sub(r"\1", svg, count=1)
    for stand_in, colour in _STAND_INS.items():
        svg = svg.replace(stand_in, colour)
    head = (
        f'<svg role="img" aria-labelledby="{name}-title {name}-text" '
        'preserveAspectRatio="xMinYMin" '
    )
    words = (
        f'<title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-text">{escape(text)}</desc>'
    )
    svg = svg.replace("<svg ", head, 1)
    end = svg.index(">") + 1
    # Our own drawing; what could come from outside was escaped by matplotlib or above.
    return Markup(svg[:end] + words + svg[end:])
