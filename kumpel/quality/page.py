"""Makes the page: one HTML file that needs nothing from anywhere."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import jinja2
from markupsafe import Markup

from kumpel.evaluation.scoring import OUTCOMES, Report
from kumpel.quality import charts, wording
from kumpel.quality.calibration import bins_of, expected_calibration_error
from kumpel.quality.history import COMPARED, Published, Run, figures_of
from kumpel.quality.measuring import (
    Asked,
    Measurement,
    by_aspect,
    category_matrix,
    confused_aspects,
    confused_services,
    failures_by_service,
)

_FOLDER = Path(__file__).resolve().parent / "templates"
_MOST_CONFUSIONS = 25
_MOST_SERVICES = 15
_MOST_EXAMPLES = 4
_MOST_PUBLISHED = 5
_LONGEST_EXAMPLE = 240
#: Two-sided 95 % of a normal distribution.
_SURE_DEVIATIONS = 1.96
_OTHER_COLUMNS = (("asked_back", "nachgefragt"), ("lost", "nicht verstanden"))


class Target(NamedTuple):
    """What the city wants to reach at least."""

    figure: str
    name: str
    limit: float
    is_least: bool


TARGETS = (
    Target("direct", "sofort richtig beantwortet", 0.88, True),
    Target("helped", "sofort richtig oder passend nachgefragt", 0.96, True),
    Target("wrong", "falsch beantwortet", 0.04, False),
    Target("aspect_correct", "genau das Gefragte genannt", 0.90, True),
    Target(
        "weakest_style", "sofort richtig in der schwächsten Schreibweise", 0.75, True
    ),
    Target("false_answers", "Unpassendes fälschlich beantwortet", 0.04, False),
    Target("emergencies", "Notfälle erkannt und richtig verwiesen", 1.0, True),
)


@dataclass(frozen=True)
class Names:
    """What citizens call services and their categories."""

    services: Mapping[str, str]
    category_of: Mapping[str, str]
    """Slug of the category by slug of the service."""
    categories: Mapping[str, str]


class Goal(NamedTuple):
    """A target with what was reached."""

    name: str
    limit: str
    reached: str
    is_met: bool


class Change(NamedTuple):
    """A figure now and in earlier runs."""

    name: str
    now: float
    before: Sequence[float | None]
    """In the published runs, the newest first."""
    verdict: str
    """Against the newest."""


def render(
    run: Run,
    measurement: Measurement,
    names: Names,
    published: Sequence[Published] = (),
) -> str:
    """Returns the page as HTML.

    Args:
        run: When and what was measured.
        measurement: What was found out.
        names: Names of all services and categories.
        published: Earlier runs, the newest first.
    """
    bins = bins_of(measurement.guesses)
    figures = figures_of(measurement, bins)
    confusions = confused_services(measurement.asked)
    return _environment().get_template("report.html").render(
        run=run,
        questions=measurement.questions,
        out_of_scope=measurement.out_of_scope,
        dialogues=measurement.dialogues,
        goals=goals(measurement, figures),
        published=published[:_MOST_PUBLISHED],
        changes=changes(figures, published[:_MOST_PUBLISHED]),
        is_comparable=bool(published)
        and published[0].question_set == run.question_set,
        chance=_chance(figures["direct"], measurement.questions["n"]),
        styles=_named(measurement.questions["by_style"], wording.STYLES),
        styles_chart=_styles_chart(measurement.questions["by_style"]),
        categories=_by_category(measurement.asked, names),
        matrix=_matrix(measurement.asked, names),
        category_confusions=_category_confusions(measurement.asked, names),
        confusions=confusions[:_MOST_CONFUSIONS],
        count_of_confusions=len(confusions),
        bins=[each for each in bins if each.n],
        calibration_error=expected_calibration_error(bins),
        reliability=charts.reliability(
            bins,
            "Wie sicher Kumpel war, und wie oft er richtig lag",
            "Liniendiagramm mit der Diagonalen als Ideal. Die Werte stehen in der "
            "Tabelle darunter.",
        ),
        worst=_worst(measurement.asked),
        aspects=by_aspect(measurement.asked),
        aspect_confusions=confused_aspects(measurement.asked)[:_MOST_CONFUSIONS],
        names=names,
        wording=wording,
        came=lambda asked: _came(asked, names),
    )  # fmt: skip


def goals(measurement: Measurement, figures: Mapping[str, float]) -> list[Goal]:
    """Compares what was reached with the targets; leaves out what was not measured."""
    reached = dict(figures)
    reached["helped"] = figures["direct"] + figures["asked_back"]
    styles = measurement.questions["by_style"].values()
    reached["weakest_style"] = min(part["direct"] for part in styles)
    return [
        Goal(
            target.name,
            f"{'mindestens' if target.is_least else 'höchstens'} "
            f"{wording.percent(target.limit)}",
            wording.percent(value),
            # Shares are quotients of counts: equal ones may differ in the last bit.
            (value - target.limit) * (1 if target.is_least else -1) >= -1e-9,
        )
        for target in TARGETS
        if (value := reached.get(target.figure)) is not None
    ]


def changes(
    figures: Mapping[str, float], published: Sequence[Published]
) -> list[Change]:
    """Puts each figure beside those of earlier runs; none without such."""
    found = []
    for key, is_more_better in COMPARED.items():
        if key not in figures or not published:
            continue
        before = [run.figures.get(key) for run in published]
        verdict = "–"
        if before[0] is not None:
            verdict = _verdict(figures[key] - before[0], is_more_better)
        found.append(Change(wording.FIGURES[key], figures[key], before, verdict))
    return found


def _verdict(difference: float, is_more_better: bool | None) -> str:
    shown = wording.points(difference)
    if is_more_better is None or shown.startswith("±"):
        return shown
    is_better = (difference > 0) == is_more_better
    return f"{shown} ({'besser' if is_better else 'schlechter'})"


def _chance(share: float, n: int) -> float:
    """Returns the difference of two runs that may be mere chance (95 %)."""
    return _SURE_DEVIATIONS * math.sqrt(2 * share * (1 - share) / n) if n else 0.0


def _named(
    parts: Mapping[str, Report], names: Mapping[str, str]
) -> list[tuple[str, Report]]:
    """Replaces keys by names; the most frequent comes first."""
    found = [(names.get(key, key), part) for key, part in parts.items()]
    return sorted(found, key=lambda each: (-each[1]["n"], each[0]))


def _styles_chart(by_style: Mapping[str, Report]) -> Markup:
    return charts.outcome_bars(
        _named(by_style, wording.STYLES),
        "Ergebnisse nach Schreibweise",
        "Gestapelte Balken. Die Werte stehen in der Tabelle darunter.",
    )


def _by_category(asked: Iterable[Asked], names: Names) -> list[tuple[str, Report]]:
    parts: dict[str, list[str]] = {}
    for each in asked:
        category = names.category_of[each.service]
        parts.setdefault(category, []).append(each.outcome)
    shares = {
        category: {
            "n": len(outcomes),
            **{key: outcomes.count(key) / len(outcomes) for key in OUTCOMES},
        }
        for category, outcomes in parts.items()
    }
    return sorted(_named(shares, names.categories), key=lambda each: each[1]["direct"])


def _matrix(asked: Sequence[Asked], names: Names) -> Markup:
    counts = category_matrix(asked, names.category_of)
    present = {row for row, _ in counts}
    rows = [(key, name) for key, name in names.categories.items() if key in present]
    columns = [*names.categories.items(), *_OTHER_COLUMNS]
    return charts.category_matrix(
        counts,
        rows,
        columns,
        "Gefragte und beantwortete Themen",
        "Je Zeile ein Thema, nach dem gefragt wurde; je Spalte, welches Thema "
        "beantwortet wurde, oder ob nachgefragt oder nicht verstanden wurde. Die "
        "Werte stehen in den beiden Tabellen darunter.",
    )


def _category_confusions(
    asked: Sequence[Asked], names: Names
) -> list[tuple[str, str, int]]:
    counts = category_matrix(asked, names.category_of)
    found = [
        (names.categories[row], names.categories[column], count)
        for (row, column), count in counts.items()
        if row != column and column in names.categories
    ]
    return sorted(found, key=lambda each: (-each[2], each[:2]))


def _worst(asked: Sequence[Asked]) -> list[tuple[str, int, list[Asked], int]]:
    """Names the worst services with some of their failures and how many more."""
    return [
        (slug, n, failed[:_MOST_EXAMPLES], max(len(failed) - _MOST_EXAMPLES, 0))
        for slug, n, failed in failures_by_service(asked)[:_MOST_SERVICES]
    ]


def _came(asked: Asked, names: Names) -> str:
    turn = asked.turn
    if turn.choices:
        offered = ", ".join(names.services.get(slug, slug) for slug in turn.choices)
        return f"Er hat gefragt, was gemeint ist: {offered}."
    if turn.outcome == "answered" and turn.service:
        return f"Er hat {names.services.get(turn.service, turn.service)} beantwortet."
    return wording.CAME.get(str(turn.outcome), "Er hat etwas anderes geantwortet.")


def _short(text: str) -> str:
    if len(text) <= _LONGEST_EXAMPLE:
        return text
    return f"{text[:_LONGEST_EXAMPLE].rstrip()}…"


@functools.cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "percent": wording.percent,
        "in_hundred": wording.in_hundred,
        "milliseconds": wording.milliseconds,
        "short": _short,
    }
    globals_: dict[str, Any] = {"OUTCOMES": OUTCOMES}
    environment.globals |= globals_
    return environment
